import Lifecycle
import Store

/// What ties one person to dossiers by name: the team, a review, a panel, an accepted invitation. Read for a page of
/// dossiers at once.
struct DossierTies {
    private var found: [ID<Application>: Set<Relation>] = [:]

    init(_ viewer: Viewer, to dossiers: [ID<Application>], _ store: Transaction) throws {
        guard let person = viewer.person, !dossiers.isEmpty else { return }
        for id in try store.values(
            """
            SELECT application FROM application_member
            WHERE application IN \(list: dossiers) AND person = \(person)
            """, as: ID<Application>.self)
        {
            found[id, default: []].insert(.teamMember)
        }
        for id in try store.values(
            """
            SELECT application FROM assignment WHERE application IN \(list: dossiers) AND expert = \(person)
              AND state IN ('accepted', 'submitted')
            UNION SELECT application FROM appraiser_seat
            WHERE application IN \(list: dossiers) AND expert = \(person) AND state IN ('accepted', 'written')
            """, as: ID<Application>.self)
        {
            found[id, default: []].insert(.expert)
        }
        for id in try Self.panels(of: viewer, person, over: dossiers, store) {
            found[id, default: []].insert(.expert)
        }
        for party in try store.rows(
            """
            SELECT application, role FROM dossier_party
            WHERE application IN \(list: dossiers) AND person = \(person) AND state = 'accepted'
            """, as: Party.self)
        {
            guard let relation = Relation(rawValue: party.role), DossierSight.asked.contains(relation) else {
                continue
            }
            found[party.application, default: []].insert(relation)
        }
    }

    func relations(to dossier: ID<Application>) -> Set<Relation> { found[dossier] ?? [] }

    private struct Party: Decodable, Sendable {
        let application: ID<Application>
        let role: String
    }

    /// Dossiers over which a panel in which the viewer sits is going to meet, or does, and for which they may stay in
    /// the room.
    private static func panels(
        of viewer: Viewer, _ person: ID<Person>, over dossiers: [ID<Application>], _ store: Transaction
    ) throws -> [ID<Application>] {
        try store.values(
            """
            SELECT DISTINCT meeting_item.application FROM meeting_item
            JOIN meeting ON meeting.id = meeting_item.meeting
            JOIN meeting_member ON meeting_member.meeting = meeting.id
            WHERE meeting_item.application IN \(list: dossiers) AND meeting_member.person = \(person)
              AND meeting_item.closed_at IS NULL AND meeting.state IN ('called', 'open')
            """, as: ID<Application>.self
        ).filter { id in
            try Parties.withRivals(id, among: person, store)
                .reasonsAgainstReview(by: person, of: viewer.legalEntity).isEmpty
        }
    }
}
