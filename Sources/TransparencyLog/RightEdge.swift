/// The growing side of a tiled tree: what is needed to append leaves and write the tiles they change.
///
/// It holds the partial tile of each level, at most 255 hashes a level. A caller keeps it in memory
/// between appends, or takes it up from stored tiles each time:
///
/// ```swift
/// var edge = try RightEdge(size: size) { try store.tile($0) }
/// for tile in edge.append(newLeaves) { try store.put(tile.coordinate, tile.bytes) }
/// // edge.size and edge.root go into the next checkpoint.
/// ```
public struct RightEdge: Hashable, Sendable {
    /// The number of leaves.
    public private(set) var size: UInt64 = 0

    /// The hashes of the partial tile of each level, which may be empty.
    private var levels: [[MerkleHash]] = []

    /// The edge of a tree without leaves.
    public init() {}

    /// Takes up a tree of `size` leaves again, reading its partial tiles only. Throws ``TileRefused`` or
    /// what the source throws.
    public init(size: UInt64, source: TreeReader.TileSource) throws {
        self.size = size
        for coordinate in TileCoordinate.partialTiles(size: size) {
            while levels.count <= coordinate.level { levels.append([]) }
            levels[coordinate.level] = try Tile(coordinate: coordinate, bytes: source(coordinate)).hashes
        }
    }

    /// Appends leaf hashes and gives the tiles that are new or wider: those that became full and the
    /// partial ones at the right edge that grew. A tile appears once, at its final width of this call.
    public mutating func append(_ leaves: some Sequence<MerkleHash>) -> [Tile] {
        let before = size
        var tiles: [Tile] = []
        for leaf in leaves {
            size += 1
            put(leaf, level: 0, into: &tiles)
        }
        for coordinate in TileCoordinate.partialTiles(size: size) {
            let grew =
                before >> UInt64(coordinate.level * TileCoordinate.height)
                < size >> UInt64(coordinate.level * TileCoordinate.height)
            if grew { tiles.append(Tile(coordinate: coordinate, hashes: levels[coordinate.level])) }
        }
        return tiles
    }

    /// The root hash at the present size.
    public var root: MerkleHash {
        var root: MerkleHash?
        for hashes in levels {
            var end = hashes.count
            // The whole subtrees inside this tile, from the smallest, rightmost one on.
            while end > 0 {
                let start = end & (end - 1)
                let subtree = Merkle.root(ofPerfect: hashes[start..<end])
                root = root.map { Merkle.nodeHash(subtree, $0) } ?? subtree
                end = start
            }
        }
        return root ?? Merkle.emptyRoot
    }

    private mutating func put(_ hash: MerkleHash, level: Int, into tiles: inout [Tile]) {
        if levels.count == level { levels.append([]) }
        levels[level].append(hash)
        guard levels[level].count == TileCoordinate.fullWidth else { return }
        let full = levels[level]
        levels[level] = []
        let index = size >> UInt64((level + 1) * TileCoordinate.height)
        tiles.append(Tile(coordinate: TileCoordinate(level: level, index: index - 1), hashes: full))
        put(Merkle.root(ofPerfect: full[...]), level: level + 1, into: &tiles)
    }
}
