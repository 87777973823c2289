import Lifecycle
import Store

/// What differs between the definition a call pins and the one in force.
enum DefinitionRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/plan/diff/{call}") { ask in try await show(ask) }
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader)
        let id: ID<Call> = ask.id("call")
        let page = try await ask.read { store in
            let (call, pinned) = try Calls.found(id, ask.house, store)
            // Of a programme that has calls a definition is in force.
            guard let inForce = try ask.house.definitions.inForce(call.programme, store) else {
                throw Missing()
            }
            return DefinitionPage(call, pinned, inForce: inForce, ask.words)
        }
        return try await ask.page("definition/call", page)
    }
}

/// `/office/plan/diff/{call}`.
struct DefinitionPage: Sendable {
    let title: String
    let number: String
    let href: String
    let pinned: String
    let inForce: String
    let isSame: Bool
    /// The files differ, and nobody would notice.
    let isSameInSubstance: Bool
    let areas: [DefinitionArea]

    init(_ call: Call, _ pinned: Programme, inForce: Programme, _ words: Words.Catalogue) {
        title = call.title
        number = call.number
        href = "/calls/\(call.id)"
        self.pinned = String(call.digest.prefix(12))
        self.inForce = String(inForce.digest.prefix(12))
        let diff = ProgrammeDiff(from: pinned, to: inForce)
        isSame = inForce.digest == call.digest
        isSameInSubstance = !isSame && diff.isEmpty
        areas = DefinitionArea.all(diff, words)
    }
}
