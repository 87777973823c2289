/// The procedure, the review and the money.
extension DiffLog {
    mutating func compareSteps(_ old: [Step], _ new: [Step]) {
        pair(
            .step, old, new, id: \.id, label: \.label, what: Label("步骤", "step"),
            text: {
                Label(
                    "\($0.by.rawValue)，\(DiffWords.deadline($0.within).zh)",
                    "\($0.by.rawValue), \(DiffWords.deadline($0.within).en)")
            }
        ) { log, was, now in
            let (id, subject) = (now.id, now.label)
            log.compare(.step, id, subject, Label("名称", "name"), was.label, now.label, kind: .reworded) { $0 }
            log.compare(.step, id, subject, Label("种类", "kind"), was.kind, now.kind) {
                DiffWords.plain($0.rawValue)
            }
            log.compare(.step, id, subject, Label("由谁办", "done by"), was.by, now.by) { DiffWords.role($0) }
            log.compare(
                .step, id, subject, Label("期限", "deadline"), was.within, now.within,
                kind: DiffLog.strictness(was.within, now.within), DiffWords.deadline)
            log.compare(.step, id, subject, Label("在此之后", "comes after"), was.after, now.after) {
                DiffWords.list($0)
            }
            log.compare(.step, id, subject, Label("须几人", "how many people"), was.needs, now.needs) {
                DiffWords.number($0)
            }
            log.compare(
                .step, id, subject, Label("接受邀请者人人须办", "of each who accepted"), was.isOfEach,
                now.isOfEach, DiffWords.flag)
            log.compare(.step, id, subject, Label("各方", "parties"), was.parties, now.parties) {
                DiffWords.list($0.map(\.rawValue))
            }
            log.compare(
                .step, id, subject, Label("不得由同一人办", "kept apart from"), was.apartFrom, now.apartFrom
            ) {
                DiffWords.list($0)
            }
            log.compare(
                .step, id, subject, Label("可退回", "may send back to"), was.returnsTo, now.returnsTo
            ) {
                DiffWords.list($0)
            }
            log.compare(
                .step, id, subject, Label("所用材料", "its statement"), was.statement, now.statement
            ) {
                $0.map { DiffWords.plain($0) } ?? DiffWords.none
            }
            log.compare(
                .step, id, subject, Label("可说明理由而不公示", "may be withheld with grounds"),
                was.mayWithhold ?? false, now.mayWithhold ?? false, DiffWords.flag)
            log.compare(
                .step, id, subject, Label("逐人面谈", "hears each candidate"), was.hears ?? false,
                now.hears ?? false, DiffWords.flag)
            log.compare(
                .step, id, subject, Label("效力", "standing"), was.standing, now.standing, DiffWords.standing)
            log.compare(
                .step, id, subject, Label("出处", "source"), was.cites, now.cites, kind: .reworded,
                DiffWords.citation)
            log.compare(
                .step, id, subject, Label("出处的核对", "check of the source"), was.verified, now.verified,
                kind: .reworded, DiffWords.check)
        }
        // Only what both have can stand in another order.
        let kept = Set(old.map(\.id)).intersection(new.map(\.id))
        compare(
            .step, "steps", Label("各步", "steps"), Label("排列", "order"),
            old.map(\.id).filter(kept.contains), new.map(\.id).filter(kept.contains)
        ) { DiffWords.list($0) }
    }

    /// Less time is stricter, where it counts from the same moment in the same days.
    private static func strictness(_ old: Step.Deadline?, _ new: Step.Deadline?) -> ProgrammeDiff.Kind {
        func by(_ old: Term, _ new: Term) -> ProgrammeDiff.Kind {
            switch (old, new) {
            case (.days(let was), .days(let now)), (.workingDays(let was), .workingDays(let now)),
                (.hours(let was), .hours(let now)):
                now < was ? .tightened : .loosened
            case (.days, _), (.workingDays, _), (.hours, _): .changed
            }
        }
        switch (old, new) {
        case (nil, _): return .tightened
        case (_, nil): return .loosened
        case (.term(let was), .term(let now)), (.afterClosing(let was), .afterClosing(let now)),
            (.afterPublication(let was), .afterPublication(let now)):
            return by(was, now)
        case (.callClosing, _), (.term, _), (.afterClosing, _), (.afterPublication, _): return .changed
        }
    }

    mutating func compareReviews(_ old: ReviewInstrument, _ new: ReviewInstrument) {
        let subject = Label("评审", "The review")
        pair(
            .review, old.criteria, new.criteria, id: \.id, label: \.label, what: Label("评审维度", "criterion"),
            text: \.label
        ) { log, was, now in
            log.compare(
                .review, now.id, now.label, Label("名称", "name"), was.label, now.label, kind: .reworded
            ) { $0 }
            log.compare(
                .review, now.id, now.label, Label("提示", "hint"), was.hint, now.hint, kind: .reworded
            ) {
                $0 ?? DiffWords.none
            }
            log.compare(.review, now.id, now.label, Label("条款", "clause"), was.clause, now.clause) {
                DiffWords.plain($0?.rawValue ?? "")
            }
        }
        func grades(_ grades: [ReviewInstrument.Grade]) -> Label {
            DiffWords.list(grades.map { Label("\($0.label.zh) \($0.points)", "\($0.label.en) \($0.points)") })
        }
        compare(
            .review, "grades", subject, Label("等级与分值", "grades and points"), old.grades, new.grades, grades)
        compare(
            .review, "advice", subject, Label("资助意见", "advice on funding"), old.advice, new.advice, grades)
        compareBound(
            .review, "commentLeast", subject, Label("意见最少字数", "least length of a comment"),
            old.commentLeast, new.commentLeast, moreIsLooser: false)
        compare(
            .review, "standing", subject, Label("效力", "standing"), old.standing, new.standing,
            DiffWords.standing)
        compare(
            .review, "cites", subject, Label("出处", "source"), old.cites, new.cites, kind: .reworded,
            DiffWords.citation)
        compare(
            .review, "matching", subject, Label("匹配专家的分值", "points of the matching"), old.matching,
            new.matching
        ) {
            $0.map {
                let numbers = [
                    $0.discipline, $0.field, $0.keyword, $0.keywordsMost, $0.text, $0.projects, $0.least,
                    $0.perUniversity ?? 0,
                ]
                return DiffWords.plain(numbers.map { String($0) }.joined(separator: "/"))
            } ?? DiffWords.none
        }
    }

    mutating func compareFunding(_ old: FundingRegime, _ new: FundingRegime) {
        let subject = Label("经费", "The funding")
        compare(
            .funding, "lumpSum", subject, Label("包干制", "lump sum"), old.lumpSum, new.lumpSum, DiffWords.flag)
        pair(
            .funding, old.instalments, new.instalments, id: \.id, label: \.label,
            what: Label("拨款", "instalment"), text: { DiffWords.plain("\($0.percent)% · \($0.upon)") }
        ) { log, was, now in
            log.compare(
                .funding, now.id, now.label, Label("比例", "share"), was.percent, now.percent
            ) {
                DiffWords.plain("\($0)%")
            }
            log.compare(
                .funding, now.id, now.label, Label("拨付条件", "paid upon"), was.upon, now.upon, DiffWords.plain)
            log.compare(
                .funding, now.id, now.label, Label("名称", "name"), was.label, now.label, kind: .reworded
            ) { $0 }
        }
        pair(
            .funding, old.milestones, new.milestones, id: \.id, label: \.label,
            what: Label("节点", "milestone"), text: \.when
        ) { log, was, now in
            log.compare(
                .funding, now.id, now.label, Label("时间", "when"), was.when, now.when,
                kind: DiffLog.kind(of: now, after: was)
            ) { $0 }
            log.compare(
                .funding, now.id, now.label, Label("名称", "name"), was.label, now.label, kind: .reworded
            ) { $0 }
        }
        compare(
            .funding, "thirdPartyTest", subject, Label("第三方检测", "third-party test"), old.test, new.test
        ) { test in
            test.map { Label("\($0.of.zh)（\($0.upon)）", "\($0.of.en) (\($0.upon))") }
                ?? Label("没有写", "nothing is said")
        }
        compare(
            .funding, "standing", subject, Label("效力", "standing"), old.standing, new.standing,
            DiffWords.standing)
        compare(
            .funding, "cites", subject, Label("出处", "source"), old.cites, new.cites, kind: .reworded,
            DiffWords.citation)
    }
}

extension DiffLog {
    /// Sooner is tighter; between a month and a part of the term neither can be said.
    fileprivate static func kind(
        of now: FundingRegime.Milestone, after was: FundingRegime.Milestone
    ) -> ProgrammeDiff.Kind {
        let pairs = [(was.month, now.month), (was.term, now.term)]
        for case (let was?, let now?) in pairs { return now < was ? .tightened : .loosened }
        return .changed
    }
}
