/// Raises the worst-off proposals as far as can be found, then the total.
///
/// Floors are kept by ``FloorSearch`` alone; what differs between its starts is how much weight proposals at
/// their floor had in the flow problem from which it started (Lagrangian multipliers, raised while a proposal
/// falls short and let decay when it does not).
struct FairSearch: ~Copyable {
    /// How often to begin again from other weights: often where a solution takes milliseconds.
    let rounds: Int

    /// What each proposal's best candidates add up to: no floor can ask for more.
    let attainable: [Int64]
    /// Sums of locked pairs: they count towards the floor and cannot be changed.
    let lockedSum: [Int64]
    let wantsExperts: [Bool]
    var best: Holdings
    let seed: UInt64
    /// How much each proposal's scores count in the flow problem of the next start.
    private var weights: [Double]
    /// How often ``FloorSearch`` was run.
    var searches = 0

    init(
        _ problem: MatchingProblem, _ rows: borrowing Rows, _ holdings: borrowing Holdings, seed: UInt64
    ) {
        self.seed = seed
        weights = [Double](repeating: 1, count: rows.proposals)
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

    /// - Parameter highest: the highest total.
    /// - Returns: what was reached, neither its price nor any proof yet.
    mutating func run(
        _ objective: Objective, highest: Int64, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> Fairness {
        var found = Fairness(floor: 0, worstOfTotal: 0, price: 0, wasAsked: false)
        switch objective {
        case .total: found.floor = worst(best, rows)
        case .fair(let floor):
            found.floor = try run(floor: floor, rows, control)
            found.wasAsked = floor != nil
        case .leximin(let share):
            (found.floor, found.raising) = try raiseEach(givingUp: share, of: highest, rows, control)
        }
        return found
    }

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
        var search = FloorSearch(rows)
        for proposal in 0..<rows.proposals {
            search.floor[proposal] = min(floor, attainable[proposal]) - lockedSum[proposal]
        }
        return try attempt(&search, rounds: rounds, rows, control) == .held
    }

    /// Seeks the best assignment above the floors of a search; keeps it as `best` if they hold.
    ///
    /// - Parameter enough: the first total of so much will do, and none below it; nil seeks the highest.
    mutating func attempt(
        _ search: inout FloorSearch, rounds: Int, enough: Int64? = nil, _ rows: borrowing Rows,
        _ control: Control
    ) throws(MatchingRefused) -> Found {
        let holdings = Holdings(copying: best, rows)
        var total: Int64?
        if try improve(holdings, &search, &total, enough, rows, control) { return .held }
        // Where a raise is asked for after another, the weights of the one before are nearly right.
        if enough == nil { weights = [Double](repeating: 1, count: rows.proposals) }
        for _ in 0..<rounds {
            let weighted = Rows(rows, weights: weights)
            let start = Holdings(weighted)
            _ = try prove(weighted, start, try Auction.run(weighted, start, seed: seed, control), control)
            let holdings = Holdings(copying: start, rows)
            for proposal in 0..<rows.proposals {
                let isShort = holdings.sum(proposal) < search.floor[proposal]
                weights[proposal] = isShort ? weights[proposal] * 1.12 : 1 + (weights[proposal] - 1) * 0.85
            }
            if try improve(holdings, &search, &total, enough, rows, control) { return .held }
        }
        guard let total else { return .nothing }
        return total < enough ?? .min ? .tooDear : .held
    }

    /// What came of an attempt.
    enum Found {
        case held, tooDear, nothing
    }

    /// Improves holdings and keeps them if they are the best so far.
    ///
    /// - Returns: whether nothing better is asked for.
    private mutating func improve(
        _ holdings: borrowing Holdings, _ search: inout FloorSearch, _ total: inout Int64?,
        _ enough: Int64?, _ rows: borrowing Rows, _ control: Control
    ) throws(MatchingRefused) -> Bool {
        searches += 1
        try search.run(rows, holdings, control)
        guard search.shortfall(rows, holdings) == 0 else { return false }
        let reached = holdings.total(rows.proposals)
        if let total, reached <= total { return false }
        total = reached
        guard reached >= enough ?? .min else { return false }
        best = Holdings(copying: holdings, rows)
        return enough != nil
    }

    private func worst(_ holdings: borrowing Holdings, _ rows: borrowing Rows) -> Int64 {
        var worst = Int64.max
        for proposal in 0..<rows.proposals where wantsExperts[proposal] {
            worst = min(worst, lockedSum[proposal] + holdings.sum(proposal))
        }
        return worst == .max ? 0 : worst
    }
}
