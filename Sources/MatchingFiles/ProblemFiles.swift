package import Matching

/// The files that state a problem.
package struct ProblemFiles: Sendable {
    package enum Scores: Sendable {
        case dense(String)
        case pairs(String)
    }
    /// More places than anybody has, and few enough to hold in memory.
    private static let mostPlaces = 100_000_000

    package var scores: Scores
    package var demand: String
    package var maximumLoad: String
    package var minimumLoad: String?
    package var locked: String?
    package var forbidden: String?
    package var groups: String?
    package var groupCap: Int32
    package var kinds: String?
    /// How many places each proposal keeps for the kind.
    package var kindLeast: Int32

    package init(
        scores: Scores, demand: String, maximumLoad: String, minimumLoad: String? = nil,
        locked: String? = nil, forbidden: String? = nil, groups: String? = nil, groupCap: Int32 = 1,
        kinds: String? = nil, kindLeast: Int32 = 1
    ) {
        self.scores = scores
        self.demand = demand
        self.maximumLoad = maximumLoad
        self.minimumLoad = minimumLoad
        self.locked = locked
        self.forbidden = forbidden
        self.groups = groups
        self.groupCap = groupCap
        self.kinds = kinds
        self.kindLeast = kindLeast
    }

    /// Reads them all.
    ///
    /// - Throws: ``FileRefused`` with the file and, where the fault is in one line, its number.
    package func read() throws(FileRefused) -> (problem: MatchingProblem, scale: ScoreScale) {
        let demand = try IntegerFile.read(TextFile(path: demand), what: "demand")
        let maximum = try IntegerFile.read(TextFile(path: maximumLoad), what: "maximum load")
        let minimum = try perExpert(minimumLoad, maximum.count, "minimum load") ?? []
        for (expert, load) in minimum.enumerated() where load > maximum[expert] {
            throw FileRefused(
                minimumLoad ?? "", line: expert + 1,
                "minimum load \(load) of expert \(expert) is above the maximum load \(maximum[expert])")
        }
        let locks = try pairs(locked, demand.count, maximum.count)
        let bans = try pairs(forbidden, demand.count, maximum.count)
        let ofExpert = try perExpert(groups, maximum.count, "group", allowsNegative: true)
        var kind: RequiredKind?
        if let kinds {
            kind = RequiredKind(
                isOfKind: try KindFile.read(TextFile(path: kinds), experts: maximum.count),
                least: Array(repeating: kindLeast, count: demand.count))
        }
        let wanted = demand.reduce(0) { $0 + Int($1) }
        guard wanted <= Self.mostPlaces else {
            throw FileRefused(
                self.demand, "the demands add up to \(wanted) places; \(Self.mostPlaces) is the most")
        }
        let rows = try candidates(demand.count, maximum.count, wanted)
        do {
            let problem = try MatchingProblem(
                rowStart: rows.rowStart, candidates: rows.candidates, demand: demand, maximumLoad: maximum,
                minimumLoad: minimum, groups: ofExpert.map { ExpertGroups(group: $0, cap: groupCap) },
                kind: kind, locked: locks.map(\.pair), forbidden: bans.map(\.pair))
            return (problem, rows.scale)
        } catch {
            throw place(error, locks, demand.count, maximum.count)
        }
    }

    private func candidates(_ proposals: Int, _ experts: Int, _ wanted: Int) throws(FileRefused)
        -> CandidateRows
    {
        switch scores {
        case .dense(let path):
            try CandidateFile.readDense(
                TextFile(path: path), proposals: proposals, experts: experts, wanted: wanted)
        case .pairs(let path):
            try CandidateFile.readPairs(
                TextFile(path: path), proposals: proposals, experts: experts, wanted: wanted)
        }
    }

    private func perExpert(
        _ path: String?, _ experts: Int, _ what: String, allowsNegative: Bool = false
    ) throws(FileRefused) -> [Int32]? {
        guard let path else { return nil }
        let values = try IntegerFile.read(TextFile(path: path), what: what, allowsNegative: allowsNegative)
        guard values.count == experts else {
            throw FileRefused(path, "\(values.count) lines where there are \(experts) experts")
        }
        return values
    }

    private func pairs(
        _ path: String?, _ proposals: Int, _ experts: Int
    ) throws(FileRefused) -> [(pair: Pair, line: Int)] {
        guard let path else { return [] }
        return try PairFile.read(TextFile(path: path), proposals: proposals, experts: experts)
    }

    /// Finds the file and line that a refusal of the kernel speaks of.
    private func place(
        _ refused: MatchingRefused, _ locks: [(pair: Pair, line: Int)], _ proposals: Int, _ experts: Int
    ) -> FileRefused {
        func lastLock(where matches: (Pair) -> Bool) -> Int? { locks.last { matches($0.pair) }?.line }
        let reason = refused.description
        switch refused {
        case .twice(let pair):
            if case .pairs(let path) = scores, let file = try? TextFile(path: path) {
                let line = CandidateFile.lineOfSecond(pair, in: file, proposals: proposals, experts: experts)
                return FileRefused(path, line: line, reason)
            }
            return FileRefused(demand, reason)
        case .lockedNoCandidate(let pair), .lockedAndForbidden(let pair):
            return FileRefused(locked ?? "", line: lastLock { $0 == pair }, reason)
        case .groupsAndKind: return FileRefused(kinds ?? "", reason)
        case .lockedBeyondDemand(let proposal), .lockedBeyondCap(let proposal, _),
            .lockedBeyondKind(let proposal):
            return FileRefused(locked ?? "", line: lastLock { $0.proposal == proposal }, reason)
        case .lockedBeyondLoad(let expert):
            return FileRefused(locked ?? "", line: lastLock { $0.expert == expert }, reason)
        case .length, .rowStarts, .outside, .score, .beyondArithmetic, .negative, .minimumAboveMaximum,
            .probability,
            .minimumLoads, .notLocal, .cancelled:
            return FileRefused(demand, reason)
        }
    }
}
