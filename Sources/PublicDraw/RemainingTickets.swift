/// The tickets still in the pool, in the order of the entries: a binary indexed tree (Fenwick 1994).
///
/// RFC 3797 takes entries out of a list, which costs the length of the list for each; here finding and taking cost
/// its logarithm.
struct RemainingTickets {
    private(set) var total: UInt64
    private var tree: [UInt64]
    private let tickets: [UInt64]
    private let top: Int

    init(_ tickets: [Int]) {
        self.tickets = tickets.map(UInt64.init)
        total = self.tickets.reduce(0, +)
        tree = [0] + self.tickets
        for node in 1..<max(tree.count, 1) {
            let parent = node + (node & -node)
            if parent < tree.count { tree[parent] += tree[node] }
        }
        var power = 1
        while power * 2 < tree.count { power *= 2 }
        top = power
    }

    /// The place of the entry that holds ticket `number`, from 0, among those that remain.
    ///
    /// - Precondition: number < total
    func place(ofTicket number: UInt64) -> Int {
        var place = 0
        var left = number
        var step = top
        while step > 0 {
            if place + step < tree.count, tree[place + step] <= left {
                place += step
                left -= tree[place]
            }
            step /= 2
        }
        return place
    }

    /// Takes out all tickets of the entry at a place. It must not have been taken before.
    mutating func take(_ place: Int) {
        total -= tickets[place]
        var node = place + 1
        while node < tree.count {
            tree[node] -= tickets[place]
            node += node & -node
        }
    }
}
