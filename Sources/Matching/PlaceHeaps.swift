/// The bids each expert keeps: a heap per expert with the lowest bid on top.
///
/// A bid is one word, price above bidder, so that order among equal prices is fixed too.
struct PlaceHeaps: ~Copyable {
    private let start: Buffer<Int>
    private let bids: Buffer<UInt64>
    let load: Buffer<Int32>

    init(capacity: borrowing Buffer<Int32>) {
        start = Buffer(uninitialized: capacity.count + 1)
        var places = 0
        for expert in 0..<capacity.count {
            start[expert] = places
            places += Int(capacity[expert])
        }
        start[capacity.count] = places
        bids = Buffer(uninitialized: places)
        load = Buffer(capacity.count, repeating: 0)
    }

    @inline(__always) static func bid(_ price: Int32, by proposal: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: price)) << 32 | UInt64(UInt32(bitPattern: proposal))
    }
    @inline(__always) static func price(_ bid: UInt64) -> Int32 { Int32(truncatingIfNeeded: bid >> 32) }
    @inline(__always) static func proposal(_ bid: UInt64) -> Int32 { Int32(truncatingIfNeeded: bid) }

    @inline(__always) func lowest(_ expert: Int32) -> UInt64 { bids[start[expert]] }

    /// Adds a bid to an expert who has room.
    @inline(__always) func add(_ bid: UInt64, to expert: Int32) {
        let heap = bids.base + start[expert]
        var place = Int(load[expert])
        load[expert] &+= 1
        while place > 0 {
            let parent = (place &- 1) >> 1
            guard heap[parent] > bid else { break }
            heap[place] = heap[parent]
            place = parent
        }
        heap[place] = bid
    }

    /// Puts a bid in the place of the lowest one, which it must exceed.
    @inline(__always) func replaceLowest(with bid: UInt64, of expert: Int32) {
        let heap = bids.base + start[expert]
        let count = Int(load[expert])
        var place = 0
        while true {
            var child = place &* 2 &+ 1
            guard child < count else { break }
            if child &+ 1 < count, heap[child &+ 1] < heap[child] { child &+= 1 }
            guard heap[child] < bid else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = bid
    }

    func clear() { load.fill(0) }
}
