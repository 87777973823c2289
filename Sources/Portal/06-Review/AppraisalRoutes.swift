import Lifecycle
import Store

/// The panel of a step, and what the step came to.
enum AppraisalRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/appraisals") { ask in try await list(ask) }
        routes.get("/cases/{id}/appraisals") { ask in try await tab(ask) }
        routes.get("/cases/{id}/appraisals/{step}") { ask in try await step(ask, errors: []) }
        routes.post("/cases/{id}/appraisals/{step}/seat") { ask in try await seat(ask) }
        routes.post("/cases/{id}/appraisals/{step}/release") { ask in try await release(ask) }
        routes.post("/cases/{id}/appraisals/{step}/recuse") { ask in try await recuse(ask) }
        routes.post("/cases/{id}/appraisals/{step}/close") { ask in try await close(ask) }
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let officer = try ask.signedIn()
        let asked = ask.query.text("call")
        let after = ask.query.text("after")
        let page = try await ask.read { store in
            let queues = try AppraisalQueries.queues(for: officer, store)
            let id = asked.isEmpty ? queues.first?.call : ID<Call>(asked)
            guard let id else { return AppraisalListPage([], queues: queues, call: nil, ask: ask) }
            let (call, _) = try Calls.found(id, ask.house, store)
            return AppraisalListPage(
                try AppraisalQueries.waiting(in: id, for: officer, after: after, ask.house, store),
                queues: queues, call: call, ask: ask)
        }
        return try await ask.page("appraisal/list", page)
    }

    private static func tab(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let page = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: AppraisalSight.tab, ask.house, store)
            let closed = try AppraisalQueries.closed(id, store)
            return AppraisalTabPage(
                open, closed: closed,
                results: try open.standing.steps.filter { $0.step.kind == .appraise && $0.since == nil }
                    .compactMap { try result($0.step, open, closed, ask, store) },
                ended: try AppraisalQueries.ended(id, store).compactMap {
                    AppraisalTabPage.Ended($0, open, ask)
                }, ask)
        }
        if page.hasResults || page.hasEnded {
            try await Reads.note(.appraisals, about: .application(id), ask)
        }
        return try await ask.page("appraisal/tab", page)
    }

    private enum Shown: Sendable {
        case panel(AppraisalPanelPage)
        case result(AppraisalResultPage)
    }

    /// The panel while the step is open, for officials; what it came to afterwards. Before, there is nothing here for
    /// those who applied.
    private static func step(_ ask: Ask, errors: [String]) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let step = ask.parameter("step")
        let search = ask.query.text("q")
        let shown: Shown = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: AppraisalSight.tab, ask.house, store)
            guard let state = open.standing.steps.first(where: { $0.step.id == step }),
                open.programme.appraisal(of: state.step) != nil
            else { throw Missing() }
            if state.since != nil {
                guard !open.seen.relations.isDisjoint(with: AppraisalSight.officials) else { throw Missing() }
                return .panel(try panel(open, step, search, errors, ask, store))
            }
            let closed = try AppraisalQueries.closed(id, store)
            guard let page = try result(state.step, open, closed, ask, store) else { throw Missing() }
            return .result(page)
        }
        let status = errors.isEmpty ? 200 : 422
        switch shown {
        case .panel(let page):
            try await Reads.note(.appraisers, about: .application(id), ask)
            return try await ask.page("appraisal/panel", page, status: status)
        case .result(let page):
            try await Reads.note(.appraisals, about: .application(id), ask)
            return try await ask.page("appraisal/result", page, status: status)
        }
    }

    /// What the last closing of a step came to, as the viewer sees it; nil where there is none, or not for them.
    private static func result(
        _ step: Step, _ open: OpenCase, _ closed: [AppraisalQueries.ClosedRecord], _ ask: Ask,
        _ store: Transaction
    ) throws -> AppraisalResultPage? {
        guard let instrument = open.programme.appraisal(of: step),
            let last = closed.first(where: { $0.step == step.id }),
            let outcome = try AppraisalQueries.outcome(last, instrument: instrument, store)
        else { return nil }
        return AppraisalResultPage(
            open, step: step, instrument: instrument, record: Seen(last, as: open.seen.relations),
            outcome: Seen(outcome, as: open.seen.relations),
            opinions: outcome.opinions.map { Seen($0, as: open.seen.relations) },
            panel: outcome.opinions.map { Seen($0.seat, as: open.seen.relations) }, ask: ask)
    }

    private static func panel(
        _ open: OpenCase, _ step: String, _ search: String, _ errors: [String], _ ask: Ask,
        _ store: Transaction
    ) throws -> AppraisalPanelPage {
        let opened = try AppraisalActs.opened(step, of: open.record.id, ask.house, store)
        let mayArrange = open.seen.relations.contains(.programmeOfficer)
        var candidates: [String: [AppraiserPool.Candidate]] = [:]
        for lens in opened.instrument.lenses where mayArrange {
            candidates[lens.id] = try AppraiserPool.candidates(
                for: lens, opened, of: open.record, at: ask.now, store)
        }
        return AppraisalPanelPage(
            open, opened,
            seats: try opened.panel.map {
                Seen(try AppraisalQueries.panelSeat($0, store), as: open.seen.relations)
            }, ids: opened.panel, candidates: candidates, search: search, errors: errors, ask: ask)
    }

    /// Runs an act on a dossier the officer may handle; a refusal comes back on the page.
    private static func act(
        _ ask: Ask, done: String,
        _ body: @escaping @Sendable (ID<Application>, String, ID<Person>, Change) throws -> Void
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let step = ask.parameter("step")
        let officer = try ask.signedIn()
        do {
            try await ask.change { change in
                let open = try OpenCase.find(
                    id, for: ask.viewer, as: AppraisalSight.arranging, ask.house, change.store)
                guard open.programme.procedure.step(step)?.kind == .appraise else { throw Missing() }
                try body(id, step, officer, change)
            }
        } catch let refused as Refused {
            return try await Self.step(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/cases/\(id)/appraisals/\(step)?done=\(done)")
    }

    private static func seat(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "appraiser-seated") { id, step, officer, change in
            for expert in try ReviewForm.experts(ask.form, atMost: Appraisal.mostExperts) {
                try AppraisalActs.seat(
                    expert, for: ask.form.text("lens"), in: step, of: id, id: ask.house.world.id(),
                    by: officer, change, ask.house)
            }
        }
    }

    private static func release(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "appraiser-released") { id, step, officer, change in
            try AppraisalActs.release(
                ID(ask.form.text("seat")), in: step, of: id, by: officer, reason: ask.form.text("reason"),
                change, ask.house)
        }
    }

    private static func recuse(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "appraiser-recused") { id, step, officer, change in
            try AppraisalActs.recuse(
                ID(ask.form.text("seat")), in: step, of: id, by: officer, reason: ask.form.text("reason"),
                change, ask.house)
        }
    }

    private static func close(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "appraisal-closed") { id, step, officer, change in
            _ = try AppraisalActs.close(step, of: id, by: officer, change, ask.house)
        }
    }
}
