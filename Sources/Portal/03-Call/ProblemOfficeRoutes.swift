import Lifecycle
import Store

/// The officers' desk: the pool, and what becomes of each problem.
enum ProblemOfficeRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/problems") { ask in
            guard DrawSight.isOfficial(ask.viewer) else { throw Missing() }
            let filter = ProblemFilter(ask.query)
            let page = try await ask.read { store in
                ProblemListPage(try ProblemQueries.list(filter, at: ask.now, store), filter, ask)
            }
            return try await ask.page("pool/office", page)
        }
        routes.post("/problems/{problem}/merge") { ask in
            try await act(ask, done: "problem-merged") { id, officer, change in
                try ProblemActs.merge(
                    id, into: ask.form.text("other"), reason: ask.form.text("reason"), by: officer, change)
            }
        }
        routes.post("/problems/{problem}/link") { ask in
            try await act(ask, done: "problem-linked") { id, officer, change in
                try ProblemActs.link(
                    id, with: ask.form.text("other"), reason: ask.form.text("reason"), by: officer, change)
            }
        }
        routes.post("/problems/{problem}/set-aside") { ask in
            try await act(ask, done: "problem-set-aside") { id, officer, change in
                try ProblemActs.setAside(id, reason: ask.form.text("reason"), by: officer, change)
            }
        }
        routes.post("/problems/{problem}/reopen") { ask in
            try await act(ask, done: "problem-reopened") { id, officer, change in
                try ProblemActs.reopen(id, reason: ask.form.text("reason"), by: officer, change)
            }
        }
    }

    /// Runs an officer's act; a refusal comes back on the problem's page.
    private static func act(
        _ ask: Ask, done: String, _ body: @escaping @Sendable (ID<Problem>, ID<Person>, Change) throws -> Void
    ) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let officer = try ask.signedIn()
        let id = ask.id("problem", Problem.self)
        do {
            try await ask.change { change in try body(id, officer, change) }
        } catch let refused as Refused {
            return try await ProblemRoutes.show(ask, refusals: refused.refusals)
        }
        return .see("/problems/\(id)?done=\(done)")
    }
}
