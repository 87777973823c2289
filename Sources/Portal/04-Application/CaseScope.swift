import Lifecycle
import Store

/// What of all dossiers a viewer may see in lists, exports and counts, as a condition on `application`. It says
/// in one statement what ``DossierSight/relations(of:to:_:)`` says of one dossier.
struct CaseScope: Sendable {
    /// Nil: all of them.
    let condition: SQL?
    /// Whether the condition leaves few of all: those of a university or of a person.
    let isNarrow: Bool

    /// Missing for who can see none whatever there is: the public, experts, administrators.
    init(_ viewer: Viewer, _ store: Transaction) throws {
        guard let person = viewer.person else { throw Missing() }
        var parts: [SQL] = []
        let official = DossierSight.officialRelations(of: viewer)
        if !official.isEmpty {
            let paying: SQL = "application.step_kind IN ('prepare-payment', 'approve-payment', 'pay')"
            let onlyFinance = official == [.finance]
            let conflicted = try store.value(
                """
                SELECT 1 FROM declared_conflict WHERE person = \(person) UNION SELECT 1 FROM dossier_party
                WHERE person = \(person) AND state = 'accepted' AND conflicted = \(true)
                """, as: Int.self)
            if conflicted == nil && !onlyFinance {
                condition = nil
                isNarrow = false
                return
            }
            let free = Self.free(person)
            parts.append(onlyFinance ? "(\(sql: paying) AND \(sql: free))" : free)
        }
        let funded = try JointFunders.calls(of: viewer, store)
        if !funded.isEmpty {
            parts.append("(application.call IN \(list: funded) AND \(sql: Self.free(person)))")
        }
        let homes = Set(
            viewer.organisations(as: .researchOffice) + viewer.organisations(as: .universityLeader))
        if !homes.isEmpty {
            parts.append("application.university IN \(list: homes.sorted { $0.rawValue < $1.rawValue })")
        }
        if viewer.holds(.applicant) || viewer.holds(.teamMember) || !parts.isEmpty {
            parts.append(
                """
                application.id IN (SELECT id FROM application WHERE owner = \(person)
                  UNION SELECT application FROM application_member WHERE person = \(person))
                """)
        }
        guard !parts.isEmpty else { throw Missing() }
        condition = parts.count == 1 ? parts[0] : "(\(sql: parts.joined(" OR ")))"
        isNarrow = official.isEmpty
    }

    /// No relation of the official to the dossier, its people or its bodies was declared, and the official is no party
    /// of it that may not handle it.
    private static func free(_ person: ID<Person>) -> SQL {
        """
        NOT EXISTS (SELECT 1 FROM declared_conflict AS bar WHERE bar.person = \(person) AND (
          (bar.subject_kind = 'application' AND bar.subject_id = application.id)
          OR (bar.subject_kind = 'person' AND (bar.subject_id = application.owner
            OR EXISTS (SELECT 1 FROM application_member AS member
              WHERE member.application = application.id AND member.person = bar.subject_id)))
          OR (bar.subject_kind = 'organisation' AND (bar.subject_id = application.university
            OR EXISTS (SELECT 1 FROM application_member AS member
              JOIN organisation AS home ON home.id = member.organisation
              WHERE member.application = application.id AND home.legal_entity = bar.subject_id)))))
          AND NOT EXISTS (SELECT 1 FROM dossier_party
            WHERE dossier_party.application = application.id AND dossier_party.person = \(person)
              AND dossier_party.state = 'accepted' AND dossier_party.conflicted = \(true))
        """
    }
}
