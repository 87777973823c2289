/// Which tile of a tree (C2SP tlog-tiles, “Merkle Tree”).
///
/// A tile holds up to 256 neighbouring hashes of one height. At level 0 they are leaf hashes; at level
/// *l* each is the root of 256^*l* leaves, that is, of one full tile of the level below.
public struct TileCoordinate: Hashable, Sendable {
    /// The number of hashes in a full tile.
    public static let fullWidth = 256
    /// The height of the subtree a full tile spans.
    static let height = 8

    /// The level, 0…63. A tree whose size fits in 64 bits has levels 0…7.
    public let level: Int
    /// The zero-based place of the tile in its level.
    public let index: UInt64
    /// The number of hashes, 1…256. Less than 256 is a partial tile.
    public let width: Int

    /// A coordinate within the bounds of the format, which is a precondition: text from outside is read
    /// by ``TileResource/init(path:)``, which refuses instead.
    public init(level: Int, index: UInt64, width: Int = fullWidth) {
        precondition((0...63).contains(level) && (1...Self.fullWidth).contains(width))
        self.level = level
        self.index = index
        self.width = width
    }

    /// Whether the tile is not full yet.
    public var isPartial: Bool { width < Self.fullWidth }

    /// The path under the log's prefix, such as `tile/1/x001/234.p/5`.
    public var path: String { TileResource.hashes(self).path }

    /// The tile that stands at a place of a tree of `size` leaves, or nil if the tree does not reach it.
    public static func tile(level: Int, index: UInt64, size: UInt64) -> TileCoordinate? {
        let hashes = size >> UInt64(level * height)
        let (before, tooFar) = index.multipliedReportingOverflow(by: UInt64(fullWidth))
        guard !tooFar, before < hashes else { return nil }
        let width = min(hashes - before, UInt64(fullWidth))
        return TileCoordinate(level: level, index: index, width: Int(width))
    }

    /// The partial tiles at the right edge of a tree, lowest level first.
    public static func partialTiles(size: UInt64) -> [TileCoordinate] {
        (0...7).compactMap { level in
            let hashes = size >> UInt64(level * height)
            return hashes % UInt64(fullWidth) == 0 ? nil : tile(level: level, index: hashes >> 8, size: size)
        }
    }

    /// The tiles that are new or wider in a tree grown from `old` to `new` leaves.
    public static func changed(from old: UInt64, to new: UInt64) -> [TileCoordinate] {
        changes(from: old, to: new, height: height).map {
            TileCoordinate(level: $0.level, index: $0.index, width: Int($0.width))
        }
    }

    /// The same for tiles of any height: the reference counts of the Go checksum database are for height 10.
    static func changes(
        from old: UInt64, to new: UInt64, height: Int
    ) -> [(level: Int, index: UInt64, width: UInt64)] {
        var changes: [(level: Int, index: UInt64, width: UInt64)] = []
        let fullWidth = UInt64(1) << UInt64(height)
        for level in 0..<(64 + height - 1) / height {
            let before = old >> UInt64(level * height)
            let after = new >> UInt64(level * height)
            guard before < after else { break }
            for index in (before / fullWidth)..<(after / fullWidth) {
                changes.append((level, index, fullWidth))
            }
            if after % fullWidth > 0 { changes.append((level, after / fullWidth, after % fullWidth)) }
        }
        return changes
    }
}
