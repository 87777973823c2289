import Lifecycle

/// `statements.yaml`: small forms that a step hands to one role.
extension ProgrammeReader {
    func readStatements(_ item: YAMLItem) -> [StatementForm]? {
        guard let fields = Fields(item, known: ["statements"], log: log),
            let items = fields.list("statements")
        else { return nil }
        checkUnique(items)
        return all(items) { readStatement($0) }
    }

    private func readStatement(_ item: YAMLItem) -> StatementForm? {
        let known = [
            "id", "label", "hint", "fields", "verdict", "seenBy", "pledge", "grounds", "checklist",
            "tally", "roll", "standing", "cites", "verified",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (id, label) = (fields.id(), fields.label("label"))
        let hint = optionalLabel(fields, "hint")
        let items = fields.list("fields")
        checkUnique(items ?? [])
        let list = all(items) { readField($0) }
        let outcomes =
            fields.has("verdict")
            ? all(fields.list("verdict")) { $0.choice(log, StatementForm.Outcome.self) } : [.done]
        let seenBy = all(fields.list("seenBy")) { $0.choice(log, StatementForm.Reader.self) }
        let nature = nature(fields)
        let tally = fields.has("tally") ? fields["tally"].flatMap { readTally($0) } : nil
        let roll = fields.has("roll") ? fields["roll"].flatMap { readRoll($0) } : nil
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = optionalCitation(fields)
        let verified = fields.has("verified") ? fields.check("verified") : CitationCheck.unknown
        guard let id, let label, let list, let outcomes, let seenBy, let standing, let verified else {
            return nil
        }
        if standing != .demo, !fields.has("cites") {
            log.add(item.place, "rule.no-citation", "没有出处（cites）", "no citation (cites)")
        }
        log.mark("statement:\(id)", item.place)
        for key in ["verdict", "seenBy", "fields", "tally", "roll"] {
            log.mark("statement:\(id)/\(key)", fields.place(of: key))
        }
        for (field, item) in zip(list, items ?? []) {
            checkField(field, item.place)
            log.mark("statement:\(id)/field:\(field.id)", item.place)
        }
        return StatementForm(
            id: id, label: label, hint: hint, fields: list, outcomes: outcomes, seenBy: seenBy,
            nature: nature, tally: tally, roll: roll, standing: standing, cites: cites, verified: verified)
    }

    /// `{field: position, favour: [agree], least: 2}`.
    private func readTally(_ item: YAMLItem) -> StatementForm.Tally? {
        guard let fields = Fields(item, known: ["field", "favour", "least"], log: log) else { return nil }
        let (field, least) = (fields.id("field"), fields.int("least", in: 1...100))
        let favour = all(fields.list("favour")) { $0.text(log) }
        guard let field, let least, let favour else { return nil }
        return StatementForm.Tally(field: field, favour: favour, least: least)
    }

    /// At most one of `pledge`, `grounds` and `checklist` is true.
    private func nature(_ fields: Fields) -> StatementForm.Nature? {
        let said = StatementForm.Nature.allCases.filter {
            fields.has($0.rawValue) && fields.flag($0.rawValue) == true
        }
        if said.count > 1 {
            log.add(
                fields.place(of: said[1].rawValue), "statement.nature",
                "pledge、grounds、checklist 只能有一个为 true",
                "only one of pledge, grounds and checklist can be true")
        }
        return said.first
    }

    private func checkField(_ field: ApplicationForm.Field, _ place: Place) {
        if field.kind == .discipline {
            log.add(
                place, "statement.field-kind", "书面材料里没有学科字段", "a statement has no field of a discipline")
        }
        if StatementForm.reserved.contains(field.id) {
            log.add(
                place, "statement.reserved", "“\(field.id)”留给表单自己，请换一个标识",
                "“\(field.id)” is kept for the form itself: choose another id")
        }
    }
}
