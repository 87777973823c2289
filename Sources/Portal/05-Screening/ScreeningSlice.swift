/// The officer's confirmation.
enum ScreeningSlice {
    static var slice: Slice {
        var slice = Slice("screening")
        slice.tables = ScreeningFacts.tables
        slice.projections = ScreeningFacts.projections
        return slice
    }
}
