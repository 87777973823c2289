import Lifecycle

/// Steps that each party takes, and what parties bring.
extension ProgrammeCheck {
    /// How many take such a step is fixed by the submission, and the procedure has to hold without it.
    func checkEach() {
        let procedure = programme.procedure
        let each = procedure.steps.filter(\.isOfEach)
        for step in each {
            let here = place("step:\(step.id)/needs")
            if step.kind != .statement || !step.by.isOfDossier {
                let able = Role.allCases.filter(\.isOfDossier).map(\.rawValue).joined(separator: ", ")
                log.add(
                    here, "each.step", "needs: each 只用于由参与方（\(able)）填写的 statement 步骤",
                    "needs: each is for a statement by a party (\(able))")
            } else if let rule = programme.partyRule(step.by), rule.invitedBy != .applicant {
                log.add(
                    here, "each.inviter", "提交之后还能邀请的参与方人数不定，不能写 needs: each（须 invitedBy: applicant）",
                    "parties that are invited after the submission have no fixed number: needs: each takes invitedBy: applicant"
                )
            }
            if programme.statement(of: step)?.outcomes.contains(.refused) == true {
                log.add(
                    here, "each.verdict", "由各方分别填写的材料可以退回，不能由一方终止（verdict 不含 refused）",
                    "of a statement by each, any may send back and none may end the dossier (no refused in its verdict)"
                )
            }
        }
        let ids = Set(each.map(\.id))
        for step in procedure.steps where !ids.isDisjoint(with: step.returnsTo) {
            log.add(
                place("step:\(step.id)/returnsTo"), "each.return", "不能退回到可能不存在的步骤（needs: each）",
                "nothing is sent back to a step that may not be there (needs: each)")
        }
        let known = Set(procedure.findings.map(\.step.id))
        for finding in procedure.fitting(.none).findings
        where finding.kind == .deadEnd && !known.contains(finding.step.id) {
            log.add(
                place("step:\(finding.step.id)"), "each.last", "没有参与方的申请会停在“\(finding.step.id)”",
                "a dossier without such parties would stop at “\(finding.step.id)”")
        }
    }

    /// The statement is the party's own, and its fields are there and of the kind that is read from them.
    func checkContributions() {
        for rule in programme.parties ?? [] {
            guard let contribution = rule.contributes else { continue }
            let name = "party:\(rule.role.rawValue)"
            let here = place("\(name)/statement")
            guard let statement = programme.statement(contribution.statement) else {
                let near = Spelling.nearest(
                    to: contribution.statement, among: (programme.statements ?? []).map(\.id))
                log.add(
                    here, "contribution.statement",
                    "statements.yaml 里没有“\(contribution.statement)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "statements.yaml has no “\(contribution.statement)”"
                        + (near.map { ", did you mean “\($0)”?" } ?? ""))
                continue
            }
            if !programme.procedure.steps.contains(where: {
                $0.by == rule.role && $0.statement == statement.id
            }) {
                log.add(
                    here, "contribution.step", "“\(statement.id)”须由“\(rule.role.rawValue)”在某一步骤填写",
                    "no step has “\(rule.role.rawValue)” fill “\(statement.id)”")
            }
            let fields: [(key: String, field: String?, kind: ApplicationForm.Field.Kind)] = [
                ("body", contribution.body, .line), ("type", contribution.type, .choice),
                ("brings", contribution.brings, .money), ("share", contribution.share, .count),
            ]
            for (key, field, kind) in fields {
                guard let field else { continue }
                check(field, kind, in: statement, at: place("\(name)/\(key)"))
            }
            check(share: contribution.share, in: statement, at: place("\(name)/share"))
        }
    }

    private func check(
        _ id: String, _ kind: ApplicationForm.Field.Kind, in statement: StatementForm, at here: Place
    ) {
        guard let field = statement.fields.first(where: { $0.id == id }) else {
            let near = Spelling.nearest(to: id, among: statement.fields.map(\.id))
            log.add(
                here, "contribution.field",
                "“\(statement.id)”里没有字段“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "“\(statement.id)” has no field “\(id)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
            return
        }
        if field.kind != kind || !field.required {
            log.add(
                here, "contribution.kind", "“\(id)”须是必填的 \(kind.rawValue) 字段",
                "“\(id)” has to be a required field of the kind \(kind.rawValue)")
        }
    }

    /// A share is a whole number of per cent, so the form itself keeps out what is none.
    private func check(share id: String?, in statement: StatementForm, at here: Place) {
        guard let field = statement.fields.first(where: { $0.id == id }), field.kind == .count else { return }
        if field.least == nil || (field.most ?? .max) > 100 {
            log.add(
                here, "contribution.share", "“\(field.id)”是百分比，须写 least 和不超过 100 的 most",
                "“\(field.id)” is a percentage: it needs a least, and a most of at most 100")
        }
    }
}
