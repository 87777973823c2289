/// A price for each expert, with which anyone can bound every possible total in one pass.
///
/// For any prices, no assignment is worth more than what the proposals would gain if each chose freely at
/// these prices, plus what the places of the experts cost. If an assignment attains that bound, it is
/// optimal; ``verify(_:_:_:)`` checks it without a solver. (Linear programming duality; Bertsekas, *Linear
/// Network Optimization*, MIT Press 1991, chapter 1.)
public struct Certificate: Hashable, Sendable {
    /// The price of a place with each expert, in score units. Negative only for an expert at the minimum.
    public var prices: [Int64]

    public init(prices: [Int64]) {
        self.prices = prices
    }
}
