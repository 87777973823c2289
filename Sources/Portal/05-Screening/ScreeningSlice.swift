import Lifecycle

/// The officer's confirmation.
enum ScreeningSlice {
    static var slice: Slice {
        var slice = Slice("screening")
        slice.tables = ScreeningFacts.tables
        slice.projections = ScreeningFacts.projections
        slice.routes = { ScreeningRoutes.add(to: $0) }
        slice.tabs = [CaseTab("screening", for: ScreeningSight.relations)]
        slice.sights = ScreeningSight.rows
        slice.navigation = { viewer in
            viewer.holds(.programmeOfficer) ? [NavigationLink("screening", "/office/screening")] : []
        }
        slice.tasks = { store, viewer, _ in
            guard let officer = viewer.person, viewer.holds(.programmeOfficer) else { return [] }
            return try ScreeningQueries.queues(for: officer, store).map {
                PendingTask(
                    verb: "screen", title: $0.title,
                    href: "/office/screening?call=\($0.call.rawValue.percentEncoded)", due: $0.due,
                    count: $0.count)
            }
        }
        return slice
    }
}
