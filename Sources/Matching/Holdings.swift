/// Who holds whom while a solution is being made.
struct Holdings: ~Copyable {
    /// Proposal `i` holds `held[start[i]..<start[i] + count[i]]`, in no order.
    let start: Buffer<Int>
    let held: Buffer<Candidate>
    let count: Buffer<Int32>
    /// How many proposals hold each expert.
    let load: Buffer<Int32>

    /// Nobody holds anybody.
    init(_ rows: borrowing Rows) {
        start = Buffer(uninitialized: rows.proposals + 1)
        var places = 0
        for proposal in 0..<rows.proposals {
            start[proposal] = places
            places += Int(rows.demand[proposal])
        }
        start[rows.proposals] = places
        held = Buffer(uninitialized: places)
        count = Buffer(rows.proposals, repeating: 0)
        load = Buffer(rows.experts, repeating: 0)
    }

    /// The same holdings, with the scores of these rows.
    init(copying other: borrowing Holdings, _ rows: borrowing Rows) {
        self.init(rows)
        for proposal in 0..<rows.proposals {
            for index in other.range(proposal) {
                // What is held stands in the row: both speak of the same problem.
                add(rows.candidate(other.held[index].expert, of: proposal)!, to: proposal)
            }
        }
    }

    @inline(__always) func range(_ proposal: Int) -> Range<Int> {
        start[proposal]..<(start[proposal] + Int(count[proposal]))
    }

    /// How many places of a proposal are empty.
    @inline(__always) func holes(_ proposal: Int) -> Int {
        start[proposal + 1] - start[proposal] - Int(count[proposal])
    }

    func add(_ candidate: Candidate, to proposal: Int) {
        held[start[proposal] + Int(count[proposal])] = candidate
        count[proposal] += 1
        load[candidate.expert] += 1
    }

    func remove(_ expert: Int32, from proposal: Int) {
        for index in range(proposal) where held[index].expert == expert {
            count[proposal] -= 1
            load[expert] -= 1
            held[index] = held[start[proposal] + Int(count[proposal])]
            return
        }
        assertionFailure("proposal \(proposal) does not hold expert \(expert)")
    }

    /// How often a proposal holds an expert: once at most, unless pairs have copies.
    @inline(__always) func copies(of expert: Int32, in proposal: Int) -> Int32 {
        var copies: Int32 = 0
        for index in range(proposal) where held[index].expert == expert { copies += 1 }
        return copies
    }

    @inline(__always) func holds(_ expert: Int32, in proposal: Int) -> Bool {
        copies(of: expert, in: proposal) > 0
    }
}
