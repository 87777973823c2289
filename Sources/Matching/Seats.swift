/// The bids each expert keeps: a heap per expert with the lowest bid on top.
///
/// A bid is one word, price above bidder, so that order among equal prices is fixed too. An expert's count, capacity
/// and bids stand together: a war touches experts in no order, and each costs a cache line or two, not five.
struct Seats: ~Copyable {
    /// Where each expert's block begins, in words: a head and the bids after it.
    private let start: Buffer<Int32>
    private let words: Buffer<UInt64>
    /// A head is 16 bits that mean nothing, 24 bits of load and 24 bits of capacity.
    private static let loadShift: UInt64 = 16
    private static let capacityShift: UInt64 = 40
    private static let most = (1 << 24) - 1

    /// Whether offsets and heads can hold so many places.
    static func canHold(_ capacity: borrowing Buffer<Int32>) -> Bool {
        var size = 0
        for expert in 0..<capacity.count {
            size += 1 + Int(capacity[expert])
            if capacity[expert] > most { return false }
        }
        return size <= Int(Int32.max)
    }

    init(capacity: borrowing Buffer<Int32>) {
        start = Buffer(uninitialized: capacity.count)
        var size = 0
        for expert in 0..<capacity.count {
            start[expert] = Int32(size)
            size += 1 + Int(capacity[expert])
        }
        words = Buffer(uninitialized: size)
        for expert in 0..<capacity.count {
            words[Int(start[expert])] = UInt64(capacity[expert]) << Self.capacityShift
        }
    }

    /// Has an expert's block fetched without waiting for it: a store may leave the processor before its line
    /// is there, a load may not.
    @inline(__always) func fetch(_ expert: Int32) {
        UnsafeMutableRawPointer(words.base + Int(start[expert])).storeBytes(of: 1, as: UInt16.self)
    }

    @inline(__always) static func bid(_ price: Int32, by proposal: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: price)) << 32 | UInt64(UInt32(bitPattern: proposal))
    }
    @inline(__always) static func price(_ bid: UInt64) -> Int32 { Int32(truncatingIfNeeded: bid >> 32) }
    @inline(__always) static func proposal(_ bid: UInt64) -> Int32 { Int32(truncatingIfNeeded: bid) }

    /// Takes in a bid; where there is no room the lowest has to go, be it this one.
    ///
    /// - Returns: the lowest bid afterwards, if every place is taken, and the bid that had to go.
    @inline(__always) func offer(_ bid: UInt64, to expert: Int32) -> (lowest: UInt64?, gone: UInt64?) {
        let block = words.base + Int(start[expert])
        let heap = block + 1
        let load = Int(block.pointee >> Self.loadShift) & Self.most
        let capacity = Int(block.pointee >> Self.capacityShift)
        if load < capacity {
            block.pointee &+= 1 << Self.loadShift
            Self.add(bid, to: heap, load)
            return (load &+ 1 == capacity ? heap.pointee : nil, nil)
        }
        let gone = heap.pointee
        guard bid > gone else { return (gone, bid) }
        Self.replaceLowest(with: bid, of: heap, load)
        return (heap.pointee, gone)
    }

    @inline(__always) private static func add(
        _ bid: UInt64, to heap: UnsafeMutablePointer<UInt64>, _ load: Int
    ) {
        var place = load
        while place > 0 {
            let parent = (place &- 1) >> 1
            guard heap[parent] > bid else { break }
            heap[place] = heap[parent]
            place = parent
        }
        heap[place] = bid
    }

    @inline(__always) private static func replaceLowest(
        with bid: UInt64, of heap: UnsafeMutablePointer<UInt64>, _ count: Int
    ) {
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

    func load(_ expert: Int) -> Int32 {
        Int32(truncatingIfNeeded: Int(words[Int(start[expert])] >> Self.loadShift) & Self.most)
    }

    /// Nobody keeps anything.
    func clear() {
        for expert in 0..<start.count { words[Int(start[expert])] &= ~(UInt64(Self.most) << Self.loadShift) }
    }
}
