/// Probabilities of pairs under a cap, and an assignment drawn by them.
///
/// If no pair is more likely than `q`, nobody can arrange to be given a certain proposal (Jecmen, Zhang, Liu, Shah,
/// Conitzer and Fang, *Mitigating manipulation in peer review via randomized reviewer assignments*, NeurIPS 2020).
public struct Drawing: Sendable {
    /// The probability of each candidate, in the problem's order, in parts of ``parts``.
    public var numerator: [Int32]
    /// The denominator of all probabilities.
    public var parts: Int32
    /// The sum of scores to expect, in units.
    public var expectedTotal: Double
    /// The assignment that was drawn.
    public var assignment: Assignment
}

extension MatchingProblem {
    /// Finds probabilities with the highest expected total, none above `cap`, and draws an assignment by them.
    ///
    /// The cap is rounded down to a fraction whose denominator is at most twelve. The drawn assignment has each
    /// pair with exactly its probability, and keeps demands and loads. Places that cannot be filled under the cap
    /// stay empty.
    ///
    /// - Throws: ``MatchingRefused/probability(_:)`` for a cap outside (0, 1] or below a twelfth, and for problems
    ///   with locks, groups or a kind, which probabilities do not cover.
    public func drawing(
        cap: Double, seed: UInt64, isCancelled: @escaping () -> Bool = { false }
    ) throws(MatchingRefused) -> Drawing {
        guard let fraction = Self.fraction(atMost: cap), caps == nil, locked.isEmpty else {
            throw .probability(cap)
        }
        let control = Control(isCancelled: isCancelled)
        let rows = Rows(self, copies: fraction.parts, pairCapacity: fraction.numerator)
        let holdings = Holdings(rows)
        let guess = try Auction.run(rows, holdings, seed: seed, control)
        _ = try prove(rows, holdings, guess, control)
        var numerator = [Int32](repeating: 0, count: candidates.count)
        var expected = 0.0
        for proposal in 0..<proposals {
            for index in rowStart[proposal]..<rowStart[proposal + 1] {
                numerator[index] = holdings.copies(of: candidates[index].expert, in: proposal)
                expected += Double(candidates[index].score) * Double(numerator[index])
            }
        }
        var rounding = DependentRounding(self, numerator, parts: fraction.parts, seed: seed)
        return Drawing(
            numerator: numerator, parts: fraction.parts, expectedTotal: expected / Double(fraction.parts),
            assignment: rounding.run())
    }

    /// The greatest fraction not above `cap` with a denominator up to twelve.
    private static func fraction(atMost cap: Double) -> (numerator: Int32, parts: Int32)? {
        guard cap > 0, cap <= 1 else { return nil }
        var best: (numerator: Int32, parts: Int32)?
        for parts in Int32(1)...12 {
            // A decimal such as 0.3 is not exact in binary.
            let numerator = Int32((cap * Double(parts) + 1e-9).rounded(.down))
            guard numerator > 0 else { continue }
            if let known = best, known.numerator * parts >= numerator * known.parts { continue }
            best = (numerator, parts)
        }
        return best
    }
}
