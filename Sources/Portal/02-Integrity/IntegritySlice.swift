/// Conflicts of interest.
enum IntegritySlice {
    static var slice: Slice {
        var slice = Slice("integrity")
        slice.tables = IntegrityFacts.tables
        slice.projections = IntegrityFacts.projections
        return slice
    }
}
