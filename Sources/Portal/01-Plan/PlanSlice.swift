/// Definitions and calendars.
enum PlanSlice {
    static var slice: Slice {
        var slice = Slice("plan")
        slice.tables = PlanFacts.tables
        slice.projections = PlanFacts.projections
        return slice
    }
}
