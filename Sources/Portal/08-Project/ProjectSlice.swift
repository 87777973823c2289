/// Contracts.
enum ProjectSlice {
    static var slice: Slice {
        var slice = Slice("project")
        slice.tables = ProjectFacts.tables
        slice.projections = ProjectFacts.projections
        return slice
    }
}
