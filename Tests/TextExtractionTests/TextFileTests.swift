import Foundation
import Testing

@testable import TextExtraction

struct TextFileTests {
    private func read(_ bytes: [UInt8], ending: String = "txt") throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "\(UUID().uuidString).\(ending)")
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        return String(decoding: try TextFile(path: url.path).text, as: UTF8.self)
    }

    @Test func `UTF-8 comes as it is, GB 18030 and UTF-16 are converted`() throws {
        #expect(try read(Array("研究 a🙂".utf8)) == "研究 a🙂")
        #expect(try read([0xD1, 0xD0, 0xBE, 0xBF]) == "研究")
        #expect(try read([0xFF, 0xFE, 0x14, 0x78, 0x76, 0x7A]).hasSuffix("研究"))
        #expect(try read([]) == "")
    }

    @Test func `bytes in no known encoding are refused`() {
        #expect(throws: ExtractionRefused.self) { try read([0xFF, 0x00, 0x81]) }
        #expect(throws: ExtractionRefused.self) { try read([0x81]) }
    }

    @Test func `formats are known by ending, a PDF also by its first bytes`() {
        #expect(TextFile.Format(path: "a/b.HTML", head: []) == .html)
        #expect(TextFile.Format(path: "b.docx", head: [0x50, 0x4B]) == .docx)
        #expect(TextFile.Format(path: "b.txt", head: Array("%PDF-1.7".utf8)) == .pdf)
        #expect(TextFile.Format(path: "b.jsonl", head: []) == .jsonLines)
        #expect(TextFile.Format(path: "README", head: []) == .plain)
    }
}
