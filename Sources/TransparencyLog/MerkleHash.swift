/// A SHA-256 value: the hash of a leaf, of an inner node or of a whole tree.
///
/// Kept as four machine words so that it is copied and compared without touching the heap. The words are
/// the bytes in memory order; they are never read as numbers.
public struct MerkleHash: Hashable, Sendable {
    /// The length of every hash, in bytes.
    public static let byteCount = 32

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// A hash of exactly 32 bytes; nil for any other number.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    }

    /// A hash written as 64 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard hex.utf8.count == 2 * Self.byteCount, let bytes = Hexadecimal.decode(hex.utf8) else {
            return nil
        }
        self.init(bytes: bytes)
    }

    /// A hash written in padded standard base64 (44 characters); nil for anything else.
    public init?(base64: String) {
        self.init(base64UTF8: base64.utf8)
    }

    init?(base64UTF8 text: some Collection<UInt8>) {
        guard text.count == 44, let bytes = Base64.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The hash at `source`, which must point at 32 readable bytes.
    init(unsafeReading source: UnsafeRawBufferPointer) {
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: source) }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    public var hex: String { withUnsafeBytes { Hexadecimal.encode($0) } }

    /// 44 characters of standard base64, the form of every C2SP text.
    public var base64: String { withUnsafeBytes { Base64.encode($0) } }

    /// Lends the 32 bytes without copying them.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
    {
        try Swift.withUnsafeBytes(of: words, body)
    }

    public static func == (left: MerkleHash, right: MerkleHash) -> Bool {
        left.words == right.words
    }

    public func hash(into hasher: inout Hasher) {
        withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension MerkleHash: CustomStringConvertible {
    public var description: String { base64 }
}
