import Testing

@testable import TextReuse

struct PostingTests {
    @Test func `hash, slot and position come out as they went in`() {
        let hash: UInt64 = 0xABC_DEF0_1234
        for slot in [0, 1, 77_777, Posting.mostSlots - 1] {
            for position in [0, 1, 99_999, Posting.slotSymbols - 1] {
                let posting = Posting(hash: hash, slot: slot, position: UInt64(position))
                #expect(posting.slot == slot)
                #expect(posting.position == position)
                #expect(UInt64(Posting.bucket(of: hash)) << UInt64(Posting.restBits) | posting.rest == hash)
            }
        }
    }

    @Test(arguments: ["random", "one hash", "two hashes", "few hashes"])
    func `a bucket is sorted as the library sorts it`(_ kind: String) {
        var chance = Chance.fresh("sort \(kind)")
        var sort = PostingSort()
        for count in [0, 1, 2, 24, 25, 300, 5000] {
            var bucket: [UInt64] = []
            for place in 0..<count {
                let hash: UInt64
                switch kind {
                case "random": hash = chance.next() >> 20
                case "one hash": hash = 12345
                case "two hashes": hash = 12345 + UInt64(place & 1)
                default: hash = UInt64.random(in: 0..<6, using: &chance) << 21
                }
                bucket.append(Posting(hash: hash, slot: place, position: UInt64(place)).bits)
            }
            let expected = bucket.sorted()
            bucket.withUnsafeMutableBufferPointer { sort($0) }
            #expect(bucket == expected)
        }
    }
}
