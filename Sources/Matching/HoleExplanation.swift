/// Finds for each hole the smallest story that explains it.
struct HoleExplanation {
    private let problem: MatchingProblem
    private let assignment: Assignment
    private let holders: [[Int32]]
    private var stories: [Int: Hole.Reason] = [:]

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

    private func reason(_ proposal: Int) -> Hole.Reason {
        let row = problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
        let usable = row.count { problem.maximumLoad[Int($0.expert)] > 0 }
        if usable < Int(problem.demand[proposal]) { return .tooFewCandidates(usable) }
        let region = closedRegion(from: proposal)
        if region.proposals == [proposal], region.wanted <= region.available {
            return .groupCaps(candidates: usable)
        }
        return .loadsExhausted(region)
    }

    /// All that could be moved to fill the hole and did not help: the proposals that hold the experts this one
    /// could use, the experts those could use instead, and so on.
    private func closedRegion(from first: Int) -> BlockingSet {
        var proposals: Set<Int> = [first]
        var experts: Set<Int> = []
        var queue = [first]
        while let proposal = queue.popLast() {
            let held = assignment[proposal]
            for candidate in problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
            where !held.contains(candidate.expert) && experts.insert(Int(candidate.expert)).inserted {
                for holder in holders[Int(candidate.expert)]
                where proposals.insert(Int(holder)).inserted { queue.append(Int(holder)) }
            }
        }
        return BlockingSet(
            kind: .demand, proposals: proposals.sorted(), experts: experts.sorted(),
            wanted: proposals.reduce(0) { $0 + Int(problem.demand[$1]) },
            available: experts.reduce(0) { $0 + Int(problem.maximumLoad[$1]) })
    }
}
