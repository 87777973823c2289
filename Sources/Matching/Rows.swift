/// A problem made ready to solve: locked pairs taken out, each row sorted from its best candidate down.
///
/// Sorted rows are what makes the solver sublinear: with prices that never fall below a known floor, a row
/// need be read only until the next score cannot beat what was found.
struct Rows: ~Copyable {
    let proposals: Int
    let experts: Int
    /// Row `i` is `candidates[start[i]..<start[i + 1]]`.
    let start: Buffer<Int>
    let candidates: Buffer<Candidate>
    /// Places still to fill, after locks.
    let demand: Buffer<Int32>
    /// Places an expert still has, after locks; never more than could be used.
    let capacity: Buffer<Int32>
    /// Places an expert must still be given, after locks.
    let minimum: Buffer<Int32>
    /// How often one pair may be assigned; above one only when solving for probabilities.
    let pairCapacity: Int32
    let groups: GroupCaps
    /// Scores lie in `lowestScore...highestScore`; both zero if there are none.
    let lowestScore: Int32
    let highestScore: Int32
    /// What an unfilled place costs, in score units: more than any rearrangement can gain, so that places are
    /// filled first and scores compared second.
    let holePenalty: Int64
    /// Who sorts the rows beside the auction; nil where they were sorted at once.
    let sorting: RowSorting?

    /// Places that the proposals want filled.
    var places: Int { (0..<proposals).reduce(0) { $0 + Int(demand[$1]) } }
    /// The largest demand.
    var widest: Int { (0..<proposals).reduce(0) { max($0, Int(demand[$1])) } }
    /// Places that the experts have.
    var capacityInAll: Int { (0..<experts).reduce(0) { $0 + Int(capacity[$1]) } }
}

extension Rows {
    /// - Parameter first: where given, the rows are yet to be sorted by ``sorting``, beginning with this one.
    init(
        _ problem: MatchingProblem, copies: Int32 = 1, pairCapacity: Int32 = 1,
        sortedLaterFrom first: Int? = nil
    ) {
        proposals = problem.proposals
        experts = problem.experts
        self.pairCapacity = pairCapacity
        demand = Buffer(problem.demand.map { $0 > .max / copies ? .max : $0 * copies })
        capacity = Buffer(problem.maximumLoad.map { $0 > .max / copies ? .max : $0 * copies })
        minimum = Buffer(problem.minimumLoad.map { $0 * copies })
        for pair in problem.locked {
            demand[pair.proposal] -= copies
            capacity[pair.expert] -= copies
            minimum[pair.expert] = max(0, minimum[pair.expert] - copies)
        }
        groups = GroupCaps(problem, copies: copies)
        start = Buffer(uninitialized: proposals + 1)
        candidates = Buffer(uninitialized: problem.candidates.count)
        start[0] = 0
        var lock = 0
        for proposal in 0..<proposals {
            let firstLock = lock
            while lock < problem.locked.count, problem.locked[lock].proposal == proposal { lock += 1 }
            let pairs = problem.rowStart[proposal + 1] - problem.rowStart[proposal]
            start[proposal + 1] = start[proposal] + pairs - (lock - firstLock)
        }
        let sorting = RowSorting(problem, into: candidates, start, from: first ?? 0)
        if first == nil { sorting.run() }
        self.sorting = first == nil ? nil : sorting
        lowestScore = problem.scoreRange.lowerBound
        highestScore = problem.scoreRange.upperBound
        holePenalty = Self.holePenalty(experts: experts, lowest: lowestScore, highest: highestScore)
        // Places beyond a proposal's candidates stay empty whatever is done: nobody need look at them.
        for proposal in 0..<proposals {
            let pairs = start[proposal + 1] - start[proposal]
            demand[proposal] = Int32(min(Int(demand[proposal]), pairs * Int(pairCapacity)))
        }
        if proposals > 0 { Self.clamp(capacity, to: problem, pairCapacity) }
    }

    /// The same rows with each row's scores multiplied, as far as they fit: a problem for a start, not an answer.
    init(_ rows: borrowing Rows, weights: [Double]) {
        proposals = rows.proposals
        experts = rows.experts
        pairCapacity = rows.pairCapacity
        demand = Buffer(rows.demand.array)
        capacity = Buffer(rows.capacity.array)
        minimum = Buffer(rows.minimum.array)
        groups = GroupCaps(rows.groups)
        start = Buffer(rows.start.array)
        candidates = Buffer(rows.candidates.array)
        let largest = Double(max(rows.highestScore.magnitude, rows.lowestScore.magnitude, 1))
        let fit = min(1, Double(MatchingProblem.largestScore) / (largest * (weights.max() ?? 1)))
        var lowest = Int32.max
        var highest = Int32.min
        for proposal in 0..<proposals {
            for index in start[proposal]..<start[proposal + 1] {
                let score = Int32(Double(candidates[index].score) * weights[proposal] * fit)
                candidates[index].score = score
                lowest = min(lowest, score)
                highest = max(highest, score)
            }
        }
        (lowestScore, highestScore) = lowest <= highest ? (lowest, highest) : (0, 0)
        holePenalty = Self.holePenalty(experts: experts, lowest: lowestScore, highest: highestScore)
        sorting = nil
    }

    /// A path of improvement passes each expert at most once and changes the total by at most the range of
    /// scores at each, and by one whole score where a place is filled.
    static func holePenalty(experts: Int, lowest: Int32, highest: Int32) -> Int64 {
        let range = Int64(highest) - Int64(lowest)
        return (Int64(experts) + 2) * (range + 1) + Int64(max(highest.magnitude, lowest.magnitude))
    }

    /// Loads beyond an expert's candidates say nothing and would cost memory.
    private static func clamp(
        _ capacity: borrowing Buffer<Int32>, to problem: MatchingProblem, _ pairCapacity: Int32
    ) {
        var total = 0
        for expert in 0..<capacity.count { total &+= Int(capacity[expert]) }
        guard total > problem.candidates.count - problem.locked.count else { return }
        let degree = Buffer<Int32>(capacity.count, repeating: 0)
        for candidate in problem.candidates { degree[candidate.expert] += pairCapacity }
        for pair in problem.locked { degree[pair.expert] -= pairCapacity }
        for expert in 0..<capacity.count { capacity[expert] = min(capacity[expert], degree[expert]) }
    }
}
