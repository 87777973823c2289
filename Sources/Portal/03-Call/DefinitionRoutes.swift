import Lifecycle
import Store

/// What differs between the definition a call pins and the one the plan's folder has now.
enum DefinitionRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/plan/diff/{call}") { ask in try await show(ask) }
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader)
        let id: ID<Call> = ask.id("call")
        let (call, pinned) = try await ask.read { try Calls.found(id, ask.house, $0) }
        let newest = ask.house.plan.programme(call.programme)
        return try await ask.page("definition/call", DefinitionPage(call, pinned, newest: newest, ask.words))
    }
}

/// `/office/plan/diff/{call}`.
struct DefinitionPage: Sendable {
    let title: String
    let number: String
    let href: String
    let pinned: String
    let newest: String
    /// The plan's folder has the programme no more.
    let isGone: Bool
    let isSame: Bool
    /// The files differ, and nobody would notice.
    let isSameInSubstance: Bool
    let areas: [DefinitionArea]

    init(_ call: Call, _ pinned: Programme, newest: Programme?, _ words: Words.Catalogue) {
        title = call.title
        number = call.number
        href = "/calls/\(call.id)"
        self.pinned = String(call.digest.prefix(12))
        self.newest = newest.map { String($0.digest.prefix(12)) } ?? "—"
        isGone = newest == nil
        let diff = newest.map { ProgrammeDiff(from: pinned, to: $0) }
        isSame = newest?.digest == call.digest
        isSameInSubstance = !isSame && diff?.isEmpty == true
        areas = diff.map { DefinitionArea.all($0, words) } ?? []
    }
}
