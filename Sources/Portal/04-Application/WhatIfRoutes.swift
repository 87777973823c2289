import Lifecycle
import Store

/// What officers ask of the plan: how procedures would run, what other rules would have made of a round, what a
/// call's definition lacks of the folder's.
enum WhatIfRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/plan") { ask in try await hub(ask) }
        routes.get("/office/plan/what-if/{call}") { ask in try await show(ask) }
    }

    private static func hub(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader)
        let page = try await ask.read { store in
            let filter = CallFilter(after: ask.query.text("after"))
            return OfficePlanPage(try CallQueries.page(filter, at: ask.now, store).page, ask)
        }
        return try await ask.page("what-if/plan", page)
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader)
        let id: ID<Call> = ask.id("call")
        let form = WhatIfForm(ask.query)
        let page = try await ask.read { store in
            let (call, pinned) = try Calls.found(id, ask.house, store)
            if try WhatIfRounds.isBarred(ask.viewer, from: id, store) { throw Missing() }
            let newest = ask.house.plan.programme(call.programme)
            let other = form.usesNewest ? newest ?? pinned : pinned
            let round = try WhatIfRounds.round(of: call, at: ask.now, store)
            let answer = WhatIf(
                round, pinned: pinned.rules,
                after: WhatIf.Rules(other.rules, on: form.day ?? call.rulesDay))
            return WhatIfPage(answer, call, pinned, newest: newest, form, ask)
        }
        // The answers tell of each application what its verdicts would tell.
        try await Reads.note(.whatIf, about: .call(id), ask)
        return try await ask.page("what-if/what-if", page)
    }
}

/// Which rules are asked, as of which day; lives in the address.
struct WhatIfForm: Sendable {
    /// Nil for the round's own day.
    let day: Day?
    /// What was typed and is no day.
    let wrongDay: String?
    /// The definition that the folder has now, in place of the one the call pins.
    let usesNewest: Bool

    init(_ query: FormFields) {
        let typed = query.text("day")
        day = Day(text: typed)
        wrongDay = day == nil && !typed.isEmpty ? String(typed.prefix(20)) : nil
        usesNewest = query.text("rules") == "newest"
    }
}
