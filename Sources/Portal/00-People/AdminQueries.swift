import Lifecycle
import Store

enum AdminQueries {
    struct AdministratorLine: Decodable, Sendable {
        let person: ID<Person>
        let name: String
        let role: Role
        let fromAt: Instant
    }

    static func administrators(at now: Instant, _ store: Transaction) throws -> [AdministratorLine] {
        try store.rows(
            """
            SELECT person.id AS person, person.name AS name, tenure.role AS role, tenure.from_at AS from_at
            FROM tenure JOIN person ON person.id = tenure.person
            WHERE tenure.role IN ('system-admin', 'security-admin', 'audit-admin') AND tenure.from_at <= \(now)
              AND (tenure.until_at IS NULL OR tenure.until_at > \(now)) ORDER BY tenure.role DESC, person.pinyin
            """)
    }

    struct ProposalLine: Sendable {
        let proposal: Administration.Proposal
        let name: String
        let proposer: String
    }

    static func proposals(_ store: Transaction) throws -> [ProposalLine] {
        try Administration.proposals(store).map { proposal in
            func name(_ person: ID<Person>?) throws -> String {
                guard let person else { return "" }
                return try store.value("SELECT name FROM person WHERE id = \(person)", as: String.self) ?? ""
            }
            return ProposalLine(
                proposal: proposal, name: try name(proposal.person), proposer: try name(proposal.proposedBy))
        }
    }

    struct Place: Decodable, Sendable {
        let id: ID<Organisation>
        let name: String
    }

    /// Where a person may be given a role: the own unit and its legal entity, the commission and its departments.
    static func places(of person: PersonRecord, _ store: Transaction) throws -> [Place] {
        try store.rows(
            """
            SELECT id, name FROM organisation WHERE id = \(person.organisation)
              OR id = (SELECT legal_entity FROM organisation WHERE id = \(person.organisation))
              OR kind IN ('commission', 'department')
            ORDER BY CASE WHEN id = \(person.organisation) THEN 0 ELSE 1 END, pinyin, id
            """)
    }

    static func organisations(_ store: Transaction) throws -> [Place] {
        try store.rows("SELECT id, name FROM organisation ORDER BY pinyin, id")
    }

    /// The kinds of fact the audit administrator looks at: who was let in, what was granted, what was read.
    /// None of them is business.
    static let kinds: [FactKind] = [
        RoleGranted.kind, RoleEnded.kind, RoleProposed.kind, RoleProposalSettled.kind, PersonRegistered.kind,
        OrganisationRegistered.kind, ExpertRegistered.kind, PersonInvited.kind, CredentialChanged.kind,
        RecordRead.kind, JournalErased.kind, ClockMoved.kind,
    ]

    static let pageSize = 50

    struct FactLine: Decodable, Sendable {
        let number: Int64
        let at: Instant
        let kind: FactKind
        let subjectKind: String
        let subjectId: String
        let subjectName: String?
        let actorName: String?
        let role: Role?
    }

    static func facts(kind: String, before: Int64?, _ store: Transaction) throws -> [FactLine] {
        // The newest of each kind, and of these the newest: along the index of kinds, however many facts there are.
        var numbers: [Int64] = []
        for wanted in kinds where kind.isEmpty || wanted.rawValue == kind {
            numbers += try store.values(
                """
                SELECT number FROM fact WHERE kind = \(wanted) AND number < \(before ?? Int64.max)
                ORDER BY number DESC LIMIT \(pageSize + 1)
                """, as: Int64.self)
        }
        let newest = Array(numbers.sorted(by: >).prefix(pageSize + 1))
        return try store.rows(
            """
            SELECT fact.number AS number, fact.at AS at, fact.kind AS kind, fact.subject_kind AS subject_kind,
              fact.subject_id AS subject_id, COALESCE(about.name, unit.name) AS subject_name,
              actor.name AS actor_name, fact.role AS role
            FROM fact LEFT JOIN person AS actor ON actor.id = fact.actor
            LEFT JOIN person AS about ON fact.subject_kind = 'person' AND about.id = fact.subject_id
            LEFT JOIN organisation AS unit ON fact.subject_kind = 'organisation' AND unit.id = fact.subject_id
            WHERE fact.number IN \(list: newest) ORDER BY fact.number DESC
            """)
    }
}
