import Lifecycle
import Store

/// One step of one dossier that waits for a statement by the viewer.
struct WaitingStatement: Sendable, Decodable {
    let application: ID<Application>
    let step: String
    let call: ID<Call>
    let callTitle: String
    let dueAt: Instant?

    /// In the order of the list: by deadline, what has none last.
    fileprivate var keys: [String] {
        ["\(dueAt?.rawValue ?? .max)", application.rawValue, step]
    }
}

enum StatementQueries {
    static let pageSize = 50

    private static let order = ListOrder([
        .number("COALESCE(waiting.due_at, 9223372036854775807)"), .text("waiting.application"),
        .text("waiting.step"),
    ])

    /// A page of what waits for the viewer, by deadline.
    static func waiting(
        for viewer: Viewer, after: ListPlace, size: Int = pageSize, _ store: Transaction
    ) throws -> Paged<WaitingStatement> {
        guard let all = union(for: viewer) else { return Paged([], size: size, isFirst: true) { $0.keys } }
        return try store.page(
            """
            SELECT waiting.application AS application, waiting.step AS step, waiting.call AS call,
              (SELECT title FROM call WHERE call.id = waiting.call) AS call_title, waiting.due_at AS due_at
            FROM (\(sql: all)) AS waiting
            """, in: order, after: after, size: size
        ) { $0.keys }
    }

    /// Every open step that waits for the viewer, once; nil for nobody. Each source begins with the few: what a person
    /// was asked to, or what waits for a role. (`CROSS JOIN`, because SQLite keeps its order; PostgreSQL takes no `ON`
    /// there, so that the condition stands in `WHERE`.)
    private static func union(for viewer: Viewer) -> SQL? {
        guard let person = viewer.person else { return nil }
        var sources: [SQL] = [
            """
            FROM application CROSS JOIN open_step
            WHERE open_step.application = application.id AND open_step.holder = 'applicant'
              AND application.owner = \(person)
            """,
            """
            FROM application_member CROSS JOIN open_step
            WHERE open_step.application = application_member.application
              AND open_step.holder = 'team-member' AND application_member.person = \(person)
            """,
            """
            FROM assignment CROSS JOIN open_step
            WHERE open_step.application = assignment.application AND open_step.holder = 'expert'
              AND assignment.expert = \(person) AND assignment.state IN ('accepted', 'submitted')
            """,
            """
            FROM dossier_party CROSS JOIN open_step
            WHERE open_step.application = dossier_party.application
              AND open_step.holder = dossier_party.role
              AND dossier_party.person = \(person) AND dossier_party.state = 'accepted'
            """,
        ]
        let offices: [Role] = [.programmeOfficer, .commissionLeader, .integrity, .auditor]
        for role in offices where viewer.holds(role) {
            sources.append(
                """
                FROM open_step CROSS JOIN application
                WHERE application.id = open_step.application
                  AND open_step.holder = \(role) AND \(sql: Parties.free(person))
                """)
        }
        for role in [Role.finance, .financeApprover] where viewer.holds(role) {
            sources.append(
                """
                FROM open_step CROSS JOIN application CROSS JOIN contract
                WHERE application.id = open_step.application AND contract.application = application.id
                  AND contract.agreed_at IS NOT NULL
                  AND open_step.holder = \(role) AND \(sql: Parties.free(person))
                """)
        }
        for role in [Role.researchOffice, .universityLeader] where viewer.holds(role) {
            sources.append(
                """
                FROM open_step CROSS JOIN application
                WHERE application.id = open_step.application AND open_step.holder = \(role)
                  AND application.university IN \(list: viewer.organisations(as: role))
                """)
        }
        // Whoever has done their part since the step opened has no turn any more.
        return sources.map { source -> SQL in
            """
            SELECT open_step.application AS application, open_step.step AS step,
              open_step.call AS call, open_step.due_at AS due_at
            \(sql: source)
              AND open_step.kind = 'statement'
              AND NOT EXISTS (SELECT 1 FROM statement
                WHERE statement.application = open_step.application
                  AND statement.step = open_step.step AND statement.person = \(person)
                  AND statement.at >= open_step.since)
            """
        }.joined(" UNION ")
    }

    /// What waits at one step of one call.
    private struct Place: Decodable, Sendable {
        let step: String
        let callTitle: String
        let count: Int
        let due: Instant?
        /// Where there is but one.
        let application: ID<Application>
    }

    /// One task for each step of a call; the very form where there is but one.
    static func tasks(for viewer: Viewer, _ store: Transaction) throws -> [PendingTask] {
        guard let all = union(for: viewer) else { return [] }
        let places = try store.rows(
            """
            SELECT waiting.step AS step, (SELECT title FROM call WHERE call.id = waiting.call) AS call_title,
              COUNT(*) AS count, MIN(waiting.due_at) AS due, MIN(waiting.application) AS application
            FROM (\(sql: all)) AS waiting GROUP BY waiting.call, waiting.step
            ORDER BY COALESCE(MIN(waiting.due_at), 9223372036854775807), MIN(waiting.application), waiting.step
            """, as: Place.self)
        return try places.map { place in
            guard place.count == 1 else {
                return PendingTask(
                    verb: "make-statement", title: place.callTitle, href: "/statements", due: place.due,
                    count: place.count)
            }
            let title = try store.value(
                "SELECT title FROM application WHERE id = \(place.application)", as: String.self)
            return PendingTask(
                verb: "make-statement", title: title ?? place.callTitle,
                href: "/cases/\(place.application)/statements/\(place.step)", due: place.due)
        }
    }
}
