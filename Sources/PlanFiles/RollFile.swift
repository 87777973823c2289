import Lifecycle

/// What statements of one form make together: `roll:` of a statement.
extension ProgrammeReader {
    /// ```
    /// roll:
    ///   label: {zh: 日程, en: Timetable}
    ///   shows: [session, day, starts, ends]
    ///   groupBy: session
    ///   orderBy: [day, starts]
    ///   apart: {same: [day, session], from: starts, until: ends}
    ///   most: [{field: form, options: [talk], onParameter: talksMost}]
    ///   invites: {zh: 特邀报告人, en: Invited speaker}
    /// ```
    func readRoll(_ item: YAMLItem) -> StatementRoll? {
        let known = ["label", "shows", "groupBy", "orderBy", "apart", "most", "invites"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (label, shows) = (fields.label("label"), fields.list("shows"))
        let groupBy = fields.has("groupBy") ? fields.id("groupBy") : nil
        let apart = fields.has("apart") ? fields["apart"].flatMap { readApart($0) } : nil
        let caps = fields.has("most") ? all(fields.list("most")) { readCap($0) } : []
        let invites = fields.has("invites") ? fields.label("invites") : nil
        guard let label, shows != nil, let caps, apart != nil || !fields.has("apart"),
            invites != nil || !fields.has("invites")
        else { return nil }
        return StatementRoll(
            label: label, shows: fields.texts("shows"), groupBy: groupBy, orderBy: fields.texts("orderBy"),
            apart: apart, caps: caps, invites: invites)
    }

    private func readApart(_ item: YAMLItem) -> StatementRoll.Apart? {
        guard let fields = Fields(item, known: ["same", "from", "until"], log: log) else { return nil }
        let same = fields.texts("same")
        if same.isEmpty {
            log.add(fields.place, "key.missing", "缺少“same”", "“same” is missing")
            return nil
        }
        guard fields.has("from") || fields.has("until") else { return StatementRoll.Apart(same: same) }
        guard let from = fields.id("from"), let until = fields.id("until") else { return nil }
        return StatementRoll.Apart(same: same, times: StatementRoll.Apart.Times(from: from, until: until))
    }

    private func readCap(_ item: YAMLItem) -> StatementRoll.Cap? {
        guard let fields = Fields(item, known: ["field", "options", "onParameter"], log: log) else {
            return nil
        }
        let (field, options) = (fields.id("field"), fields.texts("options"))
        guard let field, let parameter = fields.id("onParameter") else { return nil }
        if options.isEmpty {
            log.add(fields.place, "key.missing", "缺少“options”", "“options” is missing")
            return nil
        }
        return StatementRoll.Cap(field: field, options: options, parameter: parameter)
    }
}

extension ProgrammeCheck {
    /// A roll is public and holds dossiers that are: it speaks of its form's own fields, one person fills the form, the
    /// notice lay open before, and nothing sends back past it.
    func check(_ roll: StatementRoll, of statement: StatementForm) {
        let here = place("statement:\(statement.id)/roll")
        func requireField(_ id: String, _ kinds: [ApplicationForm.Field.Kind]? = nil) {
            guard let field = statement.fields.first(where: { $0.id == id }) else {
                let near = Spelling.nearest(to: id, among: statement.fields.map(\.id))
                return log.add(
                    here, "roll.field", "本材料没有字段“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "the statement has no field “\(id)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
            }
            guard let kinds, !kinds.contains(field.kind) else { return }
            let able = kinds.map(\.rawValue).joined(separator: ", ")
            log.add(
                here, "roll.kind", "“\(id)”在此处须是这些类型之一：\(able)", "“\(id)” has to be one of \(able) here")
        }
        if roll.shows.isEmpty {
            log.add(here, "roll.empty", "shows 至少列一个字段", "`shows` names a field at least")
        }
        for id in roll.shows + roll.orderBy { requireField(id) }
        if let id = roll.groupBy {
            requireField(id, [.choice, .line, .day])
            if !roll.shows.contains(id) {
                log.add(
                    here, "roll.heading", "分组的字段“\(id)”会成为公开的小标题，须列入 shows",
                    "“\(id)”, by which the roll is grouped, becomes a public heading: list it in `shows`")
            }
        }
        for id in roll.apart?.same ?? [] { requireField(id, [.choice, .line, .day, .count, .time]) }
        if let times = roll.apart?.times {
            requireField(times.from, [.time])
            requireField(times.until, [.time])
        }
        for cap in roll.caps { check(cap, of: statement, here) }
        if roll.invites != nil { checkInvites(of: statement, here) }
        for step in programme.procedure.steps where step.statement == statement.id { checkRolled(step) }
    }

    /// Who is invited signs nothing and shows no evidence; and what was erased no longer says which roll it stood in.
    private func checkInvites(of statement: StatementForm, _ here: Place) {
        if statement.nature != nil {
            log.add(
                here, "roll.invites", "承诺书、理由和清单（pledge、grounds、checklist）的名单不能有特邀（invites）",
                "a roll of a pledge, of grounds or of a checklist invites nobody (invites)")
        }
        if let first = programme.statements?.first(where: { $0.roll?.invites != nil }),
            first.id != statement.id
        {
            log.add(
                here, "roll.invites-twice", "“\(first.id)”的名单已有特邀（invites），一个项目类别只能有一份",
                "the roll of “\(first.id)” invites already (invites); one roll of a programme does")
        }
    }

    /// Where the step of a roll may stand.
    private func checkRolled(_ step: Step) {
        let here = place("step:\(step.id)")
        let steps = programme.procedure.steps
        let before = programme.procedure.ancestors(of: step.id)
        if !step.isDoneByOne {
            log.add(
                here, "roll.several", "列入名单的材料只由一人填写", "a statement that stands in a roll is one person's")
        }
        let notices = steps.filter { $0.kind == .publicise && before.contains($0.id) }
        if notices.isEmpty {
            log.add(
                here, "roll.before-notice",
                "列入名单的材料须在公示（publicise）之后填写：名单是公开的",
                "a statement that stands in a roll comes after the notice (publicise): the roll is public"
            )
        }
        if notices.contains(where: { $0.mayWithhold == true }) {
            log.add(
                here, "roll.withheld",
                "可以不公示的（mayWithhold）之后不能有列入名单的材料：名单会公开没有公示的申请",
                "no statement that stands in a roll comes after a notice that may be withheld (mayWithhold): the roll would show what the notice did not"
            )
        }
        // What lies before the step is sent back to by the step itself, which then speaks anew, or by who came before it.
        for other in steps where other.id != step.id && !before.contains(other.id) {
            for target in other.returnsTo where before.contains(target) {
                log.add(
                    place("step:\(other.id)/returnsTo"), "roll.returns",
                    "“\(other.id)”不能越过“\(step.id)”退回到“\(target)”：原来的材料会留在公开名单里；请先退回到“\(step.id)”",
                    "“\(other.id)” cannot send back past “\(step.id)” to “\(target)”: the old statement would stay in the public roll; send back to “\(step.id)” first"
                )
            }
        }
    }

    private func check(_ cap: StatementRoll.Cap, of statement: StatementForm, _ here: Place) {
        let field = statement.fields.first { $0.id == cap.field }
        if field?.kind != .choice
            || !cap.options.allSatisfy({ id in field?.options.contains { $0.id == id } == true })
        {
            log.add(
                here, "roll.cap", "most 的 field 须是本材料的 choice 字段，options 须是它的选项",
                "`most` speaks of a choice of this statement and of its options")
        }
        if programme.parameters.first(where: { $0.id == cap.parameter })?.kind != .count {
            log.add(
                here, "roll.parameter", "“\(cap.parameter)”须是 programme.yaml 里的 count 参数",
                "“\(cap.parameter)” has to be a parameter of the kind count in programme.yaml")
        }
    }
}
