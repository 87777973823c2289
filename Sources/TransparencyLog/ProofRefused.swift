/// Why a proof proves nothing.
public enum ProofRefused: Error, Hashable, Sendable {
    /// The leaf's index does not lie inside the tree.
    case indexOutsideTree(index: UInt64, size: UInt64)
    /// The older tree is larger than the newer one.
    case sizesOutOfOrder(old: UInt64, new: UInt64)
    /// The older tree is empty. Every tree extends the empty one, so such a proof would say nothing.
    case emptyOldTree
    /// The proof has more hashes than a tree of this size calls for.
    case tooManyHashes
    /// The proof has fewer hashes than a tree of this size calls for.
    case tooFewHashes
    /// The leaf and the proof lead to another root.
    case rootMismatch
    /// The consistency proof does not lead to the older root.
    case oldRootMismatch
    /// The consistency proof does not lead to the newer root.
    case newRootMismatch
}

extension ProofRefused: CustomStringConvertible {
    public var description: String {
        switch self {
        case .indexOutsideTree(let index, let size): "leaf index \(index) is not below the tree size \(size)"
        case .sizesOutOfOrder(let old, let new): "old tree size \(old) is above the new one \(new)"
        case .emptyOldTree: "a consistency proof from the empty tree proves nothing"
        case .tooManyHashes: "the proof has too many hashes for the tree size"
        case .tooFewHashes: "the proof has too few hashes for the tree size"
        case .rootMismatch: "the proof leads to another root hash"
        case .oldRootMismatch: "the proof does not lead to the old root hash"
        case .newRootMismatch: "the proof does not lead to the new root hash"
        }
    }
}
