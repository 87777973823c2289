import Lifecycle
import Store

/// What waits for a research office: one task a call, however many applications.
enum ListTasks {
    private struct Row: Decodable, Sendable {
        let call: ID<Call>
        let title: String
        let closes: Instant
        let university: ID<Organisation>
        let waiting: Int
        let due: Instant?
    }

    static func waiting(_ store: Transaction, _ viewer: Viewer, _ now: Instant) throws -> [PendingTask] {
        let mine = viewer.organisations(as: .researchOffice)
        guard !mine.isEmpty else { return [] }
        let rows = try store.rows(
            """
            SELECT call.id AS call, call.title AS title, call.closes_at AS closes,
              application.university AS university, COUNT(*) AS waiting, MIN(open_step.due_at) AS due
            FROM application CROSS JOIN open_step JOIN call ON call.id = application.call
            WHERE open_step.application = application.id AND open_step.kind = 'endorse'
              AND application.university IN \(list: mine) AND NOT EXISTS (
                SELECT 1 FROM endorsement_list WHERE endorsement_list.call = application.call
                  AND endorsement_list.university = application.university)
            GROUP BY call.id, call.title, call.closes_at, application.university ORDER BY call.closes_at, call.id
            """, as: Row.self)
        return rows.map { row in
            PendingTask(
                verb: now > row.closes ? "endorse-list" : "check-list", title: row.title,
                href: "/lists/\(row.call)?university=\(row.university.rawValue.percentEncoded)", due: row.due,
                count: row.waiting)
        }
    }
}
