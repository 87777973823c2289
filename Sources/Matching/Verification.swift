/// What an assignment and a certificate prove.
public struct Verified: Hashable, Sendable {
    /// The sum of scores, in units.
    public var total: Int64
    /// Places filled.
    public var assigned: Int
    /// Places wanted and not filled.
    public var unfilled: Int
    /// No assignment that fills as many places has a total above `total + gap`. Where `gap` is zero, no
    /// assignment at all fills more places, and none that fills as many has a higher total.
    public var gap: Int64

    public var hasHighestTotal: Bool { gap == 0 }
}

/// Why an assignment or certificate is not accepted.
public enum VerificationRefused: Error, Equatable, Sendable {
    case proposals(expected: Int, found: Int)
    case prices(expected: Int, found: Int)
    case price(expert: Int)
    case noCandidate(Pair)
    case twice(Pair)
    case demandExceeded(proposal: Int)
    case loadExceeded(expert: Int)
    case loadBelowMinimum(expert: Int)
    case groupCapExceeded(proposal: Int, group: Int32)
    /// A place that is kept for an expert of the required kind is held by another.
    case placeOfKind(proposal: Int)
    case lockMissing(Pair)
    /// A total above the bound: the numbers contradict each other, so one of them was tampered with.
    case boundBelowTotal
}

extension VerificationRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .proposals(let expected, let found):
            "the assignment speaks of \(found) proposals, the problem of \(expected)"
        case .prices(let expected, let found):
            "the certificate has \(found) prices, the problem \(expected) experts"
        case .price(let expert):
            "the price of expert \(expert) is beyond any that a problem of this size needs"
        case .noCandidate(let pair): "pair \(pair.proposal),\(pair.expert) is assigned but is no candidate"
        case .twice(let pair): "pair \(pair.proposal),\(pair.expert) is assigned twice"
        case .demandExceeded(let proposal): "proposal \(proposal) has more experts than it wants"
        case .loadExceeded(let expert): "expert \(expert) has more proposals than the maximum load"
        case .loadBelowMinimum(let expert): "expert \(expert) has fewer proposals than the minimum load"
        case .groupCapExceeded(let proposal, let group):
            "proposal \(proposal) has more experts of group \(group) than the cap allows"
        case .placeOfKind(let proposal):
            "proposal \(proposal) gave places that it keeps for experts of the kind to others"
        case .lockMissing(let pair): "pair \(pair.proposal),\(pair.expert) is locked but not assigned"
        case .boundBelowTotal: "the certificate's bound lies below the total"
        }
    }
}

/// Checks an assignment against its problem, and by a certificate how far from optimal it can be.
///
/// Shares no code with the solver beyond the problem itself. One pass over the candidates.
///
/// - Throws: the first rule that the assignment breaks.
public func verify(
    _ problem: MatchingProblem, _ assignment: Assignment, _ certificate: Certificate
) throws(VerificationRefused) -> Verified {
    let total = try checkedTotal(problem, assignment)
    let bound = try upperBound(problem, certificate)
    let wanted = problem.demand.reduce(0) { $0 + Int($1) }
    let unfilled = wanted - assignment.assigned
    let gap = bound - (total - emptyPlaces(unfilled, problem))
    guard gap >= 0 else { throw .boundBelowTotal }
    return Verified(total: total, assigned: assignment.assigned, unfilled: unfilled, gap: gap)
}

/// The sum of scores of an assignment that keeps every rule.
func checkedTotal(
    _ problem: MatchingProblem, _ assignment: Assignment
) throws(VerificationRefused) -> Int64 {
    guard assignment.proposals == problem.proposals else {
        throw .proposals(expected: problem.proposals, found: assignment.proposals)
    }
    var loads = [Int32](repeating: 0, count: problem.experts)
    var total: Int64 = 0
    var nextLock = 0
    for proposal in 0..<problem.proposals {
        let chosen = assignment[proposal]
        if chosen.count > Int(problem.demand[proposal]) { throw .demandExceeded(proposal: proposal) }
        let row = problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
        var matched = 0
        for candidate in row where chosen.contains(candidate.expert) {
            matched += 1
            loads[Int(candidate.expert)] += 1
            total += Int64(candidate.score)
        }
        if matched != chosen.count { throw firstWrong(chosen, row, proposal) }
        if let group = problem.caps?.exceeded(by: chosen.map(Int.init), of: proposal) {
            if problem.kind != nil { throw .placeOfKind(proposal: proposal) }
            throw .groupCapExceeded(proposal: proposal, group: group)
        }
        while nextLock < problem.locked.count, problem.locked[nextLock].proposal == proposal {
            let lock = problem.locked[nextLock]
            if !chosen.contains(Int32(lock.expert)) { throw .lockMissing(lock) }
            nextLock += 1
        }
    }
    for expert in 0..<problem.experts {
        if loads[expert] > problem.maximumLoad[expert] { throw .loadExceeded(expert: expert) }
        if loads[expert] < problem.minimumLoad[expert] { throw .loadBelowMinimum(expert: expert) }
    }
    return total
}

private func firstWrong(
    _ chosen: ArraySlice<Int32>, _ row: ArraySlice<Candidate>, _ proposal: Int
) -> VerificationRefused {
    var seen: Set<Int32> = []
    for expert in chosen {
        let pair = Pair(proposal: proposal, expert: Int(expert))
        if !row.contains(where: { $0.expert == expert }) { return .noCandidate(pair) }
        if !seen.insert(expert).inserted { return .twice(pair) }
    }
    return .demandExceeded(proposal: proposal)
}

/// What so many unfilled places cost; without any, nothing need be looked up.
func emptyPlaces(_ count: Int, _ problem: MatchingProblem) -> Int64 {
    count == 0 ? 0 : Int64(count) * problem.holePenalty
}
