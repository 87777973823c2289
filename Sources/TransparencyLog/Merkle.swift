import Crypto

/// How RFC 6962 section 2.1 (the same in RFC 9162 section 2.1.1) hashes leaves and inner nodes.
///
/// A leaf is prefixed with 0x00 and a node with 0x01, so that no leaf can pass for a node.
public enum Merkle {
    /// The root of a tree without leaves: the hash of no bytes.
    public static let emptyRoot = digest(of: UnsafeRawBufferPointer(start: nil, count: 0))

    /// The hash of one entry: SHA-256(0x00 ‖ entry).
    public static func leafHash(_ entry: some Collection<UInt8>) -> MerkleHash {
        hash(prefix: 0, entry)
    }

    /// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
    public static func nodeHash(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
        withUnsafeTemporaryAllocation(byteCount: 1 + 2 * MerkleHash.byteCount, alignment: 1) { buffer in
            buffer[0] = 1
            left.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[1..<33]).copyMemory(from: $0)
            }
            right.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[33...]).copyMemory(from: $0)
            }
            return digest(of: UnsafeRawBufferPointer(buffer))
        }
    }

    /// The root of the tree over these leaf hashes, in order.
    public static func root(ofLeaves leaves: some Sequence<MerkleHash>) -> MerkleHash {
        var tree = CompactTree()
        for leaf in leaves { tree.append(leaf) }
        return tree.root
    }

    /// The root of a whole subtree: a power of two of hashes, all of the same height.
    static func root(ofPerfect hashes: ArraySlice<MerkleHash>) -> MerkleHash {
        precondition(!hashes.isEmpty && hashes.count & (hashes.count - 1) == 0)
        var row = Array(hashes)
        var width = row.count
        while width > 1 {
            width /= 2
            for place in 0..<width { row[place] = nodeHash(row[2 * place], row[2 * place + 1]) }
        }
        return row[0]
    }

    /// SHA-256(prefix ‖ bytes).
    static func hash(prefix: UInt8, _ bytes: some Collection<UInt8>) -> MerkleHash {
        var prefixed: [UInt8] = []
        prefixed.reserveCapacity(1 + bytes.count)
        prefixed.append(prefix)
        prefixed.append(contentsOf: bytes)
        return prefixed.withUnsafeBytes(digest(of:))
    }

    private static func digest(of bytes: UnsafeRawBufferPointer) -> MerkleHash {
        var hasher = SHA256()
        if !bytes.isEmpty { hasher.update(bufferPointer: bytes) }
        return hasher.finalize().withUnsafeBytes { MerkleHash(unsafeReading: $0) }
    }
}
