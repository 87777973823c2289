/// The same holdings seen from the experts: which proposals hold each.
struct Holders: ~Copyable {
    private let start: Buffer<Int>
    private let proposal: Buffer<Int32>
    private let count: Buffer<Int32>

    init(_ rows: borrowing Rows, _ holdings: borrowing Holdings) {
        start = Buffer(uninitialized: rows.experts + 1)
        var places = 0
        for expert in 0..<rows.experts {
            start[expert] = places
            places += Int(rows.capacity[expert])
        }
        start[rows.experts] = places
        proposal = Buffer(uninitialized: places)
        count = Buffer(rows.experts, repeating: 0)
        for holder in 0..<rows.proposals {
            for index in holdings.range(holder) { add(holder, of: holdings.held[index].expert) }
        }
    }

    @inline(__always) func range(_ expert: Int32) -> Range<Int> {
        start[expert]..<(start[expert] + Int(count[expert]))
    }

    @inline(__always) subscript(index: Int) -> Int { Int(proposal[index]) }

    func add(_ holder: Int, of expert: Int32) {
        proposal[start[expert] + Int(count[expert])] = Int32(holder)
        count[expert] += 1
    }

    func remove(_ holder: Int, of expert: Int32) {
        for index in range(expert) where proposal[index] == Int32(holder) {
            count[expert] -= 1
            proposal[index] = proposal[start[expert] + Int(count[expert])]
            return
        }
        assertionFailure("expert \(expert) is not held by proposal \(holder)")
    }
}
