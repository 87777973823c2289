import Lifecycle

/// Every slice of the house, in the order of the life cycle: the one place that lists them.
package enum Slices {
    /// - Parameter definitions: kept definitions, for the replay of standings.
    package static func all(_ definitions: Definitions) -> [Slice] {
        [people, plan, integrity, call, application(definitions), screening, review, decision, project, funds]
    }

    private static var people: Slice {
        var slice = Slice("people")
        slice.tables = PeopleFacts.tables
        slice.projections = PeopleFacts.projections
        return slice
    }

    private static var plan: Slice {
        var slice = Slice("plan")
        slice.tables = PlanFacts.tables
        slice.projections = PlanFacts.projections
        return slice
    }

    private static var integrity: Slice {
        var slice = Slice("integrity")
        slice.tables = IntegrityFacts.tables
        slice.projections = IntegrityFacts.projections
        return slice
    }

    private static var call: Slice {
        var slice = Slice("call")
        slice.tables = CallFacts.tables
        slice.projections = CallFacts.projections
        return slice
    }

    private static func application(_ definitions: Definitions) -> Slice {
        var slice = Slice("application")
        slice.tables = ApplicationProjections.tables
        slice.projections = ApplicationProjections.projections
        slice.afterEveryFact = { store, fact in try Dossiers.refresh(store, fact, definitions) }
        slice.sights = DossierSight.rows
        return slice
    }

    private static var screening: Slice {
        var slice = Slice("screening")
        slice.tables = ScreeningFacts.tables
        slice.projections = ScreeningFacts.projections
        return slice
    }

    private static var review: Slice {
        var slice = Slice("review")
        slice.tables = ReviewFacts.tables
        slice.projections = ReviewFacts.projections
        return slice
    }

    private static var decision: Slice {
        var slice = Slice("decision")
        slice.tables = DecisionFacts.tables
        slice.projections = DecisionFacts.projections
        return slice
    }

    private static var project: Slice {
        var slice = Slice("project")
        slice.tables = ProjectFacts.tables
        slice.projections = ProjectFacts.projections
        return slice
    }

    private static var funds: Slice {
        var slice = Slice("funds")
        slice.tables = FundsFacts.tables
        slice.projections = FundsFacts.projections
        return slice
    }
}
