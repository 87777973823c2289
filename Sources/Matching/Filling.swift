/// Fills places that are still empty by chains of exchanges, each ending at an expert with room.
///
/// Breadth-first alternating search, as in maximum flow. A search that fails has walked through a closed
/// region: its experts are all full and nobody there can move out. Such a region stays closed whatever
/// happens elsewhere (a later chain that entered it could not leave), so it is never searched again; it is
/// also the proof that its holes cannot be filled.
struct Filling: ~Copyable {
    private static let closed = Int32.max

    /// The search in which each expert and each proposal was last reached; `closed` once it lies in a region
    /// without way out.
    private let expertSeen: Buffer<Int32>
    private let proposalSeen: Buffer<Int32>
    /// The step by which each expert was reached.
    private let reachedBy: Buffer<Step>
    private let queue: Buffer<Int32>
    private var queued = 0
    /// The proposals reached by the present search.
    private var entered: [Int32] = []
    private var search: Int32 = 0

    init(_ rows: borrowing Rows) {
        expertSeen = Buffer(rows.experts, repeating: 0)
        proposalSeen = Buffer(rows.proposals, repeating: 0)
        reachedBy = Buffer(rows.experts, repeating: Step(proposal: 0, from: Step.hole, to: Step.hole))
        queue = Buffer(uninitialized: rows.experts)
    }

    /// Whether an expert lies in a region whose holes cannot be filled.
    func isClosed(expert: Int) -> Bool { expertSeen[expert] == Self.closed }
    func isClosed(proposal: Int) -> Bool { proposalSeen[proposal] == Self.closed }

    /// Fills all that can be filled.
    mutating func run(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ control: Control
    ) throws(MatchingRefused) {
        var holders: Holders?
        for proposal in 0..<rows.proposals where holdings.holes(proposal) > 0 {
            if holders == nil { holders = Holders(rows, holdings) }
            try control.report(.filling, proposal, of: rows.proposals)
            while holdings.holes(proposal) > 0, proposalSeen[proposal] != Self.closed {
                // Made four lines above.
                fillOne(proposal, rows, holdings, holders!)
            }
        }
    }

    private mutating func fillOne(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ holders: borrowing Holders
    ) {
        search += 1
        queued = 0
        entered.removeAll(keepingCapacity: true)
        enter(proposal, from: Step.hole, rows, holdings)
        var next = 0
        while next < queued {
            let expert = queue[next]
            next += 1
            if holdings.load[expert] < rows.capacity[expert] {
                return rearrange(endingAt: expert, rows, holdings, holders)
            }
            for index in holders.range(expert) { enter(holders[index], from: expert, rows, holdings) }
        }
        close()
    }

    /// Reaches every expert whom the proposal could take if it gave up `from`.
    private mutating func enter(
        _ proposal: Int, from: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) {
        // With `from` gone its own group has room for one again; a full group otherwise has none. A proposal
        // once entered through a group with room has offered everything but the full groups' own members.
        var ownGroup: Int32 = -1
        if rows.groups.exist, from != Step.hole {
            let group = rows.groups.group[from]
            if rows.groups.isFull(group, proposal: proposal, holdings) { ownGroup = group }
        }
        let wasEntered = proposalSeen[proposal] == search || proposalSeen[proposal] == Self.closed
        if wasEntered, ownGroup < 0 { return }
        if !wasEntered {
            proposalSeen[proposal] = search
            entered.append(Int32(proposal))
        }
        for index in rows.start[proposal]..<rows.start[proposal + 1] {
            let to = rows.candidates[index].expert
            if expertSeen[to] == search || expertSeen[to] == Self.closed || rows.capacity[to] == 0 {
                continue
            }
            if holdings.copies(of: to, in: proposal) >= rows.pairCapacity { continue }
            if rows.groups.exist {
                let group = rows.groups.group[to]
                let isOwn = ownGroup >= 0 && group == ownGroup
                if !isOwn, wasEntered || rows.groups.isFull(group, proposal: proposal, holdings) { continue }
            }
            expertSeen[to] = search
            reachedBy[to] = Step(proposal: Int32(proposal), from: from, to: to)
            queue[queued] = to
            queued += 1
        }
    }

    private func rearrange(
        endingAt last: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings,
        _ holders: borrowing Holders
    ) {
        var steps: [Step] = []
        var expert = last
        while expert != Step.hole {
            steps.append(reachedBy[expert])
            expert = reachedBy[expert].from
        }
        rows.apply(steps, to: holdings)
        for step in steps {
            if step.from != Step.hole { holders.remove(Int(step.proposal), of: step.from) }
        }
        for step in steps {
            let score = holdings.score(of: step.to, in: Int(step.proposal))
            holders.add(Int(step.proposal), of: Candidate(expert: step.to, score: score))
        }
    }

    private func close() {
        for index in 0..<queued { expertSeen[queue[index]] = Self.closed }
        for proposal in entered { proposalSeen[proposal] = Self.closed }
    }
}
