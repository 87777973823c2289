/// One chosen k-gram of a text.
public struct Fingerprint: Hashable, Sendable {
    /// 44 bits, evenly distributed.
    public let hash: UInt64
    /// The place of its first symbol.
    public let position: UInt32

    static let hashBits = 44
}

/// How texts are fingerprinted. Two indexes compare only if these agree.
public struct Sampling: Hashable, Sendable {
    /// Symbols of a k-gram.
    public let gram: Int
    /// K-grams of a window, of which one is chosen: any `gram + window − 1` equal symbols share a fingerprint.
    public let window: Int

    /// Refuses what makes no sense: `gram` is 4 to 64, `window` 1 to 64.
    public init?(gram: Int, window: Int) {
        guard 4...64 ~= gram, 1...64 ~= window else { return nil }
        self.gram = gram
        self.window = window
    }

    private init(_ gram: Int, _ window: Int) { (self.gram, self.window) = (gram, window) }

    /// Twelve symbols of sixteen: 27 equal symbols are never missed, one symbol in nine is chosen.
    public static let standard = Sampling(12, 16)

    /// Eight symbols of four: for two texts side by side.
    public static let close = Sampling(8, 4)
}
