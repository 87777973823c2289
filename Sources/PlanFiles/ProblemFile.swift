import Lifecycle

/// `problem.yaml`: what is asked of whoever puts a problem in.
enum ProblemFile {
    static func read(_ text: String, path: String, log: ProblemLog) -> ProblemForm? {
        guard let item = YAMLItem.document(text, path: path, log: log),
            let root = Fields(item, known: ["fields"], log: log), let items = root.list("fields")
        else { return nil }
        let reader = ProgrammeReader(log: log)
        reader.checkUnique(items)
        guard let fields = reader.all(items, { reader.readField($0) }) else { return nil }
        for (field, item) in zip(fields, items) { check(field, item, log) }
        for part in ProblemForm.Part.allCases { check(part, fields, items, root, log) }
        return ProblemForm(fields: fields)
    }

    private static func check(_ field: ApplicationForm.Field, _ item: YAMLItem, _ log: ProblemLog) {
        let place = item["kind"]?.place ?? item.place
        if !ProblemForm.kinds.contains(field.kind) {
            log.add(
                place, "problem.kind", "问题表没有 \(field.kind.rawValue) 这种字段",
                "the form of problems has no field of kind \(field.kind.rawValue)")
        }
        if let upTo = item["upTo"] {
            log.add(
                upTo.place, "problem.upTo", "问题不属于任何通知，不能写 upTo", "a problem belongs to no call: no `upTo`")
        }
        let isText = field.kind == .line || field.kind == .prose
        if isText, field.most == nil {
            log.add(
                item.place, "problem.most", "任何人都能填写，文字须有上限（most）",
                "everybody may fill it in: a text needs a bound (`most`)")
        }
    }

    private static func check(
        _ part: ProblemForm.Part, _ fields: [ApplicationForm.Field], _ items: [YAMLItem], _ root: Fields,
        _ log: ProblemLog
    ) {
        guard let index = fields.firstIndex(where: { $0.id == part.rawValue }) else {
            return log.add(
                root.place(of: "fields"), "problem.part-missing", "缺少字段“\(part.rawValue)”",
                "the field “\(part.rawValue)” is missing")
        }
        let (field, item) = (fields[index], items[index])
        if field.kind != part.kind {
            log.add(
                item["kind"]?.place ?? item.place, "problem.part-kind",
                "“\(part.rawValue)”须为 \(part.kind.rawValue)",
                "“\(part.rawValue)” has to be \(part.kind.rawValue)")
        }
        if part == .money, field.least != 0 {
            log.add(
                item["least"]?.place ?? item.place, "problem.money-zero", "金额的 least 须为 0（0 表示面议）",
                "`least` of the money has to be 0 (which is to be negotiated)")
        }
        if part == .title || part == .statement, !field.required {
            log.add(
                item["required"]?.place ?? item.place, "problem.part-required", "“\(part.rawValue)”必填",
                "“\(part.rawValue)” is required")
        }
    }
}
