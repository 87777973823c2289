/// Why a problem cannot be stated or solved as asked.
public enum MatchingRefused: Error, Equatable, Sendable {
    /// Two lists that speak of the same things differ in length.
    case length(String, expected: Int, found: Int)
    /// Row starts do not begin at zero, end at the number of candidates, and never fall.
    case rowStarts(proposal: Int)
    /// A candidate, lock or ban names an expert or proposal that does not exist.
    case outside(Pair)
    /// A row names an expert twice.
    case twice(Pair)
    /// A score whose magnitude exceeds ``MatchingProblem/largestScore``.
    case score(Pair, Int32)
    /// Scores so fine, and places so many, that sums would not fit 64 bits; use a smaller scale.
    case beyondArithmetic
    /// A demand, a load or a cap below zero.
    case negative(String, index: Int, value: Int32)
    /// An expert's minimum load is above the maximum.
    case minimumAboveMaximum(expert: Int)
    /// A lock on a pair that is no candidate: a conflict, or never scored.
    case lockedNoCandidate(Pair)
    /// A pair both locked and forbidden.
    case lockedAndForbidden(Pair)
    /// More locks on a proposal than it wants experts.
    case lockedBeyondDemand(proposal: Int)
    /// More locks on an expert than the expert may take.
    case lockedBeyondLoad(expert: Int)
    /// The locks on a proposal hold more experts of one group than the cap allows.
    case lockedBeyondCap(proposal: Int, group: Int32)
    /// The locks on a proposal hold places that it keeps for experts of the required kind.
    case lockedBeyondKind(proposal: Int)
    /// Groups and a required kind: together no flow problem, so that nothing could be proved.
    case groupsAndKind
    /// A cap on probability outside (0, 1].
    case probability(Double)
    /// Minimum loads that no assignment can meet, with the reason.
    case minimumLoads(BlockingSet)
    /// What a ``Resolver`` does not cover; ``solve(_:objective:from:seed:progress:isCancelled:)`` does.
    case notLocal(String)
    /// The caller asked to stop.
    case cancelled
}

extension MatchingRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .length(let what, let expected, let found):
            "\(what): \(found) values where \(expected) are needed"
        case .rowStarts(let proposal):
            "proposal \(proposal): row starts must begin at 0, never fall and end at the number of candidates"
        case .outside(let pair):
            "pair \(pair.proposal),\(pair.expert): there is no such proposal or expert (indices begin at 0)"
        case .twice(let pair):
            "pair \(pair.proposal),\(pair.expert) is given twice; give each pair once"
        case .score(let pair, let score):
            "pair \(pair.proposal),\(pair.expert): score \(score) is beyond ±\(MatchingProblem.largestScore); use a smaller scale"
        case .beyondArithmetic:
            "the range of scores times experts and places goes beyond 64 bits; use a smaller scale or smaller demands"
        case .negative(let what, let index, let value):
            "\(what) \(index): \(value) is below zero"
        case .minimumAboveMaximum(let expert):
            "expert \(expert): the minimum load is above the maximum"
        case .lockedNoCandidate(let pair):
            "pair \(pair.proposal),\(pair.expert) is locked but is no candidate pair; give it a score or take the lock away"
        case .lockedAndForbidden(let pair):
            "pair \(pair.proposal),\(pair.expert) is both locked and forbidden"
        case .lockedBeyondDemand(let proposal):
            "proposal \(proposal): more experts are locked to it than it wants"
        case .lockedBeyondLoad(let expert):
            "expert \(expert): more proposals are locked to this expert than the maximum load"
        case .lockedBeyondCap(let proposal, let group):
            "proposal \(proposal): the locks hold more experts of group \(group) than the cap allows"
        case .lockedBeyondKind(let proposal):
            "proposal \(proposal): the locks hold places that it keeps for experts of the kind"
        case .groupsAndKind:
            "caps on groups do not go with a required kind; state one of the two"
        case .probability(let value):
            "probability cap \(value): must be above 0 and at most 1"
        case .minimumLoads(let blocking):
            "the minimum loads cannot be met: \(blocking)"
        case .notLocal(let what):
            "\(what): state the problem anew and solve it from the earlier solution"
        case .cancelled:
            "cancelled"
        }
    }
}
