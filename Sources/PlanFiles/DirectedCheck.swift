import Lifecycle

/// What a directed commission leaves on record instead of a competition: grounds by kind with the alternatives
/// considered, what experts say, a decision by several, and its publication or why there is none.
extension ProgrammeCheck {
    func checkDirected() {
        let here = place("letting")
        let grounds = statementSteps(.grounds).filter { beforeDecision.contains($0.id) }
        if grounds.isEmpty {
            log.add(
                here, "letting.grounds", "定向委托须在立项决定之前写明委托理由（grounds: true）",
                "a directed commission needs its grounds before the decision (grounds: true)")
        }
        for statement in Set(grounds.compactMap(\.statement)).sorted().compactMap({ programme.statement($0) })
        {
            checkGrounds(statement)
        }
        let before = programme.procedure.steps.filter { beforeDecision.contains($0.id) }
        if !before.contains(where: isExperts) {
            log.add(
                here, "letting.appraised",
                "定向委托须在立项决定之前经专家论证：加一个 appraise、review 或 meet 步骤，或由 expert 填写的 statement 步骤",
                "experts speak before a directed commission is decided: add a step of the kind appraise, review or meet, or a statement by expert"
            )
        }
        if !before.contains(where: { programme.statement(of: $0)?.tally != nil }) {
            log.add(
                here, "letting.collective",
                "定向委托须集体决定、各人署名、不同意见留存：在立项决定之前加一个由多人填写并计票的 statement 步骤（needs、tally）",
                "several decide on a directed commission, by name and with their dissent: add a statement that several fill and whose voices are counted before the decision (needs, tally)"
            )
        }
        if programme.procedure.step(of: .publicise) == nil {
            log.add(
                here, "letting.publicised",
                "定向委托须公示，或写明不公示的理由：在立项决定之后加一个 publicise 步骤，可以不公示的写 mayWithhold: true",
                "a directed commission is published, or says why not: add a step of the kind publicise after the decision, with mayWithhold: true where it may be withheld"
            )
        }
    }

    /// The kind of reason is chosen, so that commissions can be told apart by it; who else was considered is no part of
    /// another answer.
    private func checkGrounds(_ statement: StatementForm) {
        let here = place("statement:\(statement.id)/fields")
        if !statement.fields.contains(where: { $0.kind == .choice && $0.required }) {
            log.add(
                here, "letting.reason",
                "委托理由须选定类型：在“\(statement.id)”里加一个必填的 choice 字段（如唯一优势、国家任务、应急、非共识）",
                "grounds are of a kind: add a required choice to “\(statement.id)” (sole capability, state task, emergency, want of consensus)"
            )
        }
        if !statement.fields.contains(where: { $0.id == "alternatives" && $0.required }) {
            log.warn(
                here, "letting.alternatives",
                "“\(statement.id)”没有单列“考虑过的其他承担者”（必填字段 alternatives）：没有考虑过其他承担者的，看不出为何定向",
                "“\(statement.id)” has no field of its own for the alternatives considered (a required field alternatives): nothing then says why it is this one"
            )
        }
    }

    private func isExperts(_ step: Step) -> Bool {
        switch step.kind {
        case .appraise, .review, .meet: true
        case .statement: step.by == .expert
        case .draft, .endorse, .screen, .decide, .publicise, .contract, .preparePayment, .approvePayment,
            .pay:
            false
        }
    }
}
