/// Calls for applications.
enum CallSlice {
    static var slice: Slice {
        var slice = Slice("call")
        slice.tables = CallFacts.tables
        slice.projections = CallFacts.projections
        return slice
    }
}
