import Lifecycle
import Store

/// Every open step of a dossier, one row each: where several lie side by side, `application.step` names only the first.
enum OpenSteps {
    static let tables = [ProjectedTable("open_step", key: "application, step")]

    /// Writes down which steps of a dossier are open, after a move.
    static func write(
        _ standing: Standing, of application: ID<Application>, in call: ID<Call>, _ store: Transaction
    ) throws {
        _ = try store.run("DELETE FROM open_step WHERE application = \(application)")
        for (place, state) in standing.open.enumerated() {
            guard case .open(let since, let due) = state.state else { continue }
            _ = try store.run(
                """
                INSERT INTO open_step (application, step, kind, call, holder, since, due_at, number, beside)
                SELECT \(application), \(state.step.id), \(state.step.kind.rawValue), \(call),
                  \(state.step.by), \(since), \(due), number, \(place > 0)
                FROM application WHERE id = \(application)
                """)
        }
    }

    /// Holds of a row of `application` that has an open step of the kind, the first or not.
    static func has(_ kind: Step.Kind) -> SQL {
        """
        EXISTS (SELECT 1 FROM open_step
          WHERE open_step.application = application.id AND open_step.kind = \(kind.rawValue))
        """
    }

    /// When the step of the kind is due, of a row of `application`. Its own `due_at` is that of the first open step.
    static func due(_ kind: Step.Kind) -> SQL {
        """
        (SELECT MIN(open_step.due_at) FROM open_step
          WHERE open_step.application = application.id AND open_step.kind = \(kind.rawValue))
        """
    }

    /// A source `waiting` with each `application` of a call that has an open step of the kind, once. It stands before
    /// `CROSS JOIN application`, so that who waits is looked up and not the whole call.
    static func waiting(at kind: Step.Kind, in call: ID<Call>) -> SQL {
        """
        (SELECT DISTINCT open_step.application AS application FROM open_step
          WHERE open_step.call = \(call) AND open_step.kind = \(kind.rawValue)) AS waiting
        """
    }
}

extension OpenStep {
    private struct Row: Decodable, Sendable {
        let call: ID<Call>
        let title: String
        let count: Int
        let due: Instant?
    }

    /// The same of a kind that lies beside other steps; counted dossier by dossier, so for kinds of which few are open.
    static func beside(_ kind: Step.Kind, for official: ID<Person>, _ store: Transaction) throws
        -> [OpenStep]
    {
        try store.rows(
            """
            SELECT open_step.call AS call, call.title AS title, COUNT(DISTINCT open_step.application) AS count,
              MIN(open_step.due_at) AS due
            FROM open_step CROSS JOIN application CROSS JOIN call
            WHERE open_step.kind = \(kind.rawValue) AND application.id = open_step.application
              AND call.id = open_step.call AND \(sql: Parties.free(official))
            GROUP BY open_step.call, call.title ORDER BY open_step.call
            """, as: Row.self
        ).map { OpenStep(call: $0.call, title: $0.title, count: $0.count, lacking: $0.count, due: $0.due) }
    }
}
