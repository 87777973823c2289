import Lifecycle
import Store

/// What a member is asked to agree to. Only the member sees it; of the draft nothing but its title.
struct ConsentRecord: Sendable {
    let application: ID<Application>
    let title: String
    let applicant: String
    let organisation: String
    let call: String
    let closes: Instant
    let task: String
    let consentedAt: Instant?
}

enum ConsentSight {
    static let title = Field<ConsentRecord, String>("title", seenBy: [.teamMember]) { $0.title }
    static let applicant = Field<ConsentRecord, String>("applicant", seenBy: [.teamMember]) {
        "\($0.applicant)（\($0.organisation)）"
    }
    static let call = Field<ConsentRecord, String>("call", seenBy: [.teamMember]) { $0.call }
    static let task = Field<ConsentRecord, String>("task", seenBy: [.teamMember]) { $0.task }

    static let rows = [
        SightRow("consent", title), SightRow("consent", applicant), SightRow("consent", call),
        SightRow("consent", task),
    ]
}

enum DraftConsent {
    static func show(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let id = ask.id("application", Application.self)
        let record = try await ask.read { try find(id, person, $0) }
        return try await ask.page("draft/consent", ConsentPage(record, ask))
    }

    static func agree(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let id = ask.id("application", Application.self)
        try await ask.change { change in try ApplicationActs.consent(id, by: person, change) }
        return .see("/consents/\(id)?done=member-consented")
    }

    private struct Head: Decodable, Sendable {
        let applicant: String
        let organisation: String
        let call: String
        let closes: Instant
        let task: String
        let consentedAt: Instant?
    }

    private static func find(_ id: ID<Application>, _ person: ID<Person>, _ store: Transaction) throws
        -> ConsentRecord
    {
        guard
            let head = try store.row(
                """
                SELECT owner.name AS applicant, organisation.name AS organisation, call.title AS call,
                  call.closes_at AS closes, part.task AS task, part.consented_at AS consented_at
                FROM (
                  SELECT draft_asked.draft AS draft, draft_asked.task AS task, NULL AS consented_at
                  FROM draft_asked JOIN person ON person.email = draft_asked.email
                  WHERE draft_asked.draft = \(id) AND person.id = \(person)
                  UNION ALL
                  SELECT draft_member.draft, draft_member.task, member_consent.at FROM draft_member
                  JOIN member_consent ON member_consent.application = draft_member.draft
                    AND member_consent.person = draft_member.person
                  WHERE draft_member.draft = \(id) AND draft_member.person = \(person)
                ) AS part JOIN draft ON draft.id = part.draft JOIN call ON call.id = draft.call
                JOIN person AS owner ON owner.id = draft.owner
                JOIN organisation ON organisation.id = owner.organisation
                """, as: Head.self)
        else { throw Missing() }
        return ConsentRecord(
            application: id, title: try Drafts.answers(id, store)["title"] ?? "", applicant: head.applicant,
            organisation: head.organisation, call: head.call, closes: head.closes, task: head.task,
            consentedAt: head.consentedAt)
    }
}

struct ConsentPage: Sendable {
    let title: String
    let applicant: String
    let call: String
    let task: String
    let closes: String
    let href: String
    let hasConsented: Bool
    let consented: String

    init(_ record: ConsentRecord, _ ask: Ask) {
        let seen = Seen(record, as: [.teamMember])
        let words = ask.words
        let known = seen[ConsentSight.title] ?? ""
        title = known.isEmpty ? words["draft.untitled"] : known
        applicant = seen[ConsentSight.applicant] ?? ""
        call = seen[ConsentSight.call] ?? ""
        task = seen[ConsentSight.task] ?? ""
        closes = record.closes.text
        href = "/consents/\(record.application)"
        hasConsented = record.consentedAt != nil
        consented = record.consentedAt.map { words.filled("draft.consent.done", ["time": $0.text]) } ?? ""
    }
}
