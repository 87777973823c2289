/// Payments.
enum FundsSlice {
    static var slice: Slice {
        var slice = Slice("funds")
        slice.tables = FundsFacts.tables
        slice.projections = FundsFacts.projections
        return slice
    }
}
