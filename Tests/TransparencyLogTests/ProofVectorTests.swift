import Foundation
import Testing

@testable import TransparencyLog

struct ProofVectorTests {
    struct Inclusion: Decodable {
        struct Probe: Decodable {
            let leafIdx: UInt64
            let treeSize: UInt64
            let root: Data?
            let leafHash: Data?
            let proof: [Data]?
            let desc: String
            let wantErr: Bool
        }
        let count: Int
        let vectors: [Probe]
    }

    @Test func `every inclusion probe is judged as its authors say`() throws {
        let file: Inclusion = try Vectors.load("merkle_inclusion")
        #expect(file.vectors.count == file.count)
        for probe in file.vectors {
            // A hash of another length cannot even be written down here: that is a refusal, too.
            let proof = (probe.proof ?? []).compactMap { MerkleHash(bytes: $0) }
            var accepted = false
            if let root = MerkleHash(bytes: probe.root ?? Data()),
                let leaf = MerkleHash(bytes: probe.leafHash ?? Data()),
                proof.count == (probe.proof ?? []).count
            {
                let claim = InclusionProof(index: probe.leafIdx, size: probe.treeSize, hashes: proof)
                accepted = (try? claim.verify(leaf: leaf, root: root)) != nil
            }
            #expect(accepted == !probe.wantErr, "\(probe.desc) at \(probe.leafIdx) of \(probe.treeSize)")
        }
    }

    struct Consistency: Decodable {
        struct Probe: Decodable {
            let size1: UInt64
            let size2: UInt64
            let root1: Data?
            let root2: Data?
            let proof: [Data]?
            let desc: String
            let wantErr: Bool
        }
        let count: Int
        let vectors: [Probe]
    }

    @Test func `every consistency probe is judged as its authors say`() throws {
        let file: Consistency = try Vectors.load("merkle_consistency")
        #expect(file.vectors.count == file.count)
        for probe in file.vectors {
            let proof = (probe.proof ?? []).compactMap { MerkleHash(bytes: $0) }
            var accepted = false
            if let old = root(probe.root1), let new = root(probe.root2),
                proof.count == (probe.proof ?? []).count
            {
                let claim = ConsistencyProof(oldSize: probe.size1, newSize: probe.size2, hashes: proof)
                accepted = (try? claim.verify(oldRoot: old, newRoot: new)) != nil
            }
            #expect(accepted == !probe.wantErr, "\(probe.desc) from \(probe.size1) to \(probe.size2)")
        }
    }

    /// Some probes have a few words such as “don't care 1” for a root. Their leaf hash stands in for them,
    /// which keeps equal roots equal and different ones different.
    private func root(_ bytes: Data?) -> MerkleHash? {
        guard let bytes, !bytes.isEmpty else { return nil }
        return MerkleHash(bytes: bytes) ?? Merkle.leafHash(bytes)
    }

    struct Reference: Decodable {
        struct Hasher: Decodable {
            let op: String
            let in_hex: String?
            let left_hex: String?
            let right_hex: String?
            let want: String
        }
        struct Inclusion: Decodable {
            let index: UInt64
            let size: UInt64
            let proof: [Data]
        }
        struct Consistency: Decodable {
            let size1: UInt64
            let size2: UInt64
            let proof: [Data]
        }
        let leaf_inputs_hex: [String]
        let root_hashes_hex_by_size: [String]
        let hasher: [Hasher]
        let all_inclusion: [Inclusion]
        let all_consistency: [Consistency]
    }

    @Test func `leaves and nodes are hashed as in the reference`() throws {
        let file: Reference = try Vectors.load("rfc6962_reference_tree")
        for probe in file.hasher {
            let bytes = try [probe.in_hex, probe.left_hex, probe.right_hex].compactMap(\.self)
                .flatMap { try #require(Hexadecimal.decode($0.utf8)) }
            switch probe.op {
            case "empty": #expect(Merkle.emptyRoot.hex == probe.want)
            case "leaf": #expect(Merkle.leafHash(bytes).hex == probe.want)
            // The children of this probe are not 32 bytes long, so only the prefix can be tried on it.
            case "node": #expect(Merkle.hash(prefix: 1, bytes).hex == probe.want)
            default: Issue.record("unknown operation \(probe.op)")
            }
        }
        let left = Merkle.leafHash([1])
        let right = Merkle.leafHash([2])
        #expect(Merkle.nodeHash(left, right) == Merkle.hash(prefix: 1, left.bytes + right.bytes))
    }

    @Test func `the reference tree has the published roots and proofs at every size`() throws {
        let file: Reference = try Vectors.load("rfc6962_reference_tree")
        let leaves = try file.leaf_inputs_hex.map {
            Merkle.leafHash(try #require(Hexadecimal.decode($0.utf8)))
        }
        let shelf = TileShelf.holding(leaves)
        for (size, root) in file.root_hashes_hex_by_size.enumerated() {
            #expect(Merkle.root(ofLeaves: leaves.prefix(size)).hex == root)
            #expect(try shelf.reader(size: UInt64(size)).root().hex == root)
        }
        for expected in file.all_inclusion {
            let proof = try shelf.reader(size: expected.size).inclusionProof(index: expected.index)
            #expect(proof.hashes.map(\.bytes) == expected.proof.map { Array($0) })
        }
        for expected in file.all_consistency {
            let proof = try shelf.reader(size: expected.size2).consistencyProof(from: expected.size1)
            #expect(proof.hashes.map(\.bytes) == expected.proof.map { Array($0) })
        }
    }

    @Test func `the trees over leaf 0 to leaf 99 have the computed roots`() throws {
        struct File: Decodable { let roots_b64_by_size: [String] }
        let roots = try Vectors.load("generated_leaf_0_99_roots", as: File.self).roots_b64_by_size
        #expect(roots.count == 101)
        var tree = CompactTree()
        for (size, root) in roots.enumerated() {
            #expect(tree.root.base64 == root)
            tree.append(entry: Array("leaf \(size)".utf8))
        }
    }
}
