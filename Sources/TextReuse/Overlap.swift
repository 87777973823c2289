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
    /// Symbols that agree.
    public let matched: Int

    /// The share of the span's symbols that agree.
    public var identity: Double { length == 0 ? 0 : min(1, Double(matched) / Double(length)) }
}

extension Overlap {
    /// Measures passages, leaving out those of fewer symbols than `minSpan`; nil if none is left.
    init?<Fault>(
        _ passages: [Passage], a: SymbolText, b: SymbolText, minSpan: Int, unmaskedA: Int,
        unmaskedB: () throws(Fault) -> Int
    ) throws(Fault) {
        var spans: [Span] = []
        var kept: [Passage] = []
        for passage in passages {
            // What is masked in one text is masked in the other too, but only one was asked: what agrees counts.
            let lengthA = a.unmasked(in: passage.a)
            let lengthB = passage.b.count - (passage.a.count - lengthA)
            let length = min(lengthA, max(lengthB, passage.matched))
            guard length >= minSpan else { continue }
            kept.append(passage)
            spans.append(
                Span(
                    a: a.scalars(of: passage.a), b: b.scalars(of: passage.b), length: length,
                    matched: passage.matched))
        }
        guard let longest = spans.map(\.length).max() else { return nil }
        self.spans = spans
        self.longest = longest
        let covered = Self.union(kept.map(\.a)).reduce(0) { $0 + a.unmasked(in: $1) }
        let coveredB = Self.union(kept.map(\.b)).reduce(0) { $0 + b.unmasked(in: $1) }
        containment = Self.share(covered, of: unmaskedA)
        reverse = Self.share(coveredB, of: try unmaskedB())
    }

    private static func share(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 0 : min(1, Double(part) / Double(whole))
    }

    private static func union(_ ranges: [Range<Int>]) -> [Range<Int>] {
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
        let turned = spans.map { Span(a: $0.b, b: $0.a, length: $0.length, matched: $0.matched) }
        return Overlap(
            containment: reverse, reverse: containment, longest: longest,
            spans: turned.sorted { ($0.a.lowerBound, $0.b.lowerBound) < ($1.a.lowerBound, $1.b.lowerBound) })
    }
}
