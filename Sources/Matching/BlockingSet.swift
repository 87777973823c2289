/// Why something cannot be: a set of proposals and experts whose own numbers already contradict each other.
///
/// Where ``isMinimal`` holds nobody could be left out of it. For minimum loads no part of the experts contradicts
/// itself. For a proposal with a hole: were any one of the proposals left out, all others could be given what they
/// want, the holes of others aside.
public struct BlockingSet: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The proposals want more experts than they can get.
        case demand
        /// The experts must be given more proposals than they can get.
        case minimumLoads
    }
    public var kind: Kind
    /// In ascending order.
    public var proposals: [Int]
    /// In ascending order.
    public var experts: [Int]
    /// Places wanted, by the proposals or by the experts, besides those of locked pairs.
    public var wanted: Int
    /// Places there are, besides those of locked pairs.
    public var available: Int
    /// Whether nobody could be left out; false where the set was too large to try everybody, and may hold bystanders.
    public var isMinimal: Bool

    public init(
        kind: Kind, proposals: [Int], experts: [Int], wanted: Int, available: Int, isMinimal: Bool = true
    ) {
        self.kind = kind
        self.proposals = proposals
        self.experts = experts
        self.wanted = wanted
        self.available = available
        self.isMinimal = isMinimal
    }

    static func ofMinimumLoads(experts: [Int], proposals: [Int], _ rows: borrowing Rows) -> BlockingSet {
        let inside = Set(experts)
        let nobody = Holdings(rows)
        var available = 0
        for proposal in proposals {
            // What this proposal could take of these experts, were it to take nobody else.
            var taken = 0
            var takenOfGroup: [Int32: Int32] = [:]
            for index in rows.start[proposal]..<rows.start[proposal + 1] {
                let expert = rows.candidates[index].expert
                guard inside.contains(Int(expert)) else { continue }
                var copies = rows.pairCapacity
                if rows.groups.exist, rows.groups.group[expert] >= 0 {
                    let group = rows.groups.group[expert]
                    let locked = rows.groups.count(group, proposal: proposal, nobody)
                    copies = min(
                        copies, rows.groups.cap(of: proposal) - locked - takenOfGroup[group, default: 0])
                    takenOfGroup[group, default: 0] += copies
                }
                taken += Int(copies)
            }
            available += min(Int(rows.demand[proposal]), taken)
        }
        return BlockingSet(
            kind: .minimumLoads, proposals: proposals, experts: experts,
            wanted: experts.reduce(0) { $0 + Int(rows.minimum[$1]) }, available: available)
    }
}

extension BlockingSet: CustomStringConvertible {
    public var description: String {
        let what =
            switch kind {
            case .demand:
                "\(Self.list(proposals, "proposal")) share only \(Self.list(experts, "expert")), who have \(Self.places(available)) for the \(wanted) wanted"
            case .minimumLoads:
                "\(Self.list(experts, "expert")) must be given \(wanted) proposals, but only \(Self.list(proposals, "proposal")) could be given to them, which have \(Self.places(available)) for them"
            }
        return isMinimal ? what : what + " (too many to say whether some could be left out)"
    }

    private static func places(_ count: Int) -> String { count == 1 ? "1 place" : "\(count) places" }

    private static func list(_ indices: [Int], _ noun: String) -> String {
        let shown = indices.prefix(12).map(String.init).joined(separator: ", ")
        let more = indices.count > 12 ? ", …" : ""
        return "\(indices.count) \(noun)\(indices.count == 1 ? "" : "s") (\(shown)\(more))"
    }
}
