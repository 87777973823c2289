import Lifecycle
import Store

/// The problem that stands for another in the end: never merged itself.
struct ProblemRoot: Sendable, Decodable {
    let id: ID<Problem>
    let number: String
}

/// What stands for what, however often problems were merged on: A into B, and later B into C.
///
/// ``ProblemActs/merge(_:into:reason:by:_:)`` takes only a target that is not merged itself, so no circle can form. Nor
/// would one be walked for ever: `UNION` takes no row twice.
enum ProblemMerges {
    /// The common table `onward`: a problem, and what it was merged into, step by step; `next` is null at the end.
    static func onward(from id: ID<Problem>) -> SQL {
        """
        onward (id, next) AS (
          SELECT id, merged_into FROM problem WHERE id = \(id)
          UNION SELECT problem.id, problem.merged_into FROM onward JOIN problem ON problem.id = onward.next)
        """
    }

    /// The common table `origin`: the problems a topic was begun from, and all that were merged into them, however far.
    static func origins(of topic: ID<Topic>) -> SQL {
        """
        origin (id) AS (
          SELECT problem FROM topic_problem WHERE topic = \(topic)
          UNION SELECT problem.id FROM origin JOIN problem ON problem.merged_into = origin.id)
        """
    }

    /// Nil for a problem that was merged into none.
    static func root(of id: ID<Problem>, _ store: Transaction) throws -> ProblemRoot? {
        try store.row(
            """
            WITH RECURSIVE \(sql: onward(from: id))
            SELECT id, number FROM problem
            WHERE id IN (SELECT id FROM onward WHERE next IS NULL AND id <> \(id))
            """)
    }
}
