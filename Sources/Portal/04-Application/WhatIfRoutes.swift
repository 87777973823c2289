import Lifecycle
import Store

/// What officers ask of the plan: how procedures would run, what other rules would have made of a round, what a
/// call's definition lacks of the one in force.
enum WhatIfRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/plan") { ask in try await hub(ask) }
        routes.get("/office/plan/what-if/{call}") { ask in try await show(ask) }
    }

    private static func hub(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader)
        let page = try await ask.read { store in
            let filter = CallFilter(after: ask.query.text("after"))
            return OfficePlanPage(
                try CallQueries.page(filter, at: ask.now, store).page,
                inForce: try ask.house.definitions.inForce(store), ask)
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
            let sources = try sources(of: call, pinned, form.source, ask, store)
            guard let other = sources.programme(form.source) else { throw Missing() }
            let round = try WhatIfRounds.round(of: call, at: ask.now, store)
            let answer = WhatIf(
                round, pinned: pinned.rules,
                after: WhatIf.Rules(other.rules, on: form.day ?? call.rulesDay))
            return WhatIfPage(answer, call, sources, offered: other, form, ask)
        }
        // The answers tell of each application what its verdicts would tell.
        try await Reads.note(.whatIf, about: .call(id), ask)
        return try await ask.page("what-if/what-if", page)
    }

    /// The definitions the round can be asked under: its own, the one in force, the proposal that waits and the one in
    /// the address, where that is the programme's.
    private static func sources(
        of call: Call, _ pinned: Programme, _ source: WhatIfSource, _ ask: Ask, _ store: Transaction
    ) throws -> WhatIfSources {
        let definitions = ask.house.definitions
        var records = [try DefinitionQueries.waiting(call.programme, store)].compactMap(\.self)
        if case .proposal(let fact) = source, !records.contains(where: { $0.fact == fact }),
            let asked = try DefinitionQueries.find(fact, store), asked.programme == call.programme
        {
            records.append(asked)
        }
        let inForce = try definitions.inForce(call.programme, store)
        return WhatIfSources(
            pinned: pinned, inForce: inForce.flatMap { $0.digest == pinned.digest ? nil : $0 },
            proposed: try records.compactMap { record in
                try definitions.programme(record.digest, store).map {
                    WhatIfSources.Proposed(fact: record.fact, programme: $0)
                }
            })
    }
}
