import Lifecycle

/// Conflicts of interest.
enum IntegritySlice {
    static var slice: Slice {
        var slice = Slice("integrity")
        slice.tables = IntegrityFacts.tables
        slice.projections = IntegrityFacts.projections
        slice.routes = { ConflictRoutes.add(to: $0) }
        slice.navigation = { viewer in
            ConflictActs.declaring.contains(where: viewer.holds)
                ? [NavigationLink("conflicts", "/conflicts")] : []
        }
        return slice
    }
}
