/// Two texts side by side, without an index.
public struct Comparison {
    private let sharing: Sharing
    private let sampling: Sampling
    private var templates = TemplateSet()
    private let scratch = SymbolScratch()

    public init(sharing: Sharing = Sharing(), sampling: Sampling = .close) {
        self.sharing = sharing
        self.sampling = sampling
    }

    /// Registers a text that everyone may share: what stands in it never counts.
    public mutating func addTemplate(_ text: UnsafeRawBufferPointer) {
        templates.insert(SymbolText(text.bound, scratch: scratch))
    }

    /// What two texts of UTF-8 share; nil if no span is long enough.
    public func callAsFunction(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Overlap? {
        let (a, b) = (read(a), read(b))
        let passages = Alignment(a: a, b: b, gram: sampling.gram).passages(seeds(a, b))
        return Overlap(
            passages, a: a, b: b, sharing: sharing, unmaskedA: a.unmasked(in: 0..<a.count),
            unmaskedB: { () throws(Never) in b.unmasked(in: 0..<b.count) })
    }

    private func read(_ bytes: UnsafeRawBufferPointer) -> SymbolText {
        let text = SymbolText(bytes.bound, scratch: scratch)
        templates.mask(text)
        return text
    }

    /// A k-gram that stands in the second text more often than this says nothing about where.
    private static let mostRepeats = 8

    private func seeds(_ a: SymbolText, _ b: SymbolText) -> [Seed] {
        let winnow = Winnowing(sampling)
        var places: [UInt64: [Int]] = [:]
        for range in b.unmaskedRanges() {
            winnow(b.symbols, in: range) { places[$0.hash, default: []].append(Int($0.position)) }
        }
        var seeds: [Seed] = []
        for range in a.unmaskedRanges() {
            winnow(a.symbols, in: range) { fingerprint in
                guard let found = places[fingerprint.hash], found.count <= Self.mostRepeats else { return }
                for place in found { seeds.append(Seed(a: Int(fingerprint.position), b: place)) }
            }
        }
        return seeds
    }
}
