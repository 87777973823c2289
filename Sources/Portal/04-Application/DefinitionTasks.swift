import Lifecycle
import Store

/// Proposed definitions that wait for a leader who did not propose them.
enum DefinitionTasks {
    static func waiting(_ store: Transaction, _ viewer: Viewer, _ now: Instant, _ definitions: Definitions)
        throws -> [PendingTask]
    {
        guard viewer.holds(.commissionLeader) else { return [] }
        return try DefinitionQueries.waiting(store).filter { $0.proposer != viewer.person }.map { record in
            PendingTask(
                verb: "definition-answer",
                title: try definitions.programme(record.digest, store)?.title
                    ?? Label(record.programme, record.programme),
                href: "/office/plan/proposals/\(record.fact)", due: nil)
        }
    }
}
