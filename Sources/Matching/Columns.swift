/// The candidate pairs seen from the experts: who could use each, and at what score.
struct Columns: ~Copyable {
    struct Entry: BitwiseCopyable {
        var proposal: Int32
        var score: Int32
    }
    /// Column `j` is `entries[start[j]..<start[j + 1]]`, in the order of proposals.
    let start: Buffer<Int>
    let entries: Buffer<Entry>

    init(_ rows: borrowing Rows) {
        let count = rows.start[rows.proposals]
        start = Buffer(rows.experts + 1, repeating: 0)
        entries = Buffer(uninitialized: count)
        for index in 0..<count { start[Int(rows.candidates[index].expert) + 1] += 1 }
        for expert in 0..<rows.experts { start[expert + 1] += start[expert] }
        let next = Buffer(start.array)
        for proposal in 0..<rows.proposals {
            for index in rows.start[proposal]..<rows.start[proposal + 1] {
                let candidate = rows.candidates[index]
                entries[next[candidate.expert]] = Entry(proposal: Int32(proposal), score: candidate.score)
                next[candidate.expert] += 1
            }
        }
    }

    /// Only the pairs that a proposal would rather have than the worst it holds, were they cheaper by `slack`:
    /// a few a row, and all that small changes of price can matter to.
    init(
        _ rows: borrowing Rows, _ holdings: borrowing Holdings, prices: borrowing Buffer<Int64>, unit: Int64,
        lowestPrice: Int64, slack: Int64
    ) {
        start = Buffer(rows.experts + 1, repeating: 0)
        // Where each row's near pairs end, and what they must be worth.
        let ends = Buffer<Int>(uninitialized: rows.proposals)
        let least = Buffer<Int64>(uninitialized: rows.proposals)
        var count = 0
        for proposal in 0..<rows.proposals {
            var worst = Int64.max
            for place in holdings.range(proposal) {
                let held = holdings.held[place]
                worst = min(worst, Int64(held.score) * unit - prices[held.expert])
            }
            if holdings.holes(proposal) > 0 { worst = -rows.holePenalty * unit }
            least[proposal] = worst == .max ? .max : worst - slack
            var index = rows.start[proposal]
            let end = rows.start[proposal + 1]
            while index < end {
                let candidate = rows.candidates[index]
                let score = Int64(candidate.score) * unit
                if score - lowestPrice <= least[proposal] { break }
                if score - prices[candidate.expert] > least[proposal] {
                    start[Int(candidate.expert) + 1] += 1
                    count += 1
                }
                index += 1
            }
            ends[proposal] = index
        }
        entries = Buffer(uninitialized: count)
        for expert in 0..<rows.experts { start[expert + 1] += start[expert] }
        let next = Buffer(start.array)
        for proposal in 0..<rows.proposals {
            for index in rows.start[proposal]..<ends[proposal] {
                let candidate = rows.candidates[index]
                guard Int64(candidate.score) * unit - prices[candidate.expert] > least[proposal] else {
                    continue
                }
                entries[next[candidate.expert]] = Entry(proposal: Int32(proposal), score: candidate.score)
                next[candidate.expert] += 1
            }
        }
    }

    @inline(__always) func range(_ expert: Int32) -> Range<Int> { start[expert]..<start[Int(expert) + 1] }
}
