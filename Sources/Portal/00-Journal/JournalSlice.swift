import Lifecycle

/// The journal: its tree, its pages.
enum JournalSlice {
    static var slice: Slice {
        var slice = Slice("journal")
        slice.tables = [ProjectedTable("erasure", key: "number, part")]
        slice.projections = [Erasures.projection]
        slice.routes = { JournalRoutes.add(to: $0) }
        slice.navigation = { viewer in
            viewer.person == nil || viewer.holds(.auditor) || viewer.holds(.integrity)
                ? [NavigationLink("journal", "/journal")] : []
        }
        return slice
    }
}
