import Lifecycle
import Store

/// What appraisal adds to a to-do.
enum AppraisalTasks {
    private struct SeatRow: Decodable, Sendable {
        let id: ID<AppraiserSeat>
        let state: SeatRecord.State
        let title: String
        let dueAt: Instant?
    }

    static func of(_ viewer: Viewer, _ store: Transaction) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        var tasks: [PendingTask] = []
        if viewer.holds(.programmeOfficer) {
            for queue in try AppraisalQueries.queues(for: person, store) {
                tasks.append(
                    PendingTask(
                        verb: "appraise", title: queue.title,
                        href: "/office/appraisals?call=\(queue.call.rawValue.percentEncoded)",
                        due: queue.due, count: queue.count))
            }
        }
        if viewer.holds(.expert) {
            let seats = try store.rows(
                """
                SELECT appraiser_seat.id AS id, appraiser_seat.state AS state, application.title AS title,
                  open_step.due_at AS due_at
                FROM appraiser_seat CROSS JOIN application CROSS JOIN open_step
                WHERE appraiser_seat.expert = \(person) AND appraiser_seat.state IN ('invited', 'accepted')
                  AND appraiser_seat.closed_fact IS NULL AND appraiser_seat.ended_fact IS NULL
                  AND application.id = appraiser_seat.application
                  AND open_step.application = appraiser_seat.application
                  AND open_step.step = appraiser_seat.step
                ORDER BY appraiser_seat.seated_at, appraiser_seat.id
                """, as: SeatRow.self)
            tasks += seats.map {
                PendingTask(
                    verb: $0.state == .invited ? "appraisal-answer" : "appraisal-write", title: $0.title,
                    href: "/appraisals/\($0.id)", due: $0.dueAt)
            }
        }
        return tasks
    }
}
