/// One candidate of a proposal: who could take it, and how well it would be in those hands.
///
/// Eight bytes, so that a row of candidates is one run of memory.
public struct Candidate: Hashable, Sendable, BitwiseCopyable {
    /// The expert's index, from zero.
    public var expert: Int32
    /// The pair's score in whole units; what a unit is worth is the caller's affair.
    public var score: Int32

    public init(expert: Int32, score: Int32) {
        self.expert = expert
        self.score = score
    }
}

/// One proposal and one expert, by index.
public struct Pair: Hashable, Sendable, Comparable {
    public var proposal: Int
    public var expert: Int

    public init(proposal: Int, expert: Int) {
        self.proposal = proposal
        self.expert = expert
    }

    public static func < (left: Pair, right: Pair) -> Bool {
        (left.proposal, left.expert) < (right.proposal, right.expert)
    }
}
