/// What the answers of a panel come to by the published rule: exactly, in whole numbers.
package struct AppraisalResult: Sendable, Codable, Hashable {
    /// Answers of one lens to one conclusion.
    package struct Tally: Sendable, Codable, Hashable {
        package let lens: String
        package var yes: Int
        package var no: Int
        package var abstain: Int

        package init(lens: String, yes: Int = 0, no: Int = 0, abstain: Int = 0) {
            self.lens = lens
            self.yes = yes
            self.no = no
            self.abstain = abstain
        }

        /// Those whose answers the share of yes is of.
        package func voices(_ abstention: Appraisal.Abstention) -> Int {
            switch abstention {
            case .leftOut: yes + no
            case .counts: yes + no + abstain
            }
        }
    }

    /// A weighted share of yes, from 0 to 1. Numerator and denominator stay under 2^48: the least common multiple of
    /// 1 … 25 times weights that come to 10,000 at most.
    package struct Share: Sendable, Codable, Hashable {
        package let numerator: Int
        package let denominator: Int

        package init(_ numerator: Int, of denominator: Int) {
            self.numerator = numerator
            self.denominator = denominator
        }

        package func isAtLeast(percent: Int) -> Bool { numerator * 100 >= percent * denominator }

        /// Tenths of a percent, rounded down, so that nothing looks like a threshold that it does not reach.
        package var tenths: Int { numerator * 1000 / denominator }
        /// `66.6`
        package var percentText: String { "\(tenths / 10).\(tenths % 10)" }
    }

    package struct Line: Sendable, Codable, Hashable {
        package let conclusion: String
        /// Of the lenses that answer it, in their order.
        package let tallies: [Tally]
        /// Nil where nobody has a voice.
        package let share: Share?
        package let holds: Bool

        package init(conclusion: String, tallies: [Tally], share: Share?, holds: Bool) {
            self.conclusion = conclusion
            self.tallies = tallies
            self.share = share
            self.holds = holds
        }
    }

    /// In the order of the appraisal's conclusions.
    package let lines: [Line]
    /// Whether every needed conclusion holds.
    package let isPositive: Bool

    package init(lines: [Line], isPositive: Bool) {
        self.lines = lines
        self.isPositive = isPositive
    }

    package func line(_ conclusion: String) -> Line? { lines.first { $0.conclusion == conclusion } }
}

extension Appraisal {
    /// Combines the votes by the published rule.
    package func result(of votes: [AppraisalVote]) -> AppraisalResult {
        result(of: tallies(votes), weights: ownWeights)
    }

    /// Weights by lens, as published.
    var ownWeights: [String: Int] {
        Dictionary(lenses.map { ($0.id, $0.weight) }, uniquingKeysWith: { first, _ in first })
    }

    /// Tallies by conclusion.
    func tallies(_ votes: [AppraisalVote]) -> [String: [AppraisalResult.Tally]] {
        var found: [String: [AppraisalResult.Tally]] = [:]
        for conclusion in conclusions {
            found[conclusion.id] = lenses.filter { $0.conclusions.contains(conclusion.id) }.map { lens in
                var tally = AppraisalResult.Tally(lens: lens.id)
                for vote in votes where vote.lens == lens.id {
                    switch vote.answers[conclusion.id] {
                    case .yes: tally.yes += 1
                    case .no: tally.no += 1
                    case .abstain: tally.abstain += 1
                    case nil: break
                    }
                }
                return tally
            }
        }
        return found
    }

    /// - Parameter weights: by lens, in any whole unit; a lens of weight 0 is left out.
    func result(
        of tallies: [String: [AppraisalResult.Tally]], weights: [String: Int]
    ) -> AppraisalResult {
        let lines = conclusions.map { conclusion in
            let own = tallies[conclusion.id] ?? []
            let share = share(own, weights: weights)
            return AppraisalResult.Line(
                conclusion: conclusion.id, tallies: own, share: share,
                holds: share?.isAtLeast(percent: conclusion.least) ?? false)
        }
        let holding = Set(lines.filter(\.holds).map(\.conclusion))
        return AppraisalResult(
            lines: lines, isPositive: combination.needs.allSatisfy(holding.contains))
    }

    /// Each lens's share of yes, weighted by the lens, among the lenses that have a voice.
    private func share(
        _ tallies: [AppraisalResult.Tally], weights: [String: Int]
    ) -> AppraisalResult.Share? {
        var parts: [(weight: Int, yes: Int, voices: Int)] = []
        for tally in tallies {
            let (weight, voices) = (weights[tally.lens] ?? 0, tally.voices(combination.abstention))
            if weight > 0, voices > 0 { parts.append((weight, tally.yes, voices)) }
        }
        guard !parts.isEmpty else { return nil }
        let common = parts.reduce(1) { leastCommonMultiple($0, $1.voices) }
        let numerator = parts.reduce(0) { $0 + $1.weight * $1.yes * (common / $1.voices) }
        let total = parts.reduce(0) { $0 + $1.weight }
        return AppraisalResult.Share(numerator, of: total * common)
    }
}

private func leastCommonMultiple(_ left: Int, _ right: Int) -> Int {
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return left / a * right
}
