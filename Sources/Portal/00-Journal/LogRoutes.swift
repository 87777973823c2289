import Lifecycle
import Store
import TransparencyLog

/// The log as outsiders' monitors follow it (C2SP tlog-tiles): open to everybody, and nothing of a fact can be
/// read from it.
enum LogRoutes {
    static func add(to routes: Routes) {
        routes.get("/checkpoint") { ask in
            guard let row = try await ask.read({ try CheckpointRow.last($0) }) else { return notFound }
            var answer = Answer.text(row.note)
            answer.set("Cache-Control", "no-cache")
            return answer
        }
        routes.get("/tile/**") { ask in
            guard let resource = try? TileResource(path: String(ask.path.dropFirst())) else {
                return notFound
            }
            switch resource {
            case .checkpoint: return notFound
            case .hashes(let tile):
                guard tile.index < 1 << 55, let bytes = try await ask.read({ try hashes(tile, $0) })
                else { return notFound }
                return unchanging(bytes)
            case .entries(let tile):
                guard tile.index < 1 << 55, let bytes = try await ask.read({ try entries(tile, $0) })
                else { return notFound }
                return unchanging(bytes)
            }
        }
    }

    /// Not the sign-in page: a monitor has no session.
    private static let notFound = Answer.text("not found\n", status: 404)

    /// A path names its width, so that its bytes never change.
    private static func unchanging(_ bytes: [UInt8]) -> Answer {
        Answer(
            status: 200,
            headers: [
                ("Content-Type", "application/octet-stream"),
                ("Cache-Control", "public, max-age=31536000, immutable"),
            ], body: bytes)
    }

    private static func hashes(_ tile: TileCoordinate, _ store: Transaction) throws -> [UInt8]? {
        guard let stored = try? JournalTiles.bytes(tile, store),
            stored.count >= tile.width * MerkleHash.byteCount
        else { return nil }
        return Array(stored.prefix(tile.width * MerkleHash.byteCount))
    }

    /// Entries under the last checkpoint only: what is not sealed may not be relied upon.
    private static func entries(_ tile: TileCoordinate, _ store: Transaction) throws -> [UInt8]? {
        let start = Int64(tile.index) * Int64(TileCoordinate.fullWidth)
        guard let last = try CheckpointRow.last(store), start + Int64(tile.width) <= last.size else {
            return nil
        }
        let entries = try store.values(
            "SELECT entry FROM fact WHERE number >= \(start) ORDER BY number LIMIT \(tile.width)",
            as: [UInt8].self)
        return try EntryBundle(entries: entries).bytes
    }
}
