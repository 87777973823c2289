/// The same holdings seen from the experts: which proposals hold each, and at what score.
struct Holders: ~Copyable {
    private let start: Buffer<Int>
    private let entries: Buffer<Columns.Entry>
    private let count: Buffer<Int32>

    init(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        start = Buffer(uninitialized: rows.experts + 1)
        var places = 0
        for expert in 0..<rows.experts {
            start[expert] = places
            places += Int(rows.capacity[expert])
        }
        start[rows.experts] = places
        entries = Buffer(uninitialized: places)
        count = Buffer(rows.experts, repeating: 0)
        for holder in 0..<rows.proposals {
            for index in holdings.range(holder) { add(holder, of: holdings.held[index]) }
        }
    }

    @inline(__always) func range(_ expert: Int32) -> Range<Int> {
        start[expert]..<(start[expert] + Int(count[expert]))
    }

    @inline(__always) subscript(index: Int) -> Int { Int(entries[index].proposal) }
    @inline(__always) func score(_ index: Int) -> Int32 { entries[index].score }

    func add(_ holder: Int, of candidate: Candidate) {
        let expert = candidate.expert
        entries[start[expert] + Int(count[expert])] = Columns.Entry(
            proposal: Int32(holder), score: candidate.score)
        count[expert] += 1
    }

    func remove(_ holder: Int, of expert: Int32) {
        for index in range(expert) where entries[index].proposal == Int32(holder) {
            count[expert] -= 1
            entries[index] = entries[start[expert] + Int(count[expert])]
            return
        }
        assertionFailure("expert \(expert) is not held by proposal \(holder)")
    }
}
