/// What is written at the steps, by whom it is read, and what decides.
extension DiffLog {
    mutating func compareStatements(_ old: [StatementForm], _ new: [StatementForm]) {
        pair(
            .statement, old, new, id: \.id, label: \.label, what: Label("书面材料", "statement"),
            text: { DiffWords.list($0.fields.map(\.label)) }
        ) { log, was, now in log.compareStatement(was, now) }
    }

    private mutating func compareStatement(_ was: StatementForm, _ now: StatementForm) {
        let (id, subject) = (now.id, now.label)
        compare(.statement, id, subject, Label("名称", "name"), was.label, now.label, kind: .reworded) { $0 }
        compare(.statement, id, subject, Label("提示", "hint"), was.hint, now.hint, kind: .reworded) {
            $0 ?? DiffWords.none
        }
        pair(
            .statement, was.fields, now.fields, id: { "\(id)/\($0.id)" }, label: \.label,
            what: Label("字段", "field"),
            text: { $0.required ? Label("必填", "required") : Label("选填", "optional") }
        ) { log, was, now in log.compareFields(.statement, was, now) }
        compare(
            .statement, id, subject, Label("可作的结论", "what its author may say"), was.outcomes, now.outcomes
        ) { DiffWords.list($0.map(\.rawValue)) }
        compare(.statement, id, subject, Label("谁可以看", "who reads it"), was.seenBy, now.seenBy) {
            DiffWords.list($0.map(\.rawValue))
        }
        compare(.statement, id, subject, Label("性质", "nature"), was.nature, now.nature) {
            DiffWords.plain($0?.rawValue ?? "")
        }
        compare(.statement, id, subject, Label("计票", "counting"), was.tally, now.tally) { tally in
            tally.map {
                let favour = $0.favour.joined(separator: "、")
                return Label(
                    "\($0.field)：\(favour) 至少 \($0.least) 票", "\($0.field): \(favour), at least \($0.least)")
            } ?? DiffWords.none
        }
        compareRolls(id, subject, was.roll, now.roll)
        compare(
            .statement, id, subject, Label("效力", "standing"), was.standing, now.standing, DiffWords.standing)
        compare(
            .statement, id, subject, Label("出处", "source"), was.cites, now.cites, kind: .reworded,
            DiffWords.citation)
    }

    private mutating func compareRolls(
        _ id: String, _ subject: Label, _ was: StatementRoll?, _ now: StatementRoll?
    ) {
        compare(.statement, id, subject, Label("公开名单", "public list"), was?.shows, now?.shows) {
            DiffWords.list($0 ?? [])
        }
        compare(
            .statement, id, subject, Label("名单的名称", "name of the list"), was?.label, now?.label,
            kind: .reworded
        ) {
            $0 ?? DiffWords.none
        }
        compare(
            .statement, id, subject, Label("名单的排列", "order of the list"),
            [was?.groupBy].compactMap(\.self) + (was?.orderBy ?? []),
            [now?.groupBy].compactMap(\.self) + (now?.orderBy ?? [])
        ) { DiffWords.list($0) }
        compare(.statement, id, subject, Label("不得相同", "not the same in"), was?.apart, now?.apart) { apart in
            apart.map { DiffWords.list($0.same + ($0.times.map { [$0.from, $0.until] } ?? [])) }
                ?? DiffWords.none
        }
        compare(.statement, id, subject, Label("名额", "no oftener than"), was?.caps ?? [], now?.caps ?? []) {
            caps in
            DiffWords.list(caps.map { "\($0.field) \($0.options.joined(separator: "/")) ≤ \($0.parameter)" })
        }
        compare(
            .statement, id, subject, Label("特邀", "invited without a dossier"), was?.invites, now?.invites
        ) {
            $0 ?? DiffWords.none
        }
    }
}
