import Lifecycle

/// Contracts.
enum ProjectSlice {
    /// - Parameter definitions: kept definitions, for the family of a project's programme.
    static func slice(_ definitions: Definitions) -> Slice {
        var slice = Slice("project")
        slice.tables = ProjectFacts.tables
        slice.projections = ProjectFacts.projections
        slice.sights = ProjectSight.rows
        slice.tabs = [CaseTab("contract", for: ProjectSight.visitors, where: [.contract])]
        slice.tasks = ProjectTasks.all
        slice.unitRecord = { store, indicator, earlier in
            try DueProjects.record(of: indicator, in: earlier, store)
        }
        slice.past = { store, people in try ContractedRecords.all(of: people, definitions, store) }
        slice.routes = {
            ContractRoutes.add(to: $0)
            ChainRoutes.add(to: $0)
        }
        return slice
    }
}
