import Lifecycle
import Store

/// An invitation opened for whom it went to.
struct AskedParty: Sendable {
    let record: InvitedParty
    let rule: PartyRule
    let title: String
    let applicant: String
    let organisation: String
    let callTitle: String
    /// When the dossier has to be in.
    let closes: Instant
    /// It is in, and not back with its writer.
    let isSubmitted: Bool
}

enum PartyQueries {
    private struct Head: Decodable, Sendable {
        let applicant: String
        let organisation: String
        let call: ID<Call>
        let title: String?
        let stepKind: String?
        let state: String?
        let dueAt: Instant?

        var isBack: Bool { stepKind == Step.Kind.draft.rawValue && state == "open" }
    }

    /// Missing for everybody but whom it went to.
    static func invitation(
        _ number: Int64, for viewer: Viewer, _ house: House, _ store: Transaction
    ) throws -> AskedParty {
        guard let person = viewer.person, let record = try InvitedParty.find(number, store),
            record.state != .released, try isAddressee(person, of: record, store),
            let head = try store.row(
                """
                SELECT owner.name AS applicant, organisation.name AS organisation, draft.call AS call,
                  application.title AS title, application.step_kind AS step_kind, application.state AS state,
                  application.due_at AS due_at
                FROM draft JOIN person AS owner ON owner.id = draft.owner
                JOIN organisation ON organisation.id = owner.organisation
                LEFT JOIN application ON application.id = draft.id WHERE draft.id = \(record.application)
                """, as: Head.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(head.call, house, store)
        guard let rule = programme.partyRule(record.role) else { throw Missing() }
        let written = try head.title ?? Drafts.answers(record.application, store)["title"] ?? ""
        return AskedParty(
            record: record, rule: rule, title: written, applicant: head.applicant,
            organisation: head.organisation, callTitle: call.title,
            closes: head.isBack ? head.dueAt ?? call.closes : call.closes,
            isSubmitted: head.title != nil && !head.isBack)
    }

    /// Before an answer the address says whose it is, afterwards the answer.
    private static func isAddressee(_ person: ID<Person>, of record: InvitedParty, _ store: Transaction)
        throws
        -> Bool
    {
        if let answered = record.person { return answered == person }
        guard let email = record.email else { return false }
        return try store.value(
            "SELECT 1 FROM person WHERE id = \(person) AND email = \(email)", as: Int.self) != nil
    }

    private struct Waiting: Decodable, Sendable {
        let invitation: Int64
        let application: ID<Application>
        let call: String
        let closes: Instant
        let title: String?
    }

    /// Invitations that wait for the viewer's answer, while an answer helps.
    static func tasks(for viewer: Viewer, _ now: Instant, _ store: Transaction) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        let rows = try store.rows(
            """
            SELECT dossier_party.invitation AS invitation, dossier_party.application AS application,
              call.title AS call, call.closes_at AS closes, application.title AS title
            FROM person JOIN party_address ON party_address.email = person.email
            JOIN dossier_party ON dossier_party.invitation = party_address.invitation
            JOIN call ON call.id = dossier_party.call
            LEFT JOIN application ON application.id = dossier_party.application
            WHERE person.id = \(person) AND dossier_party.state = 'invited'
              AND (application.state = 'open' OR (application.id IS NULL AND call.closes_at >= \(now)))
            ORDER BY call.closes_at, dossier_party.invitation
            """, as: Waiting.self)
        return try rows.map { row in
            let title = try row.title ?? Drafts.answers(row.application, store)["title"] ?? ""
            return PendingTask(
                verb: "answer-party", title: title.isEmpty ? row.call : title,
                href: "/parties/\(row.invitation)", due: row.title == nil ? row.closes : nil)
        }
    }
}
