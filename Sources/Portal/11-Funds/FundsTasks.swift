import Lifecycle
import Store

/// What waits for finance: to prepare, to approve (by another person), to pay.
enum FundsTasks {
    private struct Row: Decodable, Sendable {
        let id: String
        let title: String
        let due: Instant?
    }

    static func all(_ store: Transaction, _ viewer: Viewer, _ now: Instant) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        var tasks: [PendingTask] = []
        if viewer.holds(.finance) {
            tasks += try waiting("prepare-payment", .toPrepare, for: person, store)
            tasks += try waiting("pay", .approved, for: person, store)
        }
        if viewer.holds(.financeApprover) {
            tasks += try waiting("approve-payment", .prepared, for: person, store)
        }
        return tasks
    }

    /// - Parameter state: of the payments that the step waits with, as the desk lists them.
    private static func waiting(
        _ kind: String, _ state: PaymentState, for person: ID<Person>, _ store: Transaction
    ) throws -> [PendingTask] {
        let barred = Array(try Recusal.barred(person, store))
        let found: Foremost<Row> = try store.foremost(
            "application.id, application.title, open_step.due_at AS due",
            from: """
                open_step CROSS JOIN application
                WHERE open_step.kind = \(kind) AND application.id = open_step.application
                  AND application.id NOT IN \(list: barred)
                  AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.application = application.id
                    AND payment.state = 'prepared' AND payment.prepared_by = \(person))
                """, by: "COALESCE(open_step.due_at, 9223372036854775807), open_step.number")
        return found.tasks(desk: "/payments?state=\(state.rawValue)") {
            PendingTask(verb: kind, title: $0.title, href: "/cases/\($0.id)/payment", due: $0.due)
        }
    }
}
