import Lifecycle
import Store

/// What waits for whoever decides on exceptions.
enum ExceptionQueries {
    static let pageSize = 100

    /// One call with requests to decide.
    struct Queue: Sendable, Decodable {
        let call: ID<Call>
        let title: String
        let count: Int
        let due: Instant?
    }

    /// One request of a dossier that is being screened.
    struct Waiting: Sendable {
        let dossier: DossierRecord
        let exception: ExceptionRecord
        /// The rule's name.
        let label: Label
    }

    private static func roles(_ viewer: Viewer) -> [String] {
        viewer.roles.filter(\.mayExcept).map(\.rawValue).sorted()
    }

    /// The condition on request and application: it waits for somebody of the roles whom no conflict keeps away.
    private static func waits(for person: ID<Person>, as roles: [String]) -> SQL {
        """
        application.id = exception_request.application AND exception_request.decider IN \(list: roles)
          AND application.state = 'open' AND \(sql: OpenSteps.has(.screen))
          AND NOT EXISTS (SELECT 1 FROM exception_ruling
            WHERE exception_ruling.application = exception_request.application
              AND exception_ruling.rule = exception_request.rule
              AND exception_ruling.submission = application.fact)
          AND \(sql: Parties.free(person))
        """
    }

    static func queues(for viewer: Viewer, _ store: Transaction) throws -> [Queue] {
        let roles = roles(viewer)
        guard let person = viewer.person, !roles.isEmpty else { return [] }
        // Requests are few and applications many: the few lead.
        return try store.rows(
            """
            SELECT call.id AS call, call.title AS title, COUNT(*) AS count,
              MIN(\(sql: OpenSteps.due(.screen))) AS due
            FROM exception_request CROSS JOIN application JOIN call ON call.id = application.call
            WHERE \(sql: waits(for: person, as: roles))
            GROUP BY call.id, call.title
            ORDER BY COALESCE(MIN(\(sql: OpenSteps.due(.screen))), 9223372036854775807), call.id
            """)
    }

    static func tasks(for viewer: Viewer, _ store: Transaction) throws -> [PendingTask] {
        try queues(for: viewer, store).map {
            PendingTask(
                verb: "decide-exception", title: $0.title,
                href: "/office/exceptions?call=\($0.call.rawValue.percentEncoded)", due: $0.due,
                count: $0.count)
        }
    }

    /// The requests of a call that wait for the viewer, in order of number; at most ``pageSize`` dossiers.
    ///
    /// - Parameter after: the number of the last dossier of the page before; empty for the first page.
    /// - Returns: the requests, and the number after which the next page goes on.
    static func waiting(
        in call: ID<Call>, after: String, _ programme: Programme, for viewer: Viewer, _ store: Transaction
    ) throws -> (rows: [Waiting], next: String?) {
        let roles = roles(viewer)
        guard let person = viewer.person, !roles.isEmpty else { return ([], nil) }
        let dossiers = try store.rows(
            """
            SELECT DISTINCT \(sql: DossierRecord.columns) FROM exception_request CROSS JOIN application
            WHERE \(sql: waits(for: person, as: roles)) AND application.call = \(call)
              AND application.number > \(after)
            ORDER BY application.number LIMIT \(pageSize + 1)
            """, as: DossierRecord.self)
        let shown = dossiers.prefix(pageSize)
        let rows = try shown.flatMap { dossier in
            try ExceptionRecord.all(of: dossier.id, store)
                .filter { $0.granted == nil && $0.decider.map { roles.contains($0.rawValue) } == true }
                .map { exception in
                    let rule = programme.rules.first { $0.id == exception.rule }
                    return Waiting(
                        dossier: dossier, exception: exception,
                        label: rule?.label ?? Label(exception.rule, exception.rule))
                }
        }
        return (rows, dossiers.count > pageSize ? shown.last?.number : nil)
    }
}
