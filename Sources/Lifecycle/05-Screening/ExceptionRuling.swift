/// The word of whoever may except a dossier from a rule “in principle”. It stands beside the rule's verdict and
/// never alters it: the rule remains unmet, and somebody answers for letting the dossier pass all the same.
package struct ExceptionRuling: Sendable, Codable, Hashable {
    /// The rule's id within its programme.
    package let rule: String
    package let granted: Bool
    /// Number of the fact that says so.
    package let fact: Int64

    package init(rule: String, granted: Bool, fact: Int64) {
        self.rule = rule
        self.granted = granted
        self.fact = fact
    }
}

/// Whoever the rule names excepted the dossier from it; the reason stands in the envelope. The rule stays unmet.
package struct ExceptionGranted: FactBody {
    package static let kind = FactKind("exception.granted")
    /// Number of the submission whose request was looked at; a later one is not covered.
    package let submission: Int64
    /// The verdict looked at, as it was.
    package let verdict: Verdict

    package init(submission: Int64, verdict: Verdict) {
        self.submission = submission
        self.verdict = verdict
    }
}

/// The exception was not made; the reason stands in the envelope. The rules then propose to fail the dossier.
package struct ExceptionDeclined: FactBody {
    package static let kind = FactKind("exception.declined")
    /// Number of the submission whose request was looked at.
    package let submission: Int64
    /// The verdict looked at, as it was.
    package let verdict: Verdict

    package init(submission: Int64, verdict: Verdict) {
        self.submission = submission
        self.verdict = verdict
    }
}
