import Foundation
import Testing

@testable import TextExtraction

struct JSONLinesTests {
    private func read(_ text: String) throws -> [[String]] { try read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) throws -> [[String]] {
        try bytes.withUnsafeBytes { bytes in
            var lines = JSONLines(bytes, path: "in")
            var found: [[String]] = []
            var more = true
            while more {
                more = try lines.next { id, text in
                    found.append([String(decoding: id, as: UTF8.self), String(decoding: text, as: UTF8.self)])
                }
            }
            return found
        }
    }

    @Test(arguments: [
        ("{\"text\":\"a\"}", "id"), ("{\"id\":\"a\"}", "text"), ("{\"id\":1,\"text\":\"a\"}", "id"),
        ("[]", "object"),
        ("{\"id\":\"a\",\"text\":\"b\"} x", "follows"), ("{\"id\":\"a\",\"text\":\"b", "end"),
        ("{\"id\" \"a\"}", "colon"),
        ("{\"id\":\"a\\q\",\"text\":\"b\"}", "escape"), ("{\"id\":\"a\\u12\",\"text\":\"b\"}", "escape"),
        ("{\"x\":" + String(repeating: "[", count: 100) + "}", "deep"), ("{\"id\":\"a\u{1}\"}", "control"),
        ("{", "string"),
    ])
    func `a line that is no record is refused with its number`(_ line: String, _ word: String) {
        #expect {
            try read("{\"id\":\"first\",\"text\":\"x\"}\n\(line)\n")
        } throws: { error in
            "\(error)".hasPrefix("in:2: ") && "\(error)".contains(word)
        }
    }

    @Test func `records are read whatever else their objects hold, and empty lines are passed over`() throws {
        let text = """
            \u{FEFF}{"id": "a", "lang": "zh", "text": "一\\n二\\u4e09\\ud83d\\ude42\\/", "n": [1, -2.5e3, {"id": "no"}], "ok": true}

            { "text" : "" , "id" : "\\"b\\"" }\r
            {"id":"c","text":"半\\ud83d半"}
            """
        #expect(try read(text) == [["a", "一\n二三🙂/"], ["\"b\"", ""], ["c", "半\u{FFFD}半"]])
    }

    @Test func `strings come out as Foundation's reader gives them`() throws {
        var chance = Chance.fresh("JSON strings")
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "\n", "\t", "\u{7}", "文", "🙂", "/", "\u{2028}", "é",
        ]
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...20, using: &chance) {
                text.append(scalars.randomElement(using: &chance)!)
            }
            let line = try JSONEncoder().encode(["id": "x", "text": String(text)])
            #expect(try read(Array(line)) == [["x", String(text)]])
        }
    }

    @Test func `random changes to a line give a record or a refusal`() {
        var chance = Chance.fresh("JSON lines")
        let sample = Array(
            "{\"id\": \"a\\u0041\", \"n\": [1, {\"x\": null}], \"text\": \"一\\n\\ud83d\\ude42\"}".utf8)
        for _ in Rounds(20_000) {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...4, using: &chance) {
                bytes[Int.random(in: bytes.indices, using: &chance)] = UInt8.random(
                    in: 0...255, using: &chance)
            }
            if Bool.random(using: &chance) {
                bytes.removeLast(Int.random(in: 0..<bytes.count, using: &chance))
            }
            _ = try? read(bytes)
        }
    }
}
