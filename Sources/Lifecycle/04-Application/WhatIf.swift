/// A closed round judged again under other rules, or under the same rules as of another day: who flips, under which
/// rule, with what each side cites. What neither side knows stays unknown; it is a third value and no guess.
package struct WhatIf: Sendable, Codable, Hashable {
    /// Rules and the day on which they are taken.
    package struct Rules: Sendable {
        package let rules: [Rule]
        package let day: Day

        package init(_ rules: [Rule], on day: Day) {
            self.rules = rules
            self.day = day
        }
    }

    /// What one side says of one application or list.
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        case met
        case unmet
        case unknown
        /// The side has no such rule.
        case absent

        init(_ result: Verdict.Result?) {
            switch result {
            case .met: self = .met
            case .unmet: self = .unmet
            case .unknown: self = .unknown
            case .none: self = .absent
            }
        }
    }

    /// A rule as one side has it.
    package struct Side: Sendable, Codable, Hashable {
        package let label: Label
        package let cites: Citation
        package let standing: RuleStanding
        package let verified: CitationCheck
        /// False where the notice of that time did not state it: then everybody's answer is unknown.
        package let isStated: Bool
        package let exceptionBy: Role?
    }

    package struct Flip: Sendable, Codable, Hashable {
        /// The application's number, or the university's id.
        package let subject: String
        package let university: String
        package let from: Outcome
        package let to: Outcome
    }

    package struct Count: Sendable, Codable, Hashable {
        package let from: Outcome
        package let to: Outcome
        package let count: Int
    }

    /// One rule on both sides.
    package struct OfRule: Sendable, Codable, Hashable {
        package let id: String
        package let scope: Rule.Scope
        /// Nil where that side has no such rule.
        package let before: Side?
        package let after: Side?
        /// Every pair of answers that occurred, those that stayed the same included.
        package let counts: [Count]
        /// Whatever changed its answer, in order.
        package let flips: [Flip]

        package func count(_ from: Outcome, _ to: Outcome) -> Int {
            counts.first { $0.from == from && $0.to == to }?.count ?? 0
        }

        /// Those that fail now and did not before.
        package var newlyUnmet: [Flip] { flips.filter { $0.to == .unmet } }
    }

    /// What comes of an application over all its rules.
    package enum Fate: String, Sendable, Codable, CaseIterable {
        /// No rule stands against it.
        case free
        /// Only rules “in principle” stand against it.
        case asks
        /// A rule without exception stands against it.
        case stopped
    }

    package struct Turn: Sendable, Codable, Hashable {
        package let number: String
        package let university: String
        package let from: Fate
        package let to: Fate
    }

    /// What a university, or a class of them, gains and loses.
    package struct Balance: Sendable, Codable, Hashable {
        package let id: String
        package let name: String
        package let applications: Int
        /// Stopped now and not before.
        package let lost: Int
        /// Stopped before and not now.
        package let gained: Int
        /// Rules that its list fails now and did not fail before, by id; empty for a class.
        package let listFails: [String]
        /// The other way round.
        package let listPasses: [String]
    }

    package let round: String
    package let before: Day
    package let after: Day
    package let applications: Int
    /// Submissions that did not keep what eligibility looked at: of them only the birth can be judged.
    package let unrecorded: Int
    /// Applications of which the same rules on the same day say something else now than was recorded, by number.
    /// Anything here is a fault of this system or of the definition that was handed in.
    package let differing: [String]
    /// In the order of the rules after, then those that are gone.
    package let rules: [OfRule]
    package let turns: [Turn]
    package let universities: [Balance]
    /// 市属, 中央在京, 民办; what is not recorded is `—`.
    package let classes: [Balance]

    package func rule(_ id: String) -> OfRule? { rules.first { $0.id == id } }

    /// Rules that are stated after and were not before, so that their third value stands there for everybody.
    package var unknownBefore: [OfRule] {
        rules.filter { $0.before?.isStated == false && $0.after?.isStated == true }
    }

    package var isUnchanged: Bool { rules.allSatisfy { $0.flips.isEmpty } && turns.isEmpty }
}
