import Foundation
package import Lifecycle
package import Store
import Synchronization
import TransparencyLog

/// Gathers facts into the tree and signs its head, about once a second while there are new ones.
///
/// The order is: tiles and checkpoint in one transaction, then `checkpoints.log`, then `head`. Whatever step a
/// crash comes after, the next seal takes up from what the database holds and publishes what is still missing.
/// A head that knows more than the database means that the database was put back to an older state.
package final class Sealer: Sendable {
    package enum Refused: Error, CustomStringConvertible, Sendable {
        /// The published head is newer than the database.
        case rolledBack(head: UInt64, database: UInt64)
        /// The published head and the database disagree about the tree at one size.
        case forked(size: UInt64)
        /// A fact's number is missing.
        case gap(Int64)

        package var description: String {
            switch self {
            case .rolledBack(let head, let database):
                "the published head knows \(head) facts but the database has sealed only \(database): it was put back to an older state"
            case .forked(let size):
                "the published head and the database disagree about the first \(size) facts"
            case .gap(let number): "fact \(number) is missing"
            }
        }
    }

    /// Where a test may break off, between two steps of a seal.
    package enum Step: Sendable, CaseIterable {
        case read, tiles, checkpoint, committed, logged, published
    }

    private let database: Database
    private let keys: JournalKeys
    private let now: @Sendable () -> Instant
    /// Told before each step is left; a test throws here.
    private let fault: @Sendable (Step) throws -> Void
    /// The right edge of the sealed tree; nil until it was taken up and compared with the published head.
    private let edge = Mutex<RightEdge?>(nil)
    private static let batch = 65_536

    package init(
        database: Database, keys: JournalKeys, now: @escaping @Sendable () -> Instant,
        fault: @escaping @Sendable (Step) throws -> Void = { _ in }
    ) {
        self.database = database
        self.keys = keys
        self.now = now
        self.fault = fault
    }

    /// Seals every fact there is. Blocks; two seals at once take turns.
    ///
    /// - Returns: the size of the sealed tree.
    @discardableResult
    package func seal() throws -> UInt64 {
        try edge.withLock { edge in
            do {
                if edge == nil { edge = try takeUp() }
                while try step(&edge) {}
                return edge?.size ?? 0
            } catch {
                // What was reached is read again from the database next time.
                edge = nil
                throw error
            }
        }
    }

    /// Seals until cancelled, off the cooperative threads, and once more at the end.
    package func run(every interval: Duration = .seconds(1), report: @Sendable (any Error) -> Void) async {
        let queue = DispatchQueue(label: "journal.sealer")
        func sealOnce() async {
            do {
                try await withCheckedThrowingContinuation {
                    (done: CheckedContinuation<Void, any Error>) in
                    queue.async { done.resume(with: Result { _ = try self.seal() }) }
                }
            } catch {
                report(error)
            }
        }
        while !Task.isCancelled {
            await sealOnce()
            try? await Task.sleep(for: interval)
        }
        await sealOnce()
    }

    /// Reads the edge, and publishes the database's last checkpoint where a crash kept it back.
    private func takeUp() throws -> RightEdge {
        let (last, edge) = try database.readNow { store in
            let last = try CheckpointRow.last(store)
            let edge = try RightEdge(size: UInt64(last?.size ?? 0)) { try JournalTiles.bytes($0, store) }
            return (last, edge)
        }
        guard let head = try keys.head() else {
            if last != nil { try publishAll(after: 0) }
            return edge
        }
        guard head.size <= edge.size else { throw Refused.rolledBack(head: head.size, database: edge.size) }
        let root = try database.readNow { try JournalTiles.reader(size: head.size, $0).root() }
        guard root == head.rootHash else { throw Refused.forked(size: head.size) }
        if head.size < edge.size { try publishAll(after: head.size) }
        return edge
    }

    private func publishAll(after size: UInt64) throws {
        let rows = try database.readNow { store in
            try store.rows(
                "SELECT size, at, note FROM checkpoint WHERE size > \(Int64(size)) ORDER BY size",
                as: CheckpointRow.self)
        }
        for row in rows { try keys.publishToLog(.init(size: UInt64(row.size), note: row.note)) }
        if let last = rows.last { try keys.publishHead(last.note) }
    }

    /// One batch. Returns whether there may be more.
    private func step(_ edge: inout RightEdge?) throws -> Bool {
        guard var grown = edge, let signer = keys.signer else { return false }
        let from = Int64(grown.size)
        let leaves = try database.readNow { store in
            var leaves: [MerkleHash] = []
            let facts: SQL =
                "SELECT number, entry FROM fact WHERE number >= \(from) ORDER BY number LIMIT \(Self.batch)"
            try store.forEach(facts) { row in
                guard try row.int64("number") == from + Int64(leaves.count) else {
                    throw Refused.gap(from + Int64(leaves.count))
                }
                leaves.append(Merkle.leafHash(try row.blob("entry")))
            }
            return leaves
        }
        guard !leaves.isEmpty else { return false }
        try fault(.read)
        let tiles = grown.append(leaves)
        let note = try Checkpoint(origin: keys.origin, size: grown.size, rootHash: grown.root)
            .signed(by: [signer]).encoded
        let size = grown.size
        try database.writeNow { store in
            for tile in tiles { try JournalTiles.put(tile, store) }
            try fault(.tiles)
            _ = try store.run(
                "INSERT INTO checkpoint (size, at, note) VALUES (\(Int64(size)), \(now()), \(note))")
            try fault(.checkpoint)
        }
        try fault(.committed)
        try keys.publishToLog(.init(size: size, note: note))
        try fault(.logged)
        try keys.publishHead(note)
        try fault(.published)
        edge = grown
        return leaves.count == Self.batch
    }
}
