import Lifecycle
import Store

/// Who can be drawn for the panel of a call: every expert of a discipline that the call's applications come from.
///
/// A conflict with one of many dossiers does not keep somebody off a panel: they recuse themselves dossier by dossier
/// (``Candidates/obstacles(_:parties:in:step:standing:current:)``). What concerns the whole call does: being an applicant
/// or a team member in it, having declared a relation to somebody or something in it, or having no load left.
enum PanelPool {
    ///
    /// Classes are first-level codes of GB/T 13745—2009.
    static func of(
        _ purpose: Draw.Purpose, _ about: Subject, at now: Instant, _ store: Transaction
    ) throws -> [PoolCandidate]? {
        guard purpose == .panel, about.kind == "call" else { return nil }
        let call = ID<Call>(about.id)
        let fields = Set(
            try store.values(
                "SELECT DISTINCT discipline FROM application WHERE call = \(call)", as: String.self
            )
            .map { String($0.prefix(3)) })
        let parties =
            try Parties.waivesRivals(in: call, store) ? [] : Parties.rivals(in: call, store)
        let declared = try declared(in: call, store)
        return try Candidates.all(in: call, at: now, store).compactMap { record in
            guard
                let field = record.disciplineCodes.map({ String($0.prefix(3)) }).first(where: fields.contains)
            else { return nil }
            let excluded: Refusal? =
                parties.contains(record.person)
                ? ConflictReason.applies.refusal()
                : declared.contains(record.person)
                    ? Refusal("draw.declared") : record.load >= record.loadMax ? Refusal("draw.load") : nil
            return PoolCandidate(
                .person(record.person), stratum: field, excluded: excluded)
        }
    }

    /// Experts with a declared relation to a dossier of the call, to its people or to its bodies.
    private static func declared(in call: ID<Call>, _ store: Transaction) throws -> Set<ID<Person>> {
        Set(
            try store.values(
                """
                SELECT DISTINCT declared_conflict.person FROM declared_conflict
                JOIN expert ON expert.person = declared_conflict.person
                WHERE (subject_kind = 'application' AND subject_id IN
                    (SELECT id FROM application WHERE call = \(call)))
                  OR (subject_kind = 'person' AND subject_id IN
                    (SELECT owner FROM application WHERE call = \(call) UNION
                     SELECT application_member.person FROM application_member
                     JOIN application ON application.id = application_member.application
                     WHERE application.call = \(call)))
                  OR (subject_kind = 'organisation' AND subject_id IN
                    (SELECT university FROM application WHERE call = \(call)))
                """, as: ID<Person>.self))
    }
}
