import Lifecycle

/// Contracts, and whether what they were for is in use.
enum ProjectSlice {
    /// - Parameter definitions: kept definitions, for the family of a project's programme.
    static func slice(_ definitions: Definitions) -> Slice {
        var slice = Slice("project")
        slice.tables = ProjectFacts.tables + AdoptionFacts.tables
        slice.projections = ProjectFacts.projections + AdoptionFacts.projections
        slice.sights = ProjectSight.rows + AdoptionSight.rows
        slice.tabs = [
            CaseTab("contract", for: ProjectSight.visitors, where: [.contract]),
            CaseTab("adoption", for: AdoptionSight.readers, where: [.contract]),
        ]
        slice.tasks = ProjectTasks.all
        slice.unitRecord = { store, indicator, earlier in
            try DueProjects.record(of: indicator, in: earlier, store)
        }
        slice.past = { store, people in try ContractedRecords.all(of: people, definitions, store) }
        slice.routes = {
            ContractRoutes.add(to: $0)
            AdoptionRoutes.add(to: $0)
            ChainRoutes.add(to: $0)
        }
        return slice
    }
}
