/// A sum of scores that no assignment gives to every proposal, and the experts whose places show it.
///
/// To add up to a sum with the places it wants, a proposal needs one expert out of its so many best candidates, a second out
/// of some more of them, and so on. Where all proposals together need more of the named experts than these have places,
/// the floor is out of reach, whatever else is assigned. ``holds(in:)`` counts it in one pass, without solving.
public struct UnreachableFloor: Hashable, Sendable {
    public var floor: Int64
    /// In ascending order; nobody where some proposal's own best candidates add up to less.
    public var experts: [Int]

    public init(floor: Int64, experts: [Int]) {
        self.floor = floor
        self.experts = experts
    }

    /// Whether the numbers of a problem bear it out.
    public func holds(in problem: MatchingProblem) -> Bool {
        guard experts.allSatisfy({ $0 >= 0 && $0 < problem.experts }) else { return false }
        let named = Set(experts.map(Int32.init))
        let ground = FloorGround(problem)
        var needed = 0
        for proposal in ground.proposals {
            guard let needs = proposal.needs(for: floor) else { return true }
            // So many of the best candidates are others; whoever is needed beyond them must be one of the named.
            var others = 0
            var counted = 0
            var most = 0
            for (already, prefix) in needs.enumerated() {
                while counted < prefix {
                    if !named.contains(proposal.best[counted].expert) { others += 1 }
                    counted += 1
                }
                most = max(most, already + 1 - others)
            }
            needed += most
        }
        return needed > named.reduce(0) { $0 + ground.room[Int($1)] }
    }
}

/// What a problem has to say on sums of scores: settled pairs taken out, and of candidates those who can add to a sum.
struct FloorGround {
    struct Proposal {
        /// The sum of its locked pairs.
        var settled: Int64
        /// Places beside the locked ones.
        var places: Int
        /// Candidates with room and a score above zero, from the best down.
        var best: [Candidate]

        /// No assignment gives it more.
        var most: Int64 { best.prefix(places).reduce(settled) { $0 + Int64($1.score) } }

        /// From how many of its best candidates it needs at least one, at least two, … to reach a sum; nil if it cannot.
        /// Never falls from one to the next.
        func needs(for floor: Int64) -> [Int]? {
            guard most >= floor else { return nil }
            var needs: [Int] = []
            // The sum with so many experts as are known to be needed, were they the best ones.
            var sum = settled
            var prefix = 0
            while sum < floor {
                prefix = max(prefix, needs.count + 1)
                // With no expert more out of these, the other places could at most hold those right behind them.
                while sum + rest(behind: prefix, places - needs.count) >= floor { prefix += 1 }
                needs.append(prefix)
                // There are more: with these alone the floor could not be reached.
                sum += Int64(best[needs.count - 1].score)
            }
            return needs
        }

        private func rest(behind prefix: Int, _ places: Int) -> Int64 {
            best.dropFirst(prefix).prefix(places).reduce(0) { $0 + Int64($1.score) }
        }
    }
    /// Those that want experts.
    let proposals: [Proposal]
    /// Places of each expert beside the locked ones.
    let room: [Int]

    init(_ problem: MatchingProblem) {
        var room = problem.maximumLoad.map(Int.init)
        for lock in problem.locked { room[lock.expert] -= 1 }
        var proposals: [Proposal] = []
        var next = 0
        for index in 0..<problem.proposals where problem.demand[index] > 0 {
            var locked: Set<Int32> = []
            while next < problem.locked.count, problem.locked[next].proposal == index {
                locked.insert(Int32(problem.locked[next].expert))
                next += 1
            }
            let row = problem.candidates[problem.rowStart[index]..<problem.rowStart[index + 1]]
            let settled = row.reduce(0) { $0 + (locked.contains($1.expert) ? Int64($1.score) : 0) }
            let best = row.filter {
                $0.score > 0 && room[Int($0.expert)] > 0 && !locked.contains($0.expert)
            }
            proposals.append(
                Proposal(
                    settled: settled, places: Int(problem.demand[index]) - locked.count,
                    best: best.sorted { ($0.score, $1.expert) > ($1.score, $0.expert) }))
        }
        self.proposals = proposals
        self.room = room
    }
}
