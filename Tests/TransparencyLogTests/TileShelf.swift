import TransparencyLog

/// Stored tiles as a caller would keep them: one row for each level and index, overwritten as it widens.
final class TileShelf {
    struct Place: Hashable {
        let level: Int
        let index: UInt64
    }

    private(set) var rows: [Place: [UInt8]] = [:]
    private(set) var reads = 0

    func put(_ tiles: [Tile]) {
        for tile in tiles {
            rows[Place(level: tile.coordinate.level, index: tile.coordinate.index)] = tile.bytes
        }
    }

    func bytes(of tile: TileCoordinate) -> [UInt8] {
        reads += 1
        return rows[Place(level: tile.level, index: tile.index)] ?? []
    }

    func reader(size: UInt64) -> TreeReader {
        TreeReader(size: size) { self.bytes(of: $0) }
    }

    /// A tree of these leaves, put on the shelf in one go.
    static func holding(_ leaves: some Sequence<MerkleHash>) -> TileShelf {
        let shelf = TileShelf()
        var edge = RightEdge()
        shelf.put(edge.append(leaves))
        return shelf
    }
}
