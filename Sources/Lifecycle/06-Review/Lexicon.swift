/// In how many of a round's proposals each term stands: what everybody writes (研究, 分析) tells nobody apart.
package struct Lexicon: Sendable, Codable, Hashable {
    package let documents: Int
    package let frequency: [TextTerm: Int]

    package init(documents: Int, frequency: [TextTerm: Int]) {
        self.documents = documents
        self.frequency = frequency
    }

    package init(_ bags: some Sequence<TermBag>) {
        var frequency: [TextTerm: Int] = [:]
        var documents = 0
        for bag in bags {
            documents += 1
            for entry in bag.entries { frequency[entry.term, default: 0] += 1 }
        }
        self.init(documents: documents, frequency: frequency)
    }

    /// tf-idf: (1 + log₂ count) · log₂ ((documents + 1) / documents that have it). A term that no proposal has counts as
    /// one that a single proposal has.
    package func weight(_ term: TextTerm, count: Int) -> Double {
        guard count > 0 else { return 0 }
        let rarity = Double(documents + 1) / Double(max(1, frequency[term] ?? 0))
        return (1 + Self.logarithm(Double(count))) * Self.logarithm(rarity)
    }

    /// The length of a text's vector of weights.
    package func length(_ bag: TermBag) -> Double {
        var sum = 0.0
        for entry in bag.entries {
            let weight = weight(entry.term, count: entry.count)
            sum += weight * weight
        }
        return sum.squareRoot()
    }

    /// Only these terms: what is kept with a plan, to explain its scores later.
    package func only(_ terms: Set<TextTerm>) -> Lexicon {
        Lexicon(documents: documents, frequency: frequency.filter { terms.contains($0.key) })
    }

    /// The logarithm to base 2, straight between powers of two: exact there, at most 0.09 too small between, and the
    /// same to the last bit on every machine.
    private static func logarithm(_ value: Double) -> Double {
        value <= 1 ? 0 : Double(value.exponent) + value.significand - 1
    }
}
