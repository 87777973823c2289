/// Roots and proofs of a tree that is stored as tiles.
///
/// The reader trusts the tiles it is given. Whoever does not compares ``root()`` with a signed
/// ``Checkpoint``; a proof made from false tiles is refused by its verifier.
public struct TreeReader {
    /// Gives the bytes of a tile. A wider version of the tile than asked for serves as well.
    public typealias TileSource = (TileCoordinate) throws -> [UInt8]

    /// The number of leaves of the tree that is read. A source with a larger tree serves as well.
    public let size: UInt64
    private let source: TileSource

    public init(size: UInt64, source: @escaping TileSource) {
        self.size = size
        self.source = source
    }

    /// The root hash of the tree. Throws ``TileRefused`` or what the source throws, as all methods here do.
    public func root() throws -> MerkleHash {
        try roots(of: size == 0 ? [] : [0..<size]).first ?? Merkle.emptyRoot
    }

    /// The leaf hash at a zero-based index.
    public func leaf(_ index: UInt64) throws -> MerkleHash {
        guard index < size else { throw TileRefused.outsideTree(index, size: size) }
        return try roots(of: [index..<index + 1])[0]
    }

    /// The proof that the leaf at `index` stands in this tree.
    public func inclusionProof(index: UInt64) throws -> InclusionProof {
        guard index < size else { throw TileRefused.outsideTree(index, size: size) }
        let hashes = try roots(of: ProofPath.inclusion(index: index, size: size))
        return InclusionProof(index: index, size: size, hashes: hashes)
    }

    /// The proof that this tree extends the one of `oldSize` leaves, which must not be 0.
    public func consistencyProof(from oldSize: UInt64) throws -> ConsistencyProof {
        guard oldSize <= size else { throw TileRefused.outsideTree(oldSize, size: size) }
        guard oldSize > 0 else { throw TileRefused.emptyOldTree }
        let hashes = try roots(of: ProofPath.consistency(old: oldSize, new: size))
        return ConsistencyProof(oldSize: oldSize, newSize: size, hashes: hashes)
    }

    /// The tiles from which ``inclusionProof(index:)`` is made, for a source that fetches them beforehand.
    public static func tiles(inclusionOf index: UInt64, size: UInt64) -> Set<TileCoordinate> {
        index < size ? tiles(of: ProofPath.inclusion(index: index, size: size), size: size) : []
    }

    /// The tiles from which ``consistencyProof(from:)`` is made.
    public static func tiles(consistencyFrom oldSize: UInt64, to newSize: UInt64) -> Set<TileCoordinate> {
        guard oldSize > 0, oldSize <= newSize else { return [] }
        return tiles(of: ProofPath.consistency(old: oldSize, new: newSize), size: newSize)
    }

    private static func tiles(of ranges: [Range<UInt64>], size: UInt64) -> Set<TileCoordinate> {
        Set(ranges.flatMap(Subtree.covering).compactMap { $0.hashes(inTreeOf: size)?.tile })
    }

    /// The roots of ranges of leaves, each tile being read once.
    private func roots(of ranges: [Range<UInt64>]) throws -> [MerkleHash] {
        var read: [TileCoordinate: Tile] = [:]
        return try ranges.map { range in
            var root: MerkleHash?
            for subtree in Subtree.covering(range).reversed() {
                guard let (coordinate, places) = subtree.hashes(inTreeOf: size) else {
                    throw TileRefused.outsideTree(range.upperBound, size: size)
                }
                let tile = try read[coordinate] ?? Tile(coordinate: coordinate, bytes: source(coordinate))
                read[coordinate] = tile
                let hash = Merkle.root(ofPerfect: tile.hashes[places])
                root = root.map { Merkle.nodeHash(hash, $0) } ?? hash
            }
            return root ?? Merkle.emptyRoot
        }
    }
}
