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
        return try await ask.page("call/definition", DefinitionPage(call, pinned, newest: newest, ask.words))
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
    let areas: [Area]

    struct Area: Sendable {
        let title: String
        let changes: [Change]
    }

    struct Change: Sendable {
        let badge: String
        let kind: String
        let subject: String
        let what: String
        let before: String?
        let after: String?
    }

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
        areas = ProgrammeDiff.Area.allCases.compactMap { area in
            let changes = diff?.changes(in: area) ?? []
            guard !changes.isEmpty else { return nil }
            return Area(
                title: words["definition.area.\(area.rawValue)"],
                changes: changes.map { change in
                    Change(
                        badge: Self.badge(change.kind),
                        kind: words["definition.kind.\(change.kind.rawValue)"],
                        subject: change.subject.text(in: words.language),
                        what: change.what.text(in: words.language),
                        before: change.before?.text(in: words.language),
                        after: change.after?.text(in: words.language))
                })
        }
    }

    private static func badge(_ kind: ProgrammeDiff.Kind) -> String {
        switch kind {
        case .added: "info"
        case .removed: "muted"
        case .tightened: "bad"
        case .loosened: "good"
        case .changed: "warn"
        case .reworded: "neutral"
        }
    }
}
