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
    /// What the least of a proposal's experts is worth to it, or less: prices only fall here, and with that what is
    /// held gains. Most of an expert's column is passed over by this alone. Not kept while prices also rise.
    /// `Int32.min` says nothing; half the width keeps twice as many at hand.
    private let least: Buffer<Int32>
    private let keepsLeast: Bool
    private var search: Int32 = 0
    private var heap = DistanceHeap()
    private var settled: [Int32] = []

    /// - Parameter pricesRise: whether prices rise between holes, as they do when a solution is kept up to date.
    init(_ rows: borrowing Rows, pricesRise: Bool = false) {
        keepsLeast = !pricesRise
        distance = Buffer(uninitialized: rows.experts)
        seen = Buffer(rows.experts, repeating: 0)
        cause = Buffer(uninitialized: rows.experts)
        least = Buffer(rows.proposals, repeating: .min)
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
        for proposal in 0..<rows.proposals { weigh(proposal, holdings, prices, unit) }
        for expert in 0..<rows.experts where rows.capacity[expert] > 0 {
            while holdings.load[expert] < rows.capacity[expert], prices[expert] > 0 {
                try control.report(.proving, expert, of: rows.experts)
                _ = route(Int32(expert), rows, holdings, prices, unit, columns)
            }
        }
    }

    /// Routes one hole.
    ///
    /// Where prices already fit empty places too (`pricesRise`), an empty place may be filled.
    ///
    /// - Returns: the exchanges that were carried out.
    mutating func route(
        _ hole: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings,
        _ prices: borrowing Buffer<Int64>, _ unit: Int64, _ columns: borrowing Columns
    ) -> [Step] {
        search += 1
        heap.removeAll()
        settled.removeAll(keepingCapacity: true)
        var best = prices[hole]
        var end = hole
        var filled: Step?
        distance[hole] = 0
        seen[hole] = search
        heap.push(0, hole)
        while let (reached, expert) = heap.pop(), reached < best {
            guard reached == distance[expert] else { continue }
            settled.append(expert)
            if expert != hole, holdings.load[expert] > rows.minimum[expert],
                reached + max(0, prices[expert]) < best
            {
                best = reached + max(0, prices[expert])
                end = expert
                filled = nil
            }
            for index in columns.range(expert) {
                let entry = columns.entries[index]
                if !keepsLeast, entry.score == Rows.struck { continue }
                let proposal = Int(entry.proposal)
                let limit = best - reached + Int64(entry.score) * unit - prices[expert]
                let known = least[proposal]
                guard Int64(known) < limit || known == .min else { continue }
                let held = holdings.range(proposal)
                var mine = false
                for place in held where holdings.held[place].expert == expert { mine = true }
                if mine { continue }
                if !keepsLeast, holdings.holes(proposal) > 0, -rows.holePenalty * unit < limit {
                    best = max(reached, -rows.holePenalty * unit - limit + best)
                    end = expert
                    filled = Step(proposal: entry.proposal, from: Step.hole, to: expert)
                    continue
                }
                for place in held {
                    let other = holdings.held[place]
                    let net = Int64(other.score) * unit - prices[other.expert]
                    guard net < limit else { continue }
                    let through = max(reached, net - limit + best)
                    guard seen[other.expert] != search || through < distance[other.expert] else { continue }
                    seen[other.expert] = search
                    distance[other.expert] = through
                    cause[other.expert] = Step(proposal: entry.proposal, from: other.expert, to: expert)
                    heap.push(through, other.expert)
                }
            }
        }
        for expert in settled where distance[expert] < best { prices[expert] -= best - distance[expert] }
        var steps = filled.map { [$0] } ?? []
        var current = end
        while current != hole {
            steps.append(cause[current])
            current = cause[current].to
        }
        rows.apply(steps, to: holdings)
        if keepsLeast {
            for step in steps { weigh(Int(step.proposal), holdings, prices, unit) }
        }
        return steps
    }

    private func weigh(
        _ proposal: Int, _ holdings: borrowing Holdings, _ prices: borrowing Buffer<Int64>, _ unit: Int64
    ) {
        var worth = Int64.max
        for place in holdings.range(proposal) {
            let held = holdings.held[place]
            worth = min(worth, Int64(held.score) * unit - prices[held.expert])
        }
        least[proposal] = Int32(clamping: worth)
    }
}
