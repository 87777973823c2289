package import Lifecycle
package import Store

/// What an overseer sees of an objection's facts in the journal. A proof opens a fact as a page does: who objects
/// stays with those who may know it.
package enum ObjectionFactView {
    package static func of(_ store: Transaction, _ viewer: Viewer, _ fact: Fact) throws -> FactView? {
        guard fact.subject.kind == "objection" else { return nil }
        let relations = DossierSight.officialRelations(of: viewer)
        guard let person = viewer.person, !relations.isDisjoint(with: [.auditor, .integrity]),
            let application = try store.value(
                "SELECT application FROM objection WHERE id = \(fact.subject.id)", as: ID<Application>.self),
            try !Recusal.barred(person, store).contains(application)
        else { return .nothing }
        let names = fact.kind == ObjectionStated.kind
        return names && relations.isDisjoint(with: DecisionSight.objector.seenBy) ? .known : .whole
    }
}
