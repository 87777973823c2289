import Lifecycle

/// What may follow on an appraisal that came after the decision and went against it. By itself nothing does.
enum AppraisalAfterwards {
    /// A sentence a part, of what is still to come; none where the appraisal's rule ends or returns the dossier.
    static func sentences(
        on step: Step, _ instrument: Appraisal, in standing: Standing, _ words: Words.Catalogue
    ) -> [String] {
        guard instrument.combination.otherwise == .noted else { return [] }
        let ahead = standing.steps.filter { state in
            switch state.state {
            case .waiting, .open: true
            case .done, .refused, .skipped: false
            }
        }
        let next = ahead.filter { $0.step.after.contains(step.id) }.map {
            words.filled(
                "appraisal.afterwards.next",
                [
                    "who": words["procedure.by.\($0.step.by.rawValue)"],
                    "step": $0.step.label.text(in: words.language),
                ])
        }
        let mayObject = ahead.contains { $0.step.kind == .publicise }
        return [words["appraisal.afterwards.goesOn"]] + next
            + (mayObject ? [words["appraisal.afterwards.objection"]] : [])
    }
}
