import Lifecycle

/// `form.yaml`: sections and fields.
extension ProgrammeReader {
    func readForm(_ item: YAMLItem) -> ApplicationForm? {
        guard let fields = Fields(item, known: ["sections"], log: log), let items = fields.list("sections")
        else {
            return nil
        }
        checkUnique(items)
        guard let sections = all(items, { readSection($0) }) else { return nil }
        var seen: Set<String> = []
        for section in sections {
            for field in section.fields where !seen.insert(field.id).inserted {
                log.add(
                    item.place, "id.duplicate", "字段“\(field.id)”在两处出现",
                    "the field “\(field.id)” stands in two sections")
            }
        }
        return ApplicationForm(sections: sections)
    }

    private func readSection(_ item: YAMLItem) -> ApplicationForm.Section? {
        guard let fields = Fields(item, known: ["id", "label", "hint", "fields"], log: log) else {
            return nil
        }
        let id = fields.id()
        let label = fields.label("label")
        let hint = optionalLabel(fields, "hint")
        if id == ApplicationForm.exceptions {
            log.add(
                fields.place(of: "id"), "section.reserved", "“\(ApplicationForm.exceptions)”留给申请例外的理由，请换一个标识",
                "“\(ApplicationForm.exceptions)” is kept for the grounds of exceptions: choose another id")
        }
        if id == ApplicationForm.promises {
            log.add(
                fields.place(of: "id"), "section.reserved", "“\(ApplicationForm.promises)”留给题目指标的应答，请换一个标识",
                "“\(ApplicationForm.promises)” is kept for what a bid promises: choose another id")
        }
        if id == ApplicationForm.topic { reserveTopic(fields.place(of: "id")) }
        let items = fields.list("fields")
        checkUnique(items ?? [])
        let list = all(items) { readField($0) }
        for item in items ?? [] {
            if case .text(ApplicationForm.topic)? = item["id"]?.value { reserveTopic(item.place) }
        }
        for (field, item) in zip(list ?? [], items ?? []) { log.mark("field:\(field.id)", item.place) }
        guard let id, let label, let list else { return nil }
        return ApplicationForm.Section(id: id, label: label, hint: hint, fields: list)
    }

    private func reserveTopic(_ place: Place) {
        log.add(
            place, "topic.reserved", "“\(ApplicationForm.topic)”留给题目的选择，请换一个标识",
            "“\(ApplicationForm.topic)” is kept for the choice of a topic: choose another id")
    }

    func readField(_ item: YAMLItem) -> ApplicationForm.Field? {
        let known = [
            "id", "kind", "label", "hint", "required", "least", "most", "options", "upTo", "demands",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let id = fields.id()
        let kind = fields.choice("kind", ApplicationForm.Field.Kind.self)
        let label = fields.label("label")
        let hint = optionalLabel(fields, "hint")
        let required = fields.has("required") ? fields.flag("required") : true
        let least = fields["least"]?.int(log, in: 0...1_000_000_000)
        let most = fields["most"]?.int(log, in: 1...1_000_000_000)
        let options = fields.has("options") ? all(fields.list("options")) { readOption($0) } : []
        if let least, let most, least > most {
            log.add(fields.place(of: "least"), "field.range", "least 大于 most", "least is above most")
        }
        guard let id, let kind, let label, let required, let options else { return nil }
        let upTo = fields["upTo"]?.text(log)
        if let upTo, kind != .money || (!kinds.isEmpty && kinds[upTo] != .money) {
            log.add(
                fields.place(of: "upTo"), "field.upTo", "upTo 只用于金额，指向本项目类别的一个金额参数",
                "`upTo` is for money and names a parameter of the programme that is money too")
        }
        if (kind == .choice) != !options.isEmpty {
            log.add(
                item.place, "field.options", "只有 choice 才有且必须有 options", "a choice, and only it, has options")
        }
        return ApplicationForm.Field(
            id: id, kind: kind, label: label, hint: hint, required: required, least: least, most: most,
            options: options, upTo: upTo, demands: readDemands(fields))
    }

    private func readOption(_ item: YAMLItem) -> ApplicationForm.Field.Option? {
        guard let fields = Fields(item, known: ["id", "label"], log: log) else { return nil }
        let (id, label) = (fields.id(), fields.label("label"))
        guard let id, let label else { return nil }
        return ApplicationForm.Field.Option(id: id, label: label)
    }
}
