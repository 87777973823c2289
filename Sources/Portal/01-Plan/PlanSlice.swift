import Lifecycle

/// Definitions and calendars; what carries the plan out; how a procedure would run.
enum PlanSlice {
    static var slice: Slice {
        var slice = Slice("plan")
        slice.tables = PlanFacts.tables
        slice.projections = PlanFacts.projections
        slice.routes = { routes in
            CoverageRoutes.add(to: routes)
            ProgrammeRoutes.add(to: routes)
            SimulationRoutes.add(to: routes)
        }
        slice.navigation = { viewer in
            let roles: [Role] = [.programmeOfficer, .commissionLeader, .auditor]
            return viewer.person == nil || roles.contains(where: viewer.holds)
                ? [NavigationLink("coverage", "/plan/coverage")] : []
        }
        return slice
    }
}
