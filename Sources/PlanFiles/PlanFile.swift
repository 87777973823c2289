import Lifecycle

/// `plan.yaml`: clauses under our own short titles, tasks, and slots for the units that answer for them.
struct PlanFile {
    let clauses: [PlanClause]
    /// False where some of them did not read: whether a clause is one of theirs is not asked then.
    let knowsClauses: Bool
    let tasks: [PlanTask]
    let units: [ResponsibleUnit]
    let indicators: [PlanIndicator]

    static let empty = PlanFile(clauses: [], knowsClauses: false, tasks: [], units: [], indicators: [])

    static func read(_ text: String, path: String, log: ProblemLog) -> PlanFile {
        guard let item = YAMLItem.document(text, path: path, log: log),
            let fields = Fields(
                item, known: ["document", "clauses", "units", "tasks", "indicators"], log: log)
        else { return .empty }
        let reader = ProgrammeReader(log: log)
        _ = fields["document"].flatMap {
            Fields($0, known: ["title", "period", "url"], log: log)
        }
        let (clauseItems, unitItems) = (fields.list("clauses"), fields.list("units"))
        let taskItems = fields.list("tasks") ?? []
        let indicatorItems = fields.has("indicators") ? fields.list("indicators") ?? [] : []
        for items in [clauseItems ?? [], unitItems ?? [], taskItems, indicatorItems] {
            reader.checkUnique(items)
        }
        // Nil where some did not read, and nothing is held against what is left.
        let clauses = reader.all(clauseItems) { clause($0, log) }
        let units = reader.all(unitItems) { unit($0, log) }
        let tasks = taskItems.compactMap { task($0, log, clauses: clauses, units: units) }
        let indicators = indicatorItems.compactMap { indicator($0, log, clauses: clauses) }
        return PlanFile(
            clauses: clauses ?? [], knowsClauses: clauses != nil, tasks: tasks, units: units ?? [],
            indicators: indicators)
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
        _ item: YAMLItem, _ log: ProblemLog, clauses: [PlanClause]?, units: [ResponsibleUnit]?
    ) -> PlanTask? {
        let known = ["id", "title", "clauses", "units", "from", "until", "programmes"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (id, title) = (fields.id(), fields.label("title"))
        let (from, until) = (fields.day("from"), fields.day("until"))
        let named = named(fields, log, among: clauses)
        let slots = fields.texts("units")
        for slot in slots where units.map({ !$0.contains { $0.id == slot } }) ?? false {
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

    private static func named(_ fields: Fields, _ log: ProblemLog, among clauses: [PlanClause]?) -> [ClauseID]
    {
        let named = fields.texts("clauses").map { ClauseID($0) }
        for name in named where clauses.map({ !$0.contains { $0.id == name } }) ?? false {
            log.add(
                fields.place(of: "clauses"), "clause.unknown", "没有条款 \(name.rawValue)",
                "there is no clause \(name.rawValue)")
        }
        return named
    }

    /// `target` is always said: in the words of the text, or `unstated`.
    private static func indicator(_ item: YAMLItem, _ log: ProblemLog, clauses: [PlanClause]?)
        -> PlanIndicator?
    {
        let known = ["id", "title", "clauses", "target", "until"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (id, title) = (fields.id(), fields.label("title"))
        let named = named(fields, log, among: clauses)
        if named.isEmpty {
            log.add(fields.place(of: "clauses"), "key.missing", "缺少“clauses”", "“clauses” is missing")
        }
        var target: Label?
        if let said = fields.required("target") {
            if case .text("unstated") = said.value {
                target = nil
            } else {
                target = said.label(log)
            }
        }
        let until = fields["until"]?.day(log)
        guard let id, let title else { return nil }
        return PlanIndicator(id: id, title: title, clauses: named, target: target, until: until)
    }
}
