/// Bids on their way to their experts, a few at a time, in the order in which they were made.
///
/// A bid that waits lets its expert's seats be fetched meanwhile. Prices only rise, so what arrives late asks for no
/// more than it would ask for now.
struct Offers: ~Copyable {
    struct Offer: BitwiseCopyable {
        var price: Int32
        var proposal: Int32
        var expert: Int32
    }
    private static let room = 8
    private let ring = Buffer<Offer>(uninitialized: room)
    private var first = 0
    private(set) var count = 0

    var isFull: Bool { count == Self.room }

    @inline(__always) mutating func add(_ offer: Offer) {
        ring[(first &+ count) & (Self.room &- 1)] = offer
        count &+= 1
    }

    @inline(__always) mutating func next() -> Offer {
        let offer = ring[first]
        first = (first &+ 1) & (Self.room &- 1)
        count &-= 1
        return offer
    }

    mutating func clear() { count = 0 }
}
