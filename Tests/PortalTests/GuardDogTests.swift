import Foundation
import Lifecycle
import Portal
import Testing

/// Guard dogs: mistakes that no compiler sees.
struct GuardDogTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func files(under folder: String, ending: String) throws -> [(name: String, text: String)] {
        let base = "\(root)/\(folder)"
        let names = FileManager.default.enumerator(atPath: base)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(ending) }.sorted().map {
            ($0, try String(contentsOfFile: "\(base)/\($0)", encoding: .utf8))
        }
    }

    static let words = Result { try Words(directory: "\(root)/Sources/Portal/Words") }

    @Test func `no template prints unescaped text`() throws {
        let templates = try Self.files(under: "Sources/Portal/Templates", ending: ".mustache")
        #expect(templates.count > 40)
        for (name, text) in templates {
            #expect(!text.contains("{{{") && !text.contains("{{&"), "\(name)")
        }
    }

    @Test func `every fixed word of a template is in the catalogue`() throws {
        let catalogue = try Self.words.get().catalogue(.zh)
        var seen = 0
        for (name, text) in try Self.files(under: "Sources/Portal/Templates", ending: ".mustache") {
            for match in text.matches(of: /\{\{[#^\/]?\s*w\.([A-Za-z0-9_.\-]+)\s*\}\}/) {
                seen += 1
                let key = String(match.1)
                #expect(catalogue.has(key), "\(name): {{w.\(key)}}")
            }
        }
        #expect(seen > 400)
    }

    /// PostgreSQL takes no ON after CROSS JOIN and SQLite does, so that no story played on SQLite would find one.
    @Test func `no cross join has a condition of its own`() throws {
        func offends(_ text: String) -> Bool {
            let code = text.split(separator: "\n").filter {
                !$0.trimmingCharacters(in: .whitespaces).hasPrefix("//")
            }
            let tokens = code.joined(separator: " ").split { !$0.isLetter && $0 != "_" }.map(String.init)
            var isCross = false
            for (index, token) in tokens.enumerated() {
                switch token {
                case "JOIN": isCross = index > 0 && tokens[index - 1] == "CROSS"
                case "WHERE", "SELECT", "FROM", "UNION": isCross = false
                case "ON": if isCross { return true }
                default: break
                }
            }
            return false
        }
        #expect(offends("FROM a CROSS JOIN b ON b.id = a.id"))
        #expect(offends("FROM a CROSS JOIN b\n  ON b.id = a.id WHERE a.id = 1"))
        #expect(!offends("FROM a CROSS JOIN b JOIN c ON c.id = b.id WHERE b.id = a.id"))
        var seen = 0
        for ending in [".swift", ".sql"] {
            for (name, text) in try Self.files(under: "Sources", ending: ending)
            where text.contains("CROSS JOIN") {
                seen += 1
                #expect(!offends(text), "\(name)")
            }
        }
        #expect(seen > 2)
    }

    @Test func `every template begins in the frame or is a partial somebody places`() throws {
        let templates = try Self.files(under: "Sources/Portal/Templates", ending: ".mustache")
        let all = templates.map(\.text).joined(separator: "\n")
        let sources = try Self.files(under: "Sources/Portal", ending: ".swift").map(\.text).joined()
        for (file, text) in templates where file != "frame.mustache" {
            let name = String(file.dropLast(".mustache".count))
            if text.hasPrefix("{{<frame}}") {
                #expect(sources.contains("\"\(name)\""), "no page renders \(name)")
            } else {
                let placed =
                    all.contains("{{>\(name)}}") || all.contains("{{> \(name)}}")
                    || sources.contains("\"\(name)\"")
                #expect(placed, "nobody places \(name)")
            }
        }
    }

    @Test func `every refusal has its words`() throws {
        let catalogue = try Self.words.get().catalogue(.zh)
        var codes: Set<String> = []
        for folder in ["Sources/Lifecycle", "Sources/Portal"] {
            for (_, text) in try Self.files(under: folder, ending: ".swift") {
                for match in text.matches(of: /Refus(?:al|ed)\(\s*"([a-z0-9.\-]+)"/) {
                    codes.insert(String(match.1))
                }
            }
        }
        #expect(codes.count > 60)
        for code in codes.sorted() { #expect(catalogue.has("refusal.\(code)"), "refusal.\(code)") }
        for kind in Reads.Kind.allCases { #expect(catalogue.has("reading.\(kind.rawValue)"), "\(kind)") }
        for reason in ConflictReason.allCases {
            #expect(catalogue.has("refusal.conflict.\(reason.rawValue)"), "\(reason)")
        }
    }

    @Test func `every word a page asks for by name is in the catalogue`() throws {
        let catalogue = try Self.words.get().catalogue(.zh)
        var seen = 0
        for (name, text) in try Self.files(under: "Sources/Portal", ending: ".swift") {
            for match in text.matches(of: /words\[\s*"([a-z][A-Za-z0-9.\-]+)"\s*\]/) {
                seen += 1
                let key = String(match.1)
                #expect(catalogue.has(key), "\(name): \(key)")
            }
        }
        #expect(seen > 50)
    }

    @Test func `both languages fill the same blanks`() throws {
        let words = try Self.words.get()
        let (zh, en) = (words.catalogue(.zh), words.catalogue(.en))
        func blanks(_ text: String) -> Set<String> {
            // 万元 in Chinese is yuan in English: the same amount in the reader's own unit.
            Set(text.matches(of: /\{([A-Za-z]+)\}/).map { $0.1 == "wan" ? "yuan" : String($0.1) })
        }
        for (key, text) in zh.flat { #expect(blanks(text) == blanks(en[key]), "\(key)") }
    }

    /// The table role × record × field: who sees what, generated from the code and committed, so that a change
    /// of sight is a change somebody reads. `JIEBANG_WRITE=1` writes it anew.
    @Test func `the committed table of sight is the code's`() throws {
        let rows = Slices.all(Definitions()).flatMap(\.sights)
        #expect(rows.count > 40)
        var lines = [
            "# Who sees what",
            "",
            "Made from the code by `JIEBANG_WRITE=1 make unit FILTER='committed table of sight'`; a test holds it equal.",
            "A relation is what a viewer is to one record; whoever is not listed does not see the field. What is noted is",
            "sensitive: reading it leaves a fact, unless it is one's own.",
            "", "| record | field | seen by | reading |", "|---|---|---|---|",
        ]
        for row in rows {
            let seers = Relation.allCases.filter(row.seenBy.contains).map(\.rawValue).joined(separator: ", ")
            lines.append("| \(row.record) | \(row.field) | \(seers) | \(row.isNoted ? "noted" : "") |")
        }
        let table = lines.joined(separator: "\n") + "\n"
        let path = "\(Self.root)/docs/sight.md"
        if ProcessInfo.processInfo.environment["JIEBANG_WRITE"] != nil {
            try table.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == table)
        // The three administrators see no field of any record by virtue of their role, but the register's.
        for row in rows where row.record == "dossier" {
            #expect(row.seenBy.isDisjoint(with: [.systemAdmin, .securityAdmin, .auditAdmin]), "\(row.field)")
        }
    }
}
