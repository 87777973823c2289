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

    /// - Parameter threads: on how many threads; the report is the same.
    /// - Precondition: the assignment keeps the problem's rules; at least one thread.
    public init(
        _ problem: MatchingProblem, _ assignment: Assignment, _ certificate: Certificate, threads: Int = 1
    ) {
        precondition(threads > 0, "at least one thread")
        let threads = min(threads, mostThreads)
        let held = HeldBound(problem, certificate)
        let parts = (0..<threads).map { ReportPart(share($0, of: threads, problem.proposals), held) }
        concurrently(threads) { parts[$0].read(problem, assignment, certificate) }
        loads = parts[0].loads
        for part in parts.dropFirst() { for expert in loads.indices { loads[expert] += part.loads[expert] } }
        total = parts.reduce(0) { $0 + $1.total }
        worst = parts.compactMap(\.sums.first).min() ?? 0
        // Nearest rank: the smallest value that at least a tenth of all do not exceed.
        let wanting = parts.reduce(0) { $0 + $1.sums.count }
        tenthPercentile = wanting == 0 ? 0 : ReportPart.sum(parts, rank: (wanting + 9) / 10)
        assigned = assignment.assigned
        unfilled = parts.reduce(0) { $0 + $1.wanted } - assigned
        let less = total - emptyPlaces(unfilled, problem)
        if held?.cost.adding(parts.map(\.bound)) == less {
            gap = 0
        } else if let bound = try? upperBound(problem, certificate) {
            gap = bound - less
        } else {
            gap = .max
        }
    }
}

/// What one thread reads for a report. Written by that thread alone, and read when it has ended: `@unchecked` is true.
private final class ReportPart: @unchecked Sendable {
    private let proposals: Range<Int>
    private let held: HeldBound?
    private(set) var total: Int64 = 0
    private(set) var wanted = 0
    private(set) var loads: [Int32] = []
    /// What the proposals could gain at most; nil if it is not known.
    private(set) var bound: Int64?
    /// Of each proposal that wants experts its sum of scores, in ascending order.
    private(set) var sums: [Int64] = []

    init(_ proposals: Range<Int>, _ held: HeldBound?) {
        self.proposals = proposals
        self.held = held
        bound = held == nil ? nil : 0
    }

    func read(_ problem: MatchingProblem, _ assignment: Assignment, _ certificate: Certificate) {
        problem.candidates.withUnsafeBufferPointer { candidates in
            assignment.experts.withUnsafeBufferPointer { experts in
                certificate.prices.withUnsafeBufferPointer { prices in
                    read(problem, candidates, assignment.rowStart, experts, prices)
                }
            }
        }
        sums.sort()
    }

    private func read(
        _ problem: MatchingProblem, _ candidates: UnsafeBufferPointer<Candidate>, _ starts: [Int],
        _ experts: UnsafeBufferPointer<Int32>, _ prices: UnsafeBufferPointer<Int64>
    ) {
        var total: Int64 = 0
        var wanted = 0
        var bound = bound
        var loads = [Int32](repeating: 0, count: problem.experts)
        sums.reserveCapacity(proposals.count)
        for proposal in proposals where problem.demand[proposal] > 0 {
            let places = problem.demand[proposal]
            wanted += Int(places)
            let chosen = starts[proposal]..<starts[proposal + 1]
            let row = candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
            var sum: Int64 = 0
            var least = chosen.count < places ? Int64.min : Int64.max
            func take(_ candidate: Candidate) {
                sum += Int64(candidate.score)
                loads[Int(candidate.expert)] += 1
                guard held != nil else { return }
                least = min(least, Int64(candidate.score) &- prices[Int(candidate.expert)])
            }
            // Rows mostly stand by rising expert, as what was chosen does: then one comparison a candidate is enough.
            var next = chosen.lowerBound
            var index = row.startIndex
            while next < chosen.upperBound, index < row.endIndex {
                let candidate = candidates[index]
                index += 1
                guard candidate.expert == experts[next] else { continue }
                take(candidate)
                next += 1
            }
            if next < chosen.upperBound {
                // What was met before whom it had to wait for.
                for candidate in row where experts[next..<chosen.upperBound].contains(candidate.expert) {
                    take(candidate)
                }
            }
            total += sum
            sums.append(sum)
            // Read again while it is at hand.
            if let held, let known = bound {
                bound = held.worth(row, prices, places: places, least: least).flatMap { known.adding($0) }
            }
        }
        self.total = total
        self.wanted = wanted
        self.loads = loads
        self.bound = bound
    }

    /// The sum that stands at a rank, from one, among those of all parts.
    static func sum(_ parts: [ReportPart], rank: Int) -> Int64 {
        var next = [Int](repeating: 0, count: parts.count)
        var reached: Int64 = 0
        for _ in 0..<rank {
            var least: Int?
            for number in parts.indices where next[number] < parts[number].sums.count {
                if let known = least, parts[known].sums[next[known]] <= parts[number].sums[next[number]] {
                    continue
                }
                least = number
            }
            // No rank goes beyond the number of sums.
            guard let least else { break }
            reached = parts[least].sums[next[least]]
            next[least] += 1
        }
        return reached
    }
}

extension Int64 {
    /// Nil where a summand is missing or the sum does not fit.
    fileprivate func adding(_ summands: [Int64?]) -> Int64? {
        var sum = self
        for summand in summands {
            guard let summand, let next = sum.adding(summand) else { return nil }
            sum = next
        }
        return sum
    }

    fileprivate func adding(_ summand: Int64) -> Int64? {
        let (sum, overflows) = addingReportingOverflow(summand)
        return overflows ? nil : sum
    }
}
