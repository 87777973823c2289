/// What fairness was asked for, its price, and what is proved of it.
public struct Fairness: Hashable, Sendable {
    /// No proposal is below this floor unless its own best candidates add up to less.
    public var floor: Int64
    /// The worst-off proposal's sum when only the total is sought.
    public var worstOfTotal: Int64
    /// By how much the highest total exceeds the fair one.
    public var price: Int64
    /// Whether the floor was asked for; otherwise it is the highest that was found to hold.
    public var wasAsked: Bool
    /// Whether nothing more can be had of the floor: one that was asked for is kept, or, where none was, no assignment
    /// has a better-off worst proposal, as ``unreachable`` proves.
    public var isFloorProved: Bool
    /// The lowest floor proved out of reach; nil where a floor was asked for.
    public var unreachable: UnreachableFloor?
    /// What was reached after the worst-off; nil where the worst-off alone were sought.
    public var raising: Raising?

    /// Whether nothing is fairer: the floor is proved and, where the next worst were raised too, no proposal can have
    /// more than it has.
    public var isProved: Bool { isFloorProved && raising?.isProved ?? true }

    public init(
        floor: Int64, worstOfTotal: Int64, price: Int64, wasAsked: Bool, isFloorProved: Bool = false,
        unreachable: UnreachableFloor? = nil, raising: Raising? = nil
    ) {
        self.floor = floor
        self.worstOfTotal = worstOfTotal
        self.price = price
        self.wasAsked = wasAsked
        self.isFloorProved = isFloorProved
        self.unreachable = unreachable
        self.raising = raising
    }
}

/// How far the next worst were raised after the worst-off (``Objective/leximin(givingUp:)``).
public struct Raising: Hashable, Sendable {
    /// So many proposals were not found to be able to have more than a floor beside those before them.
    public struct Step: Hashable, Sendable {
        public var floor: Int64
        public var proposals: Int

        public init(floor: Int64, proposals: Int) {
            self.floor = floor
            self.proposals = proposals
        }
    }
    /// Why nobody was raised further.
    public enum End: String, Hashable, Sendable {
        /// Nothing more was found.
        case nothingMore
        /// It would have cost more than was to be given up.
        case price
        /// Enough was tried.
        case effort
    }
    /// From the worst-off up; together all proposals that want experts, unless ``ended`` says ``End/effort``.
    public var steps: [Step]
    public var ended: End
    /// Whether every proposal has the most that its own candidates can add up to: nothing fairer can be.
    public var isProved = false

    public init(steps: [Step], ended: End, isProved: Bool = false) {
        self.steps = steps
        self.ended = ended
        self.isProved = isProved
    }
}

extension Fairness {
    /// Notes what an assignment costs, and what is proved of it.
    mutating func compare(
        _ best: Report, _ fair: Report, _ problem: MatchingProblem, _ assignment: Assignment
    ) {
        worstOfTotal = best.worst
        price = best.total - fair.total
        if wasAsked {
            isFloorProved = problem.keeps(floor: floor, assignment)
        } else {
            var ceiling = WorstCeiling(problem)
            unreachable = ceiling.lowestUnreachable(above: fair.worst)
            isFloorProved = unreachable.map { $0.floor <= fair.worst + 1 } ?? true
        }
        raising?.isProved = problem.keeps(floor: .max, assignment)
    }
}

extension MatchingProblem {
    /// What the best candidates of each proposal add up to, locked pairs included: no floor can ask for more.
    var attainable: [Int64] {
        var room = maximumLoad
        for lock in locked { room[lock.expert] -= 1 }
        var sums = [Int64](repeating: 0, count: proposals)
        var places = demand.map(Int.init)
        for lock in locked {
            // A lock stands on a candidate.
            sums[lock.proposal] += Int64(score(lock)!)
            places[lock.proposal] -= 1
        }
        var locks = locked[...]
        for proposal in 0..<proposals {
            let mine = locks.prefix { $0.proposal == proposal }
            locks = locks.dropFirst(mine.count)
            let scores = candidates[rowStart[proposal]..<rowStart[proposal + 1]].lazy
                .filter { candidate in
                    room[Int(candidate.expert)] > 0
                        && !mine.contains { $0.expert == Int(candidate.expert) }
                }
                .map { Int64($0.score) }
            sums[proposal] += scores.sorted(by: >).prefix(places[proposal]).reduce(0, +)
        }
        return sums
    }

    /// Whether an assignment leaves no proposal below a floor that its own best candidates reach.
    ///
    /// - Precondition: the assignment keeps the problem's rules.
    public func keeps(floor: Int64, _ assignment: Assignment) -> Bool {
        let attainable = attainable
        return (0..<proposals).allSatisfy { proposal in
            guard demand[proposal] > 0 else { return true }
            let sum = candidates[rowStart[proposal]..<rowStart[proposal + 1]].reduce(Int64(0)) {
                $0 + (assignment[proposal].contains($1.expert) ? Int64($1.score) : 0)
            }
            return sum >= min(floor, attainable[proposal])
        }
    }
}
