/// The pairs that small changes of price can matter to: those that a proposal does not hold and would rather have than the
/// worst it holds, were they cheaper by some slack. A few a row.
///
/// A sweep notes them while each row is at hand, one bit a pair; ``Columns`` are made of them without reading rows again.
///
/// Threads note in parts: each the rows of its share of the proposals, in words and counts of its own.
struct NearPairs: ~Copyable {
    let parts: Int
    /// The bits of a part stand one word on for each part before it, so that none shares a word.
    private let bits: Buffer<UInt64>
    /// How many were noted of each expert, part after part.
    private let count: Buffer<Int32>
    private let experts: Int

    init(_ rows: borrowing Rows, parts: Int = 1) {
        self.parts = parts
        experts = rows.experts
        bits = Buffer(rows.start[rows.proposals] / 64 + parts, repeating: 0)
        count = Buffer(rows.experts * parts, repeating: 0)
    }

    /// How many were noted of an expert.
    func count(_ expert: Int) -> Int {
        (0..<parts).reduce(0) { $0 + Int(count[$1 * experts + expert]) }
    }

    func clear() {
        bits.fill(0)
        count.fill(0)
    }

    /// Notes the pairs of one row.
    ///
    /// - Parameters:
    ///   - prices: in `unit`s of a score, none below `lowestPrice`.
    ///   - slack: by how much prices may fall.
    ///   - part: the part that the proposal belongs to.
    func note(
        _ proposal: Int, _ rows: borrowing Rows, _ holdings: borrowing Holdings,
        prices: borrowing Buffer<Int64>, unit: Int64, lowestPrice: Int64, slack: Int64, part: Int
    ) {
        let held = holdings.range(proposal)
        var worst = Int64.max
        for place in held {
            let candidate = holdings.held[place]
            worst = min(worst, Int64(candidate.score) * unit - prices[candidate.expert])
        }
        if holdings.holes(proposal) > 0 { worst = -rows.holePenalty * unit }
        guard worst < .max else { return }
        let least = worst - slack
        let counts = count.base + part * experts
        for index in rows.start[proposal]..<rows.start[proposal + 1] {
            let candidate = rows.candidates[index]
            let score = Int64(candidate.score) * unit
            if score - lowestPrice <= least { return }
            guard score - prices[candidate.expert] > least, !holdings.holds(candidate.expert, in: proposal)
            else { continue }
            bits[index >> 6 + part] |= 1 << UInt64(index & 63)
            counts[Int(candidate.expert)] += 1
        }
    }

    /// Calls `body` with the place of each pair among all candidates, in ascending order.
    @inline(__always) func forEach(_ rows: borrowing Rows, _ body: (Int) -> Void) {
        for part in 0..<parts {
            let proposals = share(part, of: parts, rows.proposals)
            let first = rows.start[proposals.lowerBound] >> 6 + part
            let end = rows.start[proposals.upperBound] >> 6 + part + 1
            for word in first..<end {
                var left = bits[word]
                while left != 0 {
                    body((word - part) << 6 + left.trailingZeroBitCount)
                    left &= left &- 1
                }
            }
        }
    }
}

extension Columns {
    init(_ rows: borrowing Rows, _ near: borrowing NearPairs) {
        start = Buffer(uninitialized: rows.experts + 1)
        // Where each column's next entry goes; in the end where the next column begins.
        let next = Buffer<Int>(uninitialized: rows.experts)
        var count = 0
        for expert in 0..<rows.experts {
            start[expert] = count
            next[expert] = count
            count += near.count(expert)
        }
        start[rows.experts] = count
        entries = Buffer(uninitialized: count)
        var proposal = 0
        near.forEach(rows) { index in
            while rows.start[proposal + 1] <= index { proposal += 1 }
            let candidate = rows.candidates[index]
            entries[next[candidate.expert]] = Entry(proposal: Int32(proposal), score: candidate.score)
            next[candidate.expert] += 1
        }
    }
}
