/// The root of a growing tree from a stream of leaves, in at most 64 hashes of memory.
///
/// It holds the roots of the whole subtrees of which the tree is made, largest first: one for each set
/// bit of the size (RFC 9162 section 2.1.2). It cannot make proofs; ``TreeReader`` does that from tiles.
public struct CompactTree: Hashable, Sendable {
    /// The number of leaves.
    public private(set) var size: UInt64 = 0

    /// The roots of the whole subtrees, largest first.
    public private(set) var subtrees: [MerkleHash] = []

    /// A tree without leaves.
    public init() {}

    /// A tree taken up again where it was left; nil unless there is one subtree for each set bit of the size.
    public init?(size: UInt64, subtrees: [MerkleHash]) {
        guard subtrees.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.subtrees = subtrees
    }

    /// Adds one leaf, given by its leaf hash.
    public mutating func append(_ leaf: MerkleHash) {
        var grown = leaf
        // Each trailing one bit of the old size is a subtree as large as the one in hand.
        for _ in 0..<(~size).trailingZeroBitCount {
            grown = Merkle.nodeHash(subtrees.removeLast(), grown)
        }
        subtrees.append(grown)
        size += 1
    }

    /// Adds one entry, hashing it as a leaf.
    public mutating func append(entry: some Collection<UInt8>) {
        append(Merkle.leafHash(entry))
    }

    /// The root hash at the present size.
    public var root: MerkleHash {
        guard var root = subtrees.last else { return Merkle.emptyRoot }
        for subtree in subtrees.dropLast().reversed() { root = Merkle.nodeHash(subtree, root) }
        return root
    }
}
