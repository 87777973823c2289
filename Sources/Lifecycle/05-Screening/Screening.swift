/// An officer's word on completeness and eligibility. The rules propose; the officer confirms or overturns.
package struct ApplicationScreened: FactBody {
    package static let kind = FactKind("application.screened")
    package let passed: Bool
    /// Every verdict looked at, as it was.
    package let verdicts: [Verdict]
    /// Parts missing from the application.
    package let incomplete: [String]
    /// The officer decided against what the rules proposed; the fact's reason says why.
    package let overturned: Bool

    package init(passed: Bool, verdicts: [Verdict], incomplete: [String], overturned: Bool) {
        self.passed = passed
        self.verdicts = verdicts
        self.incomplete = incomplete
        self.overturned = overturned
    }
}

/// What the rules propose of a dossier.
package enum ScreeningProposal: String, Sendable, CaseIterable {
    case pass
    case fail
    /// A soft rule is unmet or a fact unknown: a person has to look.
    case look

    package init(verdicts: [Verdict], incomplete: [String]) {
        if !incomplete.isEmpty || verdicts.contains(where: \.stops) {
            self = .fail
        } else if verdicts.contains(where: { $0.result != .met }) {
            self = .look
        } else {
            self = .pass
        }
    }
}
