/// Whether prices prove by one quick pass that no assignment has a higher total than this one.
///
/// However much is asked of each of a proposal's places, at least what an empty one costs: no choice is worth more
/// than what is asked of all its places and what its candidates are worth beyond that. With the least that the
/// proposal holds asked, this is the worth of what it holds if that is its best choice, and found without comparing
/// candidates with one another as ``upperBound(_:_:)`` must. Locked pairs and groups are left to that one.
///
/// The pass may be cut: what the places cost and what the proposals could gain is added up, in any order.
struct HeldBound {
    /// What all places of the experts cost.
    let cost: Int64
    private let penalty: Int64
    /// Within such a row no sum overflows: prices are at most eight penalties, scores one.
    private let longest: Int64

    /// Nil where it is left to ``upperBound(_:_:)``.
    init?(_ problem: MatchingProblem, _ certificate: Certificate) {
        let penalty = problem.holePenalty
        guard problem.caps == nil, problem.locked.isEmpty,
            let cost = try? costOfPlaces(problem, certificate, penalty)
        else { return nil }
        self.cost = cost
        self.penalty = penalty
        longest = Int64.max / 128 / penalty
    }

    /// What no choice of a proposal goes beyond; nil where the sum might not fit.
    ///
    /// - Parameter least: what the least of the proposal's experts is worth to it at these prices; that of an empty place
    ///   need not be said. A wrong one proves nothing.
    @inline(__always) func worth(
        _ row: UnsafeBufferPointer<Candidate>.SubSequence, _ prices: UnsafeBufferPointer<Int64>,
        places: Int32,
        least: Int64
    ) -> Int64? {
        guard Int64(row.count) + Int64(places) < longest else { return nil }
        let asked = max(-penalty, min(least, 8 * penalty))
        var worth = asked * Int64(places)
        for candidate in row {
            let net = Int64(candidate.score) &- prices[Int(candidate.expert)]
            worth &+= max(0, net &- asked)
        }
        return worth
    }
}
