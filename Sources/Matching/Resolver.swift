/// Keeps an optimal solution optimal while single things change: experts withdraw, pairs are struck out, proposals
/// come late.
///
/// Between changes it keeps sorted rows, who holds whom, and exact prices. What a withdrawal leaves empty is filled by
/// the least regretted chain of exchanges, found in the neighbourhood (``Augmenting``); nothing else is looked at. As
/// many places stay filled as can be, the total stays the highest, and the prices go on proving it.
///
/// Groups and minimum loads are not covered, nor the withdrawal of an expert with locked pairs: then state the problem
/// anew and solve it from the earlier solution.
public struct Resolver: ~Copyable {
    private var original: MatchingProblem
    private var withdrawn: Set<Int> = []
    private var forbidden: [Pair] = []
    private var rows: Rows
    private var holdings: Holdings
    private var holders: Holders
    private let prices: Buffer<Int64>
    private var augmenting: Augmenting
    /// Who could use each expert; made when a held pair is first struck out.
    private var columns: Columns?
    private var routing: HoleRouting?
    private var changed: Set<Int> = []

    /// - Parameter solution: an optimal solution of `problem`, as its report says.
    public init(_ problem: MatchingProblem, _ solution: Solution) throws(MatchingRefused) {
        guard problem.caps == nil else { throw .notLocal("groups or kinds") }
        guard !problem.minimumLoad.contains(where: { $0 > 0 }) else { throw .notLocal("minimum loads") }
        guard solution.report.hasHighestTotal else {
            throw .notLocal("a solution that is not proved optimal")
        }
        self.init(problem, solution.assignment, solution.certificate.prices)
    }

    private init(_ problem: MatchingProblem, _ assignment: Assignment, _ certificate: [Int64]) {
        original = problem
        rows = Rows(problem)
        holdings = Holdings(rows)
        var locks = problem.locked[...]
        for proposal in 0..<assignment.proposals {
            for expert in assignment[proposal] {
                if let lock = locks.first, lock.proposal == proposal, lock.expert == Int(expert) {
                    locks.removeFirst()
                } else if let candidate = rows.candidate(expert, of: proposal) {
                    holdings.add(candidate, to: proposal)
                }
            }
        }
        holders = Holders(rows, holdings)
        prices = Buffer(certificate)
        augmenting = Augmenting(rows, holdings, prices)
    }

    /// Takes experts out. Whoever had them is given others.
    ///
    /// - Returns: the proposals whose experts have changed, in ascending order.
    public mutating func withdraw(_ experts: [Int]) throws(MatchingRefused) -> [Int] {
        for lock in original.locked where experts.contains(lock.expert) {
            throw .notLocal("the withdrawal of an expert with a locked pair")
        }
        for expert in experts where expert < 0 || expert >= rows.experts {
            throw .outside(Pair(proposal: 0, expert: expert))
        }
        var bereft: [Int] = []
        for expert in experts where withdrawn.insert(expert).inserted {
            for index in holders.range(Int32(expert)) { bereft.append(holders[index]) }
            for proposal in bereft.suffix(holders.range(Int32(expert)).count) {
                holdings.remove(Int32(expert), from: proposal)
                holders.remove(proposal, of: Int32(expert))
            }
            rows.capacity[expert] = 0
            // Nobody can have this expert: a price that nobody pays says so.
            prices[expert] = 4 * rows.holePenalty
        }
        for proposal in bereft { fill(proposal) }
        return takeChanged(bereft)
    }

    /// Strikes pairs out; one that is no candidate is ignored.
    ///
    /// - Returns: the proposals whose experts have changed, in ascending order.
    public mutating func forbid(_ pairs: [Pair]) throws(MatchingRefused) -> [Int] {
        for pair in pairs where original.locked.contains(pair) { throw .lockedAndForbidden(pair) }
        var bereft: [Int] = []
        for pair in pairs where original.score(pair) != nil && !forbidden.contains(pair) {
            forbidden.append(pair)
            let expert = Int32(pair.expert)
            let isHeld = holdings.holds(expert, in: pair.proposal)
            rows.strike(expert, from: pair.proposal)
            if columns != nil { columns!.strike(expert, of: pair.proposal) }
            guard isHeld else { continue }
            bereft.append(pair.proposal)
            holdings.remove(expert, from: pair.proposal)
            holders.remove(pair.proposal, of: expert)
            // As long as its place counts as taken an expert's price may stand; then the place is offered to all.
            holdings.load[expert] += 1
            fill(pair.proposal)
            holdings.load[expert] -= 1
            if prices[expert] > 0 { offer(expert) }
        }
        return takeChanged(bereft)
    }

    /// Takes in late proposals, numbered on from those there are. Rows are sorted again, but little is solved again.
    ///
    /// - Returns: the proposals whose experts have changed, the new ones included.
    public mutating func add(
        _ proposals: [(candidates: [Candidate], demand: Int32)]
    ) throws(MatchingRefused) -> [Int] {
        let assignment = assignment
        let before = try stated()
        var starts = before.rowStart
        var candidates = before.candidates
        for proposal in proposals {
            candidates += proposal.candidates
            starts.append(candidates.count)
        }
        let problem = try MatchingProblem(
            rowStart: starts, candidates: candidates, demand: before.demand + proposals.map(\.demand),
            maximumLoad: before.maximumLoad, locked: before.locked)
        let late = before.proposals..<problem.proposals
        self = Resolver(problem, assignment, prices.array)
        for proposal in late {
            for _ in 0..<rows.demand[proposal] { fill(proposal) }
        }
        return takeChanged(Array(late))
    }

    private mutating func fill(_ proposal: Int) {
        carryOut(augmenting.fill(proposal, rows, holdings, holders, prices))
    }

    /// An expert has room at a price above zero.
    private mutating func offer(_ expert: Int32) {
        if columns == nil { columns = Columns(rows) }
        if routing == nil { routing = HoleRouting(rows, pricesRise: true) }
        // Both made above.
        let steps = routing!.route(expert, rows, holdings, prices, 1, columns!)
        note(steps)
        augmenting.forget()
    }

    private mutating func carryOut(_ steps: [Step]) {
        rows.apply(steps, to: holdings)
        note(steps)
    }

    /// Keeps the holders in step with the holdings.
    private mutating func note(_ steps: [Step]) {
        for step in steps where step.from != Step.hole { holders.remove(Int(step.proposal), of: step.from) }
        for step in steps where step.to != Step.hole {
            let score = holdings.score(of: step.to, in: Int(step.proposal))
            holders.add(Int(step.proposal), of: Candidate(expert: step.to, score: score))
        }
        for step in steps {
            changed.insert(Int(step.proposal))
            augmenting.weigh(Int(step.proposal), rows, holdings, prices)
        }
    }

    private mutating func takeChanged(_ others: [Int]) -> [Int] {
        let all = changed.union(others).sorted()
        changed.removeAll(keepingCapacity: true)
        return all
    }

    /// The experts of one proposal at present, locked ones left out, in ascending order.
    public subscript(proposal: Int) -> [Int32] {
        holdings.range(proposal).map { holdings.held[$0].expert }.sorted()
    }

    /// The assignment at present.
    public var assignment: Assignment { holdings.assignment(locked: original.locked) }

    /// The problem as it stands after all changes.
    public func stated() throws(MatchingRefused) -> MatchingProblem {
        var loads = original.maximumLoad
        for expert in withdrawn { loads[expert] = 0 }
        return try MatchingProblem(
            rowStart: original.rowStart, candidates: original.candidates, demand: original.demand,
            maximumLoad: loads, locked: original.locked, forbidden: forbidden)
    }

    /// The solution at present, with its proof: one pass over all pairs.
    ///
    /// The penalty of an empty place depends on all scores. Where a struck or late pair had a score beyond all others
    /// and places are empty, prices prove less than before; then the solution is proved anew.
    public func solution() throws(MatchingRefused) -> Solution {
        let problem = try stated()
        let certificate = Certificate(prices: prices.array)
        let assignment = assignment
        let solution = Solution(
            assignment: assignment, certificate: certificate,
            report: Report(problem, assignment, certificate), fairness: nil)
        return solution.report.hasHighestTotal ? solution : try solve(problem, from: solution)
    }
}

extension Columns {
    func strike(_ expert: Int32, of proposal: Int) {
        for index in range(expert) where Int(entries[index].proposal) == proposal {
            entries[index].score = Rows.struck
        }
    }
}
