/// A rule on who may sit together: at most ``cap`` experts of one group on a proposal.
///
/// Each expert is in one group or in none, so the rule is laminar and costs nothing in exactness: the
/// problem stays a flow problem whose optimum is integral.
public struct ExpertGroups: Hashable, Sendable {
    /// The group of each expert; a negative value stands for none.
    public var group: [Int32]
    /// At most so many experts of one group on a proposal.
    public var cap: Int32
    /// The cap of each proposal where they differ, as those of a ``RequiredKind`` do.
    var capOfProposal: [Int32]?

    public init(group: [Int32], cap: Int32) {
        self.group = group
        self.cap = cap
    }

    func check(experts: Int) throws(MatchingRefused) {
        guard group.count == experts else {
            throw .length("groups", expected: experts, found: group.count)
        }
        guard cap >= 0 else { throw .negative("group cap", index: 0, value: cap) }
    }

    func cap(of proposal: Int) -> Int32 { capOfProposal?[proposal] ?? cap }

    /// A group of which these experts of a proposal hold more than the cap; nil if there is none.
    func exceeded(by experts: [Int], of proposal: Int) -> Int32? {
        let cap = cap(of: proposal)
        var count: [Int32: Int32] = [:]
        for expert in experts where group[expert] >= 0 {
            count[group[expert], default: 0] += 1
            if count[group[expert], default: 0] > cap { return group[expert] }
        }
        return nil
    }
}
