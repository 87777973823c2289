import Lifecycle

/// `plan.yaml`: clauses under our own short titles, tasks, and slots for the units that answer for them.
struct PlanFile {
    let clauses: [PlanClause]
    let tasks: [PlanTask]
    let units: [ResponsibleUnit]

    static let empty = PlanFile(clauses: [], tasks: [], units: [])

    static func read(_ text: String, path: String, log: ProblemLog) -> PlanFile {
        guard let item = YAMLItem.document(text, path: path, log: log),
            let fields = Fields(item, known: ["document", "clauses", "units", "tasks"], log: log)
        else { return .empty }
        let reader = ProgrammeReader(log: log)
        _ = fields["document"].flatMap {
            Fields($0, known: ["title", "period", "url"], log: log)
        }
        let (clauseItems, unitItems) = (fields.list("clauses") ?? [], fields.list("units") ?? [])
        let taskItems = fields.list("tasks") ?? []
        for items in [clauseItems, unitItems, taskItems] { reader.checkUnique(items) }
        let clauses = clauseItems.compactMap { clause($0, log) }
        let units = unitItems.compactMap { unit($0, log) }
        let tasks = taskItems.compactMap { task($0, log, clauses: clauses, units: units) }
        return PlanFile(clauses: clauses, tasks: tasks, units: units)
    }

    private static func clause(_ item: YAMLItem, _ log: ProblemLog) -> PlanClause? {
        guard let fields = Fields(item, known: ["id", "title"], log: log) else { return nil }
        let (id, title) = (fields.text("id"), fields.label("title"))
        guard let id, let title else { return nil }
        return PlanClause(id: ClauseID(id), title: title)
    }

    private static func unit(_ item: YAMLItem, _ log: ProblemLog) -> ResponsibleUnit? {
        guard let fields = Fields(item, known: ["id", "title", "organisation"], log: log) else { return nil }
        let (id, title) = (fields.id(), fields.label("title"))
        guard let id, let title else { return nil }
        return ResponsibleUnit(id: id, title: title, organisation: fields["organisation"]?.text(log))
    }

    private static func task(
        _ item: YAMLItem, _ log: ProblemLog, clauses: [PlanClause], units: [ResponsibleUnit]
    ) -> PlanTask? {
        let known = ["id", "title", "clauses", "units", "from", "until", "programmes"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (id, title) = (fields.id(), fields.label("title"))
        let (from, until) = (fields.day("from"), fields.day("until"))
        let named = fields.texts("clauses").map { ClauseID($0) }
        for name in named where !clauses.contains(where: { $0.id == name }) {
            log.add(
                fields.place(of: "clauses"), "clause.unknown", "没有条款 \(name.rawValue)",
                "there is no clause \(name.rawValue)")
        }
        let slots = fields.texts("units")
        for slot in slots where !units.contains(where: { $0.id == slot }) {
            log.add(
                fields.place(of: "units"), "unit.unknown", "没有责任单位“\(slot)”", "there is no unit “\(slot)”")
        }
        guard let id, let title, let from, let until else { return nil }
        if until < from {
            log.add(fields.place(of: "until"), "task.period", "止期早于起期", "the task ends before it begins")
        }
        log.mark("task:\(id)", fields.place(of: "programmes"))
        return PlanTask(
            id: id, title: title, clauses: named, units: slots, from: from, until: until,
            programmes: fields.texts("programmes"))
    }
}
