import Lifecycle

/// Conflicts of interest, and draws by lot: both keep people from arranging results.
enum IntegritySlice {
    static var slice: Slice {
        var slice = Slice("integrity")
        slice.tables = IntegrityFacts.tables + DrawFacts.tables
        slice.projections = IntegrityFacts.projections + DrawFacts.projections
        slice.sights = DrawSight.rows
        slice.pool = { store, purpose, about, _ in try InspectionPool.of(purpose, about, store) }
        slice.factView = DrawSight.view
        slice.tasks = { store, viewer, now in try DrawTasks.of(viewer, at: now, store) }
        slice.routes = {
            ConflictRoutes.add(to: $0)
            DrawRoutes.add(to: $0)
        }
        slice.navigation = { viewer in
            let conflicts =
                ConflictActs.declaring.contains(where: viewer.holds)
                ? [NavigationLink("conflicts", "/conflicts")] : []
            let draws = DrawSight.isOfficial(viewer) ? [NavigationLink("draws", "/draws")] : []
            return conflicts + draws
        }
        return slice
    }
}
