/// Makes experts cheap who have room left at a price above zero.
///
/// Such an expert is a hole in the market: either the price falls to nothing and nobody else minds, or a
/// proposal comes over and leaves a hole with somebody else, whose price falls instead. The cheapest way is a
/// shortest path over how much each exchange would be regretted (Dijkstra; regrets are never negative while
/// prices and holdings fit), cut off at the price itself.
struct HoleRouting: ~Copyable {
    private let distance: Buffer<Int64>
    private let seen: Buffer<Int32>
    private let cause: Buffer<Step>
    private var search: Int32 = 0
    private var heap: [(distance: Int64, expert: Int32)] = []
    private var settled: [Int32] = []

    init(_ rows: borrowing Rows) {
        distance = Buffer(uninitialized: rows.experts)
        seen = Buffer(rows.experts, repeating: 0)
        cause = Buffer(uninitialized: rows.experts)
    }

    static func isNeeded(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, prices: borrowing Buffer<Int64>
    ) -> Bool {
        guard !rows.groups.exist, rows.pairCapacity == 1 else { return false }
        for expert in 0..<rows.experts
        where rows.capacity[expert] > holdings.load[expert] && prices[expert] > 0 { return true }
        return false
    }

    /// Routes every hole.
    ///
    /// - Parameter prices: in `unit`s of a score; lowered where needed.
    mutating func run(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, prices: borrowing Buffer<Int64>, unit: Int64,
        _ columns: borrowing Columns, _ control: Control
    ) throws(MatchingRefused) {
        for expert in 0..<rows.experts where rows.capacity[expert] > 0 {
            while holdings.load[expert] < rows.capacity[expert], prices[expert] > 0 {
                try control.report(.proving, expert, of: rows.experts)
                route(Int32(expert), rows, holdings, prices, unit, columns)
            }
        }
    }

    private mutating func route(
        _ hole: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings,
        _ prices: borrowing Buffer<Int64>, _ unit: Int64, _ columns: borrowing Columns
    ) {
        search += 1
        heap.removeAll(keepingCapacity: true)
        settled.removeAll(keepingCapacity: true)
        var best = prices[hole]
        var end = hole
        distance[hole] = 0
        seen[hole] = search
        push(0, hole)
        while let (reached, expert) = pop(), reached < best {
            guard reached == distance[expert] else { continue }
            settled.append(expert)
            if expert != hole, holdings.load[expert] > rows.minimum[expert],
                reached + max(0, prices[expert]) < best
            {
                best = reached + max(0, prices[expert])
                end = expert
            }
            for index in columns.range(expert) {
                let entry = columns.entries[index]
                let proposal = Int(entry.proposal)
                let limit = best - reached + Int64(entry.score) * unit - prices[expert]
                let held = holdings.range(proposal)
                var mine = false
                for place in held where holdings.held[place].expert == expert { mine = true }
                if mine { continue }
                for place in held {
                    let other = holdings.held[place]
                    let net = Int64(other.score) * unit - prices[other.expert]
                    guard net < limit else { continue }
                    let through = max(reached, net - limit + best)
                    guard seen[other.expert] != search || through < distance[other.expert] else { continue }
                    seen[other.expert] = search
                    distance[other.expert] = through
                    cause[other.expert] = Step(proposal: entry.proposal, from: other.expert, to: expert)
                    push(through, other.expert)
                }
            }
        }
        for expert in settled where distance[expert] < best { prices[expert] -= best - distance[expert] }
        var steps: [Step] = []
        var current = end
        while current != hole {
            steps.append(cause[current])
            current = cause[current].to
        }
        rows.apply(steps, to: holdings)
    }

    private mutating func push(_ distance: Int64, _ expert: Int32) {
        heap.append((distance, expert))
        var place = heap.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard heap[parent].distance > distance else { break }
            heap[place] = heap[parent]
            place = parent
        }
        heap[place] = (distance, expert)
    }

    private mutating func pop() -> (Int64, Int32)? {
        guard let top = heap.first, let last = heap.popLast() else { return nil }
        guard !heap.isEmpty else { return (top.distance, top.expert) }
        var place = 0
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].distance < heap[child].distance { child += 1 }
            guard heap[child].distance < last.distance else { break }
            heap[place] = heap[child]
            place = child
        }
        heap[place] = last
        return (top.distance, top.expert)
    }
}
