import Foundation
import Lifecycle
import Store

/// What waits for applicants and members.
enum DraftTasks {
    private struct DraftRow: Decodable, Sendable {
        let id: ID<Application>
        let call: String
        let closes: Instant
        let title: String?
    }

    private struct MendRow: Decodable, Sendable {
        let id: ID<Application>
        let title: String
        let due: Instant?
    }

    static func waiting(
        _ store: Transaction, _ viewer: Viewer, _ now: Instant
    ) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        return try writing(store, person, now) + mending(store, person)
            + agreeing(store, person, now)
    }

    private static func writing(_ store: Transaction, _ person: ID<Person>, _ now: Instant) throws
        -> [PendingTask]
    {
        let rows = try store.rows(
            """
            SELECT draft.id AS id, call.title AS call, call.closes_at AS closes, NULL AS title FROM draft
            JOIN call ON call.id = draft.call LEFT JOIN application ON application.id = draft.id
            WHERE draft.owner = \(person) AND application.id IS NULL AND call.closes_at >= \(now)
            ORDER BY call.closes_at, draft.id
            """, as: DraftRow.self)
        return try rows.map { row in
            let title = try Drafts.answers(row.id, store)["title"] ?? ""
            return PendingTask(
                verb: "continue-draft", title: title.isEmpty ? row.call : title, href: "/drafts/\(row.id)",
                due: row.closes)
        }
    }

    private static func mending(_ store: Transaction, _ person: ID<Person>) throws -> [PendingTask] {
        let rows = try store.rows(
            """
            SELECT id, title, due_at AS due FROM application
            WHERE owner = \(person) AND step_kind = 'draft' AND state = 'open' ORDER BY number
            """, as: MendRow.self)
        return rows.map {
            PendingTask(verb: "mend-draft", title: $0.title, href: "/drafts/\($0.id)", due: $0.due)
        }
    }

    /// A member is asked as long as the answer still helps: before the call closes, or while the application is
    /// being mended.
    private static func agreeing(_ store: Transaction, _ person: ID<Person>, _ now: Instant) throws
        -> [PendingTask]
    {
        let rows = try store.rows(
            """
            SELECT draft.id AS id, call.title AS call, call.closes_at AS closes, application.title AS title
            FROM draft_asked JOIN person ON person.email = draft_asked.email
            JOIN draft ON draft.id = draft_asked.draft JOIN call ON call.id = draft.call
            LEFT JOIN application ON application.id = draft.id
            WHERE person.id = \(person)
              AND ((application.id IS NULL AND call.closes_at >= \(now))
                OR (application.step_kind = 'draft' AND application.state = 'open'))
            ORDER BY call.closes_at, draft.id
            """, as: DraftRow.self)
        return try rows.map { row in
            let title = try row.title ?? Drafts.answers(row.id, store)["title"] ?? ""
            return PendingTask(
                verb: "consent-member", title: title.isEmpty ? row.call : title, href: "/consents/\(row.id)",
                due: row.closes)
        }
    }
}
