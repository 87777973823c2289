import Foundation
import Lifecycle
import Testing

@testable import PlanFiles

/// Every kind of file of a plan, damaged as files are: each is read, or refused with a place, within a second.
@Suite struct YAMLDamageTests {
    /// One kind of file, with a sound text and its reader.
    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let read: @Sendable (String) -> [PlanProblem]

        var testDescription: String { name }
    }

    static let kinds: [Kind] = {
        let root = Repository.plan
        func text(_ path: String) -> String {
            (try? String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)) ?? ""
        }
        func alone(
            _ name: String, _ path: String, _ read: @escaping @Sendable (String, ProblemLog) -> Void
        ) -> Kind {
            Kind(name: name, text: text(path)) { text in
                let log = ProblemLog()
                read(text, log)
                return log.problems
            }
        }
        // Of each kind the first there is: no programme has all of them.
        let definitions =
            (try? PlanFolder.load(root))?.definitions.sorted { $0.key > $1.key }.map(\.value) ?? []
        let programme = ProgrammeReader.files.map { name in
            Kind(name: name, text: definitions.lazy.compactMap { $0[name] }.first ?? "") { text in
                // Terms are read with the head that they belong to.
                var files = name == "terms.yaml" ? ["programme.yaml": "id: a\n"] : [:]
                files[name] = text
                return PlanCheck.check(files: files).filter { $0.path == name }
            }
        }
        // Demands that count what applications chose stand in one programme alone.
        let award = ["rules.yaml", "cases.yaml"].map { name in
            Kind(
                name: name,
                text: definitions.first { $0["programme.yaml"]?.contains("id: humanities-award\n") == true }?[
                    name] ?? ""
            ) {
                PlanCheck.check(files: [name: $0]).filter { $0.path == name }
            }
        }
        return programme + award + [
            alone("plan.yaml", "plan.yaml") { _ = PlanFile.read($0, path: "plan.yaml", log: $1) },
            alone("2026.yaml", "calendar/2026.yaml") {
                _ = CalendarFile.read($0, path: "2026.yaml", log: $1)
            },
            alone("problem.yaml", "problem.yaml") {
                _ = ProblemFile.read($0, path: "problem.yaml", log: $1)
            },
            alone("simulation.yaml", "simulation.yaml") {
                _ = SimulationFile.read($0, path: "simulation.yaml", log: $1)
            },
        ]
    }()

    /// Reads the text and holds what every reading must hold.
    @discardableResult
    private func read(_ kind: Kind, _ text: String, _ what: @autoclosure () -> String) -> [PlanProblem] {
        // What the reader itself worked: somebody else may have the processor.
        let began = nanoseconds(CLOCK_THREAD_CPUTIME_ID)
        let problems = kind.read(text)
        #expect(nanoseconds(CLOCK_THREAD_CPUTIME_ID) - began < 1_000_000_000, "\(kind.name) \(what())")
        let lines = text.utf8.count { $0 == 0x0A } + 1
        for problem in problems {
            #expect(
                (1...lines + 1).contains(problem.line) && problem.column >= 1 && !problem.path.isEmpty,
                "\(kind.name) \(what()): \(problem)")
            #expect(!problem.message.zh.isEmpty && !problem.message.en.isEmpty && !problem.code.isEmpty)
        }
        return problems
    }

    /// Lines `key: value` by themselves, with their indentation.
    private func pairs(_ lines: [Substring]) -> [Int] {
        lines.indices.filter { lines[$0].contains(/^ *[A-Za-z]+: \S/) && !lines[$0].contains(/: [|>]/) }
    }

    /// Values of such lines and of flow mappings, outside quotes and comments: where something else could stand.
    private func values(_ text: String) -> [Range<String.Index>] {
        text.matches(of: /: ([^ {}\[\],"'#|>\n][^{}\[\],"'#\n]*)/).compactMap { match in
            let before = text[..<match.range.lowerBound]
            let line = before[(before.lastIndex(of: "\n") ?? before.startIndex)...]
            guard !line.contains("#"), line.count(where: { $0 == "\"" }).isMultiple(of: 2) else { return nil }
            return match.1.startIndex..<match.1.endIndex
        }
    }

    @Test func `there are sixteen kinds of file, two of them twice, and each is sound as it stands`() {
        #expect(Self.kinds.count == 18)
        for kind in Self.kinds {
            #expect(kind.text.utf8.count > 200, "\(kind.name) was not found")
            let problems = read(kind, kind.text, "as it stands")
            // Alone, a programme's file lacks what the others declare: sources and parameters.
            let lacking: Set = ["source.unknown", "rule.no-citation", "key.unknown", "field.upTo"]
            #expect(problems.allSatisfy { lacking.contains($0.code) }, "\(kind.name): \(problems)")
        }
    }

    @Test(arguments: YAMLDamageTests.kinds) func `cut off anywhere`(kind: Kind) {
        let seed: UInt64 = 20_261_126
        var chance = SplitMix64(seed: seed)
        let bytes = Array(kind.text.utf8)
        for _ in Rounds(25) {
            let cut = chance.below(bytes.count)
            read(kind, String(decoding: bytes[..<cut], as: UTF8.self), "seed \(seed) cut at \(cut)")
        }
    }

    @Test(arguments: YAMLDamageTests.kinds) func `a key that stands twice is refused`(kind: Kind) throws {
        let seed: UInt64 = 20_261_127
        var chance = SplitMix64(seed: seed)
        let lines = kind.text.split(separator: "\n", omittingEmptySubsequences: false)
        let places = pairs(lines)
        for _ in Rounds(20) {
            // A file of lists in braces has no such line; its mapping at the top has.
            let place = places.isEmpty ? nil : chance.pick(places)
            var twice = lines
            if let place {
                twice.insert(lines[place], at: place)
            } else {
                twice += lines.filter { $0.contains(/^[A-Za-z]+:/) }.prefix(1)
            }
            let problems = read(kind, twice.joined(separator: "\n"), "seed \(seed), line \(place ?? 0) twice")
            #expect(
                problems.contains { $0.code == "yaml.duplicate-key" },
                "\(kind.name) \(place ?? 0): \(problems)")
        }
    }

    @Test(arguments: YAMLDamageTests.kinds) func `anchors, aliases and tags are refused where they stand`(
        kind: Kind
    ) {
        let seed: UInt64 = 20_261_128
        var chance = SplitMix64(seed: seed)
        let places = values(kind.text)
        for _ in Rounds(20) {
            var text = kind.text
            let place = chance.pick(places)
            let (odd, code) = chance.pick([
                ("*all", "yaml.alias"), ("&all x", "yaml.alias"), ("!!set x", "yaml.tag"),
                ("!x y", "yaml.tag"),
            ])
            let before = text[..<place.lowerBound]
            let line = before.count { $0 == "\n" } + 1
            text.replaceSubrange(place, with: odd)
            let problems = read(kind, text, "seed \(seed), \(odd) in line \(line)")
            #expect(
                problems.contains { $0.code == code && $0.line == line }, "\(kind.name) \(line): \(problems)")
        }
    }

    @Test(arguments: YAMLDamageTests.kinds) func `what is nested deeply is refused before anything recurses`(
        kind: Kind
    ) {
        let seed: UInt64 = 20_261_129
        var chance = SplitMix64(seed: seed)
        let places = values(kind.text)
        for _ in Rounds(10) {
            var text = kind.text
            let deep = 65 + chance.below(20_000)
            let open = chance.pick(["[", "{a: ", "[{a: "])
            text.replaceSubrange(chance.pick(places), with: String(repeating: open, count: deep))
            let problems = read(kind, text, "seed \(seed), \(deep) × \(open)")
            #expect(problems.contains { $0.code == "yaml.too-deep" }, "\(kind.name): \(problems)")
        }
    }

    @Test(arguments: YAMLDamageTests.kinds) func `a value of another kind is read or refused, never believed`(
        kind: Kind
    ) {
        let seed: UInt64 = 20_261_130
        var chance = SplitMix64(seed: seed)
        let places = values(kind.text)
        var refused = 0
        for _ in Rounds(30) {
            var text = kind.text
            let place = chance.pick(places)
            let odd = chance.pick([
                "[]", "{}", "[1, 2]", "{a: b}", "\"\"", "~", "-1", "999999999999999999999999", "0x7F",
                "1e400",
                ".inf", "true", "2026-02-30", "九", "\"\\0\"",
            ])
            text.replaceSubrange(place, with: odd)
            let found = read(kind, text, "seed \(seed), \(odd) for \(kind.text[place])")
            refused += found.isEmpty ? 0 : 1
        }
        #expect(refused > 3, "\(kind.name)")
    }

    @Test func `fifty megabytes are refused by their size, whatever the file`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "large-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: Repository.plan, toPath: folder)
        let large = Data(repeating: UInt8(ascii: "#"), count: 50 << 20)
        let homes = ["programmes/research-plan-natural-general", "shared/general-grant"]
        let paths =
            try ["plan.yaml", "problem.yaml", "calendar/2026.yaml", "simulation.yaml"]
            + homes.flatMap { home in
                try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(home)").map {
                    "\(home)/\($0)"
                }
            }
        let spare = "\(folder)/spare"
        try large.write(to: URL(filePath: spare))
        for path in paths {
            let whole = "\(folder)/\(path)"
            try FileManager.default.moveItem(atPath: whole, toPath: "\(folder)/kept")
            try FileManager.default.linkItem(atPath: spare, toPath: whole)
            let log = ProblemLog()
            let time = ContinuousClock().measure { #expect(Reading.text(whole, log) == nil) }
            #expect(time < .seconds(1), "\(path): \(time)")
            let problems = PlanCheck.check(folder)
            #expect(
                problems.contains {
                    $0.code == "yaml.too-large" && $0.path == whole && $0.line == 1 && $0.column == 1
                }, "\(path): \(problems)")
            try FileManager.default.removeItem(atPath: whole)
            try FileManager.default.moveItem(atPath: "\(folder)/kept", toPath: whole)
        }
        // As a text that came some other way.
        let text = String(repeating: "#", count: 50 << 20)
        let time = ContinuousClock().measure {
            #expect(PlanCheck.check(files: ["rules.yaml": text]).contains { $0.code == "yaml.too-large" })
        }
        #expect(time < .seconds(1), "\(time)")
    }
}

/// A clock in nanoseconds.
private func nanoseconds(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}
