/// What fairness was asked for, and its price.
public struct Fairness: Hashable, Sendable {
    /// No proposal is below this floor unless its own best candidates add up to less.
    public var floor: Int64
    /// The worst-off proposal's sum when only the total is sought.
    public var worstOfTotal: Int64
    /// By how much the highest total exceeds the fair one.
    public var price: Int64

    public init(floor: Int64, worstOfTotal: Int64, price: Int64) {
        self.floor = floor
        self.worstOfTotal = worstOfTotal
        self.price = price
    }
}
