import Lifecycle
import Store

/// The research office's lists: looking, checking, sending back, putting forward.
enum ListRoutes {
    static func add(to routes: Routes) {
        routes.get("/lists") { try await overview($0) }
        routes.get("/lists/{call}") { try await show($0) }
        routes.get("/lists/{call}/check") { try await figures($0) }
        routes.get("/lists/{call}/confirm") { try await ListEndorsement.confirm($0) }
        routes.post("/lists/{call}/endorse") { try await ListEndorsement.endorse($0) }
        routes.get("/lists/{call}/return/{application}") { try await ListReturn.show($0) }
        routes.post("/lists/{call}/return/{application}") { try await ListReturn.send($0) }
        routes.get("/lists/{call}/export.csv") { try await ListExport.csv($0) }
    }

    private static func overview(_ ask: Ask) async throws -> Answer {
        try ask.require(.researchOffice)
        let page = try await ask.read { store in
            let rows = try ListSummary.all(ask.viewer, store).map { summary in
                let (call, programme) = try Calls.found(summary.call, ask.house, store)
                return (
                    summary, call, try UniversityList.end(call, programme, ask.house.definitions, store)
                )
            }
            return ListsPage(rows, ask)
        }
        return try await ask.page("list/lists", page)
    }

    /// The list, what is chosen on it, and what the list's rules say of that.
    static func opened(_ ask: Ask, _ fields: FormFields) async throws -> (UniversityList, ListForm, [Verdict])
    {
        try ask.require(.researchOffice)
        let id = ask.id("call", Call.self)
        return try await ask.read { store in
            let list = try UniversityList.find(
                id, of: fields["university"], for: ask.viewer, ask.house, store)
            let form = ListForm(list, fields)
            let ranked =
                list.endorsed == nil
                ? form.ranked : list.others.filter { $0.dossier.listRank != nil }.map(\.dossier.id)
            let verdicts = try EligibilityFacts.listVerdicts(
                ranked, of: list.university, in: list.call, list.programme, store)
            return (list, form, verdicts)
        }
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        let (list, form, verdicts) = try await opened(ask, ask.query)
        try await note(list, ask)
        let page = ListPage(list, form, verdicts, problems: form.problems, ask)
        return try await ask.page("list/list", page)
    }

    /// The figures alone, for a page that refreshes them.
    private static func figures(_ ask: Ask) async throws -> Answer {
        let (list, form, verdicts) = try await opened(ask, ask.query)
        return try await ask.page("list/figures-fragment", ListFigures(list, form.ranked, verdicts, ask))
    }

    /// Days of birth stand on the list: who read it is noted.
    static func note(_ list: UniversityList, _ ask: Ask) async throws {
        try await Reads.note(.list, about: subject(list), ask)
    }

    static func subject(_ list: UniversityList) -> Subject {
        Subject(kind: "list", id: "\(list.call.id.rawValue)-\(list.university.rawValue)")
    }
}
