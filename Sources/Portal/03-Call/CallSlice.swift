import Lifecycle

/// Problems, the topics that come from them, and calls for applications.
enum CallSlice {
    static var slice: Slice {
        var slice = Slice("call")
        slice.tables =
            CallFacts.tables + JointProjections.tables + ProblemProjections.tables + TopicProjections.tables
        slice.projections =
            CallFacts.projections + JointProjections.projections + ProblemProjections.projections
            + TopicProjections.projections
        slice.sights = ProblemSight.rows + TopicSight.rows + QuotaSight.rows + UnitSight.rows
        slice.factView = { store, viewer, fact in
            try ProblemSight.view(viewer, fact) ?? TopicSight.view(store, viewer, fact)
        }
        slice.tasks = { store, viewer, now in
            try TopicTasks.waiting(store, viewer, now) + JointTasks.waiting(store, viewer)
        }
        slice.routes = { routes in
            CallRoutes.add(to: routes)
            OfficeCallRoutes.add(to: routes)
            JointRoutes.add(to: routes)
            ProblemRoutes.add(to: routes)
            TopicRoutes.add(to: routes)
            DefinitionRoutes.add(to: routes)
        }
        slice.navigation = { viewer in
            var links = [
                NavigationLink("calls", "/calls"), NavigationLink("topics", "/topics"),
                NavigationLink("problems", "/problems"),
            ]
            if viewer.holds(.programmeOfficer) {
                links.append(NavigationLink("office-calls", "/office/calls"))
            }
            if DrawSight.isOfficial(viewer) {
                links.append(NavigationLink("office-problems", "/office/problems"))
                links.append(NavigationLink("office-topics", "/office/topics"))
            }
            return links
        }
        return slice
    }
}
