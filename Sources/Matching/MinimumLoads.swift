/// Gives experts below their minimum load what they lack, each by the shortest chain of exchanges that starts
/// at an expert who can spare a place. Which chains are cheapest is left to the exact prices.
struct MinimumLoads: ~Copyable {
    private let columns: Columns
    private let expertSeen: Buffer<Int32>
    private let proposalSeen: Buffer<Int32>
    private let reachedBy: Buffer<Step>
    private var search: Int32 = 0

    private init(_ rows: borrowing Rows) {
        columns = Columns(rows)
        expertSeen = Buffer(rows.experts, repeating: 0)
        proposalSeen = Buffer(rows.proposals, repeating: 0)
        reachedBy = Buffer(rows.experts, repeating: Step(proposal: 0, from: Step.hole, to: Step.hole))
    }

    /// Meets every minimum or throws the set that cannot be met.
    static func meet(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ control: Control
    ) throws(MatchingRefused) {
        var lacking: [Int32] = []
        for expert in 0..<rows.experts where holdings.load[expert] < rows.minimum[expert] {
            lacking.append(Int32(expert))
        }
        guard !lacking.isEmpty else { return }
        var loads = MinimumLoads(rows)
        for expert in lacking {
            try control.report(.filling)
            while holdings.load[expert] < rows.minimum[expert] {
                guard loads.giveOne(to: expert, rows, holdings) else {
                    throw .minimumLoads(loads.blocking(rows))
                }
            }
        }
    }

    private mutating func giveOne(
        to needy: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) -> Bool {
        search += 1
        expertSeen[needy] = search
        var queue = [needy]
        var next = 0
        while next < queue.count {
            let to = queue[next]
            next += 1
            for index in columns.range(to) {
                let row = Int(columns.entries[index].proposal)
                guard holdings.copies(of: to, in: row) < rows.pairCapacity else { continue }
                var within: Int32 = -1
                if rows.groups.exist {
                    let group = rows.groups.group[to]
                    if rows.groups.isFull(group, proposal: row, holdings) { within = group }
                }
                if within < 0 {
                    guard proposalSeen[row] != search else { continue }
                    proposalSeen[row] = search
                    if holdings.holes(row) > 0 {
                        finish(Step(proposal: Int32(row), from: Step.hole, to: to), needy, rows, holdings)
                        return true
                    }
                }
                for place in holdings.range(row) {
                    let from = holdings.held[place].expert
                    guard expertSeen[from] != search else { continue }
                    if within >= 0, rows.groups.group[from] != within { continue }
                    expertSeen[from] = search
                    reachedBy[from] = Step(proposal: Int32(row), from: from, to: to)
                    if holdings.load[from] > rows.minimum[from] {
                        finish(reachedBy[from], needy, rows, holdings)
                        return true
                    }
                    queue.append(from)
                }
            }
        }
        return false
    }

    private func finish(
        _ first: Step, _ needy: Int32, _ rows: borrowing Rows, _ holdings: borrowing Holdings
    ) {
        var steps = [first]
        while let last = steps.last, last.to != needy { steps.append(reachedBy[last.to]) }
        rows.apply(steps, to: holdings)
    }

    /// Experts whom the search that failed has reached, as few of them as contradict themselves, and all proposals
    /// that could have served those.
    private func blocking(_ rows: borrowing Rows) -> BlockingSet {
        let reached = (0..<rows.experts).filter { expertSeen[$0] == search }
        var shortage = Shortage(copies: rows.pairCapacity, steps: Self.steps)
        var giver: [Int32: Int32] = [:]
        var gates: [Pair: Int32] = [:]
        let nobody = Holdings(rows)
        for expert in reached {
            var offers: [Shortage.Offer] = []
            for index in columns.range(Int32(expert)) {
                let proposal = columns.entries[index].proposal
                if giver[proposal] == nil {
                    giver[proposal] = shortage.addGiver(room: rows.demand[Int(proposal)])
                }
                var gate: Int32 = -1
                if rows.groups.exist, rows.groups.group[expert] >= 0 {
                    let group = rows.groups.group[expert]
                    let place = Pair(proposal: Int(proposal), expert: Int(group))
                    if gates[place] == nil {
                        let locked = rows.groups.count(group, proposal: Int(proposal), nobody)
                        gates[place] = shortage.addGate(room: rows.groups.cap(of: Int(proposal)) - locked)
                    }
                    gate = gates[place]!
                }
                // Both were made above where they were missing.
                offers.append(Shortage.Offer(giver: giver[proposal]!, gate: gate))
            }
            shortage.addAsker(wants: rows.minimum[expert], offers)
        }
        let smallest = shortage.smallest()
        let experts = smallest?.askers.map { reached[$0] } ?? reached
        var proposals: Set<Int> = []
        for expert in experts {
            for index in columns.range(Int32(expert)) {
                proposals.insert(Int(columns.entries[index].proposal))
            }
        }
        var blocking = BlockingSet.ofMinimumLoads(experts: experts, proposals: proposals.sorted(), rows)
        blocking.isMinimal = smallest?.isMinimal ?? false
        return blocking
    }

    /// How much is looked at to make the set small: a second at most.
    private static let steps = 20_000_000
}
