import Lifecycle

/// What each way of letting a topic demands of its programme.
extension ProgrammeCheck {
    var beforeDecision: Set<String> {
        programme.procedure.step(of: .decide).map { programme.procedure.ancestors(of: $0.id) } ?? []
    }

    func statementSteps(_ nature: StatementForm.Nature) -> [Step] {
        programme.procedure.steps.filter { programme.statement(of: $0)?.nature == nature }
    }

    func checkLetting() {
        let here = place("letting")
        if programme.parameters.count(where: { $0.kind == .owner }) > 1 {
            log.add(
                here, "letting.owners", "一份通知只有一个责任人：owner 参数至多一个",
                "a call has one owner: at most one parameter is of kind owner")
        }
        switch programme.way {
        case .openCompetition, .race: break
        case .openChallenge:
            if statementSteps(.pledge).isEmpty {
                log.add(
                    here, "letting.pledge", "揭榜挂帅须有一个签军令状的步骤（pledge: true）",
                    "an open challenge needs a step with a signed pledge (pledge: true)")
            }
            checkChallenge()
        case .recommendation:
            if !programme.procedure.steps.contains(where: { $0.kind == .statement && $0.by == .recommender })
            {
                log.add(
                    here, "letting.letter", "专家推荐须有一个由 recommender 填写材料的步骤",
                    "a recommendation needs a statement by a recommender")
            }
        case .directed: checkDirected()
        case .rapidResponse: checkRapid()
        case .whenRipe:
            if !programme.isRolling {
                log.add(
                    here, "letting.rolling", "“成熟一个、建设一个”须随时受理（intake: rolling）",
                    "what is set up when ripe is taken in at any time (intake: rolling)")
            }
            if statementSteps(.checklist).isEmpty {
                log.add(
                    here, "letting.checklist", "“成熟一个、建设一个”须有成熟度清单（checklist: true）",
                    "what is set up when ripe needs a checklist (checklist: true)")
            }
        }
        if programme.way != .rapidResponse, programme.leavesOut != nil {
            log.add(
                place("leavesOut"), "letting.leaves-out", "只有快速反应才写 leavesOut",
                "only a rapid response leaves steps out")
        }
        checkIntake()
        checkNotice()
    }

    /// What was decided lies open before anything is signed. A rapid response makes up for it; a directed commission may
    /// say why not.
    private func checkNotice() {
        let steps = programme.procedure
        if steps.drawsUpAtDecision, let notice = steps.step(of: .publicise),
            programme.way != .rapidResponse
                || !(programme.leavesOut ?? []).contains(where: { $0.madeUpBy == notice.id })
        {
            log.add(
                place("step:\(notice.id)"), "letting.notice",
                "只有快速反应可以先签任务书后公示，并须在 leavesOut 里写明由“\(notice.id)”补办",
                "only a rapid response signs before its public notice, and says in leavesOut that “\(notice.id)” makes up for it"
            )
        }
        for step in steps.steps where step.mayWithhold == true {
            if step.kind != .publicise || programme.way != .directed {
                log.add(
                    place("step:\(step.id)/mayWithhold"), "letting.withhold",
                    "只有定向委托的公示（publicise）可以写 mayWithhold",
                    "only the public notice (publicise) of a directed commission may be withheld")
            }
        }
    }

    /// Bids are for published topics. Whoever will use the result takes part, with a word before the decision and by
    /// agreeing to the pledge's test of acceptance, and judges none of them.
    private func checkChallenge() {
        if programme.topicUse != .required {
            log.add(
                place("topics"), "letting.topics", "揭榜挂帅以公布的题目为前提，须写 topics: required",
                "an open challenge lets published topics: topics: required")
        }
        let speaks = beforeDecision.compactMap { programme.procedure.step($0) }.contains {
            $0.kind == .statement && $0.by == .finalUser
        }
        if !speaks {
            log.add(
                place("letting"), "letting.user-step", "揭榜挂帅须在立项决定之前有一个由 final-user 填写意见的步骤",
                "an open challenge lets the final user speak before the decision: a statement by final-user")
        }
        if (programme.partyRule(.finalUser)?.least ?? 0) < 1 {
            log.add(
                place("letting"), "letting.user-party", "揭榜挂帅须至少邀请一位最终用户（parties 中 final-user 的 least 至少为 1）",
                "an open challenge asks at least one final user in (least of final-user among its parties)")
        }
        if !statementSteps(.pledge).contains(where: { step in
            programme.statement(of: step)?.seenBy.contains(.finalUser) ?? false
        }) {
            log.add(
                place("letting"), "letting.user-pledge", "军令状须让最终用户看到（seenBy 含 final-user），验收时以此为准",
                "the final user reads the pledge (seenBy: final-user), by which acceptance is measured")
        }
        if let user = programme.partyRule(.finalUser), !user.conflicted {
            log.add(
                place("party:\(Role.finalUser.rawValue)"), "letting.user",
                "最终用户不得评审或办理所参与的申请（conflicted: true）",
                "a final user neither reviews nor handles the dossier it takes part in (conflicted: true)")
        }
    }

    /// The clock of a rapid response runs in hours from the publication of its call to the contract, and what it leaves
    /// out is made up for after the decision.
    private func checkRapid() {
        // What set it off, and who answers for it, stands in the call, before anybody applies.
        if programme.parameters.first(where: { $0.id == "trigger" })?.kind != .text {
            log.add(
                place("letting"), "letting.trigger", "快速反应须由通知写明触发事由（text 参数 trigger）",
                "a call for a rapid response states what set it off (a text parameter trigger)")
        }
        if programme.ownerParameter == nil {
            log.add(
                place("letting"), "letting.trigger-owner", "快速反应须由通知指定触发责任人（owner 参数）：系统内的人，或某机构的某个角色",
                "a call for a rapid response names who answers for it (an owner parameter): a person of the house, or a role in an organisation of it"
            )
        }
        let before = beforeDecision
        let counted = before.union(
            programme.procedure.steps.filter { $0.kind == .decide || $0.kind == .contract }.map(\.id))
        for step in programme.procedure.steps where counted.contains(step.id) {
            if case .afterPublication(.hours)? = step.within { continue }
            log.add(
                place("step:\(step.id)/within"), "letting.hours",
                "快速反应到签订任务书为止的步骤须从通知发布起以小时计期限：{afterPublication: {hours: …}}",
                "up to its contract a rapid response counts in hours from the publication: {afterPublication: {hours: …}}"
            )
        }
        checkOrderOfHours(counted)
        for left in programme.leavesOut ?? [] {
            guard programme.procedure.step(left.madeUpBy) != nil else {
                log.add(
                    place("leavesOut:\(left.madeUpBy)"), "step.unknown", "没有步骤“\(left.madeUpBy)”",
                    "there is no step “\(left.madeUpBy)”")
                continue
            }
            if before.contains(left.madeUpBy) {
                log.add(
                    place("leavesOut:\(left.madeUpBy)"), "letting.made-up", "略去的环节应在立项决定之后补办",
                    "what is left out is made up for after the decision")
            }
        }
    }

    /// Counted from one moment, a step cannot be due before one that it waits for.
    private func checkOrderOfHours(_ counted: Set<String>) {
        func hours(_ step: Step) -> Int? {
            if case .afterPublication(.hours(let count))? = step.within { count } else { nil }
        }
        for step in programme.procedure.steps where counted.contains(step.id) {
            guard let own = hours(step) else { continue }
            for earlier in step.after.compactMap({ programme.procedure.step($0) }) {
                guard let before = hours(earlier), before >= own else { continue }
                log.add(
                    place("step:\(step.id)/within"), "letting.hours-order",
                    "从同一时刻起算，“\(step.label.zh)”不能早于或等于前一步“\(earlier.label.zh)”的期限",
                    "counted from one moment, “\(step.label.en)” cannot be due before or with “\(earlier.label.en)”"
                )
            }
        }
    }

    /// A list of a university is of a round: where applications come one by one there is none, nor a term that
    /// counts from the closing.
    private func checkIntake() {
        guard programme.isRolling else { return }
        for step in programme.procedure.steps {
            if step.kind == .endorse {
                log.add(
                    place("step:\(step.id)"), "intake.endorse",
                    "随时受理的项目没有学校名单，学校意见请用 statement 步骤",
                    "a rolling intake has no lists: let the university speak in a statement")
            }
            if case .afterClosing? = step.within {
                log.add(
                    place("step:\(step.id)/within"), "intake.closing", "随时受理的项目不能以征集截止起算期限",
                    "in a rolling intake no term counts from the closing")
            }
        }
    }
}
