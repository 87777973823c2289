/// The bound that prices put on every assignment: its total less the penalty of its unfilled places cannot be
/// more.
func upperBound(
    _ problem: MatchingProblem, _ certificate: Certificate
) throws(VerificationRefused) -> Int64 {
    guard certificate.prices.count == problem.experts else {
        throw .prices(expected: problem.experts, found: certificate.prices.count)
    }
    let penalty = holePenalty(problem)
    let prices = certificate.prices
    for (expert, price) in prices.enumerated() where price.magnitude > UInt64(8 * penalty) {
        throw .price(expert: expert)
    }
    var maximum = usefulLoads(problem)
    var minimum = problem.minimumLoad
    for lock in problem.locked {
        maximum[lock.expert] -= 1
        minimum[lock.expert] = max(0, minimum[lock.expert] - 1)
    }
    var bound: Int64 = 0
    for expert in 0..<problem.experts {
        let places = Int64(prices[expert] > 0 ? maximum[expert] : minimum[expert])
        let (cost, overflows) = prices[expert].multipliedReportingOverflow(by: places)
        let (sum, overflowed) = bound.addingReportingOverflow(cost)
        guard !overflows, !overflowed, sum.magnitude < 1 << 61 else { throw .price(expert: expert) }
        bound = sum
    }
    var nextLock = 0
    var best: [Int64] = []
    return problem.candidates.withUnsafeBufferPointer { candidates in
        prices.withUnsafeBufferPointer { prices in
            for proposal in 0..<problem.proposals {
                let firstLock = nextLock
                while nextLock < problem.locked.count, problem.locked[nextLock].proposal == proposal {
                    nextLock += 1
                }
                let row = UnsafeBufferPointer(
                    rebasing: candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]])
                bound += bestChoice(
                    problem, row, prices, penalty, places: Int(problem.demand[proposal]),
                    locks: problem.locked[firstLock..<nextLock], &best)
            }
            return bound
        }
    }
}

/// The maximum loads, or how many candidate pairs an expert has where the loads as a whole go beyond them: a
/// careless maximum must not spoil the bound.
private func usefulLoads(_ problem: MatchingProblem) -> [Int32] {
    let total = problem.maximumLoad.reduce(0) { $0 + Int($1) }
    guard total > problem.candidates.count - problem.locked.count else { return problem.maximumLoad }
    var pairs = [Int32](repeating: 0, count: problem.experts)
    for candidate in problem.candidates { pairs[Int(candidate.expert)] += 1 }
    return problem.maximumLoad.indices.map { min(problem.maximumLoad[$0], pairs[$0]) }
}

/// What a proposal could gain at these prices: its locked scores, and the best free choice for the rest.
private func bestChoice(
    _ problem: MatchingProblem, _ row: UnsafeBufferPointer<Candidate>, _ prices: UnsafeBufferPointer<Int64>,
    _ penalty: Int64, places: Int, locks: ArraySlice<Pair>, _ best: inout [Int64]
) -> Int64 {
    if locks.isEmpty, problem.groups == nil { return bestOfRow(row, prices, penalty, places, &best) }
    let held = Set(locks.map { Int32($0.expert) })
    let locked = row.reduce(Int64(0)) { $0 + (held.contains($1.expert) ? Int64($1.score) : 0) }
    let free = row.filter { !held.contains($0.expert) }
    let left = places - locks.count
    if let groups = problem.groups {
        return locked + bestWithinGroups(free, prices, penalty, left, groups, locks)
    }
    return free.withUnsafeBufferPointer { locked + bestOfRow($0, prices, penalty, left, &best) }
}

private func bestOfRow(
    _ row: UnsafeBufferPointer<Candidate>, _ prices: UnsafeBufferPointer<Int64>, _ penalty: Int64,
    _ places: Int, _ best: inout [Int64]
) -> Int64 {
    guard places > 0 else { return 0 }
    // The best `places` values so far, falling; an unfilled place is always to be had.
    best.removeAll(keepingCapacity: true)
    for _ in 0..<places { best.append(-penalty) }
    var lowest = -penalty
    for candidate in row {
        let net = Int64(candidate.score) - prices[Int(candidate.expert)]
        guard net > lowest else { continue }
        var place = places - 1
        while place > 0, best[place - 1] < net {
            best[place] = best[place - 1]
            place -= 1
        }
        best[place] = net
        lowest = best[places - 1]
    }
    return best.reduce(0, +)
}

/// The greedy choice, which is best because the caps form a laminar matroid.
private func bestWithinGroups(
    _ row: [Candidate], _ prices: UnsafeBufferPointer<Int64>, _ penalty: Int64, _ places: Int,
    _ groups: ExpertGroups, _ locks: ArraySlice<Pair>
) -> Int64 {
    var room: [Int32: Int32] = [:]
    for lock in locks { room[groups.group[lock.expert], default: groups.cap] -= 1 }
    let offers = row.map { (net: Int64($0.score) - prices[Int($0.expert)], expert: Int($0.expert)) }
        .sorted { $0.net > $1.net }
    var sum: Int64 = 0
    var filled = 0
    for offer in offers where filled < places && offer.net > -penalty {
        let group = groups.group[offer.expert]
        if group >= 0 {
            guard room[group, default: groups.cap] > 0 else { continue }
            room[group, default: groups.cap] -= 1
        }
        sum += offer.net
        filled += 1
    }
    return sum - Int64(places - filled) * penalty
}
