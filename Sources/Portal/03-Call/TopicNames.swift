import Foundation
import Lifecycle
import Store

/// Names that sight keeps from the public and that grounds of a round, written freely, may hold all the same.
enum TopicNames {
    private struct Naming: Decodable, Sendable {
        let kind: String
        /// Nil where the payload was erased.
        let body: String?
    }

    /// Of whoever has a part in making the topic: panel, experts, the final user's person, who put its problems in, and
    /// the officers who wrote it, each by every name they were ever registered with. The longest first, so that none is
    /// left standing in part.
    ///
    /// - Returns: nil where a name was erased and grounds may still hold it.
    static func kept(_ topic: ID<Topic>, _ store: Transaction) throws -> [String]? {
        let namings: [Naming] = try store.rows(
            """
            WITH RECURSIVE \(sql: ProblemMerges.origins(of: topic)), maker (id) AS (
              SELECT person FROM topic_person WHERE topic = \(topic)
              UNION SELECT user_person FROM topic WHERE id = \(topic)
              UNION SELECT opened_by FROM topic WHERE id = \(topic)
              UNION SELECT author FROM topic_version WHERE topic = \(topic)
              UNION SELECT person FROM topic_suggestion WHERE topic = \(topic)
              UNION SELECT proposer FROM problem WHERE id IN (SELECT id FROM origin)),
            named (kind, id) AS (SELECT 'person', id FROM maker UNION SELECT 'problem', id FROM origin)
            SELECT fact.kind AS kind, payload.body AS body
            FROM named CROSS JOIN fact LEFT JOIN payload ON payload.number = fact.number
            WHERE fact.subject_kind = named.kind AND fact.subject_id = named.id
              AND fact.kind IN (\(PersonRegistered.kind), \(ProblemPutIn.kind), \(ContactLeft.kind))
            """)
        var names: Set<String> = []
        for naming in namings {
            guard let body = naming.body.map({ Data($0.utf8) }) else { return nil }
            switch naming.kind {
            case PersonRegistered.kind.rawValue:
                names.insert(try JSONDecoder().decode(PersonRegistered.self, from: body).person.name)
            case ContactLeft.kind.rawValue:
                names.insert(try JSONDecoder().decode(ContactLeft.self, from: body).name)
            // Names its proposer by id, who is among the makers.
            default: break
            }
        }
        // One character is no name, and stands in every other word.
        return names.filter { $0.count > 1 }.sorted { ($1.count, $0) < ($0.count, $1) }
    }

    static func leftOut(_ names: [String], of text: String, _ words: Words.Catalogue) -> String {
        names.reduce(text) { $0.replacing($1, with: words["topic.nameLeftOut"]) }
    }
}
