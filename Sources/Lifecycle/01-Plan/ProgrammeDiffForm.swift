/// The head, the form, and what a call fills or may change.
extension DiffLog {
    mutating func compareHeads(_ old: Programme, _ new: Programme) {
        let subject = new.title
        compare(.head, "title", subject, Label("名称", "title"), old.title, new.title, kind: .reworded) { $0 }
        compare(
            .head, "summary", subject, Label("简介", "summary"), old.summary, new.summary, kind: .reworded
        ) { $0 }
        compare(
            .head, "family", subject, Label("限项计算范围", "what limits count across"), old.family, new.family,
            DiffWords.plain)
        compare(.head, "nature", subject, Label("学科门类", "nature"), old.nature, new.nature) {
            DiffWords.plain($0.rawValue)
        }
        compare(.head, "clauses", subject, Label("承担的条款", "clauses carried out"), old.clauses, new.clauses) {
            DiffWords.list($0.map(\.rawValue))
        }
        compare(.head, "letting", subject, Label("组织方式", "way of letting"), old.way, new.way) {
            DiffWords.plain($0.rawValue)
        }
        compare(
            .head, "intake", subject, Label("受理方式", "intake"), old.intake ?? .round, new.intake ?? .round
        ) { DiffWords.plain($0.rawValue) }
        compare(.head, "topics", subject, Label("题目", "topics"), old.topicUse, new.topicUse) {
            DiffWords.plain($0.rawValue)
        }
        compare(
            .head, "leavesOut", subject, Label("略去的环节", "what is left out"), old.leavesOut ?? [],
            new.leavesOut ?? []
        ) { left in
            DiffWords.list(
                left.map { Label("\($0.label.zh)（\($0.madeUpBy)）", "\($0.label.en) (\($0.madeUpBy))") })
        }
    }

    mutating func compareForms(_ old: ApplicationForm, _ new: ApplicationForm) {
        pair(
            .form, old.sections, new.sections, id: \.id, label: \.label, what: Label("部分", "section"),
            text: { DiffWords.list($0.fields.map(\.label)) }
        ) { log, was, now in
            log.compare(
                .form, now.id, now.label, Label("标题", "heading"), was.label, now.label, kind: .reworded
            ) { $0 }
            log.compare(
                .form, now.id, now.label, Label("提示", "hint"), was.hint, now.hint, kind: .reworded
            ) {
                $0 ?? DiffWords.none
            }
            log.pair(
                .form, was.fields, now.fields, id: \.id, label: \.label, what: Label("字段", "field"),
                text: { $0.required ? Label("必填", "required") : Label("选填", "optional") }
            ) { log, was, now in log.compareFields(.form, was, now) }
        }
    }

    mutating func compareFields(
        _ area: ProgrammeDiff.Area, _ was: ApplicationForm.Field, _ now: ApplicationForm.Field
    ) {
        let (id, subject) = (now.id, now.label)
        compare(area, id, subject, Label("名称", "name"), was.label, now.label, kind: .reworded) { $0 }
        compare(area, id, subject, Label("提示", "hint"), was.hint, now.hint, kind: .reworded) {
            $0 ?? DiffWords.none
        }
        compare(area, id, subject, Label("填写方式", "kind"), was.kind, now.kind) {
            DiffWords.plain($0.rawValue)
        }
        compare(
            area, id, subject, Label("必填", "required"), was.required, now.required,
            kind: now.required ? .tightened : .loosened, DiffWords.flag)
        compareBound(area, id, subject, Label("至少", "at least"), was.least, now.least, moreIsLooser: false)
        compareBound(area, id, subject, Label("至多", "at most"), was.most, now.most, moreIsLooser: true)
        compare(area, id, subject, Label("不超过参数", "not above the parameter"), was.upTo, now.upTo) {
            DiffWords.plain($0 ?? "")
        }
        pair(
            area, was.options, now.options, id: \.id, label: { _ in subject }, what: Label("选项", "option"),
            text: \.label
        ) { log, was, now in
            log.compare(
                area, id, subject, Label("选项", "option"), was.label, now.label, kind: .reworded
            ) { $0 }
        }
    }

    mutating func compareParameters(_ old: [Parameter], _ new: [Parameter]) {
        pair(
            .parameter, old, new, id: \.id, label: \.label, what: Label("由征集填写", "filled by the call"),
            text: \.label
        ) { log, was, now in
            let (id, subject) = (now.id, now.label)
            log.compare(
                .parameter, id, subject, Label("名称", "name"), was.label, now.label, kind: .reworded
            ) { $0 }
            log.compare(.parameter, id, subject, Label("种类", "kind"), was.kind, now.kind) {
                DiffWords.plain($0.rawValue)
            }
            log.compareBounds(.parameter, id, subject, was.bounds, now.bounds)
            log.compare(
                .parameter, id, subject, Label("提示", "hint"), was.hint, now.hint, kind: .reworded
            ) { $0 ?? DiffWords.none }
            log.compare(.parameter, id, subject, Label("演示值", "demo value"), was.demo, now.demo) {
                DiffWords.plain($0 ?? "")
            }
        }
    }

    mutating func comparePractices(_ old: [Default], _ new: [Default]) {
        pair(
            .practice, old, new, id: \.id, label: \.label, what: Label("做法", "practice"),
            text: { DiffWords.number($0.value) }
        ) { log, was, now in
            let (id, subject) = (now.id, now.label)
            log.compare(
                .practice, id, subject, Label("数值", "value"), was.value, now.value
            ) { DiffWords.number($0) }
            log.compareBounds(.practice, id, subject, was.bounds, now.bounds)
            log.compare(
                .practice, id, subject, Label("效力", "standing"), was.standing, now.standing,
                DiffWords.standing)
            log.compare(
                .practice, id, subject, Label("出处", "source"), was.cites, now.cites, kind: .reworded,
                DiffWords.citation)
            log.compare(
                .practice, id, subject, Label("名称", "name"), was.label, now.label, kind: .reworded
            ) { $0 }
        }
    }

    private mutating func compareBounds(
        _ area: ProgrammeDiff.Area, _ id: String, _ subject: Label, _ was: Bounds?, _ now: Bounds?
    ) {
        compareBound(
            area, id, subject, Label("最小", "least"), was?.least, now?.least, moreIsLooser: false)
        compareBound(area, id, subject, Label("最大", "most"), was?.most, now?.most, moreIsLooser: true)
    }
}
