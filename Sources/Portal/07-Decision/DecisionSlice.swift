/// Ranking, selection, notice, objection.
enum DecisionSlice {
    static var slice: Slice {
        var slice = Slice("decision")
        slice.tables = DecisionFacts.tables
        slice.projections = DecisionFacts.projections
        return slice
    }
}
