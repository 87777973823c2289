import Testing
import TransparencyLog

struct EntryBundleTests {
    @Test func `entries are laid out behind their big-endian lengths`() throws {
        let bundle = try EntryBundle(entries: [[1, 2, 3], [], [UInt8](repeating: 9, count: 258)])
        #expect(Array(bundle.bytes.prefix(9)) == [0, 3, 1, 2, 3, 0, 0, 1, 2])
        #expect(bundle.bytes.count == 6 + 3 + 258)
        #expect(try EntryBundle(bytes: bundle.bytes) == bundle)
        #expect(bundle.leaves == bundle.entries.map { Merkle.leafHash($0) })
    }

    @Test func `an entry of 65,535 bytes fits and one more byte is refused`() throws {
        let longest = [UInt8](repeating: 1, count: 65_535)
        #expect(try EntryBundle(bytes: EntryBundle(entries: [longest]).bytes).entries == [longest])
        #expect(throws: EntryBundleRefused.entryTooLong(place: 1, byteCount: 65_536)) {
            try EntryBundle(entries: [[], longest + [1]])
        }
    }

    @Test func `256 entries fit and none or 257 are refused`() throws {
        let full = try EntryBundle(entries: [[UInt8]](repeating: [7], count: 256))
        #expect(try EntryBundle(bytes: full.bytes) == full)
        #expect(throws: EntryBundleRefused.tooManyEntries) {
            try EntryBundle(entries: full.entries + [[7]])
        }
        #expect(throws: EntryBundleRefused.tooManyEntries) { try EntryBundle(bytes: full.bytes + [0, 0]) }
        #expect(throws: EntryBundleRefused.empty) { try EntryBundle(entries: []) }
        #expect(throws: EntryBundleRefused.empty) { try EntryBundle(bytes: []) }
    }

    @Test func `a bundle cut anywhere inside an entry is refused`() throws {
        let bytes = try EntryBundle(entries: [[1, 2, 3]]).bytes
        for count in 1..<bytes.count {
            #expect(throws: EntryBundleRefused.cutShort) {
                try EntryBundle(bytes: Array(bytes.prefix(count)))
            }
        }
    }
}
