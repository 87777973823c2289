/// How high the sum of the worst-off proposal can be at most, with proof.
///
/// What a floor demands of each proposal's best candidates (``UnreachableFloor``) is a flow; where it cannot be carried, the
/// floor is out of reach. For proposals that want one expert that is the whole truth; for others a floor may be out of
/// reach and no such proof exist, so that the ceiling lies above what can be had.
struct WorstCeiling {
    /// Beyond so many pairs only what each proposal can have for itself is looked at.
    private static let largestPairs = 1_000_000
    private static let steps = 60_000_000

    private let ground: FloorGround
    private let isSmall: Bool
    private var stepsLeft = Self.steps

    init(_ problem: MatchingProblem) {
        ground = FloorGround(problem)
        isSmall = problem.candidates.count <= Self.largestPairs
    }

    /// The lowest floor that is proved out of reach, where `worst` is known to be in reach.
    ///
    /// - Returns: nil where no proposal wants anybody.
    mutating func lowestUnreachable(above worst: Int64) -> UnreachableFloor? {
        guard let most = ground.proposals.map(\.most).min() else { return nil }
        var proof = UnreachableFloor(floor: most + 1, experts: [])
        var low = worst
        // The next higher one first: if that is out of reach, the worst is proved as high as it goes.
        var trial = worst + 1
        while isSmall, proof.floor - low > 1, stepsLeft > 0 {
            if let experts = crowded(at: trial) {
                proof = UnreachableFloor(floor: trial, experts: experts)
            } else {
                low = trial
            }
            trial = low + (proof.floor - low) / 2
        }
        return proof
    }

    /// Experts who have fewer places than a floor demands of them.
    ///
    /// - Precondition: each proposal's own candidates reach the floor.
    private mutating func crowded(at floor: Int64) -> [Int]? {
        var shortage = Shortage(steps: stepsLeft)
        for places in ground.room { _ = shortage.addGiver(room: Int32(places)) }
        for proposal in ground.proposals {
            guard let needs = proposal.needs(for: floor), let longest = needs.last else { continue }
            // A pair serves one need only.
            let offers = proposal.best[..<longest].map {
                Shortage.Offer(giver: $0.expert, gate: needs.count > 1 ? shortage.addGate(room: 1) : -1)
            }
            for prefix in needs { shortage.addAsker(wants: 1, Array(offers[..<prefix])) }
        }
        defer { stepsLeft = shortage.stepsLeft }
        return shortage.first()?.givers
    }
}
