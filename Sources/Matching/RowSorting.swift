extension Rows {
    /// Copies the rows of `problem` without locked pairs, each sorted by falling score, then rising expert.
    ///
    /// - Returns: the lowest and the highest score among all candidates, locked ones included.
    static func sort(
        _ problem: MatchingProblem, into candidates: borrowing Buffer<Candidate>,
        _ start: borrowing Buffer<Int>
    ) -> (lowest: Int32, highest: Int32) {
        var longest = 0
        for proposal in 0..<problem.proposals {
            longest = max(longest, problem.rowStart[proposal + 1] - problem.rowStart[proposal])
        }
        let keys = Buffer<UInt64>(uninitialized: longest)
        var lowest = Int32.max
        var highest = Int32.min
        var filled = 0
        var lock = 0
        problem.candidates.withUnsafeBufferPointer { source in
            for proposal in 0..<problem.proposals {
                start[proposal] = filled
                let firstLock = lock
                while lock < problem.locked.count, problem.locked[lock].proposal == proposal { lock += 1 }
                var count = 0
                for index in problem.rowStart[proposal]..<problem.rowStart[proposal + 1] {
                    let candidate = source[index]
                    lowest = min(lowest, candidate.score)
                    highest = max(highest, candidate.score)
                    if lock > firstLock, Self.holds(problem.locked[firstLock..<lock], candidate.expert) {
                        continue
                    }
                    keys[count] = Self.key(candidate)
                    count += 1
                }
                Self.sortAscending(keys.base, count)
                for index in 0..<count { candidates[filled + index] = Self.candidate(keys[index]) }
                filled += count
            }
        }
        start[problem.proposals] = filled
        return lowest <= highest ? (lowest, highest) : (0, 0)
    }

    private static func holds(_ locks: ArraySlice<Pair>, _ expert: Int32) -> Bool {
        locks.contains { $0.expert == Int(expert) }
    }

    /// Ascending keys are falling scores, then rising experts.
    @inline(__always) private static func key(_ candidate: Candidate) -> UInt64 {
        UInt64(~(UInt32(bitPattern: candidate.score) ^ 0x8000_0000)) << 32
            | UInt64(UInt32(bitPattern: candidate.expert))
    }

    @inline(__always) private static func candidate(_ key: UInt64) -> Candidate {
        Candidate(
            expert: Int32(truncatingIfNeeded: key),
            score: Int32(bitPattern: ~UInt32(truncatingIfNeeded: key >> 32) ^ 0x8000_0000))
    }

    private static func sortAscending(_ keys: UnsafeMutablePointer<UInt64>, _ count: Int) {
        guard count <= 24 else {
            var run = UnsafeMutableBufferPointer(start: keys, count: count)
            return run.sort()
        }
        guard count > 1 else { return }
        for index in 1..<count {
            let key = keys[index]
            var place = index
            while place > 0, keys[place - 1] > key {
                keys[place] = keys[place - 1]
                place -= 1
            }
            keys[place] = key
        }
    }
}
