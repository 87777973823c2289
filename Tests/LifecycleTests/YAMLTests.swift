import Foundation
import Lifecycle
import Testing

@testable import PlanFiles

/// What a file may not contain, and that no text, however broken, does more than be refused with its place.
@Suite struct YAMLTests {
    private func problems(_ text: String, in name: String = "rules.yaml") throws -> [PlanProblem] {
        var files = try Repository.programme("research-plan-natural-general")
        files[name] = text
        return PlanCheck.check(files: files)
    }

    /// The first problem of the replaced file.
    private func first(_ text: String, in name: String = "rules.yaml") throws -> PlanProblem? {
        try problems(text, in: name).first { $0.path == name }
    }

    @Test(arguments: [
        ("rules: &all []", "yaml.alias", 1, 8), ("rules: *all", "yaml.alias", 1, 8),
        ("rules: [*all]", "yaml.alias", 1, 9), ("rules:\n  - <<: *all", "yaml.alias", 2, 9),
        ("rules: !!set []", "yaml.tag", 1, 8), ("%YAML 1.1\n---\nrules: []", "yaml.document", 1, 1),
        ("rules: []\n---\nrules: []", "yaml.document", 2, 1), ("rules: []\n...\n", "yaml.document", 2, 1),
        ("rules: []\nrules: []", "yaml.duplicate-key", 1, 1), ("rules:\n\t- a", "yaml.tab", 2, 1),
        ("rules: a\n  b", "yaml.continuation", 2, 3), ("rules: [a\n  b]", "yaml.continuation", 2, 3),
        ("rules: 'a", "yaml.unclosed", 1, 8), ("rules: [a", "yaml.unclosed", 1, 8),
        ("rules: {a: b]", "yaml.syntax", 1, 13), ("rules: a: b", "yaml.syntax", 1, 9),
        ("rules: \u{7}", "yaml.character", 1, 8), ("rules: a\u{2028}b", "yaml.character", 1, 9),
        ("? a\n: b", "yaml.syntax", 1, 1), ("", "file.empty", 1, 1), ("# 空", "file.empty", 1, 1),
        ("- a", "type.mapping", 1, 1), ("rules: 5", "type.list", 1, 8),
        ("rules: []\nrulse: []", "key.unknown", 2, 1),
    ])
    func `what may not be written is refused with its place`(
        text: String, code: String, line: Int, column: Int
    ) throws {
        let problem = try #require(try first(text))
        #expect(problem.code == code)
        #expect(problem.line == line && problem.column == column, "\(problem)")
    }

    @Test func `quotes, block text and comments may hold what looks like anything`() throws {
        let text = """
            rules: # & * [
              - id: "a: [&*!"  # '
                note: |
                  [[[[ &a *b
                  'unclosed
                more: 'it''s [ {'
                plain: it's 5 o'clock [ &x
            """
        let codes = Set(try problems(text).filter { $0.path == "rules.yaml" }.map(\.code))
        #expect(codes == ["type.id", "key.unknown", "key.missing"])
    }

    @Test func `nesting of 64 is read and refused beyond, in whatever way it is written`() throws {
        func flow(_ depth: Int) -> String {
            "rules: " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try first(flow(63))?.code != "yaml.too-deep")
        #expect(try first(flow(64))?.code == "yaml.too-deep")
        #expect(try first(flow(100_000))?.code == "yaml.too-deep")
        #expect(try first("rules:\n  " + String(repeating: "- ", count: 64) + "a")?.code == "yaml.too-deep")
        let steps = (0..<80).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
        #expect(try first(steps)?.code == "yaml.too-deep")
        let hidden = "rules: " + String(repeating: "[']',", count: 70) + String(repeating: "]", count: 70)
        #expect(try first(hidden)?.code == "yaml.too-deep")
    }

    @Test func `a file over a mebibyte is refused`() throws {
        #expect(try first("# " + String(repeating: "a", count: 1 << 20))?.code == "yaml.too-large")
    }

    @Test func `bytes that are not UTF-8 are refused where they begin`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data([0x61, 0x3A, 0x0A, 0xE4, 0xB8, 0x80, 0xFF]).write(to: folder.appending(path: "plan.yaml"))
        let problem = try #require(PlanCheck.check(folder.path).first)
        #expect(problem.code == "yaml.utf8" && problem.line == 2 && problem.column == 2)
    }

    @Test func `every file cut off at any place is read or refused with a place`() throws {
        let seed: UInt64 = 20_260_726
        var chance = SplitMix(seed: seed)
        let whole = try Repository.programme("research-plan-humanities-general")
        var refused = 0
        for (name, text) in whole.sorted(by: { $0.key < $1.key }) {
            let bytes = Array(text.utf8)
            for _ in Rounds(200) {
                let cut = Int.random(in: 0..<bytes.count, using: &chance)
                let problems = PlanCheck.check(files: [name: String(decoding: bytes[..<cut], as: UTF8.self)])
                expectPlaces(problems, "seed \(seed), \(name) cut at \(cut)")
                refused += problems.contains { $0.path == name } ? 1 : 0
            }
        }
        #expect(refused > 700)
    }

    @Test func `every file with letters changed is read or refused with a place`() throws {
        let seed: UInt64 = 20_260_727
        var chance = SplitMix(seed: seed)
        let odd = Array("[]{}:,-#&*!|>'\"%@`? \t\n\r\u{0}\u{85}0a一\u{FEFF}".unicodeScalars)
        for (name, text) in try Repository.programme("research-plan-natural-general") {
            for _ in Rounds(150) {
                var scalars = Array(text.unicodeScalars)
                for _ in 0..<Int.random(in: 1...6, using: &chance) {
                    let at = Int.random(in: 0..<scalars.count, using: &chance)
                    scalars[at] = odd[Int.random(in: 0..<odd.count, using: &chance)]
                }
                var changed = String.UnicodeScalarView()
                changed.append(contentsOf: scalars)
                expectPlaces(PlanCheck.check(files: [name: String(changed)]), "seed \(seed), \(name)")
            }
        }
    }

    @Test func `every value of another type is refused with a place`() throws {
        let whole = try Repository.programme("research-plan-natural-general")
        for (name, text) in whole {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            for (index, line) in lines.enumerated() where !line.hasPrefix("#") {
                guard let colon = line.firstRange(of: ": ") else { continue }
                for wrong in ["[[]]", "{a: {b: c}}", "~", "-1", "99999999999999999999"] {
                    var changed = lines
                    changed[index] = String(line[..<colon.upperBound]) + wrong
                    let problems = PlanCheck.check(files: [name: changed.joined(separator: "\n")])
                    expectPlaces(problems, "\(name):\(index + 1) \(wrong)")
                }
            }
        }
    }

    /// The scan's promise: whatever it lets pass, the parser goes no deeper than the scan counted, where a
    /// block sequence that stands at its key's own column hides one level in each.
    @Test func `the parser never goes deeper than the scan counted`() throws {
        let seed: UInt64 = 20_260_728
        var chance = SplitMix(seed: seed)
        let pieces = [
            "[", "]", "{", "}", ", ", ": ", ":", "- ", "-", "#", " #", "'", "\"", "|", ">", "\n", "\n ",
            "\n  ", "a", "b",
            "?", "? ", "a: ", "\\", "~", "''", "/", "\r\n", "一", "\t",
        ]
        var passed = 0
        for _ in 0..<30_000 {
            let text = (0..<Int.random(in: 1...24, using: &chance)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &chance)]
            }.joined()
            guard let counted = try? YAMLScan.check(text, path: "a") else { continue }
            guard let item = try? YAMLItem.parse(text, path: "a") else { continue }
            passed += 1
            #expect(depth(of: item) <= 2 * counted, "seed \(seed): \(text.debugDescription)")
        }
        #expect(passed > 1000)
    }

    private func depth(of item: YAMLItem) -> Int {
        switch item.value {
        case .text: 0
        case .list(let items): 1 + (items.map { depth(of: $0) }.max() ?? 0)
        case .map(let pairs): 1 + (pairs.map { depth(of: $0.item) }.max() ?? 0)
        }
    }

    private func expectPlaces(_ problems: [PlanProblem], _ what: String) {
        #expect(!problems.isEmpty, "six files are missing, at least: \(what)")
        for problem in problems {
            #expect(problem.line >= 1 && problem.column >= 1 && !problem.path.isEmpty, "\(what): \(problem)")
            #expect(!problem.message.zh.isEmpty && !problem.message.en.isEmpty)
        }
    }
}
