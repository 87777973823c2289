import Lifecycle
import Store

/// How much of a fact a viewer gets to see in the journal.
package enum FactView: Sendable, Hashable {
    case nothing
    /// That it happened, and the evidence that its leaf is in the tree, which opens nothing.
    case known
    /// All of it, and the proof that opens the leaf.
    case whole

    /// What a viewer sees of a fact: everything of their own acts; of others' what the slice of its subject
    /// says; where no slice says anything, the overseers everything and nobody else anything.
    static func of(_ fact: Fact, for viewer: Viewer, _ slices: [Slice], _ store: Transaction) throws
        -> FactView
    {
        guard let person = viewer.person else { return .nothing }
        if fact.actor == person { return .whole }
        let view = try unsealed(fact, for: viewer, slices, store)
        guard view == .whole, try slices.contains(where: { try $0.seals(fact, store) }) else { return view }
        return .known
    }

    private static func unsealed(
        _ fact: Fact, for viewer: Viewer, _ slices: [Slice], _ store: Transaction
    ) throws -> FactView {
        for slice in slices {
            if let view = try slice.factView(store, viewer, fact) { return view }
        }
        return viewer.holds(.auditor) || viewer.holds(.integrity) ? .whole : .nothing
    }
}
