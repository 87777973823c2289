extension MatchingProblem {
    static func checkLoads(demand: [Int32], maximum: [Int32], minimum: [Int32]) throws(MatchingRefused) {
        guard minimum.count == maximum.count else {
            throw .length("minimum loads", expected: maximum.count, found: minimum.count)
        }
        for (proposal, value) in demand.enumerated() where value < 0 {
            throw .negative("demand of proposal", index: proposal, value: value)
        }
        for (expert, value) in maximum.enumerated() where value < 0 {
            throw .negative("maximum load of expert", index: expert, value: value)
        }
        for (expert, value) in minimum.enumerated() {
            if value < 0 { throw .negative("minimum load of expert", index: expert, value: value) }
            if value > maximum[expert] { throw .minimumAboveMaximum(expert: expert) }
        }
    }

    static func checkRows(
        _ rowStart: [Int], _ candidates: [Candidate], proposals: Int, experts: Int
    ) throws(MatchingRefused) {
        guard rowStart.count == proposals + 1 else {
            throw .length("row starts", expected: proposals + 1, found: rowStart.count)
        }
        guard rowStart[0] == 0, rowStart[proposals] == candidates.count else { throw .rowStarts(proposal: 0) }
        for proposal in 0..<proposals where rowStart[proposal + 1] < rowStart[proposal] {
            throw .rowStarts(proposal: proposal)
        }
        // The last row in which each expert was seen.
        var seen = [Int](repeating: -1, count: experts)
        for proposal in 0..<proposals {
            for candidate in candidates[rowStart[proposal]..<rowStart[proposal + 1]] {
                let pair = Pair(proposal: proposal, expert: Int(candidate.expert))
                guard pair.expert >= 0, pair.expert < experts else { throw .outside(pair) }
                guard seen[pair.expert] != proposal else { throw .twice(pair) }
                seen[pair.expert] = proposal
                guard candidate.score >= -largestScore, candidate.score <= largestScore else {
                    throw .score(pair, candidate.score)
                }
            }
        }
    }

    /// The pairs in order, each once, all within the problem.
    static func sorted(_ pairs: [Pair], _ proposals: Int, _ experts: Int) throws(MatchingRefused) -> [Pair] {
        for pair in pairs {
            guard pair.proposal >= 0, pair.proposal < proposals, pair.expert >= 0, pair.expert < experts
            else { throw .outside(pair) }
        }
        var result: [Pair] = []
        for pair in pairs.sorted() where result.last != pair { result.append(pair) }
        return result
    }

    static func striking(
        _ bans: [Pair], from candidates: [Candidate], _ rowStart: [Int]
    ) -> (rowStart: [Int], candidates: [Candidate]) {
        var starts = [0]
        starts.reserveCapacity(rowStart.count)
        var kept: [Candidate] = []
        kept.reserveCapacity(candidates.count)
        var next = 0
        for proposal in 0..<(rowStart.count - 1) {
            let first = next
            while next < bans.count, bans[next].proposal == proposal { next += 1 }
            for candidate in candidates[rowStart[proposal]..<rowStart[proposal + 1]]
            where !bans[first..<next].contains(where: { $0.expert == Int(candidate.expert) }) {
                kept.append(candidate)
            }
            starts.append(kept.count)
        }
        return (starts, kept)
    }

    func checkLocks(forbidden: [Pair]) throws(MatchingRefused) {
        var loads = [Int32](repeating: 0, count: experts)
        var first = 0
        while first < locked.count {
            let proposal = locked[first].proposal
            var end = first
            while end < locked.count, locked[end].proposal == proposal { end += 1 }
            for pair in locked[first..<end] {
                if forbidden.contains(pair) { throw .lockedAndForbidden(pair) }
                guard score(pair) != nil else { throw .lockedNoCandidate(pair) }
                loads[pair.expert] += 1
                if loads[pair.expert] > maximumLoad[pair.expert] {
                    throw .lockedBeyondLoad(expert: pair.expert)
                }
            }
            if end - first > Int(demand[proposal]) { throw .lockedBeyondDemand(proposal: proposal) }
            if let group = caps?.exceeded(by: locked[first..<end].map(\.expert), of: proposal) {
                if kind != nil { throw .lockedBeyondKind(proposal: proposal) }
                throw .lockedBeyondCap(proposal: proposal, group: group)
            }
            first = end
        }
    }

    /// The lowest and the highest score; both zero if there are none.
    static func scoreRange(_ candidates: [Candidate]) -> ClosedRange<Int32> {
        guard var lowest = candidates.first?.score else { return 0...0 }
        var highest = lowest
        candidates.withUnsafeBufferPointer { candidates in
            for candidate in candidates {
                lowest = min(lowest, candidate.score)
                highest = max(highest, candidate.score)
            }
        }
        return lowest...highest
    }

    /// Totals with the penalties of all places must fit 64 bits, with room for prices.
    func checkArithmetic() throws(MatchingRefused) {
        let places = demand.reduce(0) { $0 + Int64($1) }
        let (most, overflows) = holePenalty.multipliedReportingOverflow(by: max(1, places))
        if overflows || most > 1 << 60 { throw .beyondArithmetic }
    }
}
