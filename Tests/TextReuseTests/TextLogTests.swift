import Glibc
import Testing

@testable import TextReuse

struct TextLogTests {
    private func log(_ records: [(String, String)], in folder: ScratchFolder) throws -> [Int] {
        var writer = try TextLogWriter("\(folder.path)/texts", end: 0)
        var ends: [Int] = []
        for (id, text) in records {
            let (id, text) = (Array(id.utf8), Array(text.utf8))
            _ = try id.withUnsafeBytes { id in
                try text.withUnsafeBytes { text in try writer.append(.document, id: id, text: text) }
            }
            ends.append(writer.end)
        }
        try writer.sync()
        return ends
    }

    private func whole(_ bytes: [UInt8]) -> [String] {
        bytes.withUnsafeBytes { bytes in
            var offset = 0
            var ids: [String] = []
            while let record = TextLog.record(in: bytes, at: offset) {
                ids.append(String(decoding: record.id, as: UTF8.self))
                offset = record.end
            }
            return ids
        }
    }

    @Test func `a log cut off anywhere gives the records before the cut, and no other`() throws {
        let folder = ScratchFolder()
        let ends = try log([("a", "一二三"), ("", ""), ("bc", "四"), ("d", "五六七八九十")], in: folder)
        let bytes = try folder.bytes(of: "texts")
        #expect(bytes.count == ends.last)
        for length in 0...bytes.count {
            #expect(whole(Array(bytes[..<length])).count == ends.filter { $0 <= length }.count)
        }
    }

    @Test func `a changed byte ends the log at its record`() throws {
        let folder = ScratchFolder()
        let ends = try log([("a", "一二三"), ("bc", "四五六七")], in: folder)
        let bytes = try folder.bytes(of: "texts")
        for place in bytes.indices {
            var changed = bytes
            changed[place] ^= 0x10
            let record = ends.firstIndex { place < $0 }!
            // Padding carries no meaning and no checksum.
            let padding = [32 + 1 + 9..<ends[0], ends[0] + 32 + 2 + 12..<ends[1]]
            if padding.contains(where: { $0.contains(place) }) { continue }
            #expect(whole(changed).count == record, "byte \(place)")
        }
    }

    @Test func `random bytes are no record, and records behind them are found`() throws {
        var chance = Chance.fresh("log")
        let folder = ScratchFolder()
        let ends = try log([("a", "一二三"), ("b", "四五六"), ("c", "七八九")], in: folder)
        var bytes = try folder.bytes(of: "texts")
        for place in 0..<ends[0] { bytes[place] = UInt8.random(in: 0...255, using: &chance) }
        bytes.withUnsafeBytes { bytes in
            #expect(TextLog.record(in: bytes, at: 0) == nil)
            #expect(TextLog.recordBehind(0, in: bytes) == ends[0])
        }
        for _ in Rounds(2000) {
            let noise = chance.bytes(Int.random(in: 0...200, using: &chance))
            noise.withUnsafeBytes { noise in
                for offset in stride(from: 0, through: noise.count, by: 8) {
                    #expect(TextLog.record(in: noise, at: offset) == nil)
                }
            }
        }
    }
}
