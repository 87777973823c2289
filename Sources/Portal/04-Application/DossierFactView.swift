import Lifecycle
import Store

/// What of a dossier's facts a viewer sees in the journal: the overseers of this very dossier everything, those
/// whom its timeline tells of a fact that it happened.
enum DossierFactView {
    static func of(_ store: Transaction, _ viewer: Viewer, _ fact: Fact) throws -> FactView? {
        guard fact.subject.kind == "application" else { return nil }
        let seen: Seen<DossierRecord>
        do {
            seen = try DossierSight.find(ID(fact.subject.id), for: viewer, store).seen
        } catch is Missing {
            return .nothing
        }
        if !seen.relations.isDisjoint(with: [.auditor, .integrity]) { return .whole }
        return FactSight.sees(fact.kind, by: fact.role, as: seen.relations) ? .known : .nothing
    }
}
