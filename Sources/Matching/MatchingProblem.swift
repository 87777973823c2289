/// Who may review what: proposals with demands, experts with loads, and scored candidate pairs.
///
/// A pair that is no candidate can never be assigned: a conflict of interest is an absent pair, not a low
/// score. Candidates are kept row by row (compressed sparse rows), eight bytes a pair.
public struct MatchingProblem: Sendable {
    /// The largest magnitude of a score: 2²⁷, so that scaled prices stay within 32 bits.
    public static let largestScore: Int32 = 1 << 27

    /// The largest magnitude of scores with which a problem of this size is sure to be accepted.
    public static func largestScore(experts: Int, places: Int) -> Int32 {
        Int32(min(Int64(largestScore), (1 << 58) / (Int64(experts) + 4) / max(1, Int64(places))))
    }

    /// Row `i` is `candidates[rowStart[i]..<rowStart[i + 1]]`.
    public let rowStart: [Int]
    /// All candidates, proposal by proposal.
    public let candidates: [Candidate]
    /// How many experts each proposal wants.
    public let demand: [Int32]
    /// How many proposals each expert may take.
    public let maximumLoad: [Int32]
    /// How many proposals each expert must be given.
    public let minimumLoad: [Int32]
    /// At most so many experts of one group on a proposal; nil for no such rule.
    public let groups: ExpertGroups?
    /// Places that proposals keep for experts of a kind; nil for no such rule.
    public let kind: RequiredKind?
    /// Either rule, as the solver and the proof know it.
    let caps: ExpertGroups?
    /// In which all scores lie, those of locked pairs included; zero if there are none.
    let scoreRange: ClosedRange<Int32>
    /// Pairs that stand in every assignment, in order.
    public let locked: [Pair]

    public var proposals: Int { demand.count }
    public var experts: Int { maximumLoad.count }

    /// What an unfilled place costs: the largest sum by which a rearrangement that fills one more can lower
    /// the total. Such a rearrangement passes each expert once at most.
    ///
    /// Verifying rests on it, so it is reckoned here and not taken from the solver.
    var holePenalty: Int64 {
        let range = Int64(scoreRange.upperBound) - Int64(scoreRange.lowerBound) + 1
        let (low, high) = (scoreRange.lowerBound.magnitude, scoreRange.upperBound.magnitude)
        return (Int64(experts) + 2) * range + Int64(max(low, high))
    }

    /// States a problem.
    ///
    /// - Parameters:
    ///   - rowStart: `proposals + 1` offsets into `candidates`.
    ///   - minimumLoad: empty stands for zero throughout.
    ///   - kind: does not go with `groups`: both together are no flow problem any more.
    ///   - locked: pairs to keep whatever they score; each must be a candidate.
    ///   - forbidden: pairs to strike out; one that is no candidate is ignored.
    public init(
        rowStart: [Int], candidates: [Candidate], demand: [Int32], maximumLoad: [Int32],
        minimumLoad: [Int32] = [], groups: ExpertGroups? = nil, kind: RequiredKind? = nil,
        locked: [Pair] = [], forbidden: [Pair] = []
    ) throws(MatchingRefused) {
        let minimum = minimumLoad.isEmpty ? [Int32](repeating: 0, count: maximumLoad.count) : minimumLoad
        try Self.checkLoads(demand: demand, maximum: maximumLoad, minimum: minimum)
        try groups?.check(experts: maximumLoad.count)
        try kind?.check(experts: maximumLoad.count, proposals: demand.count)
        guard groups == nil || kind == nil else { throw .groupsAndKind }
        try Self.checkRows(rowStart, candidates, proposals: demand.count, experts: maximumLoad.count)
        let bans = try Self.sorted(forbidden, demand.count, maximumLoad.count)
        if bans.isEmpty {
            self.rowStart = rowStart
            self.candidates = candidates
        } else {
            (self.rowStart, self.candidates) = Self.striking(bans, from: candidates, rowStart)
        }
        scoreRange = Self.scoreRange(self.candidates)
        self.demand = demand
        self.maximumLoad = maximumLoad
        self.minimumLoad = minimum
        self.groups = groups
        self.kind = kind
        caps = groups ?? kind?.others(demand: demand)
        self.locked = try Self.sorted(locked, demand.count, maximumLoad.count)
        try checkLocks(forbidden: bans)
        try checkArithmetic()
    }

    /// The score of a pair, nil where it is no candidate.
    public func score(_ pair: Pair) -> Int32? {
        guard pair.proposal >= 0, pair.proposal < proposals else { return nil }
        return candidates[rowStart[pair.proposal]..<rowStart[pair.proposal + 1]]
            .first { Int($0.expert) == pair.expert }?.score
    }
}
