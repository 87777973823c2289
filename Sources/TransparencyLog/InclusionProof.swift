/// The evidence that a leaf stands at an index of a tree (RFC 6962 section 2.1.1, RFC 9162 section 2.1.3).
public struct InclusionProof: Hashable, Sendable {
    /// The zero-based index of the leaf.
    public var index: UInt64
    /// The size of the tree.
    public var size: UInt64
    /// From the leaf's sibling up to the child of the root.
    public var hashes: [MerkleHash]

    public init(index: UInt64, size: UInt64, hashes: [MerkleHash]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// Refuses unless the leaf is at the index of the tree with this root.
    public func verify(leaf: MerkleHash, root: MerkleHash) throws(ProofRefused) {
        guard try self.root(from: leaf) == root else { throw .rootMismatch }
    }

    /// The root hash to which the leaf and this proof lead (RFC 9162 section 2.1.3.2).
    public func root(from leaf: MerkleHash) throws(ProofRefused) -> MerkleHash {
        guard index < size else { throw .indexOutsideTree(index: index, size: size) }
        var node = index
        var last = size - 1
        var root = leaf
        for sibling in hashes {
            guard last != 0 else { throw .tooManyHashes }
            if node & 1 == 1 || node == last {
                root = Merkle.nodeHash(sibling, root)
                // A node without a right sibling rises unchanged to the level where it has a left one.
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                root = Merkle.nodeHash(root, sibling)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooFewHashes }
        return root
    }
}
