import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// `jiebang plan coverage`, `simulate`, `what-if` and `diff`: exit status 0 fine, 1 refused or a finding, 2 wrong usage.
struct PlanCommandTests {
    private static let root = URL(fileURLWithPath: Season.planFolder).deletingLastPathComponent().path
    private static let program = "\(root)/.build/debug/jiebang"
    static let humanities = "research-plan-humanities-general"

    private func jiebang(_ arguments: String...) throws -> Run {
        try Run(Self.program, arguments, in: Self.root)
    }

    private func json(_ run: Run) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test(arguments: [
        ["simulate"], ["simulate", PlanCommandTests.humanities, "--dossiers", "0"],
        ["simulate", PlanCommandTests.humanities, "--seed", "-1"],
        ["simulate", PlanCommandTests.humanities, "--staff", "expert"],
        ["simulate", PlanCommandTests.humanities, "--staff", "nobody=3"],
        ["simulate", PlanCommandTests.humanities, "--staff", "expert=3", "expert=4"],
        ["simulate", PlanCommandTests.humanities, "--per-round", "0"],
        ["check", "Plan", "--moving", "2026-SY"], ["check", "Plan", "--keys", "keys"],
        ["what-if", "--rules", "Plan"], ["what-if", "--round", "x"],
        ["what-if", "--round", "x", "--as-of", "2021-02-30"],
        ["what-if", "--round", "x", "--as-of", "2021-05-20", "--record", "y"], ["diff", "Plan"],
    ])
    func `wrong usage ends with status 2`(arguments: [String]) throws {
        let run = try Run(Self.program, ["plan"] + arguments, in: Self.root)
        #expect(run.status == 2, "\(arguments): \(run.errors)")
        #expect(!run.errors.isEmpty && run.output.isEmpty)
    }

    @Test(arguments: [
        ["check", "Plan", "--data", "/nowhere"], ["coverage", "/nowhere"], ["simulate", "no-such-programme"],
        ["simulate", PlanCommandTests.humanities, "--plan", "/nowhere"],
        ["what-if", "--round", "x", "--as-of", "2021-05-20", "--data", "/nowhere"],
        ["what-if", "--round", "Plan/plan.yaml", "--as-of", "2021-05-20"],
        [
            "what-if", "--round", "Plan/rounds/2021-SY.json", "--rules",
            "Plan/programmes/research-plan-natural-general",
        ],
        ["what-if", "--round", "Plan/rounds/2021-SY.json", "--rules", "/nowhere"],
        ["diff", "Plan", "Plan/programmes/\(PlanCommandTests.humanities)"], ["diff", "/nowhere", "Plan"],
    ])
    func `what cannot be done ends with status 1 and says why`(arguments: [String]) throws {
        let run = try Run(Self.program, ["plan"] + arguments, in: Self.root)
        #expect(run.status == 1, "\(arguments): \(run.output)")
        #expect(!run.errors.isEmpty && run.output.isEmpty, "\(arguments)")
    }

    // MARK: - check

    @Test func `a move that would strand a dossier is refused with its number and the step it lacks`()
        async throws
    {
        let city = try await JournalCity.copy()
        let folder = "\(city.folder)/plan"
        try FileManager.default.copyItem(atPath: Season.planFolder, toPath: folder)
        let programme = Self.humanities
        let (call, dossier) = try city.database.readNow { store in
            let call = try store.value(
                """
                SELECT MIN(number) FROM call WHERE programme = \(programme) AND EXISTS (
                  SELECT 1 FROM application WHERE application.call = call.id AND application.state = 'open')
                """, as: String.self)
            return (
                try #require(call),
                try #require(
                    try store.value(
                        """
                        SELECT MIN(application.number) FROM application JOIN call ON call.id = application.call
                        WHERE call.number = \(call)
                        """, as: String.self))
            )
        }
        let sound = try jiebang("plan", "check", folder, "--data", city.folder, "--moving", call)
        #expect(sound.status == 0, "\(sound.errors)")
        let path = "\(folder)/shared/general-grant/procedure.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try DurableFile.write(Array(text.replacing("write", with: "compose").utf8), to: path)
        #expect(try jiebang("plan", "check", folder).status == 0)
        // Nobody says that it goes over: a warning, for a person to weigh.
        let unsaid = try jiebang("plan", "check", folder, "--data", city.folder)
        #expect(unsaid.status == 0 && unsaid.errors.contains("migration.stranded"), "\(unsaid.errors)")
        let refused = try jiebang("plan", "check", folder, "--data", city.folder, "--moving", call)
        #expect(refused.status == 1)
        for says in ["migration.stranded", dossier, "write", "error:"] {
            #expect(refused.errors.contains(says), "\(says): \(refused.errors)")
        }
        let unknown = try jiebang("plan", "check", folder, "--data", city.folder, "--moving", "no-such")
        #expect(unknown.status == 1 && unknown.errors.contains("definition.no-call"))
    }

    @Test func `a house whose keys lie elsewhere is looked at with --keys`() async throws {
        let city = try await JournalCity.copy()
        let keys = "\(city.folder)/elsewhere"
        try FileManager.default.moveItem(atPath: "\(city.folder)/keys", toPath: keys)
        let lacking = try jiebang("plan", "check", "Plan", "--data", city.folder)
        #expect(lacking.status == 1 && lacking.errors.contains("journal.vkey"), "\(lacking.errors)")
        #expect(lacking.errors.contains("public verification key") || lacking.errors.contains("公钥"))
        let run = try jiebang("plan", "check", "Plan", "--data", city.folder, "--keys", keys)
        #expect(run.status == 0, "\(run.errors)")
    }

    // MARK: - coverage

    @Test func `coverage names each clause of parts three and four, and what nothing carries out`() throws {
        let run = try jiebang("plan", "coverage", "--json")
        #expect(run.status == 0, "\(run.errors)")
        let lines = try #require(try json(run)["lines"] as? [[String: Any]])
        let named = lines.compactMap { ($0["clause"] as? [String: Any])?["id"] as? String }
        for clause in ["3.1.1", "3.3.1", "3.6.3", "4.1", "4.4"] { #expect(named.contains(clause)) }
        let text = try jiebang("plan", "coverage")
        #expect(text.status == 0)
        #expect(text.output.contains("3.3.1") && text.output.contains(Self.humanities))
    }

    // MARK: - simulate

    @Test func `the same seed gives the same answer, another one another`() throws {
        func run(_ seed: String) throws -> Run {
            try jiebang("plan", "simulate", Self.humanities, "--dossiers", "300", "--seed", seed, "--json")
        }
        let one = try run("3")
        #expect(one.status == 0, "\(one.errors)")
        #expect(try run("3").output == one.output)
        #expect(try run("4").output != one.output)
        let report = try json(one)
        #expect(report["standing"] as? String == "demo")
        #expect((report["steps"] as? [[String: Any]])?.count == 10)
    }

    @Test func `too few people for a step is a finding`() throws {
        let run = try jiebang(
            "plan", "simulate", Self.humanities, "--dossiers", "50", "--staff", "expert=2", "finance=1",
            "--json")
        #expect(run.status == 1)
        let ends = try #require(try json(run)["deadEnds"] as? [[String: Any]])
        #expect(ends.first?["step"] as? String == "review")
    }

    @Test func `a plan that grants nothing cannot be simulated`() throws {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: Season.planFolder, toPath: folder)
        try FileManager.default.removeItem(atPath: "\(folder)/simulation.yaml")
        let run = try jiebang("plan", "simulate", Self.humanities, "--plan", folder)
        #expect(run.status == 1 && run.errors.contains("simulation.yaml"), "\(run.errors)")
        #expect(try jiebang("plan", "check", folder).status == 0)
        try DurableFile.write(Array("standing: demo\nopens: soon\n".utf8), to: "\(folder)/simulation.yaml")
        let broken = try jiebang("plan", "check", folder)
        #expect(
            broken.status == 1 && broken.errors.contains("simulation.yaml:2:8: error:"), "\(broken.errors)")
    }

    // MARK: - diff

    @Test func `two versions differ with status 1, and one is like itself with status 0`() throws {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: Season.planFolder, toPath: folder)
        #expect(try jiebang("plan", "diff", Season.planFolder, folder).status == 0)
        let rules = "\(folder)/programmes/\(Self.humanities)/rules.yaml"
        let text = try String(contentsOfFile: rules, encoding: .utf8)
        try DurableFile.write(Array(("# 只是说明\n" + text).utf8), to: rules)
        #expect(try jiebang("plan", "diff", Season.planFolder, folder).status == 0, "a comment")
        try DurableFile.write(
            Array(text.replacing("day: 2014-01-01", with: "day: 2010-01-01").utf8), to: rules)
        let run = try jiebang(
            "plan", "diff", "Plan/programmes/\(Self.humanities)", "\(folder)/programmes/\(Self.humanities)",
            "--json")
        #expect(run.status == 1, "\(run.errors)")
        let programmes = try #require(try json(run)["programmes"] as? [[String: Any]])
        let changes = try #require(programmes.first?["changes"] as? [[String: Any]])
        #expect(changes.count == 1)
        #expect(changes.first?["kind"] as? String == "tightened")
        let what = try #require(changes.first?["after"] as? [String: String])
        #expect(what["zh"]?.contains("2010-01-01") == true && what["en"]?.contains("2010-01-01") == true)
        try FileManager.default.removeItem(atPath: "\(folder)/programmes/research-plan-natural-general")
        let gone = try json(try jiebang("plan", "diff", Season.planFolder, folder, "--json"))
        #expect(gone["removed"] as? [String] == ["research-plan-natural-general"])
    }

    // MARK: - what-if

    @Test func `the committed round gives the committed answer`() throws {
        let expected = try String(contentsOfFile: WhatIfCity.expectedPath, encoding: .utf8)
        for rules in [[], ["--rules", "Plan"], ["--rules", "Plan/programmes/\(Self.humanities)"]] {
            let run = try Run(
                Self.program,
                [
                    "plan", "what-if", "--round", "Plan/rounds/2021-SY.json", "--as-of", "2021-05-20",
                    "--json",
                ] + rules, in: Self.root)
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output == expected, "\(rules)")
        }
        let text = try jiebang(
            "plan", "what-if", "--round", "Plan/rounds/2021-SY.json", "--as-of", "2021-05-20")
        #expect(text.status == 0 && text.output.contains("京教函〔2020〕86号"))
    }

    @Test func `a round in a house gives what the committed one gives, and is written out the same`()
        async throws
    {
        let city = try await WhatIfCity.built()
        let run = try jiebang(
            "plan", "what-if", "--round", "2021-SY", "--as-of", "2021-05-20", "--data", city.folder, "--json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == (try String(contentsOfFile: WhatIfCity.expectedPath, encoding: .utf8)))
        let written = "\(city.folder)/round.json"
        #expect(
            try jiebang("plan", "what-if", "--round", "2021-SY", "--record", written, "--data", city.folder)
                .status == 0)
        #expect(
            try String(contentsOfFile: written, encoding: .utf8)
                == (try String(contentsOfFile: WhatIfCity.roundPath, encoding: .utf8)))
    }

    @Test func `a round that still takes applications is refused`() async throws {
        let city = try await JournalCity.copy()
        let number = try city.database.readNow {
            try $0.value("SELECT number FROM call ORDER BY closes_at DESC LIMIT 1", as: String.self)
        }
        let run = try jiebang(
            "plan", "what-if", "--round", try #require(number), "--as-of", "2021-05-20", "--data", city.folder
        )
        #expect(run.status == 1 && run.errors.contains("what-if.open"), "\(run.errors)")
    }
}
