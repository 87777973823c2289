import Foundation
import Testing

/// The number of a stage's folder is the arrow: stage n may name types of stages up to n. SwiftPM keeps the
/// targets apart; this keeps the stages within a target apart.
@Suite struct ArrowTests {
    @Test(arguments: ["Lifecycle", "Portal"])
    func `no stage names a type that a later stage declares`(target: String) throws {
        let arrow = try Self.arrow(of: target)
        #expect(arrow.files.count { $0.stage != nil } > 10, "the sources of \(target) were not found")
        let found = arrow.violations.filter { Self.exempt["\($0.path) \($0.type)"] == nil }
        #expect(found.isEmpty, "\n\(found.map { "Sources/\(target)/\($0.text)" }.joined(separator: "\n"))")
    }

    @Test func `an exemption that nothing needs any more is taken away`() throws {
        let arrows = try [Self.arrow(of: "Lifecycle"), Self.arrow(of: "Portal")]
        let present = Set(arrows.flatMap { $0.files.map(\.path) })
        let needed = Set(arrows.flatMap { $0.violations.map { "\($0.path) \($0.type)" } })
        for name in Self.exempt.keys.sorted() where present.contains(name.prefix { $0 != " " }.description) {
            #expect(needed.contains(name), "\(name)")
        }
    }

    /// File and type, with the reason. A line here is a debt or a door, never a habit.
    static let exempt = [
        "00-Web/Opening.swift Slices": "the house is put together in one place, from the list of slices",
        "00-Web/Opening.swift Adoption": "opening the house takes over what the plan folder says now",
        "00-People/DemoRoutes.swift DemoCast": "the demo's own page; it does not exist without --demo",
        "00-Journal/JournalBench.swift Slices": "measuring opens a house as serving does",
    ]

    private static let read = Result { try ["Lifecycle", "Portal"].map { ($0, Arrow(try files(of: $0))) } }

    private static func arrow(of target: String) throws -> Arrow {
        try #require(try read.get().first { $0.0 == target }).1
    }

    private static func files(of target: String) throws -> [Arrow.File] {
        let root = Repository.root.appending(path: "Sources/\(target)").path
        return try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }
            .sorted()
            .map { Arrow.File(path: $0, text: try String(contentsOfFile: "\(root)/\($0)", encoding: .utf8)) }
    }

    // ---- the dog itself

    @Test func `a name from a later stage is found with file and line`() {
        let arrow = Arrow([
            Arrow.File(path: "01-Early/A.swift", text: "struct Early {\n    let late: [ID<Late>]\n}\n"),
            Arrow.File(
                path: "02-Late/B.swift", text: "package struct Late: Sendable {\n    let early: Early\n}\n"),
        ])
        #expect(arrow.violations.map(\.text) == ["01-Early/A.swift:2: Late (02-Late/B.swift)"])
    }

    @Test func `comments, texts and members are no names, but code inside a text is`() {
        let late = Arrow.File(path: "02-Late/B.swift", text: "@frozen public indirect enum Late {}\n")
        let innocent = """
            /// Late /* Late
            /* a /* Late */ Late */ struct Early {
                let text = "Late \\"Late" + #"Late"# + self.Late + .Late
                let block = \"""
                    Late
                    \"""
            }
            """
        #expect(Arrow([Arrow.File(path: "01-Early/A.swift", text: innocent), late]).violations.isEmpty)
        let guilty = "let shown = \"of \\(items.map { \"\\(Late.self)\" })\"\n"
        #expect(Arrow([Arrow.File(path: "01-Early/A.swift", text: guilty), late]).violations.count == 1)
    }

    @Test func `what only its own file or its own type can name binds nobody else`() {
        let arrow = Arrow([
            Arrow.File(path: "01-Early/A.swift", text: "struct Early { let row: Row; let kind: Kind }\n"),
            Arrow.File(
                path: "02-Late/B.swift", text: "private struct Row {}\nstruct Late { enum Kind {} }\n"),
        ])
        #expect(arrow.violations.isEmpty)
    }

    @Test func `a folder without a number comes after every stage`() {
        let arrow = Arrow([
            Arrow.File(path: "12-Last/A.swift", text: "let all = Slices.all\n"),
            Arrow.File(path: "Slices.swift", text: "enum Slices { static let all = [Last.self] }\n"),
            Arrow.File(path: "12-Last/B.swift", text: "struct Last {}\n"),
        ])
        #expect(arrow.violations.map(\.text) == ["12-Last/A.swift:1: Slices (Slices.swift)"])
    }
}
