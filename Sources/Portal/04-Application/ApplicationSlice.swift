import Lifecycle

/// Drafts, dossiers, endorsement, the case page.
enum ApplicationSlice {
    /// - Parameter definitions: kept definitions, for the replay of standings.
    static func slice(_ definitions: Definitions) -> Slice {
        var slice = Slice("application")
        slice.tables = ApplicationProjections.tables
        slice.projections = ApplicationProjections.projections
        slice.afterEveryFact = { store, fact in try Dossiers.refresh(store, fact, definitions) }
        slice.sights = DossierSight.rows + ConsentSight.rows
        slice.routes = { routes in
            DraftRoutes.add(to: routes)
            ListRoutes.add(to: routes)
        }
        slice.tasks = { store, viewer, now in
            try DraftTasks.waiting(store, viewer, now, definitions) + ListTasks.waiting(store, viewer, now)
        }
        slice.navigation = { viewer in
            viewer.holds(.researchOffice) ? [NavigationLink("lists", "/lists")] : []
        }
        return slice
    }
}
