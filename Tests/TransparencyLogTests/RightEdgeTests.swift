import Testing
import TransparencyLog

struct RightEdgeTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `batches of any size give the root of the recursive definition`(seed: UInt64) throws {
        var chance = SeededChance(seed: seed)
        let plain = PlainTree(leafCount: 3000)
        let shelf = TileShelf()
        var edge = RightEdge()
        var size = 0
        while size < 3000 {
            let batch = min(
                3000 - size,
                Int.random(in: 0...[2, 40, 300, 700].randomElement(using: &chance)!, using: &chance))
            let tiles = edge.append(plain.leaves[size..<size + batch])
            let before = UInt64(size)
            size += batch
            #expect(edge.size == UInt64(size))
            #expect(Set(tiles.map(\.coordinate)) == Set(TileCoordinate.changed(from: before, to: edge.size)))
            #expect(tiles.count == Set(tiles.map(\.coordinate)).count)
            shelf.put(tiles)
            #expect(edge.root == plain.root(0..<size))
            #expect(try shelf.reader(size: edge.size).root() == plain.root(0..<size))
            // Taken up again from what is stored, the edge is the same.
            #expect(try RightEdge(size: edge.size) { shelf.bytes(of: $0) } == edge)
        }
    }

    @Test func `the tiles of a larger tree serve every older size`() throws {
        let plain = PlainTree(leafCount: 1030)
        let shelf = TileShelf.holding(plain.leaves)
        for size in [0, 1, 2, 255, 256, 257, 511, 512, 513, 1023, 1024, 1030] {
            #expect(try shelf.reader(size: UInt64(size)).root() == plain.root(0..<size))
            #expect(try RightEdge(size: UInt64(size)) { shelf.bytes(of: $0) }.root == plain.root(0..<size))
        }
    }

    @Test func `a tree of 70,000 leaves has three levels and proofs that verify`() throws {
        let leaves = (0..<70_000).map { Merkle.leafHash(Array("\($0)".utf8)) }
        var edge = RightEdge()
        let shelf = TileShelf()
        for start in stride(from: 0, to: leaves.count, by: 9_973) {
            shelf.put(edge.append(leaves[start..<min(start + 9_973, leaves.count)]))
        }
        var tree = CompactTree()
        var roots: [MerkleHash] = [tree.root]
        for leaf in leaves {
            tree.append(leaf)
            roots.append(tree.root)
        }
        #expect(edge.root == tree.root)
        #expect(Set(shelf.rows.keys.map(\.level)) == [0, 1, 2])

        var chance = SeededChance(seed: 70_000)
        for _ in 0..<60 {
            let size = Int.random(in: 1...70_000, using: &chance)
            let index = Int.random(in: 0..<size, using: &chance)
            let old = Int.random(in: 1...size, using: &chance)
            let reader = shelf.reader(size: UInt64(size))
            #expect(try reader.leaf(UInt64(index)) == leaves[index])
            try reader.inclusionProof(index: UInt64(index)).verify(leaf: leaves[index], root: roots[size])
            try reader.consistencyProof(from: UInt64(old)).verify(oldRoot: roots[old], newRoot: roots[size])
        }
    }

    @Test func `a proof reads exactly the tiles announced, each once`() throws {
        let shelf = TileShelf.holding((0..<70_000).map { Merkle.leafHash([UInt8($0 & 255)]) })
        for (index, size) in [(0, 1), (5, 300), (69_999, 70_000), (0, 70_000), (65_535, 65_537)]
            as [(UInt64, UInt64)]
        {
            var asked: [TileCoordinate] = []
            let reader = TreeReader(size: size) {
                asked.append($0)
                return shelf.bytes(of: $0)
            }
            _ = try reader.inclusionProof(index: index)
            #expect(Set(asked) == TreeReader.tiles(inclusionOf: index, size: size))
            #expect(asked.count == Set(asked).count)
            asked = []
            _ = try reader.consistencyProof(from: index + 1)
            #expect(Set(asked) == TreeReader.tiles(consistencyFrom: index + 1, to: size))
            #expect(asked.count == Set(asked).count)
        }
    }

    @Test func `what lies outside the tree is refused`() {
        let reader = TileShelf.holding([Merkle.emptyRoot]).reader(size: 1)
        #expect(throws: TileRefused.outsideTree(1, size: 1)) { try reader.inclusionProof(index: 1) }
        #expect(throws: TileRefused.outsideTree(1, size: 1)) { try reader.leaf(1) }
        #expect(throws: TileRefused.outsideTree(2, size: 1)) { try reader.consistencyProof(from: 2) }
    }

    @Test func `a missing or damaged tile is refused and a false one gives a false proof`() throws {
        let leaves = (0..<300).map { Merkle.leafHash([UInt8($0 & 255)]) }
        let shelf = TileShelf.holding(leaves)
        let place = TileCoordinate(level: 0, index: 1, width: 44)
        #expect(throws: TileRefused.tooNarrow(place, width: 0)) {
            try TreeReader(size: 300) { $0.index == 1 ? [] : shelf.bytes(of: $0) }.root()
        }
        #expect(throws: TileRefused.ragged(place, byteCount: 1)) {
            try RightEdge(size: 300) { $0.index == 1 ? [0] : shelf.bytes(of: $0) }
        }
        let root = Merkle.root(ofLeaves: leaves)
        let lying = TreeReader(size: 300) {
            var bytes = shelf.bytes(of: $0)
            bytes[bytes.count - 1] ^= 1
            return bytes
        }
        #expect(try lying.root() != root)
        let proof = try lying.inclusionProof(index: 0)
        #expect(throws: ProofRefused.rootMismatch) { try proof.verify(leaf: leaves[0], root: root) }
    }

    @Test func `a compact tree is taken up where it was left`() throws {
        let plain = PlainTree(leafCount: 300)
        var tree = CompactTree()
        for (place, leaf) in plain.leaves.enumerated() {
            #expect(tree.root == plain.root(0..<place))
            tree = try #require(CompactTree(size: tree.size, subtrees: tree.subtrees))
            tree.append(leaf)
        }
        #expect(CompactTree(size: 3, subtrees: tree.subtrees.dropLast(3)) == nil)
        #expect(Merkle.root(ofLeaves: []) == Merkle.emptyRoot)
    }
}
