import Glibc
import Testing

@testable import TextReuse

/// What a process leaves behind that was killed at some moment, moment by moment.
struct CrashTests {
    private func open(_ folder: ScratchFolder) throws -> ReuseIndex { try ReuseIndex(writing: folder.path) }

    private func filled(_ chance: inout Chance) throws -> (ScratchFolder, [String]) {
        let folder = ScratchFolder()
        let texts = Season.texts(count: 12, chance: &chance)
        let index = try open(folder)
        for number in 0..<8 { try index.add(id: "\(number)", text: texts[number]) }
        try index.seal()
        for number in 8..<12 { try index.add(id: "\(number)", text: texts[number]) }
        try index.flush()
        return (folder, texts)
    }

    @Test func `a log cut off anywhere behind the last seal loses only what was not flushed`() throws {
        var chance = Chance.fresh("cut")
        let (folder, texts) = try filled(&chance)
        let log = try folder.bytes(of: Manifest.logName)
        let sealedEnd = try Manifest.read(in: folder.path).logEnd
        for length in stride(from: sealedEnd, through: log.count, by: 397) {
            let copy = try folder.copied()
            try copy.put(Array(log[..<length]), as: Manifest.logName)
            let count: Int
            do {
                let index = try open(copy)
                count = index.count
                #expect(count >= 8 && count <= 12)
                for number in 0..<count { #expect(try index.text(of: number) == Array(texts[number].utf8)) }
                // Running the same command again adds what is missing.
                for number in 0..<12 {
                    #expect(
                        try index.add(id: "\(number)", text: texts[number])
                            == (number < count ? .unchanged : .new))
                }
                try index.seal()
            }
            #expect(try ReuseIndex(reading: copy.path).count == 12)
        }
    }

    @Test func `a log cut off before the last seal is refused, and rebuilt as far as it goes`() throws {
        var chance = Chance.fresh("lost")
        let (folder, _) = try filled(&chance)
        let log = try folder.bytes(of: Manifest.logName)
        try folder.put(Array(log[..<1000]), as: Manifest.logName)
        #expect(throws: IndexFault.self) { try ReuseIndex(reading: folder.path) }
        let rebuilt = try ReuseIndex.rebuild(at: folder.path)
        #expect(rebuilt.documents < 8)
        #expect(try ReuseIndex(reading: folder.path).count == rebuilt.documents)
    }

    @Test func `unfinished files and segments that no manifest names are cleared away`() throws {
        var chance = Chance.fresh("strays")
        let (folder, _) = try filled(&chance)
        let strays = ["segment-9-0", "segment-9-8.unfinished", "manifest.unfinished"]
        for name in strays { try folder.put([1, 2, 3], as: name) }
        #expect(try ReuseIndex(reading: folder.path).count == 12)
        #expect(try open(folder).count == 12)
        #expect(strays.allSatisfy { !Folder.names(in: folder.path).contains($0) })
    }

    @Test func `a damaged or missing segment is refused with its name, and rebuilt`() throws {
        var chance = Chance.fresh("damage")
        let (folder, _) = try filled(&chance)
        let before = try ReuseIndex(reading: folder.path).allPairs()
        let name = try Manifest.read(in: folder.path).segments[0]
        var bytes = try folder.bytes(of: name)
        bytes[bytes.count / 3] ^= 4
        try folder.put(bytes, as: name)
        #expect(throws: IndexFault.self) { try ReuseIndex(reading: folder.path) }
        let rebuilt = try ReuseIndex.rebuild(at: folder.path)
        #expect(rebuilt == .init(documents: 12, damagedPlaces: 0))
        #expect(try ReuseIndex(reading: folder.path).allPairs() == before)
        unlink("\(folder.path)/\(try Manifest.read(in: folder.path).segments[0])")
        #expect(throws: IndexFault.self) { try ReuseIndex(reading: folder.path) }
        #expect(try ReuseIndex.rebuild(at: folder.path).documents == 12)
        #expect(try ReuseIndex(reading: folder.path).allPairs() == before)
    }

    @Test func `a damaged manifest is refused, and rebuilt`() throws {
        var chance = Chance.fresh("manifest")
        let (folder, _) = try filled(&chance)
        let before = try ReuseIndex(reading: folder.path).allPairs()
        try folder.put(Array("text-reuse index 1\n".utf8), as: Manifest.name)
        #expect(throws: IndexFault.self) { try ReuseIndex(reading: folder.path) }
        unlink("\(folder.path)/\(Manifest.name)")
        #expect(throws: IndexFault.self) { try ReuseIndex(reading: folder.path) }
        #expect(throws: IndexFault.self) { try open(folder) }
        #expect(try ReuseIndex.rebuild(at: folder.path).documents == 12)
        #expect(try ReuseIndex(reading: folder.path).allPairs() == before)
    }

    @Test func `a damaged text is refused when it is needed, and rebuilding keeps the others`() throws {
        var chance = Chance.fresh("text")
        let (folder, _) = try filled(&chance)
        var log = try folder.bytes(of: Manifest.logName)
        log[100] ^= 1
        try folder.put(log, as: Manifest.logName)
        #expect(throws: IndexFault.self) { try ReuseIndex(reading: folder.path).allPairs() }
        #expect(try ReuseIndex.rebuild(at: folder.path) == .init(documents: 11, damagedPlaces: 1))
        #expect(try ReuseIndex(reading: folder.path).count == 11)
    }

    @Test func `cancelled work leaves the old state`() throws {
        var chance = Chance.fresh("cancel")
        let folder = ScratchFolder()
        let index = try open(folder)
        for (number, text) in Season.texts(count: 70, chance: &chance).enumerated() {
            try index.add(id: "\(number)", text: text)
        }
        #expect(throws: IndexFault.cancelled) { try index.seal(proceed: { _ in false }) }
        #expect(throws: IndexFault.cancelled) { try index.pairs(proceed: { _ in false }) { _ in } }
        #expect(try ReuseIndex(reading: folder.path).count == 70)
        #expect(try Manifest.read(in: folder.path).segments.isEmpty)
        try index.seal()
        #expect(try ReuseIndex(reading: folder.path).count == 70)
    }
}
