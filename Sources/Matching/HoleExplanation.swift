/// Finds for each hole a story that explains it: a set of proposals that want more than they can get, from which
/// no proposal could be left out.
struct HoleExplanation {
    /// Regions with more proposals than this are told as they are found; making them minimal tries each.
    private static let largestReduced = 400

    private let problem: MatchingProblem
    private let assignment: Assignment
    private let holders: [[Int32]]

    init(_ problem: MatchingProblem, _ assignment: Assignment) {
        self.problem = problem
        self.assignment = assignment
        var holders = [[Int32]](repeating: [], count: problem.experts)
        let hasHoles = (0..<problem.proposals).contains { assignment[$0].count < Int(problem.demand[$0]) }
        if hasHoles {
            for pair in assignment.pairs { holders[pair.expert].append(Int32(pair.proposal)) }
        }
        self.holders = holders
    }

    var holes: [Hole] {
        var result: [Hole] = []
        for proposal in 0..<problem.proposals {
            let places = Int(problem.demand[proposal]) - assignment[proposal].count
            guard places > 0 else { continue }
            result.append(Hole(proposal: proposal, places: places, reason: reason(proposal)))
        }
        return result
    }

    private func row(_ proposal: Int) -> ArraySlice<Candidate> {
        problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
    }

    private func reason(_ proposal: Int) -> Hole.Reason {
        let usable = row(proposal).count { problem.maximumLoad[Int($0.expert)] > 0 }
        if usable < Int(problem.demand[proposal]) { return .tooFewCandidates(usable) }
        let region = region(from: proposal)
        let blocking = blockingSet(
            region.count > Self.largestReduced ? region : reduced(region, keeping: proposal))
        // Where the numbers alone would allow it, only the caps on groups can be in the way.
        return blocking.wanted > blocking.available
            ? .loadsExhausted(blocking) : .groupCaps(candidates: usable)
    }

    /// All proposals that could be moved to fill the hole and did not help: those that hold the experts this one
    /// could use, those that hold the experts they could use instead, and so on.
    private func region(from first: Int) -> Set<Int> {
        var proposals: Set<Int> = [first]
        var experts: Set<Int32> = []
        var queue = [first]
        while let proposal = queue.popLast() {
            let held = assignment[proposal]
            for candidate in row(proposal)
            where !held.contains(candidate.expert) && experts.insert(candidate.expert).inserted {
                for holder in holders[Int(candidate.expert)] where proposals.insert(Int(holder)).inserted {
                    queue.append(Int(holder))
                }
            }
        }
        return proposals
    }

    /// Leaves out one proposal after another as long as the rest still cannot all be served.
    private func reduced(_ region: Set<Int>, keeping first: Int) -> Set<Int> {
        var left = region
        for proposal in region.sorted() where proposal != first {
            left.remove(proposal)
            let blocking = blockingSet(left)
            if blocking.wanted <= blocking.available { left.insert(proposal) }
        }
        return left
    }

    /// What these proposals want, and what their candidates could give them at most: an expert as many places as
    /// the load allows, and no more than there are pairs.
    private func blockingSet(_ proposals: Set<Int>) -> BlockingSet {
        var pairs: [Int: Int] = [:]
        var wanted = 0
        for proposal in proposals {
            wanted += Int(problem.demand[proposal])
            for candidate in row(proposal) where problem.maximumLoad[Int(candidate.expert)] > 0 {
                pairs[Int(candidate.expert), default: 0] += 1
            }
        }
        return BlockingSet(
            kind: .demand, proposals: proposals.sorted(), experts: pairs.keys.sorted(), wanted: wanted,
            available: pairs.reduce(0) { $0 + min($1.value, Int(problem.maximumLoad[$1.key])) })
    }
}
