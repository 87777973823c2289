import Lifecycle
import Store

/// The officer's confirmation, and the reading for text reuse.
enum ScreeningSlice {
    static var slice: Slice {
        var slice = Slice("screening")
        slice.tables = ScreeningFacts.tables + ExceptionFacts.tables + ReuseFacts.tables
        slice.projections =
            ScreeningFacts.projections + ExceptionFacts.projections + ReuseFacts.projections
        slice.follow = ReuseActs.follow
        slice.jobs = ReuseActs.jobs
        slice.factView = ReuseSight.view
        slice.routes = { routes in
            ScreeningRoutes.add(to: routes)
            ExceptionRoutes.add(to: routes)
            ReuseRoutes.add(to: routes)
        }
        slice.tabs = [
            CaseTab("screening", for: ScreeningSight.relations, where: [.screen]),
            CaseTab("reuse", for: ReuseSight.readers, where: [.screen]),
        ]
        slice.sights = ScreeningSight.rows + ReuseSight.rows
        slice.navigation = { viewer in
            (viewer.holds(.programmeOfficer) ? [NavigationLink("screening", "/office/screening")] : [])
                + (viewer.holds(.programmeOfficer) || viewer.holds(.integrity)
                    ? [NavigationLink("reuse", "/office/reuse")] : [])
        }
        slice.tasks = { store, viewer, _ in
            try ExceptionQueries.tasks(for: viewer, store) + screening(store, viewer)
        }
        return slice
    }

    private static func screening(_ store: Transaction, _ viewer: Viewer) throws -> [PendingTask] {
        guard let officer = viewer.person, viewer.holds(.programmeOfficer) else { return [] }
        return try ScreeningQueries.queues(for: officer, store).map {
            PendingTask(
                verb: "screen", title: $0.title,
                href: "/office/screening?call=\($0.call.rawValue.percentEncoded)", due: $0.due,
                count: $0.count)
        }
    }
}
