/// Sorts one row by falling score, then rising expert.
struct RowSorter: ~Copyable {
    private static let widest = 160
    private static let lanes = 4
    private let scores: Buffer<SIMD4<Int32>>
    private let ranks: Buffer<SIMD4<Int32>>
    private let keys: Buffer<UInt64>

    init(longest: Int) {
        let vectors = Self.widest / Self.lanes
        scores = Buffer(vectors, repeating: SIMD4(repeating: .max))
        ranks = Buffer(uninitialized: vectors)
        keys = Buffer(uninitialized: longest)
    }

    mutating func sort(
        _ row: UnsafeMutablePointer<Candidate>, _ count: Int, into sorted: UnsafeMutablePointer<Candidate>
    ) {
        if count <= Self.widest, orderByExpert(row, count) {
            rank(row, count, into: sorted)
        } else {
            for index in 0..<count { keys[index] = Self.key(row[index]) }
            var run = UnsafeMutableBufferPointer(start: keys.base, count: count)
            run.sort()
            for index in 0..<count { sorted[index] = Self.candidate(keys[index]) }
        }
    }

    /// Puts the few candidates that stand out of order into place; false if they are many.
    private func orderByExpert(_ row: UnsafeMutablePointer<Candidate>, _ count: Int) -> Bool {
        var moves = 0
        for index in 1..<max(1, count) where row[index - 1].expert > row[index].expert {
            let candidate = row[index]
            var place = index
            while place > 0, row[place - 1].expert > candidate.expert {
                row[place] = row[place - 1]
                place -= 1
            }
            row[place] = candidate
            moves += index - place
            if moves > 4 * count { return false }
        }
        return true
    }

    /// Counts for each candidate how many stand before it, four comparisons at a time: for rows of everyday length
    /// this is several times as fast as sorting, because nothing has to be foreseen.
    private func rank(
        _ row: UnsafeMutablePointer<Candidate>, _ count: Int, into sorted: UnsafeMutablePointer<Candidate>
    ) {
        let vectors = (count + Self.lanes - 1) / Self.lanes
        // What is not yet reached outranks everyone, so that nobody counts as standing before it.
        for index in 0..<vectors {
            scores[index] = SIMD4(repeating: .max)
            ranks[index] = .zero
        }
        scores.base.withMemoryRebound(to: Int32.self, capacity: vectors * Self.lanes) { score in
            ranks.base.withMemoryRebound(to: Int32.self, capacity: vectors * Self.lanes) { rank in
                for index in 0..<count {
                    let own = SIMD4<Int32>(repeating: row[index].score)
                    var outdone = SIMD4<Int32>.zero
                    for place in 0..<((index + Self.lanes - 1) / Self.lanes) {
                        let isLower = own .> scores.base[place]
                        let one = SIMD4<Int32>.zero.replacing(with: 1, where: isLower)
                        ranks.base[place] &+= one
                        outdone &+= one
                    }
                    rank[index] = Int32(index) &- outdone.wrappedSum()
                    score[index] = row[index].score
                }
                for index in 0..<count { sorted[Int(rank[index])] = row[index] }
            }
        }
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
}
