import Lifecycle
import Store

/// Declaring relations, and the list of them.
enum ConflictRoutes {
    /// Who reads everybody's declarations.
    static let overseeing: [Role] = [.integrity, .auditor]

    static func add(to routes: Routes) {
        routes.get("/conflicts") { ask in try await mine(ask, errors: []) }
        routes.post("/conflicts") { ask in try await declare(ask) }
        routes.get("/conflicts/all") { ask in try await all(ask) }
    }

    private static func require(_ roles: [Role], _ ask: Ask) throws -> ID<Person> {
        guard roles.contains(where: ask.viewer.holds) else { throw Missing() }
        return try ask.signedIn()
    }

    private static func mine(_ ask: Ask, errors: [String]) async throws -> Answer {
        let person = try require(ConflictActs.declaring, ask)
        let page = try await ask.read { store in
            ConflictPage(try ConflictQueries.of(person, store), errors: errors, ask: ask)
        }
        return try await ask.page("integrity/conflicts", page, status: errors.isEmpty ? 200 : 422)
    }

    private static func declare(_ ask: Ask) async throws -> Answer {
        let person = try require(ConflictActs.declaring, ask)
        let role = ConflictActs.declaring.first(where: ask.viewer.holds)
        do {
            try await ask.change { change in
                guard let kind = ConflictActs.Kind(rawValue: ask.form.text("kind")) else {
                    throw Refused("conflict.kind")
                }
                let about = try ConflictActs.resolve(kind, ask.form.text("about"), change.store)
                try ConflictActs.declare(
                    about, nature: ask.form.text("nature"), by: person, as: role, change)
            }
        } catch let refused as Refused {
            return try await mine(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/conflicts?done=conflict-declared")
    }

    private static func all(_ ask: Ask) async throws -> Answer {
        _ = try require(overseeing, ask)
        let page = try await ask.read { store in
            let (page, count) = try ConflictQueries.page(
                after: ListPlace(text: ask.query.text("after")), store)
            return ConflictListPage(page, count: count, ask: ask)
        }
        try await Reads.note(.conflicts, about: Subject(kind: "house", id: "conflicts"), ask)
        return try await ask.page("integrity/all", page)
    }
}
