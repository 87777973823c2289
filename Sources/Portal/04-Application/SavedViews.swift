import Lifecycle
import Store

/// Filters a person keeps under a name. Not facts, and nobody else's business.
enum SavedViews {
    static let most = 20

    struct View: Sendable, Decodable {
        let name: String
        let query: String
    }

    static func of(_ person: ID<Person>, _ store: Transaction) throws -> [View] {
        try store.rows(
            "SELECT name, query FROM saved_view WHERE person = \(person) ORDER BY created_at, name")
    }

    static func save(
        _ name: String, _ query: String, of person: ID<Person>, at now: Instant, _ store: Transaction
    ) throws {
        guard !name.isEmpty, name.count <= 40 else { throw Refused("case.view-name") }
        let views = try of(person, store)
        if views.count >= most && !views.contains(where: { $0.name == name }) {
            throw Refused("case.view-many", ["most": "\(most)"])
        }
        _ = try store.run(
            """
            INSERT INTO saved_view (person, name, query, created_at) VALUES (\(person), \(name), \(query), \(now))
            ON CONFLICT (person, name) DO UPDATE SET query = excluded.query
            """)
    }

    static func remove(_ name: String, of person: ID<Person>, _ store: Transaction) throws {
        _ = try store.run("DELETE FROM saved_view WHERE person = \(person) AND name = \(name)")
    }
}
