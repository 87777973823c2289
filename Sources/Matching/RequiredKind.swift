/// A rule on who must be there: so many of a proposal's places are kept for experts of one kind.
///
/// A place that is kept stays empty rather than being given to somebody of no such kind. To keep places for the kind is to cap all
/// others, which is laminar: the problem stays a flow problem whose optimum is integral, and the same prices prove it.
public struct RequiredKind: Hashable, Sendable {
    /// Whether each expert is of the kind.
    public var isOfKind: [Bool]
    /// How many places each proposal keeps for it; where it wants fewer experts than that, all of them.
    public var least: [Int32]

    public init(isOfKind: [Bool], least: [Int32]) {
        self.isOfKind = isOfKind
        self.least = least
    }

    func check(experts: Int, proposals: Int) throws(MatchingRefused) {
        guard isOfKind.count == experts else {
            throw .length("kinds of experts", expected: experts, found: isOfKind.count)
        }
        guard least.count == proposals else {
            throw .length("least experts of the kind", expected: proposals, found: least.count)
        }
        for (proposal, value) in least.enumerated() where value < 0 {
            throw .negative("least experts of the kind of proposal", index: proposal, value: value)
        }
    }

    /// The same as a cap on all others.
    func others(demand: [Int32]) -> ExpertGroups {
        var others = ExpertGroups(group: isOfKind.map { $0 ? -1 : 0 }, cap: .max)
        others.capOfProposal = demand.indices.map { demand[$0] - min(demand[$0], least[$0]) }
        return others
    }
}
