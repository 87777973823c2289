import Lifecycle

/// What does not make sense in an appraisal, or between it and the steps that go by it.
extension ProgrammeCheck {
    func checkAppraisals() {
        for appraisal in programme.appraisals ?? [] { check(appraisal) }
        for step in programme.procedure.steps { checkAppraisal(of: step) }
    }

    private func check(_ appraisal: Appraisal) {
        let here = place("appraisal:\(appraisal.id)")
        let total = appraisal.lenses.reduce(0) { $0 + $1.weight }
        if total != 100 {
            log.add(
                place("appraisal:\(appraisal.id)/lenses"), "appraisal.not-hundred",
                "各视角权重合计 \(total)，应为 100", "the weights of the lenses come to \(total), not 100")
        }
        for conclusion in appraisal.conclusions
        where !appraisal.lenses.contains(where: { $0.conclusions.contains(conclusion.id) }) {
            log.add(
                place("appraisal:\(appraisal.id)/conclusion:\(conclusion.id)"), "appraisal.unused-conclusion",
                "没有视角回答结论“\(conclusion.id)”", "no lens answers the conclusion “\(conclusion.id)”")
        }
        if !programme.procedure.steps.contains(where: { $0.appraisal == appraisal.id }) {
            log.add(
                here, "appraisal.unused", "没有步骤使用论证“\(appraisal.id)”",
                "no step goes by the appraisal “\(appraisal.id)”")
        }
        guard let clauses else { return }
        for lens in appraisal.lenses {
            for case let clause? in lens.criteria.map(\.clause) where !clauses.contains(clause) {
                unknownClause(clause, place("appraisal:\(appraisal.id)/lens:\(lens.id)"))
            }
        }
    }

    private func checkAppraisal(of step: Step) {
        let here = place("step:\(step.id)")
        guard step.kind == .appraise else {
            if step.appraisal != nil {
                log.add(
                    place("step:\(step.id)/appraisal"), "step.not-appraise",
                    "只有 kind: appraise 的步骤才写 appraisal",
                    "only a step of kind `appraise` names an appraisal")
            }
            return
        }
        if step.by != .expert {
            log.add(here, "step.appraise-by", "论证由专家作出（by: expert）", "experts appraise (by: expert)")
        }
        guard let id = step.appraisal else {
            log.add(
                here, "step.no-appraisal", "论证步骤须写 appraisal", "a step that appraises names its appraisal")
            return
        }
        guard let appraisal = programme.appraisal(of: step) else {
            let near = Spelling.nearest(to: id, among: (programme.appraisals ?? []).map(\.id))
            log.add(
                place("step:\(step.id)/appraisal"), "step.unknown-appraisal",
                "没有论证“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "there is no appraisal “\(id)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
            return
        }
        checkEnding(of: appraisal, at: step)
        if appraisal.combination.otherwise == .returned, step.returnsTo.isEmpty {
            log.add(
                here, "step.no-return", "论证“\(id)”未通过时退回，步骤须写 returnsTo",
                "what fails the appraisal “\(id)” is returned: the step needs `returnsTo`")
        }
    }

    /// What was decided is not undone by an appraisal that comes after it; one that comes before has to be able to stop it.
    private func checkEnding(of appraisal: Appraisal, at step: Step) {
        let procedure = programme.procedure
        let isLate = procedure.ancestors(of: step.id).contains { procedure.step($0)?.kind == .decide }
        switch appraisal.combination.otherwise {
        case .noted:
            if isLate { return }
            log.add(
                place("step:\(step.id)"), "appraisal.noted-early",
                "只有立项决定之后的论证才能只作记录（otherwise: noted）",
                "only an appraisal after the decision may be noted and stop nothing (otherwise: noted)")
        case .refused, .returned:
            guard isLate else { return }
            log.add(
                place("step:\(step.id)"), "appraisal.ends-late",
                "立项决定之后的论证不能终止或退回已立项的申请，须写 otherwise: noted，并由后一步提出处理意见",
                "an appraisal after the decision neither ends nor sends back what was decided: otherwise: noted, and a step after it says what follows"
            )
        }
    }
}
