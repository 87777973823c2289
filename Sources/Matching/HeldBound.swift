extension MatchingProblem {
    /// Whether prices prove by one quick pass that no assignment has a higher total than this one.
    ///
    /// However much is asked of each of a proposal's places, at least what an empty one costs: no choice is worth more
    /// than what is asked of all its places and what its candidates are worth beyond that. With the least that the
    /// proposal holds asked, this is the worth of what it holds if that is its best choice, and found without comparing
    /// candidates with one another as ``upperBound(_:_:)`` must. Locked pairs and groups are left to that one.
    ///
    /// - Parameters:
    ///   - total: of an assignment, less the penalty of its empty places.
    ///   - leastHeld: what the least of each proposal's experts is worth to it at these prices; that of an empty place need
    ///     not be said. A wrong one proves nothing.
    func isProved(total: Int64, leastHeld: [Int64], _ certificate: Certificate) -> Bool {
        let penalty = holePenalty(self)
        guard caps == nil, locked.isEmpty, leastHeld.count == proposals,
            let cost = try? costOfPlaces(self, certificate, penalty)
        else { return false }
        // Within such a row no sum overflows: prices are at most eight penalties, scores one.
        let longest = Int64.max / 128 / penalty
        var bound = cost
        return candidates.withUnsafeBufferPointer { candidates in
            certificate.prices.withUnsafeBufferPointer { prices in
                for proposal in 0..<proposals where demand[proposal] > 0 {
                    let row = rowStart[proposal]..<rowStart[proposal + 1]
                    let places = Int(demand[proposal])
                    guard row.count + places < longest else { return false }
                    let asked = max(-penalty, min(leastHeld[proposal], 8 * penalty))
                    var worth = asked * Int64(places)
                    for index in row {
                        let net = Int64(candidates[index].score) &- prices[Int(candidates[index].expert)]
                        worth &+= max(0, net &- asked)
                    }
                    let (sum, overflows) = bound.addingReportingOverflow(worth)
                    guard !overflows else { return false }
                    bound = sum
                }
                return bound == total
            }
        }
    }
}
