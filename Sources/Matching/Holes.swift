/// Places of a proposal that stay empty, and why.
public struct Hole: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// Fewer candidates than places: the rest are conflicts or were never scored.
        case tooFewCandidates(Int)
        /// Candidates there are, but their loads are spent on proposals that have nobody else either.
        case loadsExhausted(BlockingSet)
        /// Candidates with free places there are, but each would be one too many of its group.
        case groupCaps(candidates: Int)
        /// The place is kept for the required kind; of the candidates so many are of it, and none can be had.
        case keptForKind(candidates: Int)
    }
    public var proposal: Int
    public var places: Int
    public var reason: Reason

    public init(proposal: Int, places: Int, reason: Reason) {
        self.proposal = proposal
        self.places = places
        self.reason = reason
    }
}

extension Hole: CustomStringConvertible {
    public var description: String {
        let what = "proposal \(proposal): \(places) place\(places == 1 ? "" : "s") unfilled: "
        return switch reason {
        case .tooFewCandidates(let count):
            what + "only \(count) candidate\(count == 1 ? "" : "s"); all others are conflicts or unscored"
        case .loadsExhausted(let blocking): what + "\(blocking)"
        case .groupCaps(let count):
            what + "its \(count) candidates would put too many of one group on it"
        case .keptForKind(0): what + "kept for an expert of the kind, and no candidate is of it"
        case .keptForKind(let count):
            what
                + "kept for an expert of the kind, and none of its \(count) candidate\(count == 1 ? "" : "s") of the kind can be had"
        }
    }
}

extension Solution {
    /// The holes of this solution with their reasons, in order of proposals.
    public func holes(in problem: MatchingProblem) -> [Hole] {
        HoleExplanation(problem, assignment).holes
    }
}
