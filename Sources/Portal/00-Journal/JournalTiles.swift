package import Store
package import TransparencyLog

/// The journal's tree as its tiles are stored, one row for each place, overwritten as it widens.
package enum JournalTiles {
    /// The stored bytes of a tile, at least as wide as asked for; throws where it is missing.
    package static func bytes(_ tile: TileCoordinate, _ store: Transaction) throws -> [UInt8] {
        let stored = try store.value(
            "SELECT hashes FROM tile WHERE level = \(tile.level) AND place = \(Int64(tile.index))",
            as: [UInt8].self)
        guard let stored else { throw TileRefused.tooNarrow(tile, width: 0) }
        return stored
    }

    static func put(_ tile: Tile, _ store: Transaction) throws {
        _ = try store.run(
            """
            INSERT INTO tile (level, place, width, hashes)
            VALUES (\(tile.coordinate.level), \(Int64(tile.coordinate.index)), \(tile.coordinate.width), \(tile.bytes))
            ON CONFLICT (level, place) DO UPDATE SET width = excluded.width, hashes = excluded.hashes
            """)
    }

    /// Roots and proofs of the tree at a size that has been sealed.
    package static func reader(size: UInt64, _ store: Transaction) -> TreeReader {
        TreeReader(size: size) { try bytes($0, store) }
    }
}

/// A signed head as the database keeps it.
package struct CheckpointRow: Sendable, Decodable {
    package let size: Int64
    package let at: Int64
    package let note: String

    /// The newest one; nil before the first seal.
    package static func last(_ store: Transaction) throws -> CheckpointRow? {
        try store.row("SELECT size, at, note FROM checkpoint ORDER BY size DESC LIMIT 1")
    }
}
