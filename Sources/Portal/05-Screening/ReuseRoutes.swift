import Lifecycle
import Store

/// What texts have in common: the tab of a case, two texts side by side, and the desk's list.
enum ReuseRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/reuse") { ask in try await list(ask) }
        routes.post("/office/reuse/rebuild") { ask in try await rebuild(ask) }
        routes.get("/cases/{id}/reuse") { ask in try await tab(ask) }
        routes.post("/cases/{id}/reuse/check") { ask in try await check(ask) }
        routes.get("/cases/{id}/reuse/{pair}") { ask in try await show(ask, typed: nil, errors: []) }
        routes.post("/cases/{id}/reuse/{pair}/verdict") { ask in try await judge(ask) }
        routes.get("/drafts/{id}/reuse") { ask in try await own(ask) }
    }

    private static func tab(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let page = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: ReuseSight.readers, ask.house, store)
            return try ReuseCasePage(open, ask, store)
        }
        try await Reads.note(.reuse, about: .application(id), ask)
        return try await ask.page("reuse/case", page)
    }

    private static func check(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let officer = try ask.signedIn()
        let job = try await ask.change { change in
            let open = try OpenCase.find(
                id, for: ask.viewer, as: [.programmeOfficer], ask.house, change.store)
            return try ReuseActs.ask(open.record, by: officer, change)
        }
        // Another officer may have asked already: their job is not this one's to follow.
        let isMine = try await ask.read { try Job.find(job, $0)?.askedBy == officer }
        return .see(isMine ? "/jobs/\(job)" : "/cases/\(id)/reuse?done=reuse-asked")
    }

    /// The pair from this case's side, for who may see both; missing for everybody else.
    private static func open(_ ask: Ask, _ store: Transaction) throws -> (OpenCase, OpenPair) {
        let id = ask.id("id", Application.self)
        let open = try OpenCase.find(id, for: ask.viewer, as: ReuseSight.readers, ask.house, store)
        guard let record = try ReuseQueries.pair(ask.parameter("pair"), store),
            record.application == id || record.sourceKind == .application && record.source == id.rawValue,
            let pair = try OpenPair.find(record, from: id, for: ask.viewer, store)
        else { throw Missing() }
        return (open, pair)
    }

    private static func show(_ ask: Ask, typed: ReuseForm?, errors: [String]) async throws -> Answer {
        let page = try await ask.read { store in
            let (open, pair) = try open(ask, store)
            return try ReusePairPage(open, pair, typed: typed, errors: errors, ask, store)
        }
        try await Reads.note(.reuse, about: .reuse(ask.parameter("pair")), ask)
        return try await ask.page("reuse/pair", page, status: errors.isEmpty ? 200 : 422)
    }

    private static func judge(_ ask: Ask) async throws -> Answer {
        let form = ReuseForm(ask.form)
        let officer = try ask.signedIn()
        do {
            try await ask.change { change in
                let (_, pair) = try open(ask, change.store)
                guard pair.mayJudge else { throw Missing() }
                guard let verdict = form.verdict else { throw Refused("reuse.no-verdict") }
                try ReuseActs.judge(pair, verdict, reason: form.reason, by: officer, change)
            }
        } catch let refused as Refused {
            return try await show(ask, typed: form, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/cases/\(ask.parameter("id"))/reuse/\(ask.parameter("pair"))?done=reuse-judged")
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader, .integrity, .auditor)
        let page = try await ask.read { store in
            try ReuseListPage(ReuseQueries.Filter(ask.query), ask, store)
        }
        return try await ask.page("reuse/list", page)
    }

    private static func rebuild(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let officer = try ask.signedIn()
        let job = try await ask.change { change in
            try ReuseActs.askRebuild(by: officer, change)
        }
        return .see("/jobs/\(job)")
    }

    private static func own(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let page = try await ask.read { store in
            let open = try OpenDraft.find(id, of: ask.viewer.person, ask.house, store)
            guard open.call.showsOwnReuse(in: open.programme) else { throw Missing() }
            return ReuseOwnPage(open, try ReuseOwn.find(open, ask.house, store), ask)
        }
        return try await ask.page("reuse/own", page)
    }
}
