package import Lifecycle
package import Store

/// Asking people to take part. An address is asked, not a person: whether anybody is registered under it shows
/// to nobody before that person agrees, so that nobody learns here who has an account. Who is registered later
/// finds the request then.
extension Drafts {
    package struct AskedRow: Sendable, Decodable {
        package let email: String
        package let task: String
    }

    /// The addresses that have not answered, in the order in which they were asked.
    package static func asked(_ id: ID<Application>, _ store: Transaction) throws -> [AskedRow] {
        try store.rows("SELECT email, task FROM draft_asked WHERE draft = \(id) ORDER BY added_at, email")
    }

    /// Asks an address; asking it again changes the task.
    package static func ask(
        _ email: String, task: String, to id: ID<Application>, at now: Instant, _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            INSERT INTO draft_asked (draft, email, task, added_at) VALUES (\(id), \(email), \(task), \(now))
            ON CONFLICT (draft, email) DO UPDATE SET task = excluded.task
            """)
    }

    /// Turns the request to a person's address into membership.
    ///
    /// - Returns: false where that person was not asked.
    static func join(_ id: ID<Application>, by person: ID<Person>, _ store: Transaction) throws -> Bool {
        struct Request: Decodable, Sendable {
            let email: String
            let task: String
            let addedAt: Instant
        }
        guard
            let request = try store.row(
                """
                SELECT draft_asked.email AS email, draft_asked.task AS task, draft_asked.added_at AS added_at
                FROM draft_asked JOIN person ON person.email = draft_asked.email
                WHERE draft_asked.draft = \(id) AND person.id = \(person)
                """, as: Request.self)
        else { return false }
        _ = try store.run("DELETE FROM draft_asked WHERE draft = \(id) AND email = \(request.email)")
        _ = try store.run(
            """
            INSERT INTO draft_member (draft, person, task, added_at)
            VALUES (\(id), \(person), \(request.task), \(request.addedAt))
            ON CONFLICT (draft, person) DO UPDATE SET task = excluded.task
            """)
        return true
    }

    static func isMember(_ id: ID<Application>, _ person: ID<Person>, _ store: Transaction) throws -> Bool {
        try store.value("SELECT 1 FROM draft_member WHERE draft = \(id) AND person = \(person)", as: Int.self)
            != nil
    }
}
