/// Fills an empty place by the least regretted chain of exchanges from optimal holdings and exact prices, and leaves
/// holdings optimal and prices exact: successive shortest paths with potentials (Edmonds and Karp, *Theoretical
/// improvements in algorithmic efficiency for network flow problems*, Journal of the ACM 19, 1972).
///
/// The search spreads from the empty place as far as the first expert with room, or until leaving a place empty is
/// cheaper: a few experts, however large the problem. Proposals wait in the heap too, by what their best free candidate
/// is worth at most, so that most rows on the way are never read. Prices are in whole scores and never below zero.
struct Augmenting: ~Copyable {
    // What belongs to one expert or proposal stands together: a search touches them in no order, and each costs a cache
    // line, not five.
    struct Expert: BitwiseCopyable {
        var distance: Int64 = 0
        /// The search in which the expert was last reached.
        var seen: Int32 = 0
        var cause = Step(proposal: 0, from: Step.hole, to: Step.hole)
    }
    struct Proposal: BitwiseCopyable {
        /// What giving up an expert brings the search to, which expert that is, and in which search.
        var given: Int64 = 0
        var givenUp: Int32 = 0
        var asked: Int32 = 0
        /// What any candidate whom the proposal does not hold is worth to it at most. Prices mostly rise, so it stays true.
        var mostFree: Int64 = 0

        var key: Int64 { max(0, given - min(mostFree, 1 << 60)) }
    }
    private let experts: Buffer<Expert>
    private let proposals: Buffer<Proposal>
    private var search: Int32 = 0
    private var heap = DistanceHeap()
    private var settled: [Int32] = []
    private var best: Int64 = 0
    private var last = Step(proposal: 0, from: Step.hole, to: Step.hole)

    init(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ prices: borrowing Buffer<Int64>
    ) {
        experts = Buffer(rows.experts, repeating: Expert())
        proposals = Buffer(rows.proposals, repeating: Proposal())
        for proposal in 0..<rows.proposals { weigh(proposal, rows, holdings, prices) }
    }

    /// Finds anew what a proposal could have, after its holdings or prices in its row have changed.
    func weigh(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings,
        _ prices: borrowing Buffer<Int64>
    ) {
        proposals[proposal].mostFree = bestFree(proposal, rows, holdings, prices)
    }

    /// Nothing is known any more, because prices have fallen.
    func forget() {
        for proposal in 0..<proposals.count { proposals[proposal].mostFree = .max }
    }

    /// The worth of the best candidate that a proposal does not hold, or of an empty place.
    private func bestFree(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings,
        _ prices: borrowing Buffer<Int64>
    ) -> Int64 {
        var worth = -rows.holePenalty
        for index in rows.start[proposal]..<rows.start[proposal + 1] {
            let candidate = rows.candidates[index]
            guard Int64(candidate.score) > worth, candidate.score != Rows.struck else { break }
            let net = Int64(candidate.score) - prices[candidate.expert]
            guard net > worth, rows.capacity[candidate.expert] > 0,
                !holdings.holds(candidate.expert, in: proposal)
            else { continue }
            worth = net
        }
        return worth
    }

    /// - Returns: the exchanges, which are not yet carried out; none where a place must stay empty.
    mutating func fill(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ holders: borrowing Holders,
        _ prices: borrowing Buffer<Int64>
    ) -> [Step] {
        search += 1
        heap.removeAll()
        settled.removeAll(keepingCapacity: true)
        // Distances count from what the best free candidate is worth, so that none is below zero.
        let worth = bestFree(proposal, rows, holdings, prices)
        guard worth > -rows.holePenalty else { return [] }
        best = worth + rows.holePenalty
        last = Step(proposal: Int32(proposal), from: Step.hole, to: Step.hole)
        reach(from: proposal, without: Step.hole, at: worth, rows, holdings, prices)
        while let (reached, node) = heap.pop(), reached < best {
            guard node >= 0 else {
                let holder = Int(~node)
                let asked = proposals[holder]
                guard reached == asked.key else { continue }
                reach(from: holder, without: asked.givenUp, at: asked.given, rows, holdings, prices)
                continue
            }
            guard reached == experts[node].distance else { continue }
            settled.append(node)
            for index in holders.range(node) {
                let worth = Int64(holders.score(index)) - prices[node]
                ask(holders[index], for: node, at: reached + worth, rows)
            }
        }
        for expert in settled where experts[expert].distance < best {
            prices[expert] += best - experts[expert].distance
        }
        var steps = last.from == Step.hole && last.to == Step.hole ? [] : [last]
        while let step = steps.last, step.from != Step.hole { steps.append(experts[step.from].cause) }
        return steps
    }

    /// Notes what it takes in all to get an expert from a holder; the holder's row is read when its turn comes.
    private mutating func ask(_ holder: Int, for expert: Int32, at all: Int64, _ rows: borrowing Rows) {
        guard proposals[holder].asked != search || all < proposals[holder].given else { return }
        proposals[holder].asked = search
        proposals[holder].given = all
        proposals[holder].givenUp = expert
        if all + rows.holePenalty < best {
            best = all + rows.holePenalty
            last = Step(proposal: Int32(holder), from: expert, to: Step.hole)
        }
        let key = proposals[holder].key
        if key < best { heap.push(key, ~Int32(holder)) }
    }

    /// Reaches whom a proposal could take once it has given up what is worth `given`.
    private mutating func reach(
        from proposal: Int, without expert: Int32, at given: Int64, _ rows: borrowing Rows,
        _ holdings: borrowing Holdings, _ prices: borrowing Buffer<Int64>
    ) {
        for index in rows.start[proposal]..<rows.start[proposal + 1] {
            let candidate = rows.candidates[index]
            guard given - Int64(candidate.score) < best, candidate.score != Rows.struck else { return }
            let other = candidate.expert
            let through = given - Int64(candidate.score) + prices[other]
            guard through < best, rows.capacity[other] > 0, !holdings.holds(other, in: proposal) else {
                continue
            }
            let step = Step(proposal: Int32(proposal), from: expert, to: other)
            if holdings.load[other] < rows.capacity[other] {
                best = through
                last = step
                continue
            }
            guard experts[other].seen != search || through < experts[other].distance else { continue }
            experts[other] = Expert(distance: through, seen: search, cause: step)
            heap.push(through, other)
        }
    }
}

extension Rows {
    /// The score of a pair struck out of its row, at the end of which it stands; no pair has it.
    static let struck = Int32.min

    /// Strikes a pair out of its sorted row.
    func strike(_ expert: Int32, from proposal: Int) {
        var isFound = false
        let end = start[proposal + 1]
        for index in start[proposal]..<end {
            if candidates[index].expert == expert { isFound = true }
            if isFound, index + 1 < end { candidates[index] = candidates[index + 1] }
        }
        if isFound { candidates[end - 1] = Candidate(expert: expert, score: Self.struck) }
    }
}

extension Holdings {
    /// The score of a pair that is held.
    func score(of expert: Int32, in proposal: Int) -> Int32 {
        for index in range(proposal) where held[index].expert == expert { return held[index].score }
        assertionFailure("proposal \(proposal) does not hold expert \(expert)")
        return 0
    }
}
