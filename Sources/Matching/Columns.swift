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

    @inline(__always) func range(_ expert: Int32) -> Range<Int> { start[expert]..<start[Int(expert) + 1] }
}
