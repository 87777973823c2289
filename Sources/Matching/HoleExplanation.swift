/// Finds for each hole a story that explains it: a set of proposals that want more than they can get, from which
/// no proposal could be left out.
///
/// What the other proposals of the story have counts as what they want: their own holes have stories of their own.
struct HoleExplanation {
    /// How much is looked at to make all stories of a solution small: a second or so.
    static let steps = 60_000_000

    private let problem: MatchingProblem
    private let assignment: Assignment
    /// Locked pairs are settled: the proposals that hold an expert otherwise, the experts that are locked to a proposal,
    /// and the places that experts have besides.
    private let holders: [[Int32]]
    private let locked: [[Int32]]
    private let room: [Int32]
    private let stepsInAll: Int

    init(_ problem: MatchingProblem, _ assignment: Assignment, steps: Int = Self.steps) {
        self.problem = problem
        self.assignment = assignment
        stepsInAll = steps
        var holders = [[Int32]](repeating: [], count: problem.experts)
        var locked = [[Int32]](repeating: [], count: problem.proposals)
        var room = problem.maximumLoad
        let hasHoles = (0..<problem.proposals).contains { assignment[$0].count < Int(problem.demand[$0]) }
        if hasHoles {
            for lock in problem.locked {
                locked[lock.proposal].append(Int32(lock.expert))
                room[lock.expert] -= 1
            }
            for pair in assignment.pairs where !locked[pair.proposal].contains(Int32(pair.expert)) {
                holders[pair.expert].append(Int32(pair.proposal))
            }
        }
        self.holders = holders
        self.locked = locked
        self.room = room
    }

    var holes: [Hole] {
        var result: [Hole] = []
        var steps = stepsInAll
        for proposal in 0..<problem.proposals {
            let places = Int(problem.demand[proposal]) - assignment[proposal].count
            guard places > 0 else { continue }
            result.append(Hole(proposal: proposal, places: places, reason: reason(proposal, &steps)))
        }
        return result
    }

    private func row(_ proposal: Int) -> ArraySlice<Candidate> {
        problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
    }

    /// Who may still be given to a proposal besides the experts locked to it.
    private func open(_ proposal: Int) -> some Sequence<Candidate> {
        let locked = locked[proposal]
        return row(proposal).lazy.filter {
            problem.maximumLoad[Int($0.expert)] > 0 && !locked.contains($0.expert)
        }
    }

    private func reason(_ proposal: Int, _ steps: inout Int) -> Hole.Reason {
        let usable = row(proposal).count { problem.maximumLoad[Int($0.expert)] > 0 }
        let kept = keptForKind(proposal)
        if let kept, kept.usable < kept.places, kept.isAllThatLacks {
            return .keptForKind(candidates: kept.usable)
        }
        if usable < Int(problem.demand[proposal]) { return .tooFewCandidates(usable) }
        let region = region(from: proposal)
        let told = smallest(region, &steps)
        // Where loads alone would allow it, only the caps on groups can be in the way, or the rule on the kind.
        let byRule: Hole.Reason =
            kept.map { .keptForKind(candidates: $0.usable) } ?? .groupCaps(candidates: usable)
        if told == nil, steps > 0 { return byRule }
        let blocking = blockingSet(told?.proposals ?? region, isMinimal: told?.isMinimal ?? false)
        return blocking.wanted > blocking.available ? .loadsExhausted(blocking) : byRule
    }

    /// How many places a proposal keeps for the required kind, how many of its candidates are of it, and whether all its
    /// other places are filled.
    private func keptForKind(_ proposal: Int) -> (places: Int, usable: Int, isAllThatLacks: Bool)? {
        guard let kind = problem.kind else { return nil }
        let usable = row(proposal).count {
            problem.maximumLoad[Int($0.expert)] > 0 && kind.isOfKind[Int($0.expert)]
        }
        let places = Int(min(problem.demand[proposal], kind.least[proposal]))
        let others = assignment[proposal].count { !kind.isOfKind[Int($0)] }
        return (places, usable, others >= Int(problem.demand[proposal]) - places)
    }

    /// All proposals that could be moved to fill the hole and did not help: those that hold the experts this one
    /// could use, those that hold the experts they could use instead, and so on. The first is the one with the hole.
    private func region(from first: Int) -> [Int] {
        var proposals = [first]
        var isIn: Set<Int> = [first]
        var experts: Set<Int32> = []
        var next = 0
        while next < proposals.count {
            let proposal = proposals[next]
            next += 1
            let held = assignment[proposal]
            for candidate in open(proposal)
            where !held.contains(candidate.expert) && experts.insert(candidate.expert).inserted {
                for holder in holders[Int(candidate.expert)] where isIn.insert(Int(holder)).inserted {
                    proposals.append(Int(holder))
                }
            }
        }
        return proposals
    }

    /// As few proposals of a region as cannot be served with what the first wants and the others have; nil where
    /// there was no time to see, or where all could be served.
    private func smallest(_ region: [Int], _ steps: inout Int) -> (proposals: [Int], isMinimal: Bool)? {
        guard steps > 0 else { return nil }
        var shortage = Shortage(steps: steps)
        defer { steps = shortage.stepsLeft }
        var giver: [Int32: Int32] = [:]
        for (number, proposal) in region.enumerated() {
            var offers: [Shortage.Offer] = []
            for candidate in open(proposal) {
                let place = giver[candidate.expert] ?? shortage.addGiver(room: room[Int(candidate.expert)])
                giver[candidate.expert] = place
                offers.append(Shortage.Offer(giver: place, gate: -1))
            }
            let wanted = number == 0 ? Int(problem.demand[proposal]) : assignment[proposal].count
            shortage.addAsker(wants: Int32(wanted - locked[proposal].count), offers)
        }
        return shortage.smallest().map { (proposals: $0.askers.map { region[$0] }, isMinimal: $0.isMinimal) }
    }

    /// What these proposals want, and what their candidates could give them at most: an expert as many places as
    /// the load allows, and no more than there are pairs.
    private func blockingSet(_ proposals: [Int], isMinimal: Bool) -> BlockingSet {
        var pairs: [Int: Int] = [:]
        var wanted = 0
        for proposal in proposals {
            wanted += Int(problem.demand[proposal]) - locked[proposal].count
            for candidate in open(proposal) { pairs[Int(candidate.expert), default: 0] += 1 }
        }
        return BlockingSet(
            kind: .demand, proposals: proposals.sorted(), experts: pairs.keys.sorted(), wanted: wanted,
            available: pairs.reduce(0) { $0 + min($1.value, Int(room[$1.key])) }, isMinimal: isMinimal)
    }
}
