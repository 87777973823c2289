/// The rule on groups as the solver asks for it: which groups of a proposal have no room left.
struct GroupCaps: ~Copyable {
    /// The group of each expert, negative for none; empty when there is no rule.
    let group: Buffer<Int32>
    private let cap: Int32
    /// The cap of each proposal; empty where they have the same.
    private let capOfProposal: Buffer<Int32>
    /// Locked experts of proposal `i`: they fill their groups though they are no longer in the row.
    private let lockStart: Buffer<Int>
    private let lockedExpert: Buffer<Int32>
    private let copies: Int32

    var exist: Bool { group.count > 0 }

    init(_ problem: MatchingProblem, copies: Int32) {
        self.copies = copies
        guard let groups = problem.caps else {
            group = Buffer(0, repeating: 0)
            cap = .max
            capOfProposal = Buffer(0, repeating: 0)
            lockStart = Buffer(0, repeating: 0)
            lockedExpert = Buffer(0, repeating: 0)
            return
        }
        group = Buffer(groups.group)
        func times(_ cap: Int32) -> Int32 { cap > .max / copies ? .max : cap * copies }
        cap = times(groups.cap)
        capOfProposal = Buffer((groups.capOfProposal ?? []).map(times))
        lockStart = Buffer(problem.proposals + 1, repeating: 0)
        lockedExpert = Buffer(problem.locked.map { Int32($0.expert) })
        for pair in problem.locked { lockStart[pair.proposal + 1] += 1 }
        for proposal in 0..<problem.proposals { lockStart[proposal + 1] += lockStart[proposal] }
    }

    init(_ other: borrowing GroupCaps) {
        group = Buffer(other.group.array)
        cap = other.cap
        capOfProposal = Buffer(other.capOfProposal.array)
        lockStart = Buffer(other.lockStart.array)
        lockedExpert = Buffer(other.lockedExpert.array)
        copies = other.copies
    }

    @inline(__always) func cap(of proposal: Int) -> Int32 {
        capOfProposal.count > 0 ? capOfProposal[proposal] : cap
    }

    /// How many locked experts of a group the proposal has.
    @inline(__always) func lockedCount(_ wanted: Int32, proposal: Int) -> Int32 {
        var count: Int32 = 0
        for index in lockStart[proposal]..<lockStart[proposal + 1]
        where group[lockedExpert[index]] == wanted { count += copies }
        return count
    }

    /// How many experts of a group the proposal holds, locked ones included.
    func count(_ wanted: Int32, proposal: Int, _ holdings: borrowing Holdings) -> Int32 {
        var count = lockedCount(wanted, proposal: proposal)
        for index in holdings.range(proposal) where group[holdings.held[index].expert] == wanted {
            count += 1
        }
        return count
    }

    /// Whether another expert of this group would be one too many; never for an expert of no group.
    func isFull(_ wanted: Int32, proposal: Int, _ holdings: borrowing Holdings) -> Bool {
        wanted >= 0 && count(wanted, proposal: proposal, holdings) >= cap(of: proposal)
    }
}
