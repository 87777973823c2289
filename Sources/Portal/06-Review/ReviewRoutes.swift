import Lifecycle
import Store

/// Where officials, and later the applicant, read reviews; and the expert's own desk.
enum ReviewRoutes {
    static func add(to routes: Routes) {
        routes.get("/cases/{id}/reviews") { ask in try await reviews(ask) }
        routes.get("/reviews") { ask in try await desk(ask) }
        routes.get("/reviews/{assignment}") { ask in try await assignment(ask, errors: []) }
        routes.post("/reviews/{assignment}/accept") { ask in try await accept(ask) }
        routes.post("/reviews/{assignment}/decline") { ask in try await decline(ask) }
        routes.post("/reviews/{assignment}/conflict") { ask in try await conflict(ask) }
        routes.get("/reviews/{assignment}/total") { ask in try await WritingRoutes.total(ask) }
        routes.post("/reviews/{assignment}/draft") { ask in try await WritingRoutes.save(ask) }
        routes.get("/reviews/{assignment}/confirm") { ask in try await WritingRoutes.confirm(ask) }
        routes.post("/reviews/{assignment}/submit") { ask in try await WritingRoutes.submit(ask) }
    }

    private static func reviews(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let page = try await ask.read { store in
            let open = try OpenCase.find(id, for: ask.viewer, as: ReviewSight.tab, ask.house, store)
            let counts = Dictionary(grouping: try ReviewActs.of(id, store), by: \.state).mapValues(\.count)
            return ReviewsPage(
                open, reviews: try ReviewQueries.submitted(id, store), counts: counts,
                nonConsensus: try ChampionQueries.picture(of: open.call, open.programme, only: id, store),
                ask: ask)
        }
        if page.hasRows { try await Reads.note(.reviews, about: .application(id), ask) }
        return try await ask.page("review/reviews", page)
    }

    private static func desk(_ ask: Ask) async throws -> Answer {
        try ask.require(.expert)
        let expert = try ask.signedIn()
        let page = try await ask.read { store in
            ExpertDeskPage(
                try ReviewQueries.mine(expert, store),
                bidding: try BidQueries.calls(for: expert, at: ask.now, ask.house, store), ask: ask)
        }
        return try await ask.page("review/desk", page)
    }

    /// The page of an assignment, by its state.
    static func assignment(_ ask: Ask, errors: [String]) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("assignment", Assignment.self)
        let record = try await ask.read { store in try ReviewActs.mine(id, expert, store) }
        let status = errors.isEmpty ? 200 : 422
        switch record.state {
        case .invited:
            let page = try await ask.read { store in try invitation(record, errors: errors, ask, store) }
            return try await ask.page("review/invited", page, status: status)
        case .accepted:
            return try await WritingRoutes.write(ask, record)
        case .submitted:
            let page = try await ask.read { store in
                let open = try OpenCase.find(
                    record.application, for: ask.viewer, as: [.expert], ask.house, store)
                guard let review = try ReviewActs.review(record, store) else { throw Missing() }
                let desk =
                    NonConsensusTerms(open.call, open.programme) == nil
                    ? nil : try ChampionActs.desk(record.id, expert, ask.house, store)
                return OwnReviewPage(record, open, review, version: 0, champion: desk, ask: ask)
            }
            return try await ask.page("review/own", page)
        case .declined, .released:
            let page = try await ask.read { store in
                let number = try store.value(
                    "SELECT number FROM application WHERE id = \(record.application)", as: String.self)
                return EndedAssignmentPage(record, number: number ?? "", ask: ask)
            }
            return try await ask.page("review/ended", page)
        }
    }

    private static func invitation(
        _ record: AssignmentRecord, errors: [String], _ ask: Ask, _ store: Transaction
    ) throws -> ReviewInvitationPage {
        guard
            let dossier = try store.row(
                "SELECT \(sql: DossierRecord.columns) FROM application WHERE id = \(record.application)",
                as: DossierRecord.self),
            let application = try ApplicationSubmitted.find(fact: dossier.fact, store)?.application
        else { throw Missing() }
        // Read as the expert one would become; the page takes only what a conflict is judged by.
        return ReviewInvitationPage(
            record, Seen(dossier, as: [.expert]), members: application.members, due: dossier.dueAt,
            errors: errors, ask: ask)
    }

    private static func act(
        _ ask: Ask, done: String, to place: String = "",
        _ body: @escaping @Sendable (ID<Assignment>, ID<Person>, Change) throws -> Void
    ) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("assignment", Assignment.self)
        let record = try await ask.read { store in try ReviewActs.mine(id, expert, store) }
        do {
            try await ask.change { change in try body(id, expert, change) }
        } catch let refused as Refused where record.state == .invited {
            return try await assignment(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("\(place.isEmpty ? "/reviews/\(id)" : place)?done=\(done)")
    }

    private static func accept(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "review-accepted") { id, expert, change in
            try ReviewActs.accept(id, by: expert, change)
        }
    }

    private static func decline(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "review-declined", to: "/reviews") { id, expert, change in
            try ReviewActs.decline(id, by: expert, reason: ask.form.text("reason"), change)
        }
    }

    private static func conflict(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "conflict-declared", to: "/reviews") { id, expert, change in
            try ReviewActs.declareConflict(id, by: expert, nature: ask.form.text("nature"), change)
        }
    }
}
