import Lifecycle
import Store

/// The officer's side: whom to ask, who answered, and what goes back on procedure.
enum AssignRoutes {
    static func add(to routes: Routes) {
        let strata = StratumNames()
        routes.get("/office/assign") { ask in try await list(ask, strata) }
        routes.get("/cases/{id}/assign") { ask in try await tab(ask, errors: []) }
        routes.post("/cases/{id}/assign") { ask in try await assign(ask) }
        routes.post("/cases/{id}/assign/release") { ask in try await release(ask) }
        routes.post("/cases/{id}/assign/send-back") { ask in try await sendBack(ask) }
    }

    private static func list(_ ask: Ask, _ strata: StratumNames) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let officer = try ask.signedIn()
        let asked = ask.query.text("call")
        let after = ask.query.text("after")
        let lackingOnly = ask.query.text("all") != "1"
        let (page, draws) = try await ask.read { store in
            let lacks = try ReviewQueries.lacks(for: officer, ask.house.definitions, store)
            let id = asked.isEmpty ? lacks.first?.call : ID<Call>(asked)
            guard let id else {
                let nothing = AssignListPage(
                    [], lacks: lacks, call: nil, needed: 0, lackingOnly: lackingOnly, gap: nil, panels: [],
                    ask: ask)
                return (nothing, [ID<Draw>]())
            }
            let (call, programme) = try Calls.found(id, ask.house, store)
            let needed = ReviewActs.needed(call, programme)
            let mayPlan = try PlanSight.mayPlan(officer, id, store)
            let gap = mayPlan ? try PlanGap.last(in: id, needed: needed, store) : nil
            let panels = try DrawnPanel.all(for: id, store)
            let loads =
                panels.isEmpty
                ? [:]
                : Dictionary(
                    uniqueKeysWithValues: try Candidates.all(in: id, at: ask.now, store).map {
                        ($0.person, $0)
                    })
            let page = AssignListPage(
                try ReviewQueries.underReview(in: id, for: officer, after: after, store), lacks: lacks,
                call: call, needed: needed, lackingOnly: lackingOnly, gap: gap,
                panels: panels.map { PanelPart($0, loads: loads, strata: strata, ask) }, ask: ask)
            return (page, panels.map(\.draw.id))
        }
        // Whom a code of the draw stands for is read here as on the page of the draw.
        for draw in draws { try await Reads.note(.draw, about: Draw.subject(draw), ask) }
        return try await ask.page("review/list", page)
    }

    private static func tab(_ ask: Ask, errors: [String]) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let search = ask.query.text("q")
        let chosen = Set(ask.form.all("expert"))
        let page = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: ReviewSight.assigning, ask.house, store)
            let current = try ReviewActs.of(id, store).map { record in
                let who = try ReviewQueries.name(of: record.expert, store)
                return (record: record, name: who.name, organisation: who.organisation)
            }
            let isOpen = open.standing.open.contains { $0.step.kind == .review }
            return AssignPage(
                open, current: current,
                candidates: isOpen ? try Candidates.of(id, at: ask.now, ask.house, store) : [],
                panels: try DrawnPanel.all(for: open.call.id, store),
                search: search, chosen: chosen, errors: errors, ask: ask)
        }
        try await Reads.note(.reviewers, about: .application(id), ask)
        return try await ask.page("review/assign", page, status: errors.isEmpty ? 200 : 422)
    }

    /// Runs an act on a dossier the officer may handle; a refusal comes back on the page.
    private static func act(
        _ ask: Ask, done: String,
        _ body: @escaping @Sendable (ID<Application>, ID<Person>, Change) throws -> Void
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let officer = try ask.signedIn()
        do {
            try await ask.change { change in
                _ = try OpenCase.find(
                    id, for: ask.viewer, as: ReviewSight.assigning, ask.house, change.store)
                try body(id, officer, change)
            }
        } catch let refused as Refused {
            return try await tab(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("/cases/\(id)/assign?done=\(done)")
    }

    private static func assign(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "review-assigned") { id, officer, change in
            for expert in try ReviewForm.experts(ask.form, atMost: 50) {
                try ReviewActs.assign(
                    expert, to: id, id: ask.house.world.id(), by: officer, change, ask.house)
            }
        }
    }

    /// The assignment named in the form, which has to be of this dossier.
    private static func assignment(
        _ ask: Ask, of application: ID<Application>, _ store: Transaction
    ) throws -> ID<Assignment> {
        let found = try ReviewActs.find(ID(ask.form.text("assignment")), store)
        guard found.application == application else { throw Missing() }
        return found.id
    }

    private static func release(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "review-released") { id, officer, change in
            try ReviewActs.release(
                try assignment(ask, of: id, change.store), by: officer, reason: ask.form.text("reason"),
                change,
                ask.house)
        }
    }

    private static func sendBack(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "review-sent-back") { id, officer, change in
            guard let ground = ReviewSentBack.Ground(rawValue: ask.form.text("ground")) else {
                throw Refused("review.no-ground")
            }
            try ReviewActs.sendBack(
                try assignment(ask, of: id, change.store), ground: ground, reason: ask.form.text("reason"),
                by: officer, change, ask.house)
        }
    }
}
