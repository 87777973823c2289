import Lifecycle
import Store

/// The public pages of calls.
enum CallRoutes {
    static func add(to routes: Routes) {
        routes.get("/calls") { ask in try await list(ask) }
        routes.get("/calls/{call}") { ask in try await show(ask) }
        routes.get("/calls/{call}/versions/{version}") { ask in try await version(ask) }
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        let filter = CallFilter(ask.query)
        let page = try await ask.read { store in
            let (page, count) = try CallQueries.page(filter, at: ask.now, store)
            var titles: [String: Label] = [:]
            for digest in Set(page.rows.map(\.digest)) {
                titles[digest] = try ask.house.definitions.programme(digest, store)?.title
            }
            return CallListPage(
                page, count: count, titles: titles, choices: try CallQueries.choices(ask.house, store),
                filter: filter, ask)
        }
        return try await ask.page("call/list", page)
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        let id: ID<Call> = ask.id("call")
        let view = try await ask.read { store in
            let (call, programme) = try Calls.found(id, ask.house, store)
            var outlook: Outlook?
            for slice in ask.house.slices where outlook == nil {
                outlook = try slice.outlook(ask.house, store, ask.viewer, .call(id))
            }
            return CallView(
                call: call, programme: programme, versions: try CallQueries.versions(id, store),
                universities: try CallQueries.universities(Array(call.quotas.keys), store), outlook: outlook,
                topics: try TopicQueries.some(call.topicIDs, store),
                calendar: try ask.house.definitions.calendar(store),
                funder: try call.funder.flatMap { try JointFunders.find($0, store) })
        }
        return try await ask.page("call/show", CallPage(view, ask))
    }

    private static func version(_ ask: Ask) async throws -> Answer {
        let id: ID<Call> = ask.id("call")
        guard let number = Int(ask.parameter("version")) else { throw Missing() }
        let page = try await ask.read { store in
            guard let (call, at) = try CallQueries.version(number, of: id, store) else { throw Missing() }
            let programme = try Calls.programme(of: call, ask.house, store)
            let earlier = try CallQueries.version(number - 1, of: id, store)?.0
            let named = Set(call.quotas.keys).union(earlier?.quotas.keys ?? [:].keys)
            return CallVersionPage(
                call, version: number, at: at, earlier: earlier, programme,
                universities: try CallQueries.universities(Array(named), store),
                topics: Dictionary(
                    uniqueKeysWithValues: try TopicQueries.some(
                        Array(Set(call.topicIDs + (earlier?.topicIDs ?? []))), store
                    ).map { ($0.id, $0.number) }), ask.words)
        }
        return try await ask.page("call/version", page)
    }
}
