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

    /// The experts of the search that failed, and all proposals that could have served them.
    private func blocking(_ rows: borrowing Rows) -> BlockingSet {
        let experts = (0..<rows.experts).filter { expertSeen[$0] == search }
        var proposals: Set<Int> = []
        for expert in experts {
            for index in columns.range(Int32(expert)) {
                proposals.insert(Int(columns.entries[index].proposal))
            }
        }
        return BlockingSet.ofMinimumLoads(experts: experts, proposals: proposals.sorted(), rows)
    }
}
