import Lifecycle

/// The public page of what carries the plan out.
enum CoverageRoutes {
    static func add(to routes: Routes) {
        routes.get("/plan/coverage") { ask in
            try await ask.page("coverage/coverage", CoveragePage(ask.house.plan, ask.words))
        }
    }
}
