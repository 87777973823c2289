import Lifecycle

/// `review.yaml`: criteria, grades and advice.
extension ProgrammeReader {
    func readReview(_ item: YAMLItem) -> ReviewInstrument? {
        let known = ["criteria", "grades", "advice", "commentLeast", "standing", "cites", "verified"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let criteria = all(list(fields, "criteria")) { readCriterion($0) }
        let grades = all(list(fields, "grades")) { readGrade($0) }
        let advice = all(list(fields, "advice")) { readGrade($0) }
        let least = fields.int("commentLeast", in: 0...10_000)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        guard let criteria, let grades, let advice, let least, let standing, let cites else { return nil }
        return ReviewInstrument(
            criteria: criteria, grades: grades, advice: advice, commentLeast: least, standing: standing,
            cites: cites)
    }

    /// A list that must not be empty.
    private func list(_ fields: Fields, _ key: String) -> [YAMLItem]? {
        guard let items = fields.list(key) else { return nil }
        if items.isEmpty {
            log.add(fields.place(of: key), "list.empty", "“\(key)”不能为空", "“\(key)” must not be empty")
        }
        checkUnique(items)
        return items
    }

    private func readCriterion(_ item: YAMLItem) -> ReviewInstrument.Criterion? {
        guard let fields = Fields(item, known: ["id", "label", "hint", "clause"], log: log) else {
            return nil
        }
        let (id, label) = (fields.id(), fields.label("label"))
        let hint = optionalLabel(fields, "hint")
        let clause = fields["clause"]?.text(log).map { ClauseID($0) }
        guard let id, let label else { return nil }
        return ReviewInstrument.Criterion(id: id, label: label, hint: hint, clause: clause)
    }

    private func readGrade(_ item: YAMLItem) -> ReviewInstrument.Grade? {
        guard let fields = Fields(item, known: ["id", "label", "points"], log: log) else { return nil }
        let (id, label, points) = (fields.id(), fields.label("label"), fields.int("points", in: 0...1000))
        guard let id, let label, let points else { return nil }
        return ReviewInstrument.Grade(id: id, label: label, points: points)
    }
}
