import Matching

/// The optimum by successive shortest paths with Bellman–Ford on a plain network: slow, short, and nothing in
/// common with the solver.
struct FlowOracle {
    private struct Arc {
        var to: Int
        var room: Int64
        var cost: Int64
    }
    private var arcs: [Arc] = []
    private var leaving: [[Int]]

    private init(nodes: Int) { leaving = Array(repeating: [], count: nodes) }

    private mutating func arc(_ from: Int, _ to: Int, room: Int64, cost: Int64) {
        leaving[from].append(arcs.count)
        arcs.append(Arc(to: to, room: room, cost: cost))
        leaving[to].append(arcs.count)
        arcs.append(Arc(to: from, room: 0, cost: -cost))
    }

    struct Answer: Equatable {
        var total: Int64
        var assigned: Int
    }

    /// The most places that can be filled and the highest total among the ways to do so; nil where the minimum
    /// loads cannot be met.
    ///
    /// - Parameter copies: how often each pair may be used.
    static func solve(_ problem: MatchingProblem, copies: Int64 = 1) -> Answer? {
        let proposals = problem.proposals
        let experts = problem.experts
        let groupCount = Int(problem.groups?.group.max() ?? -1) + 1
        let groupNodes = proposals * max(groupCount, 0)
        let source = 0
        let sink = 1 + proposals + experts + groupNodes
        // Behind the sink: for each proposal the places it keeps for the kind, then each pair of the kind.
        var network = FlowOracle(nodes: sink + 1 + proposals * (1 + experts))
        var kept = problem.kind?.least.map(Int64.init) ?? Array(repeating: 0, count: proposals)
        for proposal in 0..<proposals {
            kept[proposal] = min(kept[proposal], Int64(problem.demand[proposal]))
        }
        let big: Int64 = 1 << 30
        var demand = problem.demand.map(Int64.init)
        var maximum = problem.maximumLoad.map(Int64.init)
        var minimum = problem.minimumLoad.map(Int64.init)
        var fixed = Answer(total: 0, assigned: 0)
        var lockedInGroup: [Pair: Int64] = [:]
        for lock in problem.locked {
            fixed.total += Int64(problem.score(lock)!)
            fixed.assigned += 1
            demand[lock.proposal] -= 1
            if let kind = problem.kind, kind.isOfKind[lock.expert] {
                kept[lock.proposal] = max(0, kept[lock.proposal] - 1)
            }
            maximum[lock.expert] -= 1
            minimum[lock.expert] = max(0, minimum[lock.expert] - 1)
            if let groups = problem.groups, groups.group[lock.expert] >= 0 {
                lockedInGroup[
                    Pair(proposal: lock.proposal, expert: Int(groups.group[lock.expert])), default: 0] += 1
            }
        }
        for proposal in 0..<proposals {
            network.arc(source, 1 + proposal, room: demand[proposal] - kept[proposal], cost: 0)
            network.arc(source, sink + 1 + proposal, room: kept[proposal], cost: 0)
            var made: Set<Int32> = []
            for candidate in problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]] {
                let expert = Int(candidate.expert)
                if problem.locked.contains(Pair(proposal: proposal, expert: expert)) { continue }
                var from = 1 + proposal
                if let kind = problem.kind, kind.isOfKind[expert] {
                    from = sink + 1 + proposals + proposal * experts + expert
                    network.arc(1 + proposal, from, room: 1, cost: 0)
                    network.arc(sink + 1 + proposal, from, room: 1, cost: 0)
                }
                if let groups = problem.groups, groups.group[expert] >= 0 {
                    let group = groups.group[expert]
                    from = 1 + proposals + experts + proposal * groupCount + Int(group)
                    if made.insert(group).inserted {
                        let used = lockedInGroup[Pair(proposal: proposal, expert: Int(group)), default: 0]
                        network.arc(1 + proposal, from, room: Int64(groups.cap) - used, cost: 0)
                    }
                }
                network.arc(from, 1 + proposals + expert, room: copies, cost: -Int64(candidate.score))
            }
        }
        for expert in 0..<experts {
            // The first places are so well paid that they are filled before all else.
            network.arc(1 + proposals + expert, sink, room: minimum[expert], cost: -big)
            network.arc(1 + proposals + expert, sink, room: maximum[expert] - minimum[expert], cost: 0)
        }
        let flow = network.run(source, sink)
        let required = minimum.reduce(0, +)
        let paid = Int64(((Double(-flow.cost)) / Double(big)).rounded())
        guard paid == required else { return nil }
        return Answer(
            total: fixed.total - flow.cost - required * big, assigned: fixed.assigned + Int(flow.amount))
    }

    private mutating func run(_ source: Int, _ sink: Int) -> (amount: Int64, cost: Int64) {
        var amount: Int64 = 0
        var cost: Int64 = 0
        while true {
            var distance = [Int64](repeating: .max, count: leaving.count)
            var by = [Int](repeating: -1, count: leaving.count)
            distance[source] = 0
            var changed = true
            while changed {
                changed = false
                for node in leaving.indices where distance[node] < .max {
                    for arc in leaving[node] where arcs[arc].room > 0 {
                        let reach = distance[node] + arcs[arc].cost
                        if reach < distance[arcs[arc].to] {
                            distance[arcs[arc].to] = reach
                            by[arcs[arc].to] = arc
                            changed = true
                        }
                    }
                }
            }
            guard distance[sink] < .max else { return (amount, cost) }
            var node = sink
            while node != source {
                arcs[by[node]].room -= 1
                arcs[by[node] ^ 1].room += 1
                node = arcs[by[node] ^ 1].to
            }
            amount += 1
            cost += distance[sink]
        }
    }
}
