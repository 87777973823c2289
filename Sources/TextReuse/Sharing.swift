/// What counts as sharing.
public struct Sharing: Hashable, Sendable {
    /// Spans of fewer symbols are not reported. A Chinese character is one symbol, a Latin word two.
    public var minSpan = 60
    /// One common k-gram makes a candidate. Slower; finds passages that were changed every few words.
    public var singleSeed = false
    /// Spans of which a smaller share agrees are not reported.
    var minIdentity = 0.6
    /// A k-gram that stands in no more places than this makes a candidate alone.
    var rarity = 2

    public init(minSpan: Int = 60, singleSeed: Bool = false) {
        self.minSpan = minSpan
        self.singleSeed = singleSeed
    }
}
