/// What to seek.
public enum Objective: Hashable, Sendable {
    /// As many places as can be filled, then the highest sum of scores: exact, with proof.
    case total
    /// The same places; then no proposal below the floor where its candidates allow; then the total. Without a
    /// floor, the highest that was found to hold for all.
    ///
    /// Found by search: the certificate bounds what fairness costs. ``Solution/isOptimal`` says whether it happens to be
    /// proved that nothing is fairer and nothing as fair has a higher total.
    case fair(floor: Int64?)
    /// The same places; then the worst-off proposals raised as far as is found, then the next worst, and so on, where the
    /// candidates allow; then the total (leximin). `givingUp` says how much of the highest total, as a share from 0 to 1,
    /// may be given up for the next worst beyond what the worst-off cost; the worst-off are raised whatever it costs.
    ///
    /// Found by search, as ``fair(floor:)`` is: ``Fairness/raising`` tells what was reached.
    case leximin(givingUp: Double = 1)
}

/// An assignment with its proof.
public struct Solution: Sendable {
    public var assignment: Assignment
    public var certificate: Certificate
    public var report: Report
    /// What fairness was asked for and what it cost; nil where the total alone was sought.
    public var fairness: Fairness?

    /// Whether it is proved that nothing is better by what was sought: as many places, then the floor where fairness was
    /// sought, then the total.
    public var isOptimal: Bool { report.hasHighestTotal && fairness?.isProved ?? true }

    /// Another assignment to the same problem beside the same certificate, which still bounds its total.
    public func with(_ assignment: Assignment, of problem: MatchingProblem) -> Solution {
        Solution(
            assignment: assignment, certificate: certificate,
            report: Report(problem, assignment, certificate), fairness: nil)
    }
}

extension Solution {
    /// What is left of an earlier solution, to begin from: pairs and prices that were kept elsewhere, and need not fit
    /// the problem any more. Its report claims nothing.
    ///
    /// - Precondition: as many proposals and prices as the problem has proposals and experts.
    public init(leftOver assignment: Assignment, _ certificate: Certificate, of problem: MatchingProblem) {
        precondition(assignment.proposals == problem.proposals, "as many proposals as the problem")
        precondition(certificate.prices.count == problem.experts, "as many prices as the problem has experts")
        self.init(
            assignment: assignment, certificate: certificate,
            report: Report(problem, assignment, certificate), fairness: nil)
    }
}

/// More than this are not started; the solution is the same.
let mostThreads = 64

/// Solves a problem.
///
/// - Parameters:
///   - previous: a solution of a problem with as many proposals and experts, to begin from: what has not changed
///     since need not be found again. It decides how long it takes, and between equally good solutions.
///   - seed: decides between equally good solutions; the same seed gives the same assignment.
///   - threads: on how many threads, at most 64 of which are started; the solution is the same. Sorting and proving are
///     dealt, the auction is not.
///   - progress: called at intervals, on the caller's thread.
///   - isCancelled: asked at intervals.
/// - Throws: ``MatchingRefused/minimumLoads(_:)`` if they cannot be met, ``MatchingRefused/cancelled``.
public func solve(
    _ problem: MatchingProblem, objective: Objective = .total, from previous: Solution? = nil,
    seed: UInt64 = 0, threads: Int = 1, progress: @escaping (Progress) -> Void = { _ in },
    isCancelled: @escaping () -> Bool = { false }
) throws(MatchingRefused) -> Solution {
    precondition(threads > 0, "at least one thread")
    // Each has prices of its own.
    let threads = min(threads, mostThreads)
    let control = Control(progress: progress, isCancelled: isCancelled)
    try control.report(.sorting)
    let rows = Rows(
        problem, sortedLaterFrom: threads > 1 ? Auction.first(seed, problem.proposals) : nil)
    let holdings = Holdings(rows)
    let certificate: Certificate
    // What was solved before is looked up in rows in no order.
    if previous != nil, let sorting = rows.sorting { concurrently(threads) { _ in sorting.run() } }
    if let previous, let guess = holdings.take(over: previous, rows) {
        certificate = try prove(rows, holdings, guess, threads: threads, control)
    } else {
        try control.report(.auction)
        let guess = try auction(rows, holdings, seed: seed, threads: threads, control)
        try control.report(.filling)
        certificate = try prove(rows, holdings, guess, threads: threads, control)
    }
    var assignment = holdings.assignment(locked: problem.locked)
    var fairness: Fairness?
    if objective != .total {
        let best = Report(problem, assignment, certificate)
        var search = FairSearch(problem, rows, holdings, seed: seed)
        var found = try search.run(objective, highest: best.total, rows, control)
        assignment = search.assignment(locked: problem.locked)
        found.compare(best, Report(problem, assignment, certificate), problem, assignment)
        fairness = found
    }
    return Solution(
        assignment: assignment, certificate: certificate,
        report: Report(problem, assignment, certificate, threads: threads), fairness: fairness)
}

/// The auction, with rows that are still to be sorted being sorted before it by other threads.
private func auction(
    _ rows: borrowing Rows, _ holdings: borrowing Holdings, seed: UInt64, threads: Int, _ control: Control
) throws(MatchingRefused) -> PriceGuess {
    guard let sorting = rows.sorting else {
        return try Auction.run(rows, holdings, seed: seed, threads: threads, control)
    }
    let helpers = Helpers(threads - 1) { _ in sorting.run() }
    do {
        let guess = try Auction.run(rows, holdings, seed: seed, threads: threads, control)
        sorting.run()
        helpers.join()
        return guess
    } catch {
        sorting.stop()
        helpers.join()
        throw error
    }
}

/// Makes holdings optimal; the guess need not fit them.
func prove(
    _ rows: borrowing Rows, _ holdings: borrowing Holdings, _ guess: consuming PriceGuess,
    threads: Int = 1, _ control: Control
) throws(MatchingRefused) -> Certificate {
    var filling = Filling(rows)
    try filling.run(rows, holdings, control)
    try MinimumLoads.meet(rows, holdings, control)
    let unit = guess.unit
    let grain = guess.grain
    let prices = guess.takePrices()
    if HoleRouting.isNeeded(rows, holdings, prices: prices) {
        var routing = HoleRouting(rows)
        try routing.run(rows, holdings, prices: prices, unit: unit, Columns(rows), control)
    }
    for expert in 0..<rows.experts where filling.isClosed(expert: expert) {
        prices[expert] += rows.holePenalty * unit
    }
    var exact = ExactPrices(rows, guess: prices, unit: unit, grain: grain)
    try exact.run(rows, holdings, threads: threads, control)
    return Certificate(prices: exact.prices.array)
}

/// Prices to begin from, in `unit`s of a score.
struct PriceGuess: ~Copyable {
    let unit: Int64
    /// What all scores are multiples of.
    let grain: Int64
    private let prices: Buffer<Int64>

    init(unit: Int64, grain: Int64 = 1, prices: consuming Buffer<Int64>) {
        self.unit = unit
        self.grain = grain
        self.prices = prices
    }

    consuming func takePrices() -> Buffer<Int64> { prices }
}

extension Holdings {
    /// Takes over from an earlier solution what still can stand, and its prices to begin from; nil if it speaks
    /// of other proposals or experts.
    func take(over previous: Solution, _ rows: borrowing Rows) -> PriceGuess? {
        guard previous.assignment.proposals == rows.proposals,
            previous.certificate.prices.count == rows.experts
        else { return nil }
        for proposal in 0..<rows.proposals {
            for expert in previous.assignment[proposal] {
                guard holes(proposal) > 0, load[expert] < rows.capacity[expert],
                    let candidate = rows.candidate(expert, of: proposal)
                else { continue }
                if rows.groups.exist, rows.groups.isFull(rows.groups.group[expert], proposal: proposal, self)
                {
                    continue
                }
                add(candidate, to: proposal)
            }
        }
        // Prices above this belong to regions that were closed; whether they still are is found anew.
        let most = Int64(MatchingProblem.largestScore) * 4
        return PriceGuess(unit: 1, prices: Buffer(previous.certificate.prices.map { max(0, min($0, most)) }))
    }

    /// The assignment these holdings and the locked pairs make.
    func assignment(locked: [Pair]) -> Assignment {
        let starts = [Int](unsafeUninitializedCapacity: count.count + 1) { starts, filled in
            filled = count.count + 1
            starts[0] = 0
            var next = 0
            for proposal in 0..<count.count {
                let firstLock = next
                while next < locked.count, locked[next].proposal == proposal { next += 1 }
                starts[proposal + 1] = starts[proposal] + Int(count[proposal]) + next - firstLock
            }
        }
        let experts = [Int32](unsafeUninitializedCapacity: held.count + locked.count) { experts, filled in
            filled = starts[count.count]
            var next = 0
            for proposal in 0..<count.count {
                var end = starts[proposal]
                while next < locked.count, locked[next].proposal == proposal {
                    experts[end] = Int32(locked[next].expert)
                    end += 1
                    next += 1
                }
                for index in range(proposal) {
                    experts[end] = held[index].expert
                    end += 1
                }
                if end - starts[proposal] > 1 { experts[starts[proposal]..<end].sort() }
            }
        }
        return Assignment(rowStart: starts, experts: experts)
    }
}
