import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// Words that somebody is writing while the house runs.
@Suite struct WordShelfTests {
    private static let shipped = "\(House.resources)/Words"

    private static func folder(_ files: [String: String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "words-\(UUID().uuidString)"
        ).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, "\(folder)/\(name)") }
        return folder
    }

    private static func write(_ text: String, _ path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test(arguments: [
        ("a:\n  b: [一, 二, 三]\n", "a.yaml:2:6: error: ", "words.pair"),
        ("a:\n  b: 只有一种\n", "a.yaml:2:6: error: ", "words.pair"),
        ("a:\n  b: [甲, one]\n  b: [乙, two]\n", "a.yaml:", "words.twice"),
        ("a:\n  b: [甲, \"one]\n", "a.yaml:", "words.syntax"),
        ("a: [甲\n  one: ]]\n", "a.yaml:2:", "words.syntax"),
        ("? [x]\n: [甲, one]\n", "a.yaml:1:", "words.key"),
    ])
    func `a broken file is named with line, column and how to mend it`(
        text: String, place: String, code: String
    ) throws {
        let folder = try Self.folder(["a.yaml": text])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let problem = try #require(throws: WordsProblem.self) { try Words(directory: folder) }
        #expect("\(problem)".hasPrefix("\(folder)/\(place)"), "\(problem)")
        #expect("\(problem)".hasSuffix("[\(code)]"), "\(problem)")
    }

    @Test func `a key in two files is found, and so is a file that is not UTF-8`() throws {
        let folder = try Self.folder(["a.yaml": "a:\n  b: [甲, one]\n", "b.yaml": "\na:\n  b: [乙, two]\n"])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let twice = try #require(throws: WordsProblem.self) { try Words(directory: folder) }
        #expect("\(twice)".hasPrefix("\(folder)/b.yaml:3:6: error: "), "\(twice)")
        try Data([0x61, 0x3A, 0xFF, 0xFE]).write(to: URL(fileURLWithPath: "\(folder)/b.yaml"))
        let bytes = try #require(throws: WordsProblem.self) { try Words(directory: folder) }
        #expect("\(bytes)".hasSuffix("[words.unreadable]"))
    }

    @Test func `words are read again when a file changed, and a broken one keeps those read before`() throws {
        let folder = try Self.folder(["a.yaml": "a: [甲, one]\n"])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shelf = try WordShelf(written: folder, shipped: Self.shipped)
        #expect(shelf.words().catalogue(.zh)["a"] == "甲")
        try Self.write("a: [甲乙, one]\n", "\(folder)/a.yaml")
        #expect(shelf.words().catalogue(.zh)["a"] == "甲乙" && shelf.problem == nil)
        try Self.write("a: [甲乙, one\n", "\(folder)/a.yaml")
        #expect(shelf.words().catalogue(.zh)["a"] == "甲乙")
        #expect("\(try #require(shelf.problem))".contains("a.yaml:"))
        try Self.write("a: [丙, one]\n", "\(folder)/a.yaml")
        try Self.write("b: [丁, two]\n", "\(folder)/b.yaml")
        #expect(shelf.words().catalogue(.zh)["b"] == "丁" && shelf.problem == nil)
        // A house that nobody writes words for reads them once.
        let still = try WordShelf(folder: folder)
        try Self.write("a: [戊己庚, one]\n", "\(folder)/a.yaml")
        #expect(still.words().catalogue(.zh)["a"] == "丙")
    }

    @Test func `where the words are broken from the start, the shipped ones are used and the page says so`()
        throws
    {
        let folder = try Self.folder(["a.yaml": "a: 甲\n"])
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shelf = try WordShelf(written: folder, shipped: Self.shipped)
        #expect(shelf.words().catalogue(.zh).has("problem.words.title"))
        #expect(shelf.problem != nil)
        #expect(throws: WordsProblem.self) { try WordShelf(folder: folder) }
    }

    @Test func `a page shows what is wrong with a file of words, and the page itself once it is mended`()
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "face-\(UUID().uuidString)"
        ).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for part in ["Words", "Templates", "Assets"] {
            try FileManager.default.copyItem(
                atPath: "\(House.resources)/\(part)", toPath: "\(folder)/\(part)")
        }
        let season = try await Season(experts: 0, written: folder)
        let browser = season.publicBrowser
        #expect(try await browser.get("/calls").status == 200)
        let file = "\(folder)/Words/zz.yaml"
        try Self.write("zz:\n  one: [一, 二, 三]\n", file)
        let broken = try await browser.get("/calls")
        #expect(broken.status == 500)
        #expect(broken.contains("\(file):2:8: error: “zz.one”有 3 项，应为两项 [中文, English]"))
        #expect(try await browser.get("/calls?lang=en").contains("“zz.one” has 3 parts"))
        try Self.write("zz:\n  one: [一, one]\n", file)
        #expect(try await browser.get("/calls").status == 200)
    }
}
