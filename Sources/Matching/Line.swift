/// Proposals that still bid, first come first served.
///
/// Who loses an expert is told at the next turn, not at once: the proposal's list is then looked up once, after it was
/// called into the cache, and not once more when the loss happens.
struct Line: ~Copyable {
    struct Turn: BitwiseCopyable {
        var proposal: Int32
        /// The expert it has lost; `Step.hole` at the opening.
        var lost: Int32
    }
    private let turns: Buffer<Turn>
    private var first = 0
    private(set) var count = 0

    /// - Parameter room: how many can stand in line at once.
    init(room: Int) { turns = Buffer(uninitialized: room) }

    @inline(__always) mutating func join(_ proposal: Int, lost: Int32 = Step.hole) {
        var place = first &+ count
        if place >= turns.count { place &-= turns.count }
        turns[place] = Turn(proposal: Int32(truncatingIfNeeded: proposal), lost: lost)
        count &+= 1
    }

    @inline(__always) mutating func next() -> Turn {
        let turn = turns[first]
        first &+= 1
        if first == turns.count { first = 0 }
        count &-= 1
        return turn
    }

    /// Who comes after `others` more turns.
    @inline(__always) func proposal(after others: Int) -> Int? {
        guard others < count else { return nil }
        var place = first &+ others
        if place >= turns.count { place &-= turns.count }
        return Int(turns[place].proposal)
    }

    mutating func clear() {
        first = 0
        count = 0
    }
}
