/// How a university's quota moves with how it fared in earlier rounds of the programme (申报数额按立项率、立项质量、
/// 结项率动态调整), as `quotaFormula` of `programme.yaml` states it.
///
/// A notice of 2022 names the three indicators and no number. Everything is counted in whole applications and whole
/// per cent, so that a university can do the sum again on paper.
package struct QuotaFormula: Sendable, Codable, Hashable {
    /// What an indicator of at least so many per cent does to the quota.
    package struct Step: Sendable, Codable, Hashable {
        /// 0 … 100.
        package let atLeast: Int
        /// Applications more, or fewer.
        package let change: Int

        package init(atLeast: Int, change: Int) {
            self.atLeast = atLeast
            self.change = change
        }
    }

    /// One indicator's part.
    package struct Term: Sendable, Codable, Hashable {
        package let indicator: QuotaIndicator
        /// With fewer cases than that the share says nothing, and counts as unknown.
        package let fewest: Int
        /// From the highest share down; the last is at least 0, so that every share has one.
        package let steps: [Step]
        /// What an unknown indicator does to the quota.
        package let unknown: Int

        package init(indicator: QuotaIndicator, fewest: Int, steps: [Step], unknown: Int) {
            self.indicator = indicator
            self.fewest = fewest
            self.steps = steps
            self.unknown = unknown
        }

        /// Compared by cross-multiplication: no share is ever rounded before it is judged.
        package func step(for tally: QuotaTally) -> Step? {
            guard tally.cases >= fewest, tally.whole > 0 else { return nil }
            return steps.first { tally.part * 100 >= $0.atLeast * tally.whole }
        }
    }

    /// The call's parameter from which every university begins, such as `quotaEach`.
    package let base: String
    /// How many of the last rounds are looked at.
    package let rounds: Int
    package let terms: [Term]
    /// No quota is below or above.
    package let bounds: Bounds
    /// From the quota of the round before, no further up or down.
    package let mostChange: Int
    package let standing: RuleStanding
    package let cites: Citation
    package let verified: CitationCheck

    package init(
        base: String, rounds: Int, terms: [Term], bounds: Bounds, mostChange: Int, standing: RuleStanding,
        cites: Citation, verified: CitationCheck
    ) {
        self.base = base
        self.rounds = rounds
        self.terms = terms
        self.bounds = bounds
        self.mostChange = mostChange
        self.standing = standing
        self.cites = cites
        self.verified = verified
    }
}

/// What a quota can move with.
package enum QuotaIndicator: String, Sendable, Codable, CaseIterable {
    /// 立项率: of what the university put forward, how much was funded.
    case success
    /// 立项质量: of the points that the reviews of its funded projects could give above the lowest, how many they gave.
    case quality
    /// 结项率: of its projects whose term is over, how many were concluded in time.
    case completion
}

/// An indicator as it was counted: a share of two whole numbers.
package struct QuotaTally: Sendable, Codable, Hashable {
    package let part: Int
    package let whole: Int
    /// How many applications or projects it speaks of; for a share of points not the same as ``whole``.
    package let cases: Int
    /// Numbers of the calls that were counted, newest first.
    package let rounds: [String]

    package init(part: Int, whole: Int, cases: Int? = nil, rounds: [String] = []) {
        self.part = part
        self.whole = whole
        self.cases = cases ?? whole
        self.rounds = rounds
    }
}

/// Why an indicator is not known. That is a third answer beside good and bad, and never a guess.
package enum QuotaUnknown: String, Sendable, Codable, CaseIterable {
    /// No earlier round of the programme is decided.
    case noRound = "no-round"
    /// The university put nothing forward in the rounds looked at.
    case nothingForward = "nothing-forward"
    /// None of its projects was funded after a review.
    case nothingFunded = "nothing-funded"
    /// The term of none of its projects is over.
    case nothingDue = "nothing-due"
    /// Terms are over, and the house has no record of what was concluded.
    case notRecorded = "not-recorded"
    /// Counted, and of fewer cases than the formula asks for.
    case tooFew = "too-few"
}

/// What is known of one indicator of one university.
package enum QuotaReading: Sendable, Codable, Hashable {
    case counted(QuotaTally)
    case unknown(QuotaUnknown)
}

/// What a formula looks at in one university. An indicator that is not there is unknown.
package struct QuotaHistory: Sendable, Hashable {
    package let readings: [QuotaIndicator: QuotaReading]
    /// Its quota in the round before; nil where there was none.
    package let previous: Int?

    package init(_ readings: [QuotaIndicator: QuotaReading] = [:], previous: Int? = nil) {
        self.readings = readings
        self.previous = previous
    }
}

/// An example that a lawyer can do again: given these shares, the formula says this.
package struct QuotaCase: Sendable, Codable, Hashable {
    package let name: String
    package let base: Int
    package let previous: Int?
    package let tallies: [Tally]
    package let expect: Int

    package struct Tally: Sendable, Codable, Hashable {
        package let indicator: QuotaIndicator
        package let tally: QuotaTally

        package init(_ indicator: QuotaIndicator, _ tally: QuotaTally) {
            self.indicator = indicator
            self.tally = tally
        }
    }

    package init(name: String, base: Int, previous: Int?, tallies: [Tally], expect: Int) {
        self.name = name
        self.base = base
        self.previous = previous
        self.tallies = tallies
        self.expect = expect
    }

    package var history: QuotaHistory {
        QuotaHistory(
            Dictionary(tallies.map { ($0.indicator, .counted($0.tally)) }) { first, _ in first },
            previous: previous)
    }
}

extension ReviewInstrument {
    /// Points of the worst review there can be; nil where nobody gives any.
    package var fewestPoints: Int? {
        guard let grade = grades.map(\.points).min() else { return nil }
        return grade + (advice.map(\.points).min() ?? 0)
    }
}
