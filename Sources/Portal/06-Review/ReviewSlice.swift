/// Experts and their reviews.
enum ReviewSlice {
    static var slice: Slice {
        var slice = Slice("review")
        slice.tables = ReviewFacts.tables
        slice.projections = ReviewFacts.projections
        return slice
    }
}
