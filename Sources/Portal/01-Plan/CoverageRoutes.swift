import Lifecycle

/// The public page of what carries the plan out.
enum CoverageRoutes {
    static func add(to routes: Routes) {
        routes.get("/plan/coverage") { ask in
            let plan = try await ask.read { try ask.house.planInForce($0) }
            return try await ask.page("coverage/coverage", CoveragePage(plan, ask.words))
        }
    }
}
