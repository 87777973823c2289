import Lifecycle
import Store

/// Whom the demo asks to review: same discipline first, least busy first. Conflicts and loads are refused by
/// the act itself.
enum DemoReviewers {
    static func candidates(_ application: ID<Application>, _ store: Transaction) throws -> [ID<Person>] {
        let discipline =
            try store.value("SELECT discipline FROM application WHERE id = \(application)", as: String.self) ?? ""
        let call = try store.value("SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        return try store.values(
            """
            SELECT expert.person FROM expert
            LEFT JOIN expert_discipline AS same ON same.person = expert.person AND same.discipline = \(discipline)
            LEFT JOIN (SELECT expert, COUNT(*) AS load FROM assignment WHERE call = \(call) GROUP BY expert) AS busy
              ON busy.expert = expert.person
            ORDER BY CASE WHEN same.person IS NULL THEN 1 ELSE 0 END, COALESCE(busy.load, 0), expert.person LIMIT 40
            """, as: ID<Person>.self)
    }
}
