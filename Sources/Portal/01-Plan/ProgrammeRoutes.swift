import Lifecycle
import Store

/// The public page of each programme.
enum ProgrammeRoutes {
    static func add(to routes: Routes) {
        routes.get("/plan/programmes/{programme}") { ask in try await show(ask) }
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        let page = try await ask.read { store in
            let id = ask.parameter("programme")
            guard let programme = try ask.house.definitions.inForce(id, store) else { throw Missing() }
            let since = try store.value(
                "SELECT since FROM definition_in_force WHERE programme = \(id)", as: Instant.self)
            return ProgrammePage(programme, since: since, ask)
        }
        return try await ask.page("programme/programme", page)
    }
}
