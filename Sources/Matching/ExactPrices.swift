/// Turns a good assignment into an optimal one and finds the prices that prove it.
///
/// An assignment is optimal if and only if experts can be given prices at which no proposal would rather
/// exchange one of its experts, experts with room are free, and experts above their minimum cost no less than
/// nothing. Each pair a proposal holds demands `price ≤ score − what the best other candidate would be worth`;
/// prices start a little too high and are lowered row by row until all demands are met (label correcting).
/// If a price falls below its floor, or the demands run in a circle, then the demands that lowered it name a
/// chain of exchanges which raises the total: it is carried out and the search goes on.
///
/// Prices are in `unit`s of a score; whole scores follow by rounding down, which keeps every demand met
/// because the scores themselves are whole.
struct ExactPrices: ~Copyable {
    let unit: Int64
    /// What all scores are multiples of.
    let grain: Int64
    let prices: Buffer<Int64>
    /// Where prices start again; a guess that need not be right.
    let guess: Buffer<Int64>
    /// The demand that last lowered each expert's price. The last entry is that of the hole.
    let cause: Buffer<Step>
    var headroom: Int64 = 0
    var lowestPrice: Int64 = 0
    private var sweeps = 0
    /// Experts lowered since the last sweep or round, each once.
    var lowered: [Int32] = []
    let isQueued: Buffer<Bool>
    /// For each place of a proposal whose turn it is, where groups exist: its group if that is full, and the best other
    /// candidate of that group.
    let ownGroup: Buffer<Int32>
    let ownBest: Buffer<(net: Int64, expert: Int32)>
    private var sweepLimit = 64
    var changed = false
    var exchanged = false
    var needsHeadroom = false
    /// Some prices were lifted, so that all demands must be heard again.
    var needsSweep = false
    var failed: [Int32] = []
    /// When each expert was last met on a walk along causes.
    let met: Buffer<Int32>
    var walk: Int32 = 0
    /// How many chains were carried out.
    var exchanges = 0
    /// Whether chains may be carried out; if not, the first that would be is where this gives up.
    var mayExchange = true
    var isGivenUp = false

    init(_ rows: borrowing Rows, guess: consuming Buffer<Int64>, unit: Int64, grain: Int64) {
        self.unit = unit
        self.grain = grain * unit
        self.guess = guess
        prices = Buffer(rows.experts, repeating: 0)
        cause = Buffer(rows.experts + 1, repeating: Step(proposal: -1, from: Step.hole, to: Step.hole))
        met = Buffer(rows.experts + 1, repeating: 0)
        isQueued = Buffer(rows.experts, repeating: false)
        ownGroup = Buffer(uninitialized: rows.widest)
        ownBest = Buffer(uninitialized: rows.widest)
    }

    /// - Parameter threads: several share the sweeps as long as no chain is to be carried out. Where nothing but prices
    ///   changes they fall to the same end whoever lowers them first; which chains are found would depend on it, so that
    ///   then everything begins anew on one thread.
    mutating func run(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, threads: Int, _ control: Control
    ) throws(MatchingRefused) {
        mayExchange = threads == 1
        try lower(rows, holdings, threads: threads, control)
        if isGivenUp {
            begin()
            try lower(rows, holdings, threads: 1, control)
        }
        roundDown(rows)
    }

    private mutating func begin() {
        mayExchange = true
        isGivenUp = false
        failed.removeAll()
        headroom = 0
        lowestPrice = 0
    }

    private mutating func lower(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, threads: Int, _ control: Control
    ) throws(MatchingRefused) {
        restart(rows, holdings)
        let near = NearPairs(rows, parts: threads)
        let parts = threads == 1 ? [] : (0..<threads).map { SweepPart($0, of: threads, rows, self) }
        // After prices were spread, the sweep most likely finds that all is well; where few were lowered, one sweep more is
        // less work; and where scores are coarse, two sweeps leave few, while pairs of equal worth are many.
        var wasSpread = false
        var isWorthNoting = grain == unit
        repeat {
            try control.report(.proving, sweeps)
            changed = false
            exchanged = false
            for expert in lowered { isQueued[expert] = false }
            lowered.removeAll(keepingCapacity: true)
            let notesPairs = !wasSpread && rows.pairCapacity == 1 && isWorthNoting
            if notesPairs { near.clear() }
            if !parts.isEmpty {
                sweep(rows, holdings, by: parts, near, isNoting: notesPairs)
            } else if notesPairs {
                sweep(0..<rows.proposals, rows, holdings, noting: near, part: 0)
            } else {
                sweep(0..<rows.proposals, rows, holdings)
            }
            repairFailed(rows, holdings)
            sweeps += 1
            isWorthNoting = (sweeps > 1 || grain == unit) && lowered.count > rows.experts / 100
            wasSpread = changed && !exchanged && !needsHeadroom && notesPairs
            if wasSpread { try propagate(rows, holdings, Columns(rows, near), control) }
            if changed, sweeps % 4 == 0 { breakCircles(rows, holdings) }
            if sweeps > sweepLimit, !mayExchange { isGivenUp = true }
            if isGivenUp { return }
            if needsHeadroom || sweeps > sweepLimit {
                if needsHeadroom { headroom = min(max(4 * unit, headroom * 8), 4 * rows.holePenalty * unit) }
                if sweeps > sweepLimit { sweepLimit *= 2 }
                restart(rows, holdings)
                changed = true
            }
            if !changed, !exchanged { changed = liftSunken(rows, holdings) }
        } while !isGivenUp && (changed || exchanged)
    }

    /// Starts again with experts whose price is below its floor though no demand holds it there any longer.
    private mutating func liftSunken(_ rows: borrowing Rows, _ holdings: borrowing Holdings) -> Bool {
        var lifted = false
        for expert in 0..<rows.experts
        where prices[expert] < 0 && holdings.load[expert] > rows.minimum[expert] {
            reset(Int32(expert), rows, holdings)
            lifted = true
            if !mayExchange { isGivenUp = true }
        }
        return lifted
    }

    private mutating func restart(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        for expert in 0..<rows.experts {
            reset(Int32(expert), rows, holdings)
            lowestPrice = min(lowestPrice, prices[expert])
        }
        cause[rows.experts].proposal = -1
        needsHeadroom = false
        sweeps = 0
    }

    mutating func reset(_ expert: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        let load = holdings.load[expert]
        if rows.capacity[expert] == 0 {
            prices[expert] = 4 * rows.holePenalty * unit  // Nobody can have this expert.
        } else if load < rows.capacity[expert] {
            prices[expert] = 0
        } else {
            // Where scores are multiples of a grain there are prices that are, and few steps lead to them.
            prices[expert] = (guess[expert] + headroom + grain - 1) / grain * grain
        }
        cause[expert].proposal = -1
    }

    mutating func sweep(_ proposals: Range<Int>, _ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        for proposal in proposals { hear(proposal, rows, holdings) }
    }

    mutating func sweep(
        _ proposals: Range<Int>, _ rows: borrowing Rows, _ holdings: borrowing Holdings,
        noting near: borrowing NearPairs, part: Int
    ) {
        for proposal in proposals {
            hear(proposal, rows, holdings)
            near.note(
                proposal, rows, holdings, prices: prices, unit: unit, lowestPrice: lowestPrice,
                slack: headroom + grain + 4 * unit, part: part)
        }
    }

    @inline(__always) private mutating func hear(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) {
        if rows.groups.exist || rows.pairCapacity > 1 {
            lowerWithGroups(proposal, rows, holdings)
        } else {
            lower(proposal, rows, holdings)
        }
    }

    private mutating func lower(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) {
        let held = holdings.range(proposal)
        var best = -rows.holePenalty * unit
        var bestExpert = Step.hole
        var index = rows.start[proposal]
        let end = rows.start[proposal + 1]
        while index < end {
            let candidate = rows.candidates[index]
            let score = Int64(candidate.score) * unit
            if score - lowestPrice <= best { break }
            let net = score - prices[candidate.expert]
            if net > best, !holdings.holds(candidate.expert, in: proposal) {
                best = net
                bestExpert = candidate.expert
            }
            index += 1
        }
        for index in held {
            demand(holdings.held[index], of: proposal, other: best, bestExpert, rows, holdings)
        }
        if holdings.holes(proposal) > 0 { demandOfHole(proposal, other: best, bestExpert, rows) }
    }

    @inline(__always) mutating func demand(
        _ holding: Candidate, of proposal: Int, other: Int64, _ to: Int32, _ rows: borrowing Rows,
        _ holdings: borrowing Holdings
    ) {
        let bound = Int64(holding.score) * unit - other
        guard prices[holding.expert] > bound else { return }
        prices[holding.expert] = bound
        if !isQueued[holding.expert] {
            isQueued[holding.expert] = true
            lowered.append(holding.expert)
        }
        cause[holding.expert] = Step(proposal: Int32(proposal), from: holding.expert, to: to)
        lowestPrice = min(lowestPrice, bound)
        changed = true
        if bound < 0, holdings.load[holding.expert] > rows.minimum[holding.expert] {
            failed.append(holding.expert)
        }
    }

    /// A proposal with an empty place must find no candidate worth more than the empty place.
    mutating func demandOfHole(_ proposal: Int, other: Int64, _ to: Int32, _ rows: borrowing Rows) {
        guard other > -rows.holePenalty * unit else { return }
        cause[rows.experts] = Step(proposal: Int32(proposal), from: Step.hole, to: to)
        failed.append(Step.hole)
        changed = true
    }

    /// Follows lowered prices to those who now would rather have the cheaper expert, round by round, instead of
    /// reading all rows again.
    private mutating func propagate(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ columns: borrowing Columns,
        _ control: Control
    ) throws(MatchingRefused) {
        var round = 0
        needsSweep = false
        while !lowered.isEmpty, !needsSweep, !needsHeadroom, !isGivenUp, round < 8 * sweepLimit {
            try control.report(.proving, round)
            let now = lowered
            lowered.removeAll(keepingCapacity: true)
            for expert in now { isQueued[expert] = false }
            for expert in now { spread(expert, rows, holdings, columns) }
            repairFailed(rows, holdings)
            round += 1
            if round % 16 == 0 { breakCircles(rows, holdings) }
        }
    }

    private mutating func spread(
        _ expert: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ columns: borrowing Columns
    ) {
        let price = prices[expert]
        for index in columns.range(expert) {
            let entry = columns.entries[index]
            let proposal = Int(entry.proposal)
            if holdings.holds(expert, in: proposal) { continue }
            let net = Int64(entry.score) * unit - price
            // A member of a full group can only stand in for another of that group.
            let group = rows.groups.exist ? rows.groups.group[expert] : -1
            let isFull = group >= 0 && rows.groups.isFull(group, proposal: proposal, holdings)
            for place in holdings.range(proposal) {
                let held = holdings.held[place]
                if isFull, rows.groups.group[held.expert] != group { continue }
                demand(held, of: proposal, other: net, expert, rows, holdings)
            }
            if !isFull, holdings.holes(proposal) > 0 { demandOfHole(proposal, other: net, expert, rows) }
        }
    }

    private func roundDown(_ rows: borrowing Rows) {
        for expert in 0..<rows.experts {
            let price = prices[expert]
            prices[expert] = price >= 0 ? price / unit : -((-price + unit - 1) / unit)
        }
    }
}
