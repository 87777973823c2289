/// Raises the worst-off proposals as far as can be found, then the total.
///
/// Floors are kept by ``FloorSearch`` alone; what differs between its starts is how much weight proposals at
/// their floor had in the flow problem from which it started (Lagrangian multipliers, raised while a proposal
/// falls short and let decay when it does not).
struct FairSearch: ~Copyable {
    /// How often to begin again from other weights: often where a solution takes milliseconds.
    private let rounds: Int

    /// What each proposal's best candidates add up to: no floor can ask for more.
    private let attainable: [Int64]
    /// Sums of locked pairs: they count towards the floor and cannot be changed.
    private let lockedSum: [Int64]
    private let wantsExperts: [Bool]
    private var best: Holdings
    private let seed: UInt64

    init(
        _ problem: MatchingProblem, _ rows: borrowing Rows, _ holdings: borrowing Holdings, seed: UInt64
    ) {
        self.seed = seed
        let pairs = rows.start[rows.proposals]
        rounds = pairs <= 200_000 ? 24 : pairs <= 2_000_000 ? 6 : 1
        var locked = [Int64](repeating: 0, count: rows.proposals)
        for pair in problem.locked { locked[pair.proposal] += Int64(problem.score(pair) ?? 0) }
        lockedSum = locked
        wantsExperts = problem.demand.map { $0 > 0 }
        attainable = problem.attainable
        best = Holdings(copying: holdings, rows)
    }

    func assignment(locked: [Pair]) -> Assignment { best.assignment(locked: locked) }

    /// - Returns: the floor that holds.
    mutating func run(
        floor: Int64?, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> Int64 {
        if let floor {
            _ = try attempt(floor, rows, control)
            return floor
        }
        var low = worst(best, rows)
        var high = Int64.max
        for proposal in 0..<rows.proposals where wantsExperts[proposal] {
            high = min(high, attainable[proposal])
        }
        guard low < high, high < .max else { return low }
        if try attempt(high, rows, control) { return high }
        // Between what was reached and what was not.
        var trials = rounds
        while high - low > 1, trials > 0 {
            trials -= 1
            let middle = low + (high - low) / 2
            if try attempt(middle, rows, control) {
                low = max(middle, worst(best, rows))
            } else {
                high = middle
            }
        }
        return low
    }

    /// Seeks the best assignment above a floor; keeps it as `best` if the floor holds.
    private mutating func attempt(
        _ floor: Int64, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> Bool {
        let floors = Buffer<Int64>(rows.proposals, repeating: 0)
        for proposal in 0..<rows.proposals {
            floors[proposal] = min(floor, attainable[proposal]) - lockedSum[proposal]
        }
        var search = FloorSearch(rows, floors: floors)
        let holdings = Holdings(copying: best, rows)
        try search.run(rows, holdings, control)
        var found = search.shortfall(rows, holdings) == 0
        var total = holdings.total(rows.proposals)
        if found { best = Holdings(copying: holdings, rows) }
        var weights = [Double](repeating: 1, count: rows.proposals)
        for _ in 0..<rounds {
            let weighted = Rows(rows, weights: weights)
            let start = Holdings(weighted)
            _ = try prove(weighted, start, try Auction.run(weighted, start, seed: seed, control), control)
            let holdings = Holdings(copying: start, rows)
            for proposal in 0..<rows.proposals {
                let isShort = holdings.sum(proposal) < floors[proposal]
                weights[proposal] = isShort ? weights[proposal] * 1.12 : 1 + (weights[proposal] - 1) * 0.85
            }
            try search.run(rows, holdings, control)
            guard search.shortfall(rows, holdings) == 0 else { continue }
            let reached = holdings.total(rows.proposals)
            if !found || reached > total {
                found = true
                total = reached
                best = Holdings(copying: holdings, rows)
            }
        }
        return found
    }

    private func worst(_ holdings: borrowing Holdings, _ rows: borrowing Rows) -> Int64 {
        var worst = Int64.max
        for proposal in 0..<rows.proposals where wantsExperts[proposal] {
            worst = min(worst, lockedSum[proposal] + holdings.sum(proposal))
        }
        return worst == .max ? 0 : worst
    }
}
