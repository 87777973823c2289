/// What one role wrote at a step of the dossier. Its words can be erased; that the step was taken stays.
package struct StatementMade: FactBody {
    package static let kind = FactKind("statement.made")
    /// The id of the ``StatementForm``.
    package let form: String
    package let outcome: StatementForm.Outcome
    /// By field.
    package let answers: [String: String]

    package init(form: String, outcome: StatementForm.Outcome, answers: [String: String]) {
        self.form = form
        self.outcome = outcome
        self.answers = answers
    }

    package static func erased(_ fact: Fact) -> StatementMade? {
        let outcome: StatementForm.Outcome =
            switch fact.move?.outcome {
            case .returned: .returned
            case .refused: .refused
            case .contributed, .done, .retracted, .none: .done
            }
        return StatementMade(form: "", outcome: outcome, answers: [:])
    }
}

/// The voices at a step were all in and were counted. Ends the dossier where they do not carry it.
package struct StatementsCounted: FactBody {
    package static let kind = FactKind("statement.counted")
    package let step: String
    /// Option → how many chose it.
    package let voices: [String: Int]
    package let least: Int
    package let carried: Bool

    package init(step: String, voices: [String: Int], tally: StatementForm.Tally) {
        self.step = step
        self.voices = voices
        least = tally.least
        carried = tally.carries(voices)
    }
}

extension StatementForm.Outcome {
    /// What it does to the dossier's procedure.
    package func move(at step: Step) -> Move {
        switch self {
        case .done: Move(step.id, step.isDoneByOne ? .done : .contributed)
        case .returned: Move(step.id, .returned, target: step.returnsTo.first)
        case .refused: Move(step.id, .refused)
        }
    }
}

extension StatementForm {
    /// Everything that keeps it from being handed in with this outcome. What is sent back may be half filled.
    ///
    /// - Parameter answers: with `true` or `false` for each item of a checklist of which something was found.
    package func obstacles(
        to outcome: Outcome, answers: [String: String], isSigned: Bool, reason: String, settings: Settings
    ) -> [Refusal] {
        var found: [Refusal] = []
        if !outcomes.contains(outcome) { found.append(Refusal("statement.no-outcome")) }
        if outcome != .done, reason.trimmedCount < 5 { found.append(Refusal("reason.short", ["least": "5"])) }
        guard outcome != .returned else { return found }
        for problem in ApplicationForm(sections: [section]).problems(
            in: answers, disciplines: [], settings: settings)
        {
            found.append(
                Refusal(
                    "answer.\(problem.code)",
                    problem.values.merging(["field": problem.field]) { old, _ in old }
                ).naming("label", problem.label))
        }
        if outcome == .done {
            for field in criteria where answers[field.id] != "true" {
                let code = answers[field.id] == nil ? "statement.not-looked" : "statement.not-ripe"
                found.append(
                    Refusal(code, ["field": field.id], citation: cites).naming("label", field.label))
            }
        }
        if nature == .pledge, !isSigned { found.append(Refusal("statement.not-signed", citation: cites)) }
        return found
    }
}
