import Testing

@testable import TextReuse

struct SegmentTests {
    static let folding: UInt64 = 7

    /// A segment of made-up fingerprints, and where each hash stands.
    static func make(
        _ folder: ScratchFolder, name: String = "segment-1-0", first: Int = 0, documents: Int,
        chance: inout Chance
    ) throws -> [UInt64: [[Int]]] {
        let builder = SegmentBuilder(firstDocument: first)
        var expected: [UInt64: [[Int]]] = [:]
        for document in 0..<documents {
            var position = 0
            builder.add(DocumentFacts(textOffset: document * 8, symbols: 5, idHash: UInt32(document))) {
                keep in
                for _ in 0..<Int.random(in: 0...40, using: &chance) {
                    // Some hashes are everywhere, some crowd one bucket, most are anywhere.
                    let hash: UInt64
                    switch Int.random(in: 0..<10, using: &chance) {
                    case 0: hash = 0xFFF_FFFF_FFFF
                    case 1: hash = UInt64.random(in: 0..<3, using: &chance)
                    case 2: hash = 5 << 28 + UInt64.random(in: 0..<200, using: &chance)
                    default: hash = chance.next() >> 20
                    }
                    position += Int.random(in: 1...9, using: &chance)
                    if Int.random(in: 0..<200, using: &chance) == 0 { position += 1 << 18 }
                    keep(Fingerprint(hash: hash, position: UInt32(position)))
                    expected[hash, default: []].append([first + document, position])
                }
            }
        }
        try builder.write(to: "\(folder.path)/\(name)", sampling: .standard, folding: folding)
        return expected
    }

    static func found(_ hash: UInt64, in segment: Segment) throws -> [[Int]] {
        try segment.places(of: hash).map { place in
            let (document, part) = try segment.place(ofSlot: segment[place].slot)
            return [document, part << Posting.positionBits + segment[place].position]
        }
    }

    @Test func `every posting is found where it was put, and nothing else is`() throws {
        var chance = Chance.fresh("segment")
        for documents in [1, 3, 200] {
            let folder = ScratchFolder()
            let expected = try Self.make(folder, first: 10, documents: documents, chance: &chance)
            let segment = try Segment(
                "\(folder.path)/segment-1-0", sampling: .standard, folding: Self.folding)
            #expect(segment.documents == 10..<(10 + documents))
            for (hash, places) in expected {
                #expect(try Self.found(hash, in: segment) == places)
                let isCommon = places.count >= CommonFingerprints.fewest
                #expect(segment.common.places(of: hash) == (isCommon ? places.count...places.count : 0...3))
            }
            for _ in 0..<500 {
                let hash = chance.next() >> 20
                if expected[hash] == nil { #expect(try Self.found(hash, in: segment).isEmpty) }
            }
            #expect(try segment.facts(of: 10).idHash == 0)
        }
    }

    @Test func `a merge holds what its parts held, less what was removed`() throws {
        var chance = Chance.fresh("merge")
        let folder = ScratchFolder()
        var expected: [UInt64: [[Int]]] = [:]
        var segments: [Segment] = []
        for part in 0..<4 {
            let name = "segment-1-\(part * 30)"
            let made = try Self.make(folder, name: name, first: part * 30, documents: 30, chance: &chance)
            for (hash, places) in made { expected[hash, default: []] += places }
            segments.append(try Segment("\(folder.path)/\(name)", sampling: .standard, folding: Self.folding))
        }
        let path = "\(folder.path)/segment-2-0"
        try SegmentMerge.write(segments, to: path, isRemoved: { $0 % 7 == 3 }) {}
        let merged = try Segment(path, sampling: .standard, folding: Self.folding)
        #expect(merged.documents == 0..<120)
        for (hash, places) in expected {
            #expect(try Self.found(hash, in: merged) == places.filter { $0[0] % 7 != 3 })
        }
    }

    @Test func `another k-gram or another folding is refused`() throws {
        var chance = Chance(seed: 1)
        let folder = ScratchFolder()
        _ = try Self.make(folder, documents: 2, chance: &chance)
        let path = "\(folder.path)/segment-1-0"
        #expect(throws: IndexFault.incompatible(path: path)) {
            try Segment(path, sampling: .close, folding: Self.folding)
        }
        #expect(throws: IndexFault.incompatible(path: path)) {
            try Segment(path, sampling: .standard, folding: 8)
        }
    }
}
