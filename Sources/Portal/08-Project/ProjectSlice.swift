import Lifecycle

/// Contracts.
enum ProjectSlice {
    static var slice: Slice {
        var slice = Slice("project")
        slice.tables = ProjectFacts.tables
        slice.projections = ProjectFacts.projections
        slice.sights = ProjectSight.rows
        slice.tabs = [CaseTab("contract", for: ProjectSight.visitors, where: [.contract])]
        slice.tasks = ProjectTasks.all
        slice.unitRecord = { store, indicator, earlier in
            try DueProjects.record(of: indicator, in: earlier, store)
        }
        slice.routes = {
            ContractRoutes.add(to: $0)
            ChainRoutes.add(to: $0)
        }
        return slice
    }
}
