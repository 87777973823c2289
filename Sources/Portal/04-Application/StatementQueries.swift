import Lifecycle
import Store

/// One step of one dossier that waits for a statement by the viewer.
struct WaitingStatement: Sendable, Decodable {
    let application: ID<Application>
    let step: String
    let call: ID<Call>
    let callTitle: String
    let dueAt: Instant?
}

enum StatementQueries {
    /// More of them are not listed at once.
    static let most = 200

    /// What waits for the viewer, by deadline. Each source begins with the few: what a person was asked to, or what
    /// waits for a role.
    static func waiting(for viewer: Viewer, _ store: Transaction) throws -> [WaitingStatement] {
        guard let person = viewer.person else { return [] }
        var sources: [SQL] = [
            """
            FROM application CROSS JOIN open_statement ON open_statement.application = application.id
              AND open_statement.holder = 'applicant'
            WHERE application.owner = \(person)
            """,
            """
            FROM application_member CROSS JOIN open_statement
              ON open_statement.application = application_member.application
              AND open_statement.holder = 'team-member'
            WHERE application_member.person = \(person)
            """,
            """
            FROM assignment CROSS JOIN open_statement ON open_statement.application = assignment.application
              AND open_statement.holder = 'expert'
            WHERE assignment.expert = \(person) AND assignment.state IN ('accepted', 'submitted')
            """,
            """
            FROM dossier_party CROSS JOIN open_statement
              ON open_statement.application = dossier_party.application
              AND open_statement.holder = dossier_party.role
            WHERE dossier_party.person = \(person) AND dossier_party.state = 'accepted'
            """,
        ]
        let offices: [Role] = [.programmeOfficer, .commissionLeader, .integrity, .auditor]
        for role in offices where viewer.holds(role) {
            sources.append(
                """
                FROM open_statement CROSS JOIN application ON application.id = open_statement.application
                WHERE open_statement.holder = \(role) AND \(sql: Parties.free(person))
                """)
        }
        for role in [Role.finance, .financeApprover] where viewer.holds(role) {
            sources.append(
                """
                FROM open_statement CROSS JOIN application ON application.id = open_statement.application
                CROSS JOIN contract ON contract.application = application.id AND contract.agreed_at IS NOT NULL
                WHERE open_statement.holder = \(role) AND \(sql: Parties.free(person))
                """)
        }
        for role in [Role.researchOffice, .universityLeader] where viewer.holds(role) {
            sources.append(
                """
                FROM open_statement CROSS JOIN application ON application.id = open_statement.application
                WHERE open_statement.holder = \(role)
                  AND application.university IN \(list: viewer.organisations(as: role))
                """)
        }
        var found: [WaitingStatement] = []
        for source in sources { found += try waiting(source, person, store) }
        return Array(found.sorted { key($0) < key($1) }.prefix(most))
    }

    private static func key(_ row: WaitingStatement) -> (Int64, String, String) {
        (row.dueAt?.rawValue ?? .max, row.application.rawValue, row.step)
    }

    /// Whoever has done their part since the step opened has no turn any more.
    private static func waiting(_ source: SQL, _ person: ID<Person>, _ store: Transaction) throws
        -> [WaitingStatement]
    {
        try store.rows(
            """
            SELECT DISTINCT open_statement.application AS application, open_statement.step AS step,
              open_statement.call AS call, (SELECT title FROM call WHERE call.id = open_statement.call)
                AS call_title, open_statement.due_at AS due_at
            \(sql: source)
              AND NOT EXISTS (SELECT 1 FROM statement
                WHERE statement.application = open_statement.application
                  AND statement.step = open_statement.step AND statement.person = \(person)
                  AND statement.at >= open_statement.since)
            ORDER BY open_statement.due_at, open_statement.application LIMIT \(most)
            """)
    }

    /// One task for each step of a call; the very form where there is but one.
    static func tasks(for viewer: Viewer, _ store: Transaction) throws -> [PendingTask] {
        let rows = try waiting(for: viewer, store)
        struct Place: Hashable {
            let call: ID<Call>
            let step: String
        }
        let places = Dictionary(grouping: rows) { Place(call: $0.call, step: $0.step) }
        return try places.values.sorted { key($0[0]) < key($1[0]) }.map { rows in
            let first = rows[0]
            guard rows.count == 1 else {
                return PendingTask(
                    verb: "make-statement", title: first.callTitle, href: "/statements", due: first.dueAt,
                    count: rows.count)
            }
            let title = try store.value(
                "SELECT title FROM application WHERE id = \(first.application)", as: String.self)
            return PendingTask(
                verb: "make-statement", title: title ?? first.callTitle,
                href: "/cases/\(first.application)/statements/\(first.step)", due: first.dueAt)
        }
    }
}
