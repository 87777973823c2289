package import Lifecycle
package import Store

/// Dossiers an official may not handle, and therefore does not see, in lists, counts and totals.
package enum Recusal {
    /// The same conflicts as ``Parties`` finds one by one: party, member, or a declared relation.
    package static func barred(_ person: ID<Person>, _ store: Transaction) throws -> Set<ID<Application>> {
        Set(
            try store.values(
                """
                SELECT id FROM application WHERE owner = \(person)
                UNION SELECT application FROM application_member WHERE person = \(person)
                UNION SELECT subject_id FROM declared_conflict
                  WHERE person = \(person) AND subject_kind = 'application'
                UNION SELECT application.id FROM declared_conflict
                  JOIN application ON application.owner = declared_conflict.subject_id
                  WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'person'
                UNION SELECT application_member.application FROM declared_conflict
                  JOIN application_member ON application_member.person = declared_conflict.subject_id
                  WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'person'
                UNION SELECT application.id FROM declared_conflict
                  JOIN application ON application.university = declared_conflict.subject_id
                  WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'organisation'
                UNION SELECT application_member.application FROM declared_conflict
                  JOIN organisation ON organisation.legal_entity = declared_conflict.subject_id
                  JOIN application_member ON application_member.organisation = organisation.id
                  WHERE declared_conflict.person = \(person) AND declared_conflict.subject_kind = 'organisation'
                """, as: ID<Application>.self))
    }
}
