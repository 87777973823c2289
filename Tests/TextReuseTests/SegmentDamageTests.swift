import Testing

@testable import TextReuse

struct SegmentDamageTests {
    private func open(_ folder: ScratchFolder) throws -> Segment {
        try Segment("\(folder.path)/segment-1-0", sampling: .standard, folding: SegmentTests.folding)
    }

    @Test func `a segment cut short anywhere is refused`() throws {
        var chance = Chance(seed: 2)
        let folder = ScratchFolder()
        _ = try SegmentTests.make(folder, documents: 5, chance: &chance)
        let whole = try folder.bytes(of: "segment-1-0")
        for length in [0, 1, 4095, 4096, 4097, whole.count / 2, whole.count - 8, whole.count - 1] {
            try folder.put(Array(whole[..<length]), as: "segment-1-0")
            #expect(throws: IndexFault.self, "\(length) bytes") { try open(folder) }
        }
        try folder.put(whole + [0], as: "segment-1-0")
        #expect(throws: IndexFault.self) { try open(folder) }
    }

    @Test func `a changed bit is noticed wherever it is`() throws {
        var chance = Chance.fresh("bits")
        let folder = ScratchFolder()
        _ = try SegmentTests.make(folder, documents: 5, chance: &chance)
        let whole = try folder.bytes(of: "segment-1-0")
        // Its words, and the last one.
        let header =
            Array(0..<(10 * 64)) + Array((SegmentHeader.byteCount * 8 - 64)..<(SegmentHeader.byteCount * 8))
        let body = (0..<600).map { _ in Int.random(in: 0..<(whole.count * 8), using: &chance) }
        for bit in header + body {
            var changed = whole
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            try folder.put(changed, as: "segment-1-0")
            #expect(throws: IndexFault.self, "bit \(bit)") { try open(folder) }
        }
    }

    /// Who can write to the index can make every checksum right. What such a file says may be wrong; reading it
    /// must stay inside.
    @Test func `a forged segment with right checksums gives answers or refusals, never a read outside`()
        throws
    {
        var chance = Chance.fresh("forged segments")
        let folder = ScratchFolder()
        _ = try SegmentTests.make(folder, documents: 8, chance: &chance)
        let whole = try folder.bytes(of: "segment-1-0")
        for _ in Rounds(300) {
            try folder.put(Forgery.forged(whole, chance: &chance), as: "segment-1-0")
            guard let segment = try? open(folder) else { continue }
            Forgery.readEverything(segment, chance: &chance)
        }
    }
}

/// Segments as an adversary makes them.
enum Forgery {
    /// Overwrites some words anywhere behind the header with extreme or random ones, then makes all sums right.
    static func forged(_ whole: [UInt8], chance: inout Chance) throws -> [UInt8] {
        var bytes = whole
        let header = try whole.withUnsafeBytes { try SegmentHeader(reading: $0, path: "") }
        let regions = [
            SegmentHeader.byteCount..<header.blockSumsOffset, header.directoryOffset..<header.documentsOffset,
            header.documentsOffset..<header.slotsOffset, header.slotsOffset..<header.commonOffset,
            header.commonOffset..<header.commonDirectoryOffset,
            header.commonDirectoryOffset..<header.fileBytes,
        ].filter { $0.count >= 8 }
        for _ in 0..<Int.random(in: 1...40, using: &chance) {
            let region = regions.randomElement(using: &chance)!
            let place = region.lowerBound + Int.random(in: 0...(region.count - 4), using: &chance) & ~3
            let word: UInt32 = [
                0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, UInt32.random(in: 0...UInt32.max, using: &chance),
            ]
            .randomElement(using: &chance)!
            withUnsafeBytes(of: word) { bytes.replaceSubrange(place..<(place + 4), with: $0) }
        }
        return resealed(bytes, header)
    }

    private static func resealed(_ given: [UInt8], _ given_: SegmentHeader) -> [UInt8] {
        var bytes = given
        var header = given_
        for block in 0..<header.blocks {
            let low = SegmentHeader.byteCount + block * SegmentHeader.blockPostings * 8
            let high = min(low + SegmentHeader.blockPostings * 8, header.blockSumsOffset)
            let sum = bytes[low..<high].withUnsafeBytes { checksum($0) }
            let at = header.blockSumsOffset + block * 8
            withUnsafeBytes(of: sum) { bytes.replaceSubrange(at..<(at + 8), with: $0) }
        }
        header.tablesChecksum = bytes[header.blockSumsOffset...].withUnsafeBytes { checksum($0) }
        bytes.replaceSubrange(0..<SegmentHeader.byteCount, with: header.bytes)
        return bytes
    }

    static func readEverything(_ segment: Segment, chance: inout Chance) {
        for _ in 0..<50 {
            // What is thrown is of no interest here.
            if let places = try? segment.places(of: chance.next() >> 20) {
                for place in places.prefix(100) { _ = try? segment.place(ofSlot: segment[place].slot) }
            }
            try? segment.prefetch(chance.next() >> 20)
            _ = segment.common.places(of: chance.next() >> 20)
        }
        for hash: UInt64 in [0, 1, 5 << 28, 0xFFF_FFFF_FFFF] { _ = segment.common.places(of: hash) }
        for bucket in 0..<Posting.buckets where bucket % 97 == 0 {
            if let range = try? segment.bucket(bucket) {
                for place in range.prefix(10) { _ = segment[place].bits }
            }
        }
        for document in segment.documents.prefix(50) { _ = try? segment.facts(of: document) }
        guard let source = try? segment.verifiedSource() else { return }
        let join = PostingJoin([source, source], isRemoved: { $0 % 3 == 0 })
        for bucket in stride(from: 0, to: Posting.buckets, by: 31) {
            try? join.groups(of: bucket) { members, places in
                #expect(members.count <= places)
                for member in members {
                    #expect(segment.documents.contains(Int(member.document)))
                    #expect(member.position < Hit.mostPosition)
                }
            }
        }
    }
}
