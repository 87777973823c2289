/// What one text shares with another.
public struct Overlap: Hashable, Sendable {
    /// The share of the first text's symbols, masked ones aside, that stands in the second.
    public let containment: Double
    /// The share of the second text's symbols that stands in the first.
    public let reverse: Double
    /// Symbols of the longest span, the shorter side counted.
    public let longest: Int
    /// In order of the first text.
    public let spans: [Span]
}

/// A passage that stands in both texts: half-open ranges of Unicode scalars of the texts as they were given.
public struct Span: Hashable, Sendable {
    public let a: Range<Int>
    public let b: Range<Int>
    /// Symbols that count, on the side that has fewer.
    public let length: Int
    /// The share of the longer side's symbols that agree.
    public let identity: Double
}

extension Overlap {
    /// Measures passages, leaving out what is too short or agrees too little; nil if none is left.
    init?<Fault>(
        _ passages: [Passage], a: SymbolText, b: SymbolText, sharing: Sharing, unmaskedA: Int,
        unmaskedB: () throws(Fault) -> Int
    ) throws(Fault) {
        var spans: [Span] = []
        var kept: [Passage] = []
        // No passage counts more symbols than it has.
        for passage in passages where passage.a.count >= sharing.minSpan {
            let measure = Self.measure(passage, a)
            guard measure.length >= sharing.minSpan, measure.identity >= sharing.minIdentity else { continue }
            kept.append(passage)
            spans.append(
                Span(
                    a: a.scalars(of: passage.a), b: b.scalars(of: passage.b), length: measure.length,
                    identity: measure.identity))
        }
        guard !spans.isEmpty else { return nil }
        self.spans = spans
        longest = spans.reduce(0) { max($0, $1.length) }
        let covered = Self.union(kept.map(\.a)).reduce(0) { $0 + a.unmasked(in: $1) }
        let coveredB = Self.union(kept.map(\.b)).reduce(0) { $0 + b.unmasked(in: $1) }
        containment = Self.share(covered, of: unmaskedA)
        reverse = Self.share(coveredB, of: try unmaskedB())
    }

    /// How many symbols of a passage count, on the side that has fewer, and which share of them agrees.
    ///
    /// Only the first text knows its stock phrases; what is masked there agrees, so it is in the second too. Stock
    /// counts as long as as much else stands around it: it is part of what was copied, but nothing by itself.
    private static func measure(_ passage: Passage, _ a: SymbolText) -> (length: Int, identity: Double) {
        let own = a.unmasked(in: passage.a)
        let stock = passage.a.count - own
        let shorter = min(own, max(passage.matched, passage.b.count - stock))
        let longer = max(own, passage.b.count - stock, 1)
        return (shorter + min(stock, shorter), min(1, Double(passage.matched) / Double(longer)))
    }

    private static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 0 : min(1, Double(part) / Double(whole))
    }

    private static func union(_ ranges: [Range<Int>]) -> [Range<Int>] {
        if ranges.count < 2 { return ranges }
        var union: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = union.last, range.lowerBound <= last.upperBound {
                union[union.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                union.append(range)
            }
        }
        return union
    }
}

extension Overlap {
    /// The same seen from the other text.
    var turned: Overlap {
        var turned = spans.map { Span(a: $0.b, b: $0.a, length: $0.length, identity: $0.identity) }
        if turned.count > 1 {
            turned.sort { ($0.a.lowerBound, $0.b.lowerBound) < ($1.a.lowerBound, $1.b.lowerBound) }
        }
        return Overlap(containment: reverse, reverse: containment, longest: longest, spans: turned)
    }
}
