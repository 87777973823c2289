import Lifecycle

/// Statements and the steps that hand them out; parties and the steps that are theirs.
extension ProgrammeCheck {
    func checkStatements() {
        let statements = programme.statements ?? []
        for step in programme.procedure.steps {
            let here = place("step:\(step.id)/statement")
            guard step.kind == .statement || step.kind == .meet && step.statement != nil else {
                if step.statement != nil {
                    log.add(
                        here, "step.statement", "只有 statement 步骤和评审会议（meet）才写 statement",
                        "only a step of the kind statement or meet names one")
                }
                continue
            }
            guard let id = step.statement else {
                log.add(
                    place("step:\(step.id)"), "step.statement", "statement 步骤须写明用哪份材料（statement）",
                    "a step of the kind statement names its statement")
                continue
            }
            guard let statement = programme.statement(id) else {
                let near = Spelling.nearest(to: id, among: statements.map(\.id))
                log.add(
                    here, "statement.unknown",
                    "statements.yaml 里没有“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "statements.yaml has no “\(id)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
                continue
            }
            guard step.kind == .statement else { continue }
            check(step, with: statement)
            if let tally = statement.tally { check(step, statement, counting: tally) }
        }
        for statement in statements
        where !programme.procedure.steps.contains(where: { $0.statement == statement.id }) {
            log.warn(
                place("statement:\(statement.id)"), "statement.unused", "没有步骤用到“\(statement.id)”",
                "no step uses “\(statement.id)”")
        }
        for statement in statements where statement.nature == .checklist { check(checklist: statement) }
        for statement in statements {
            if let roll = statement.roll { check(roll, of: statement) }
        }
    }

    private func check(_ step: Step, with statement: StatementForm) {
        let here = place("step:\(step.id)")
        let decides = statement.outcomes.contains { $0 != .done }
        if decides, step.needs > 1 {
            log.add(
                place("step:\(step.id)/needs"), "statement.needs", "能退回或终止的材料只由一人填写（needs: 1）",
                "a statement that may send back or end the dossier is one person's (needs: 1)")
        }
        if statement.outcomes.contains(.returned), step.returnsTo.isEmpty {
            log.add(
                here, "statement.returns", "可以退回的步骤须写明 returnsTo", "a step that may send back needs returnsTo"
            )
        }
        if !step.parties.isEmpty {
            log.add(
                here, "statement.parties", "statement 步骤由 by 一方填写，不写 parties",
                "a statement is filled by `by` alone")
        }
        if !statement.outcomes.contains(.done) {
            log.add(
                place("statement:\(statement.id)/verdict"), "statement.outcome", "verdict 须含 done",
                "`verdict` has to hold done")
        }
        if step.by.isOfDossier, programme.partyRule(step.by) == nil {
            log.add(
                here, "party.none", "“\(step.by.rawValue)”须在 programme.yaml 的 parties 里写明",
                "programme.yaml has to name “\(step.by.rawValue)” among its parties")
        }
    }

    /// Several voices, of which each chooses; and never so many needed that nothing could be carried.
    private func check(_ step: Step, _ statement: StatementForm, counting tally: StatementForm.Tally) {
        let here = place("statement:\(statement.id)/tally")
        let field = statement.fields.first { $0.id == tally.field }
        if field?.kind != .choice || field?.required != true {
            log.add(
                here, "statement.tally-field", "“\(tally.field)”须是本材料里必填的 choice 字段",
                "“\(tally.field)” has to be a required choice of this statement")
        } else if tally.favour.isEmpty
            || !tally.favour.allSatisfy({ id in field?.options.contains { $0.id == id } == true })
        {
            log.add(
                here, "statement.tally-favour", "favour 须是“\(tally.field)”的选项",
                "favour names options of “\(tally.field)”")
        }
        if step.needs < max(2, tally.least) {
            log.add(
                place("step:\(step.id)/needs"), "statement.tally-needs",
                "计票的步骤须由至少两人填写，且不少于 least（\(tally.least)）",
                "what is counted is written by two at least, and by no fewer than least (\(tally.least))")
        }
        if statement.outcomes != [.done] {
            log.add(
                here, "statement.tally-verdict", "计票的材料不写 verdict，由票数决定",
                "what is counted has no verdict of its own")
        }
    }

    private func check(checklist statement: StatementForm) {
        if !statement.fields.contains(where: { $0.kind == .flag && $0.required }) {
            log.add(
                place("statement:\(statement.id)/fields"), "statement.checklist", "清单须有必填的 flag 字段",
                "a checklist has required fields of the kind flag")
        }
        if !statement.seenBy.contains(.applicant) {
            log.add(
                place("statement:\(statement.id)/seenBy"), "statement.checklist-hidden",
                "申请人须能看到清单缺什么（seenBy: [applicant]）",
                "the applicant has to see what the checklist lacks (seenBy: [applicant])")
        }
    }

    func checkParties() {
        for rule in programme.parties ?? [] {
            let name = "party:\(rule.role.rawValue)"
            if !rule.role.isOfDossier {
                let able = Role.allCases.filter(\.isOfDossier).map(\.rawValue).joined(separator: ", ")
                log.add(
                    place("\(name)/role"), "party.role", "参与方的角色可以是：\(able)",
                    "the role of a party is one of \(able)")
            }
            if !PartyRule.inviters.contains(rule.invitedBy) {
                log.add(
                    place("\(name)/invitedBy"), "party.inviter", "参与方由 applicant 或 programme-officer 邀请",
                    "a party is invited by the applicant or by the programme-officer")
            }
            if rule.least > rule.most {
                log.add(place("\(name)/least"), "party.range", "least 大于 most", "least is above most")
            }
            let steps = programme.procedure.steps.filter { $0.by == rule.role }
            if steps.isEmpty {
                log.add(
                    place(name), "party.no-step", "没有由“\(rule.role.rawValue)”办理的步骤",
                    "no step is done by “\(rule.role.rawValue)”")
            }
            for step in steps
            where !step.isOfEach
                && step.needs > max(rule.least, rule.invitedBy == .applicant ? 0 : rule.most)
            {
                log.add(
                    place("\(name)/least"), "party.too-few",
                    "“\(step.id)”需要 \(step.needs) 人，least 只有 \(rule.least)，流程可能走不下去",
                    "“\(step.id)” needs \(step.needs), and least is \(rule.least): the procedure could stop there"
                )
            }
        }
    }
}
