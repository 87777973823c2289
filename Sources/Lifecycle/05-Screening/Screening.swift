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
    /// The rulings on exceptions it rests on. Nil where there was none, and in words from before there were any.
    package let rulings: [ExceptionRuling]?

    package init(
        passed: Bool, verdicts: [Verdict], incomplete: [String], overturned: Bool,
        rulings: [ExceptionRuling]? = nil
    ) {
        self.passed = passed
        self.verdicts = verdicts
        self.incomplete = incomplete
        self.overturned = overturned
        self.rulings = rulings
    }
}

/// What the rules, and the rulings on exceptions to them, propose of a dossier.
package enum ScreeningProposal: String, Sendable, CaseIterable {
    case pass
    case fail
    /// A fact is unknown: a person has to look.
    case look
    /// A rule “in principle” is unmet, and who may except it has not decided yet.
    case wait

    package init(verdicts: [Verdict], incomplete: [String], rulings: [ExceptionRuling]) {
        let excepting = verdicts.filter(\.isExceptable).map { verdict in
            rulings.first { $0.rule == verdict.rule }?.granted
        }
        if !incomplete.isEmpty || verdicts.contains(where: \.stops) || excepting.contains(false) {
            self = .fail
        } else if excepting.contains(nil) {
            self = .wait
        } else if verdicts.contains(where: { $0.result == .unknown }) {
            self = .look
        } else {
            self = .pass
        }
    }
}
