import Testing
import TransparencyLog

/// Every proof of every small tree, against the recursive definitions.
struct EveryProofTests {
    @Test func `every inclusion proof up to size 200 is the defined one and verifies`() throws {
        let plain = PlainTree(leafCount: 200)
        let shelf = TileShelf.holding(plain.leaves)
        for size in 1...200 {
            let reader = shelf.reader(size: UInt64(size))
            let root = plain.root(0..<size)
            for index in 0..<size {
                let proof = try reader.inclusionProof(index: UInt64(index))
                #expect(proof.hashes == plain.path(index, 0..<size))
                try proof.verify(leaf: plain.leaves[index], root: root)
            }
        }
    }

    @Test func `every consistency proof up to size 200 is the defined one and verifies`() throws {
        let plain = PlainTree(leafCount: 200)
        let shelf = TileShelf.holding(plain.leaves)
        for new in 1...200 {
            let reader = shelf.reader(size: UInt64(new))
            for old in 1...new {
                let proof = try reader.consistencyProof(from: UInt64(old))
                #expect(proof.hashes == plain.proof(old, 0..<new))
                try proof.verify(oldRoot: plain.root(0..<old), newRoot: plain.root(0..<new))
            }
        }
    }

    @Test func `an inclusion proof with any one bit turned over is refused`() throws {
        let plain = PlainTree(leafCount: 11)
        for size in 1...11 {
            let root = plain.root(0..<size)
            for index in 0..<size {
                let leaf = plain.leaves[index]
                let proof = InclusionProof(
                    index: UInt64(index), size: UInt64(size), hashes: plain.path(index, 0..<size))
                for bit in 0..<256 {
                    for place in proof.hashes.indices {
                        var bent = proof
                        bent.hashes[place] = bent.hashes[place].flipping(bit: bit)
                        #expect(throws: ProofRefused.rootMismatch) { try bent.verify(leaf: leaf, root: root) }
                    }
                    #expect(throws: ProofRefused.rootMismatch) {
                        try proof.verify(leaf: leaf.flipping(bit: bit), root: root)
                    }
                    #expect(throws: ProofRefused.rootMismatch) {
                        try proof.verify(leaf: leaf, root: root.flipping(bit: bit))
                    }
                }
            }
        }
    }

    @Test func `an inclusion proof moved, shortened, lengthened or reordered is refused`() throws {
        let plain = PlainTree(leafCount: 34)
        for size in 1...32 {
            for index in 0..<size {
                let proof = InclusionProof(
                    index: UInt64(index), size: UInt64(size), hashes: plain.path(index, 0..<size))
                for other in 0...33 where other != index {
                    var moved = proof
                    moved.index = UInt64(other)
                    expectRefused(moved, plain.leaves[index], plain.root(0..<size))
                }
                for other in 0...33 where other != size {
                    var moved = proof
                    moved.size = UInt64(other)
                    expectRefused(moved, plain.leaves[index], plain.root(0..<other))
                }
                for hashes in misshapen(proof.hashes) {
                    var bent = proof
                    bent.hashes = hashes
                    expectRefused(bent, plain.leaves[index], plain.root(0..<size))
                }
            }
        }
    }

    @Test func `a consistency proof with any one bit turned over is refused`() throws {
        let plain = PlainTree(leafCount: 11)
        for new in 2...11 {
            for old in 1..<new {
                let proof = ConsistencyProof(
                    oldSize: UInt64(old), newSize: UInt64(new), hashes: plain.proof(old, 0..<new))
                let roots = (old: plain.root(0..<old), new: plain.root(0..<new))
                for bit in 0..<256 {
                    for place in proof.hashes.indices {
                        var bent = proof
                        bent.hashes[place] = bent.hashes[place].flipping(bit: bit)
                        expectRefused(bent, roots.old, roots.new)
                    }
                    expectRefused(proof, roots.old.flipping(bit: bit), roots.new)
                    expectRefused(proof, roots.old, roots.new.flipping(bit: bit))
                }
            }
        }
    }

    @Test func `a consistency proof between other sizes, shortened, lengthened or reordered is refused`()
        throws
    {
        let plain = PlainTree(leafCount: 20)
        for new in 2...18 {
            for old in 1..<new {
                let proof = ConsistencyProof(
                    oldSize: UInt64(old), newSize: UInt64(new), hashes: plain.proof(old, 0..<new))
                for otherNew in 0...20 {
                    for otherOld in 0...20 where (otherOld, otherNew) != (old, new) {
                        var moved = proof
                        moved.oldSize = UInt64(otherOld)
                        moved.newSize = UInt64(otherNew)
                        expectRefused(moved, plain.root(0..<otherOld), plain.root(0..<otherNew))
                    }
                }
                for hashes in misshapen(proof.hashes) {
                    var bent = proof
                    bent.hashes = hashes
                    expectRefused(bent, plain.root(0..<old), plain.root(0..<new))
                }
            }
        }
    }

    @Test func `a consistency proof from the empty tree is refused, even to itself`() {
        let root = Merkle.leafHash([])
        for new in [0, 1, 5] as [UInt64] {
            #expect(throws: ProofRefused.emptyOldTree) {
                try ConsistencyProof(oldSize: 0, newSize: new, hashes: [])
                    .verify(oldRoot: Merkle.emptyRoot, newRoot: new == 0 ? Merkle.emptyRoot : root)
            }
        }
        let shelf = TileShelf.holding([root])
        #expect(throws: TileRefused.emptyOldTree) { try shelf.reader(size: 1).consistencyProof(from: 0) }
    }

    @Test func `proofs at the largest sizes end without overflow`() {
        let hash = Merkle.leafHash([])
        for count in [0, 1, 63, 64, 65, 100] {
            let hashes = [MerkleHash](repeating: hash, count: count)
            for index in [0, 1, .max - 2, .max - 1] as [UInt64] {
                expectRefused(InclusionProof(index: index, size: .max, hashes: hashes), hash, hash)
                expectRefused(ConsistencyProof(oldSize: index, newSize: .max, hashes: hashes), hash, hash)
            }
        }
    }

    private func misshapen(_ hashes: [MerkleHash]) -> [[MerkleHash]] {
        var shapes = [hashes + [Merkle.emptyRoot], [Merkle.emptyRoot] + hashes]
        if let first = hashes.first, let last = hashes.last {
            shapes += [
                Array(hashes.dropLast()), Array(hashes.dropFirst()), hashes + [last], [first] + hashes,
            ]
        }
        if hashes.count > 1 { shapes += [hashes.reversed(), Array(hashes.dropFirst()) + hashes.prefix(1)] }
        return shapes
    }

    private func expectRefused(
        _ proof: InclusionProof, _ leaf: MerkleHash, _ root: MerkleHash,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: ProofRefused.self, "\(proof.index) of \(proof.size)", sourceLocation: sourceLocation)
        {
            try proof.verify(leaf: leaf, root: root)
        }
    }

    private func expectRefused(
        _ proof: ConsistencyProof, _ old: MerkleHash, _ new: MerkleHash,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            throws: ProofRefused.self, "\(proof.oldSize) to \(proof.newSize)", sourceLocation: sourceLocation
        ) {
            try proof.verify(oldRoot: old, newRoot: new)
        }
    }
}
