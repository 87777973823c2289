/// The bound that prices put on every assignment: its total less the penalty of its unfilled places cannot be
/// more.
func upperBound(
    _ problem: MatchingProblem, _ certificate: Certificate
) throws(VerificationRefused) -> Int64 {
    let penalty = problem.holePenalty
    let prices = certificate.prices
    var bound = try costOfPlaces(problem, certificate, penalty)
    var nextLock = 0
    var best: [Int64] = []
    var choices: [Choice] = []
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
                    problem, row, prices, penalty, of: proposal,
                    locks: problem.locked[firstLock..<nextLock], &best, &choices)
            }
            return bound
        }
    }
}

/// What the places of all experts without locked pairs cost at these prices.
func costOfPlaces(
    _ problem: MatchingProblem, _ certificate: Certificate, _ penalty: Int64
) throws(VerificationRefused) -> Int64 {
    guard certificate.prices.count == problem.experts else {
        throw .prices(expected: problem.experts, found: certificate.prices.count)
    }
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
    var cost: Int64 = 0
    for expert in 0..<problem.experts {
        let places = Int64(prices[expert] > 0 ? maximum[expert] : minimum[expert])
        let (price, overflows) = prices[expert].multipliedReportingOverflow(by: places)
        let (sum, overflowed) = cost.addingReportingOverflow(price)
        guard !overflows, !overflowed, sum.magnitude < 1 << 61 else { throw .price(expert: expert) }
        cost = sum
    }
    return cost
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
    _ penalty: Int64, of proposal: Int, locks: ArraySlice<Pair>, _ best: inout [Int64],
    _ choices: inout [Choice]
) -> Int64 {
    let places = Int(problem.demand[proposal])
    if locks.isEmpty, problem.caps == nil { return bestOfRow(row, prices, penalty, places, &best) }
    var locked: Int64 = 0
    for candidate in row where !locks.isEmpty && locks.contains(where: { $0.expert == Int(candidate.expert) })
    {
        locked += Int64(candidate.score)
    }
    let left = places - locks.count
    if let groups = problem.caps {
        return locked
            + bestWithinGroups(
                row, prices, penalty, left, groups, cap: groups.cap(of: proposal), locks, &choices)
    }
    let free = row.filter { candidate in !locks.contains { $0.expert == Int(candidate.expert) } }
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

/// The best choice within the caps, which form a laminar matroid: a candidate enters as long as there is room, and
/// otherwise for the least of those whose place it could take.
private func bestWithinGroups(
    _ row: UnsafeBufferPointer<Candidate>, _ prices: UnsafeBufferPointer<Int64>, _ penalty: Int64,
    _ places: Int,
    _ groups: ExpertGroups, cap: Int32, _ locks: ArraySlice<Pair>, _ chosen: inout [Choice]
) -> Int64 {
    chosen.removeAll(keepingCapacity: true)
    // With every place taken nobody below this can enter.
    var lowest = -penalty
    for candidate in row where places > 0 {
        let net = Int64(candidate.score) - prices[Int(candidate.expert)]
        guard net > lowest, !locks.contains(where: { $0.expert == Int(candidate.expert) }) else { continue }
        let group = groups.group[Int(candidate.expert)]
        var room = chosen.count < places ? Int32.max : 0
        if group >= 0 {
            var left = cap
            for lock in locks where groups.group[lock.expert] == group { left -= 1 }
            for choice in chosen where choice.group == group { left -= 1 }
            if left <= 0 {
                guard let least = leastIndex(chosen, of: group), chosen[least].net < net else { continue }
                chosen[least].net = net
                lowest = chosen.count < places ? -penalty : chosen[leastIndex(chosen, of: nil)!].net
                continue
            }
            room = min(room, left)
        }
        if room > 0 {
            chosen.append(Choice(net: net, group: group))
        } else if let least = leastIndex(chosen, of: nil), chosen[least].net < net {
            chosen[least] = Choice(net: net, group: group)
        }
        // A full choice is not empty: there is at least one place.
        lowest = chosen.count < places ? -penalty : chosen[leastIndex(chosen, of: nil)!].net
    }
    return chosen.reduce(0) { $0 + $1.net } - Int64(places - chosen.count) * penalty
}

private struct Choice {
    var net: Int64
    var group: Int32
}

/// The least choice, of one group or (nil) of all.
private func leastIndex(_ chosen: [Choice], of group: Int32?) -> Int? {
    var least: Int?
    for index in chosen.indices where group == nil || chosen[index].group == group {
        if let known = least, chosen[known].net <= chosen[index].net { continue }
        least = index
    }
    return least
}
