/// What an assignment amounts to, for people.
public struct Report: Hashable, Sendable {
    /// The sum of scores, in units.
    public var total: Int64
    /// The lowest sum of scores of a proposal that wants experts; zero if there is none.
    public var worst: Int64
    /// The tenth percentile of these sums by nearest rank.
    public var tenthPercentile: Int64
    public var assigned: Int
    public var unfilled: Int
    /// No assignment can have a higher total by more than this; zero is proof.
    public var gap: Int64
    /// How many proposals each expert has.
    public var loads: [Int32]

    /// Whether no assignment has a higher total. Whether one is fairer, ``Solution/isOptimal`` says.
    public var hasHighestTotal: Bool { gap == 0 }

    /// - Precondition: the assignment keeps the problem's rules.
    public init(_ problem: MatchingProblem, _ assignment: Assignment, _ certificate: Certificate) {
        var sums: [Int64] = []
        sums.reserveCapacity(problem.proposals)
        var loads = [Int32](repeating: 0, count: problem.experts)
        var total: Int64 = 0
        var wanted = 0
        let isPriced = certificate.prices.count == problem.experts
        var leastHeld = [Int64](repeating: 0, count: isPriced ? problem.proposals : 0)
        problem.candidates.withUnsafeBufferPointer { candidates in
            assignment.experts.withUnsafeBufferPointer { experts in
                for proposal in 0..<problem.proposals where problem.demand[proposal] > 0 {
                    wanted += Int(problem.demand[proposal])
                    let chosen = assignment.rowStart[proposal]..<assignment.rowStart[proposal + 1]
                    var sum: Int64 = 0
                    var least = chosen.count < problem.demand[proposal] ? Int64.min : Int64.max
                    var left = chosen.count
                    var index = problem.rowStart[proposal]
                    while left > 0, index < problem.rowStart[proposal + 1] {
                        let candidate = candidates[index]
                        for place in chosen where experts[place] == candidate.expert {
                            sum += Int64(candidate.score)
                            loads[Int(candidate.expert)] += 1
                            left -= 1
                            guard isPriced else { continue }
                            least = min(
                                least,
                                Int64(candidate.score) &- certificate.prices[Int(candidate.expert)])
                        }
                        index += 1
                    }
                    if isPriced { leastHeld[proposal] = least }
                    total += sum
                    sums.append(sum)
                }
            }
        }
        self.loads = loads
        self.total = total
        sums.sort()
        worst = sums.first ?? 0
        // Nearest rank: the smallest value that at least a tenth of all do not exceed.
        tenthPercentile = sums.isEmpty ? 0 : sums[(sums.count + 9) / 10 - 1]
        assigned = assignment.assigned
        unfilled = wanted - assigned
        let less = total - emptyPlaces(unfilled, problem)
        if problem.isProved(total: less, leastHeld: leastHeld, certificate) {
            gap = 0
        } else if let bound = try? upperBound(problem, certificate) {
            gap = bound - less
        } else {
            gap = .max
        }
    }
}
