/// The evidence that a tree extends an older one without changing it (RFC 6962 section 2.1.2,
/// RFC 9162 section 2.1.4).
///
/// A proof from size 0 is refused. A witness that takes up an unknown log says `old 0` with no hashes
/// (C2SP tlog-witness); that is a decision of the witness and not a proof.
public struct ConsistencyProof: Hashable, Sendable {
    /// The size of the older tree.
    public var oldSize: UInt64
    /// The size of the newer tree.
    public var newSize: UInt64
    /// In the order of RFC 6962: deepest first. Empty when both sizes are equal.
    public var hashes: [MerkleHash]

    public init(oldSize: UInt64, newSize: UInt64, hashes: [MerkleHash]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.hashes = hashes
    }

    /// Refuses unless the tree with the new root extends the one with the old root
    /// (RFC 9162 section 2.1.4.2).
    public func verify(oldRoot: MerkleHash, newRoot: MerkleHash) throws(ProofRefused) {
        guard oldSize <= newSize else { throw .sizesOutOfOrder(old: oldSize, new: newSize) }
        guard oldSize > 0 else { throw .emptyOldTree }
        guard oldSize < newSize else {
            guard hashes.isEmpty else { throw .tooManyHashes }
            guard oldRoot == newRoot else { throw .newRootMismatch }
            return
        }
        // An old tree that is one whole subtree is its own first hash and is left out of the proof.
        let oldIsWhole = oldSize & (oldSize - 1) == 0
        guard let first = oldIsWhole ? oldRoot : hashes.first else { throw .tooFewHashes }

        var node = oldSize - 1
        var last = newSize - 1
        let rise = (~node).trailingZeroBitCount
        node >>= UInt64(rise)
        last >>= UInt64(rise)
        var old = first
        var new = first
        for sibling in hashes.dropFirst(oldIsWhole ? 0 : 1) {
            guard last != 0 else { throw .tooManyHashes }
            if node & 1 == 1 || node == last {
                old = Merkle.nodeHash(sibling, old)
                new = Merkle.nodeHash(sibling, new)
                while node & 1 == 0 && node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                new = Merkle.nodeHash(new, sibling)
            }
            node >>= 1
            last >>= 1
        }
        guard last == 0 else { throw .tooFewHashes }
        guard old == oldRoot else { throw .oldRootMismatch }
        guard new == newRoot else { throw .newRootMismatch }
    }
}
