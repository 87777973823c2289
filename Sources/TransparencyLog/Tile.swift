/// A tile: its place and its hashes.
public struct Tile: Hashable, Sendable {
    public let coordinate: TileCoordinate
    /// As many hashes as the coordinate is wide.
    public let hashes: [MerkleHash]

    init(coordinate: TileCoordinate, hashes: [MerkleHash]) {
        self.coordinate = coordinate
        self.hashes = hashes
    }

    /// Reads stored bytes. More hashes than the coordinate is wide are taken and cut off, because a tile
    /// only ever grows to the right: a store may keep the widest version alone.
    public init(coordinate: TileCoordinate, bytes: [UInt8]) throws(TileRefused) {
        let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: MerkleHash.byteCount)
        guard rest == 0, count <= TileCoordinate.fullWidth else {
            throw .ragged(coordinate, byteCount: bytes.count)
        }
        guard count >= coordinate.width else { throw .tooNarrow(coordinate, width: count) }
        self.coordinate = coordinate
        hashes = bytes.withUnsafeBytes { buffer in
            (0..<coordinate.width).map { place in
                let start = place * MerkleHash.byteCount
                let hash = buffer[start..<start + MerkleHash.byteCount]
                return MerkleHash(unsafeReading: UnsafeRawBufferPointer(rebasing: hash))
            }
        }
    }

    /// The hashes one after the other, 32 bytes each: the body served at the tile's path.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hashes.count * MerkleHash.byteCount)
        for hash in hashes { hash.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        return bytes
    }
}

/// Why stored tiles cannot be used.
public enum TileRefused: Error, Hashable, Sendable {
    /// The bytes are not a whole number of hashes, or more than 256 of them.
    case ragged(TileCoordinate, byteCount: Int)
    /// The stored tile has fewer hashes than the tree needs.
    case tooNarrow(TileCoordinate, width: Int)
    /// A leaf or tree was asked for beyond the size of the tree.
    case outsideTree(UInt64, size: UInt64)
    /// A consistency proof from the empty tree was asked for.
    case emptyOldTree
}

extension TileRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .ragged(let tile, let count): "\(tile.path): \(count) bytes are not 1 to 256 whole hashes"
        case .tooNarrow(let tile, let width):
            "\(tile.path): \(tile.width) hashes are needed, \(width) are there"
        case .outsideTree(let place, let size): "\(place) lies outside the tree of \(size) leaves"
        case .emptyOldTree: "there is no consistency proof from the empty tree"
        }
    }
}
