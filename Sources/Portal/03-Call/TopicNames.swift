import Lifecycle
import Store

/// Names that sight keeps from the public and that grounds of a round, written freely, may hold all the same.
enum TopicNames {
    /// Of whoever has a part in making the topic: panel, experts, the final user's person, who put its problems in, and
    /// the officers who wrote it. The longest first, so that none is left standing in part.
    static func kept(_ topic: ID<Topic>, _ store: Transaction) throws -> [String] {
        let names = try store.values(
            """
            WITH RECURSIVE \(sql: ProblemMerges.origins(of: topic)), maker (id) AS (
              SELECT person FROM topic_person WHERE topic = \(topic)
              UNION SELECT user_person FROM topic WHERE id = \(topic)
              UNION SELECT opened_by FROM topic WHERE id = \(topic)
              UNION SELECT author FROM topic_version WHERE topic = \(topic)
              UNION SELECT person FROM topic_suggestion WHERE topic = \(topic)
              UNION SELECT proposer FROM problem WHERE id IN (SELECT id FROM origin))
            SELECT name FROM person WHERE id IN (SELECT id FROM maker)
            UNION SELECT name FROM problem_contact WHERE problem IN (SELECT id FROM origin)
            """, as: String.self)
        // One character is no name, and stands in every other word.
        return names.filter { $0.count > 1 }.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    static func leftOut(_ names: [String], of text: String, _ words: Words.Catalogue) -> String {
        names.reduce(text) { $0.replacing($1, with: words["topic.nameLeftOut"]) }
    }
}
