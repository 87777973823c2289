import Foundation
package import Store
import Synchronization

/// Recomputes everything the journal vouches for, and names what is wrong. Reads only; works beside a running
/// server and needs the public key alone.
package struct JournalVerifier: Sendable {
    let database: Database
    let projections: Projections
    let keys: JournalKeys
    let attachments: String

    package init(database: Database, projections: Projections, keys: JournalKeys, attachments: String) {
        self.database = database
        self.projections = projections
        self.keys = keys
        self.attachments = attachments
    }

    /// Blocks, on two threads: one hashes facts, the other replays them.
    package func verify() throws -> JournalReport {
        let start = ContinuousClock.now
        let facts = Mutex<Result<(FactCheck.Result, FindingList), any Error>?>(nil)
        let tables = Mutex<Result<ProjectionCheck.Result, any Error>?>(nil)
        DispatchQueue.concurrentPerform(iterations: 2) { part in
            if part == 0 {
                let result = Result {
                    // Before the database: what has left the house by now, the database holds already.
                    let published = try Published(keys)
                    let checked = try database.readNow { try FactCheck.run(keys, published, $0) }
                    var found = FindingList()
                    AttachmentCheck.run(checked.files, folder: attachments, &found)
                    return (checked, found)
                }
                facts.withLock { $0 = result }
            } else {
                let result = Result { try database.readNow { try ProjectionCheck.run(projections, $0) } }
                tables.withLock { $0 = result }
            }
        }
        guard let (checked, files) = try facts.withLock({ try $0?.get() }),
            let compared = try tables.withLock({ try $0?.get() })
        else { throw CancellationError() }
        let lists = [checked.found, files, compared.found]
        return JournalReport(
            facts: checked.facts, sealed: checked.sealed, checkpoints: checked.checkpoints,
            erasedPayloads: checked.erasedPayloads, erasedReasons: checked.erasedReasons,
            attachments: checked.files.count, rows: compared.rows,
            wrong: lists.reduce(0) { $0 + $1.total }, findings: lists.flatMap(\.findings),
            outside: JournalReport.outside,
            seconds: Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000)
    }
}
