import Lifecycle
import Store

/// The officer's desk, and the tab of each dossier.
enum ScreeningRoutes {
    static func add(to routes: Routes) {
        routes.get("/cases/{id}/screening") { ask in try await tab(ask, typed: nil, errors: []) }
        routes.post("/cases/{id}/screening") { ask in try await decide(ask) }
        routes.get("/office/screening") { ask in try await list(ask) }
        routes.post("/office/screening/check") { ask in try await check(ask) }
        routes.post("/office/screening/pass") { ask in try await pass(ask) }
    }

    private static func tab(_ ask: Ask, typed: ScreeningForm?, errors: [String]) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let (open, page) = try await ask.read { store in
            let open = try OpenCase.find(
                id, for: ask.viewer, as: ScreeningSight.relations, ask.house, store)
            let decides =
                open.seen.relations.contains(.programmeOfficer)
                && open.standing.open.contains { $0.step.kind == .screen }
            // Screened before and open again after a return: the earlier word no longer stands.
            let record = decides ? nil : try ScreeningRecord.find(id, store)
            let page = ScreeningPage(
                open, record: record,
                recorded: try record.flatMap { try ScreeningQueries.screened($0, store) },
                exceptions: try open.exceptions(ask.house, store),
                continues: try ContinuationLine.all(
                    of: open, try ApplicationSubmitted.find(fact: open.record.fact, store)?.application, ask,
                    store),
                findings: decides ? try ScreeningActs.findings(id, ask.house, store) : nil,
                decides: decides, typed: typed, errors: errors, ask: ask)
            return (open, page)
        }
        try await open.note(.dossier, of: ProposalSight.verdicts, ask)
        return try await ask.page("screening/tab", page, status: errors.isEmpty ? 200 : 422)
    }

    private static func decide(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let form = ScreeningForm(ask.form)
        let person = try ask.signedIn()
        do {
            try await ask.change { change in
                _ = try OpenCase.find(
                    id, for: ask.viewer, as: [.programmeOfficer], ask.house, change.store)
                guard let passed = form.passed else { throw Refused("screening.no-result") }
                try ScreeningActs.screen(
                    id, passed: passed, reason: form.reason, by: person, change, ask.house)
            }
        } catch let refused as Refused {
            return try await tab(ask, typed: form, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/cases/\(id)/screening?done=screened")
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let officer = try ask.signedIn()
        let asked = ask.query.text("call")
        let after = ask.query.text("after")
        let page = try await ask.read { store in
            let queues = try ScreeningQueries.queues(for: officer, store)
            let id = asked.isEmpty ? queues.first?.call : ID<Call>(asked)
            let call = try id.flatMap { try Calls.find($0, store) }
            if call == nil, !asked.isEmpty { throw Missing() }
            let waiting = try call.map {
                try ScreeningQueries.waiting(in: $0.id, for: officer, after: after, ask.house, store)
            }
            return ScreeningListPage(waiting ?? [], queues: queues, call: call, ask: ask)
        }
        return try await ask.page("screening/list", page)
    }

    private static func chosen(_ ask: Ask) throws -> [ID<Application>] {
        try ask.require(.programmeOfficer)
        var seen: Set<String> = []
        return ask.form.all("id").filter { seen.insert($0).inserted }.prefix(ScreeningQueries.pageSize)
            .map { ID($0) }
    }

    private static func check(_ ask: Ask) async throws -> Answer {
        let ids = try chosen(ask)
        let call = ask.form.text("call")
        if ids.isEmpty { throw Refused("screening.none-chosen") }
        let page = try await ask.read { store in
            ScreeningBatchPage(
                try ScreeningActs.batch(ids, of: ask.viewer, ask.house, store), call: call, ask: ask)
        }
        return try await ask.page("screening/batch", page)
    }

    private static func pass(_ ask: Ask) async throws -> Answer {
        let ids = try chosen(ask)
        try await ask.change { change in
            try ScreeningActs.passAll(ids, by: ask.viewer, change, ask.house)
        }
        return .see("/office/screening?call=\(ask.form.text("call").percentEncoded)&done=screened-batch")
    }
}
