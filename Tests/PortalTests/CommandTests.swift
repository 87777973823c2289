import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// The program itself: exit status 0 fine, 1 refused or a finding, 2 wrong usage.
struct CommandTests {
    private static let root = URL(fileURLWithPath: Season.planFolder).deletingLastPathComponent().path
    private static let program = "\(root)/.build/debug/jiebang"

    private func jiebang(_ arguments: String...) throws -> Run {
        try Run(Self.program, arguments, in: Self.root)
    }

    private func json(_ run: Run) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test(arguments: [
        ["serve", "--port", "x"], ["serve", "--port", "70000"], ["serve", "--clock", "2026-01-01"],
        ["nothing"],
        ["journal", "prove", "x"], ["journal", "check"], ["restore", "a", "--fork", " "],
        ["init", "--system-admin", "x"], ["init", "--address", "not a url"],
        ["init", "--address", "jiebang.example"],
        ["init", "--audit-admin", "甲:system-admin@jiebang.example"],
        ["draw", "verify", "t.json", "--commitment", "abc123"],
        ["bench", "journal", "--facts", "1"],
    ])
    func `wrong usage ends with status 2`(arguments: [String]) throws {
        let run = try Run(Self.program, arguments, in: Self.root)
        #expect(run.status == 2, "\(arguments): \(run.errors)")
        #expect(!run.errors.isEmpty && run.output.isEmpty)
    }

    @Test func `help and version end with status 0`() throws {
        #expect(try jiebang("--help").status == 0)
        let version = try jiebang("version", "--json")
        #expect(version.status == 0)
        #expect(try json(version)["schema"] != nil)
    }

    /// Every subcommand that has none of its own, from what the parser itself knows of them.
    private static func leaves(of command: [String: Any], under path: [String] = []) -> [(
        path: [String], options: Set<String>
    )] {
        let below = command["subcommands"] as? [[String: Any]] ?? []
        guard below.isEmpty else {
            return below.flatMap { leaves(of: $0, under: path + [$0["commandName"] as? String ?? ""]) }
        }
        let names = (command["arguments"] as? [[String: Any]] ?? []).flatMap {
            $0["names"] as? [[String: Any]] ?? []
        }
        return [(path, Set(names.compactMap { $0["name"] as? String }))]
    }

    @Test func `every subcommand answers in JSON where it is asked to`() throws {
        let known = try json(try jiebang("--experimental-dump-help"))
        let leaves = Self.leaves(of: try #require(known["command"] as? [String: Any]))
        #expect(leaves.count >= 30, "the parser told of \(leaves.map(\.path))")
        // `serve` and `bench busy` tell their address so. `help` is the parser's own and takes no option of ours.
        for leaf in leaves where leaf.path != ["help"] {
            #expect(leaf.options.contains("json"), "jiebang \(leaf.path.joined(separator: " "))")
        }
    }

    @Test func `an index is made, made again and told of in JSON`() async throws {
        let folder = try TestFolder("reuse-json")
        let index = "\(folder.path)/index"
        let texts = "\(folder.path)/texts.jsonl"
        let lines = ["甲", "乙"].map { id in
            "{\"id\": \"\(id)\", \"text\": \"\(String(repeating: "为学校科研管理写的一段文字\(id)。", count: 20))\"}"
        }
        try DurableFile.write(Array("\(lines.joined(separator: "\n"))\n".utf8), to: texts)
        let made = try jiebang("reuse", "index", texts, "--index", index, "--json")
        #expect(made.status == 0, "\(made.errors)")
        #expect(try json(made)["new"] as? Int == 2 && json(made)["documents"] as? Int == 2)
        #expect(
            try json(try jiebang("reuse", "index", texts, "--index", index, "--json"))["unchanged"] as? Int
                == 2)
        let rebuilt = try json(try jiebang("reuse", "rebuild", "--index", index, "--json"))
        #expect(rebuilt["texts"] as? Int == 2 && rebuilt["damagedPlaces"] as? Int == 0)
        // Without it nothing stands on standard output: what is said is for people.
        #expect(try jiebang("reuse", "rebuild", "--index", index).output.isEmpty)
        let city = try await JournalCity.copy()
        let imported = try jiebang("reuse", "import-archive", texts, "--data", city.folder, "--json")
        #expect(imported.status == 0, "\(imported.errors)")
        let files = try #require(try json(imported)["files"] as? [[String: Any]])
        #expect(files.first?["new"] as? Int == 2)
        let whole = try #require(try json(imported)["index"] as? [String: Any])
        let again = try json(try jiebang("reuse", "rebuild", "--data", city.folder, "--json"))
        #expect(again["texts"] as? Int == whole["texts"] as? Int)
    }

    @Test func `journal verify finds what was changed, and names it in JSON too`() async throws {
        let city = try await JournalCity.copy()
        #expect(try jiebang("journal", "verify", "--data", city.folder).status == 0)
        try city.tamper(
            "UPDATE application SET amount = amount + 1 WHERE id = (SELECT MIN(id) FROM application);")
        let run = try jiebang("journal", "verify", "--data", city.folder, "--json")
        #expect(run.status == 1)
        let findings = try #require(try json(run)["findings"] as? [[String: Any]])
        #expect(findings.first?["place"] as? String == "application")
        #expect(findings.first?["column"] as? String == "amount")
    }

    @Test func `a proof made by the program is checked without the database`() async throws {
        let city = try await JournalCity.copy()
        let proof = "\(city.folder)/proof"
        #expect(try jiebang("journal", "prove", "40", "--data", city.folder, "-o", proof).status == 0)
        let key = "\(city.folder)/keys/journal.vkey"
        let checked = try jiebang("journal", "check", proof, "--key", key, "--json")
        #expect(checked.status == 0)
        #expect(try json(checked)["number"] as? Int == 40)
        try DurableFile.write(Array("nonsense".utf8), to: proof)
        #expect(try jiebang("journal", "check", proof, "--key", key).status == 1)
        #expect(try jiebang("journal", "prove", "99999999", "--data", city.folder).status == 1)
    }

    @Test func `erase takes what it is told to, and a proof says what it no longer shows`() async throws {
        let city = try await JournalCity.copy()
        let number = "\(try city.first("conflict.declared"))"
        func erase(_ more: String...) throws -> Run {
            try Run(
                Self.program, ["journal", "erase", number, "--data", city.folder, "--json"] + more,
                in: Self.root)
        }
        #expect(try erase("--what", "words", "--reason", "本人申请").status == 2)
        #expect(try erase("--reason", "本人申请").status == 1, "a payload the record needs")
        #expect(try erase("--what", "both", "--reason", "本人申请").status == 1)
        #expect(try erase("--what", "reason", "--reason", " ").status == 1)
        let run = try erase("--what", "reason", "--reason", "本人申请")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try json(run)["what"] as? String == "reason")
        #expect(try erase("--what", "reason", "--reason", "本人申请").status == 1, "twice")
        let report = try json(try jiebang("journal", "verify", "--data", city.folder, "--json"))
        #expect(report["wrong"] as? Int == 0 && report["erasedPayloads"] as? Int == 0)
        let proof = "\(city.folder)/proof"
        #expect(try jiebang("journal", "prove", number, "--data", city.folder, "-o", proof).status == 0)
        let shown = try json(
            try jiebang("journal", "check", proof, "--key", "\(city.folder)/keys/journal.vkey", "--json"))
        #expect(shown["reason"] == nil && shown["hasReason"] as? Bool == true)
        #expect(shown["reasonErasedBy"] as? Int == (report["facts"] as? Int).map { $0 - 1 })
    }

    @Test func `erasing what an objector handed in takes the files from the disk, and others' stay`()
        async throws
    {
        let city = try await JournalCity.copy()
        let number = try city.first("objection.evidence")
        let run = try jiebang("journal", "erase", "\(number)", "--reason", "本人申请", "--data", city.folder)
        #expect(run.status == 0, "\(run.errors)")
        let files = FileManager.default
        #expect(!files.fileExists(atPath: JournalCity.evidence.path(in: city.folder)))
        #expect(files.fileExists(atPath: JournalCity.attachment.path(in: city.folder)))
        let left = try city.database.readNow {
            try $0.value("SELECT COUNT(*) FROM objection_evidence", as: Int.self)
        }
        #expect(left == 0)
        #expect(try jiebang("journal", "verify", "--data", city.folder).status == 0)
    }

    @Test func `data made with another schema are refused, not misread`() async throws {
        let city = try await JournalCity.copy()
        try city.tamper(
            "UPDATE schema_migration SET sql = replace(sql, 'reason_hash', 'reason') WHERE number = 1;")
        for arguments in [
            ["journal", "verify"], ["journal", "prove", "1"], ["journal", "rebuild"],
            ["journal", "erase", "1", "--reason", "x"], ["migrate"], ["backup", "\(city.folder)/b.tar"],
        ] {
            let run = try Run(Self.program, arguments + ["--data", city.folder], in: Self.root)
            #expect(run.status == 1, "\(arguments)")
            #expect(run.errors.contains("another schema"), "\(arguments): \(run.errors)")
        }
    }

    @Test func `writers refuse while another process holds the data, readers do not`() async throws {
        let city = try await JournalCity.copy()
        let lock = try DataLock(folder: city.folder)
        for arguments in [
            ["migrate"], ["journal", "rebuild"], ["journal", "erase", "1", "--reason", "x"], ["serve"],
        ] {
            let run = try Run(Self.program, arguments + ["--data", city.folder], in: Self.root)
            #expect(run.status == 1, "\(arguments)")
            #expect(run.errors.contains("in use") || run.errors.contains("正在使用"), "\(run.errors)")
            #expect(run.errors.contains("\(ProcessInfo.processInfo.processIdentifier)"), "\(run.errors)")
        }
        #expect(try jiebang("journal", "verify", "--data", city.folder).status == 0)
        #expect(try jiebang("backup", "\(city.folder)/b.tar", "--data", city.folder).status == 0)
        withExtendedLifetime(lock) {}
    }

    @Test func `init prints three one-time links and takes an empty folder only`() throws {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = try jiebang("init", "--data", folder, "--json")
        #expect(first.status == 0, "\(first.errors)")
        let links = try #require(
            try JSONSerialization.jsonObject(with: Data(first.output.utf8)) as? [[String: String]])
        #expect(Set(links.compactMap { $0["role"] }) == ["system-admin", "security-admin", "audit-admin"])
        #expect(Set(links.compactMap { $0["href"] }).count == 3)
        #expect(try jiebang("journal", "verify", "--data", folder).status == 0)
        #expect(try jiebang("init", "--data", folder).status == 1)
        let migrated = try jiebang("migrate", "--data", folder)
        #expect(migrated.status == 0)
    }

    @Test func `an init that fails leaves nothing behind, and the mended command goes through`() throws {
        let above = try TestFolder("init")
        let folder = "\(above.path)/data"
        let files = FileManager.default
        #expect(try jiebang("init", "--data", folder, "--plan", "\(above.path)/none").status == 1)
        #expect(
            try jiebang("init", "--data", folder, "--audit-admin", "甲:system-admin@jiebang.example").status
                == 2)
        #expect(!files.fileExists(atPath: folder))
        // No folder can be made below a file: the database is there already when the keys are refused.
        try DurableFile.write([], to: "\(above.path)/file")
        let keyless = try jiebang("init", "--data", folder, "--keys", "\(above.path)/file/keys")
        #expect(keyless.status == 1 && !keyless.errors.isEmpty)
        #expect(!files.fileExists(atPath: folder))
        // A folder that was there stays, with what was in it.
        try DurableFile.makeFolder("\(folder)/keys")
        #expect(try jiebang("init", "--data", folder, "--keys", "\(above.path)/file/keys").status == 1)
        #expect(try files.contentsOfDirectory(atPath: folder) == ["keys"])
        let mended = try jiebang("init", "--data", folder)
        #expect(mended.status == 0, "\(mended.errors)")
        #expect(try jiebang("journal", "verify", "--data", folder).status == 0)
    }

    @Test func `an init that was killed before anybody lived there is gone on with`() async throws {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DurableFile.makeFolder(folder)
        let house = try await House.open(
            database: try Database.open(path: "\(folder)/jiebang.sqlite"), plan: try Season.plan.get(),
            options: House.Options(data: folder), shipped: try await Season.shipped)
        try house.database.close()
        let went = try jiebang("init", "--data", folder)
        #expect(went.status == 0, "\(went.errors)")
        #expect(try jiebang("journal", "verify", "--data", folder).status == 0)
        #expect(try jiebang("init", "--data", folder).status == 1, "what is whole is left alone")
    }

    @Test func `a house that people live in is served as no demo, and where there is none none is made`()
        throws
    {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let nothing = try jiebang("serve", "--data", folder, "--port", "0")
        #expect(nothing.status == 1 && nothing.errors.contains("jiebang init"), "\(nothing.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder))
        #expect(try jiebang("init", "--data", folder).status == 0)
        let demo = try jiebang("serve", "--demo", "--data", folder, "--port", "0", "--clock", "2030-01-01")
        #expect(demo.status == 1 && demo.errors.contains("jiebang serve"), "\(demo.errors)")
        let database = try Database.open(path: "\(folder)/jiebang.sqlite")
        let moved = try database.readNow {
            try $0.value("SELECT 1 FROM house_setting WHERE name = 'clock-offset'", as: Int.self)
        }
        #expect(moved == nil, "its time was left alone")
        try database.close()
    }

    @Test func `what cannot be taken is named, and its place once`() async throws {
        let city = try await JournalCity.copy()
        let (folder, file) = ("\(city.folder)/other", "\(city.folder)/other/text.txt")
        try DurableFile.makeFolder(folder)
        try DurableFile.write([], to: file)
        try DurableFile.write(Array("this is no database".utf8), to: "\(folder)/jiebang.sqlite")
        for (arguments, says) in [
            (["journal", "verify", "--data", folder], "\(folder)/jiebang.sqlite"),
            (["restore", "\(folder)/jiebang.sqlite", "--data", "\(folder)/new"], "jiebang backup"),
            (["restore", "\(folder)/jiebang.sqlite", "--data", "\(folder)/new"], "\(folder)/jiebang.sqlite"),
            (["backup", "\(folder)/none/b.bak", "--data", city.folder], "\(folder)/none"),
            (["journal", "check", file, "--key", "no-such-key"], "no-such-key"),
            (["reuse", "text", folder], folder),
            (["plan", "coverage", "--plan", folder], folder),
            (["draw", "commit", "\(folder)/none.csv", "--count", "1", "--sources", "a"], "[file.missing]"),
        ] {
            let run = try Run(Self.program, arguments, in: Self.root)
            #expect(run.status == 1, "\(arguments)")
            #expect(run.errors.contains(says), "\(arguments): \(run.errors)")
        }
        let placed = try jiebang("plan", "import", file)
        #expect(placed.status == 1 && placed.errors.hasPrefix("\(file):1:1: error: "), "\(placed.errors)")
    }

    @Test func `an assignment is verified in JSON, refused or not`() throws {
        let folder = try TestFolder("match")
        let files = ["scores": "0.5,0.25\n", "demand": "1\n", "load-max": "1\n1\n"]
        var input: [String] = []
        for (name, text) in files {
            try DurableFile.write(Array(text.utf8), to: "\(folder.path)/\(name).csv")
            input += ["--\(name)", "\(folder.path)/\(name).csv"]
        }
        let (assignment, certificate) = ("\(folder.path)/assignment.csv", "\(folder.path)/cert.json")
        func match(_ arguments: String...) throws -> Run {
            try Run(
                Self.program, ["match"] + arguments + input + ["--certificate", certificate, "--json"],
                in: Self.root)
        }
        let solved = try match("--output", assignment)
        #expect(solved.status == 0, "\(solved.errors)")
        #expect(try json(solved)["optimal"] as? Bool == true)
        let verified = try match("verify", "--assignment", assignment)
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(try json(verified)["accepted"] as? Bool == true)
        try DurableFile.write(Array("proposal,expert\n0,1\n".utf8), to: assignment)
        let refused = try match("verify", "--assignment", assignment)
        #expect(refused.status == 1)
        #expect(try json(refused)["accepted"] as? Bool == false)
        #expect(try json(refused)["error"] as? String != "" && !refused.errors.isEmpty)
    }

    @Test func `the text that offsets count in is printed as it is, or as JSON`() throws {
        let folder = try TestFolder("text")
        let file = "\(folder.path)/a.html"
        try DurableFile.write(Array("<p>揭榜“挂帅”</p>".utf8), to: file)
        #expect(try jiebang("reuse", "text", file).output.contains("揭榜“挂帅”"))
        let run = try jiebang("reuse", "text", file, "--json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try json(run)["id"] as? String == file)
        #expect((try json(run)["text"] as? String)?.contains("揭榜“挂帅”") == true)
    }

    @Test func `reading where there is no house is refused and makes none`() throws {
        let folder = JournalCity.temporaryFolder()
        for arguments in [
            ["journal", "verify"], ["journal", "prove", "1"], ["backup", "\(folder).tar"], ["why", "x"],
        ] {
            let run = try Run(Self.program, arguments + ["--data", folder], in: Self.root)
            #expect(run.status == 1, "\(arguments)")
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test func `a demo city that was broken off is refused to who knows nothing of it, and gone on with`()
        async throws
    {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DurableFile.makeFolder(folder)
        let house = try await House.open(
            database: try Database.open(path: "\(folder)/jiebang.sqlite"), plan: try Season.plan.get(),
            options: House.Options(data: folder, demo: true), shipped: try await Season.shipped)
        // Asked for, and the process ends.
        _ = try DemoSeeding.ask(.small, house)
        try house.database.close()
        let served = try jiebang("serve", "--data", folder, "--port", "0")
        #expect(served.status == 1 && served.errors.contains("--demo"), "\(served.errors)")
        #expect(try jiebang("init", "--data", folder).status == 1)
        #expect(try jiebang("bench", "crowd", "--data", folder).status == 1, "it is no crowd's")
        let went = try jiebang("init", "--demo", "--data", folder, "--json")
        #expect(went.status == 0, "\(went.errors)")
        #expect(try jiebang("journal", "verify", "--data", folder).status == 0)
        #expect(try jiebang("init", "--demo", "--data", folder).status == 1, "what is whole is left alone")
    }

    @Test func `plan check passes the project's own plan and names the place of a mistake`() throws {
        #expect(try jiebang("plan", "check").status == 0)
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.copyItem(atPath: Season.planFolder, toPath: folder)
        let handle = try #require(FileHandle(forWritingAtPath: "\(folder)/plan.yaml"))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("\nnonsense: 1\n".utf8))
        try handle.close()
        let run = try jiebang("plan", "check", folder)
        #expect(run.status == 1)
        let named = run.errors.range(
            of: #"plan\.yaml:\d+:\d+: error: .+ \[key\.unknown\]"#, options: .regularExpression)
        #expect(named != nil, "\(run.errors)")
    }

    @Test func `why explains an application by its number`() async throws {
        let city = try await JournalCity.copy()
        let number = try city.database.readNow {
            try $0.value("SELECT MIN(number) FROM application", as: String.self)
        }
        let run = try jiebang("why", try #require(number), "--data", city.folder, "--json")
        #expect(run.status == 0, "\(run.errors)")
        let all = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        for part in ["verdicts", "practices"] {
            let lines = try #require(all[part] as? [[String: Any]])
            #expect(!lines.isEmpty && lines.allSatisfy { $0["citation"] != nil && $0["standing"] != nil })
        }
        #expect(try jiebang("why", "nobody", "--data", city.folder).status == 1)
    }

    @Test func `why shows an exception beside the verdict it leaves unmet`() async throws {
        let city = try await JournalCity.copy()
        for (granted, words) in [(true, "已准予例外"), (false, "不予例外")] {
            let number = try city.database.readNow {
                try $0.value(
                    """
                    SELECT application.number FROM exception_ruling
                    JOIN application ON application.id = exception_ruling.application
                    WHERE exception_ruling.granted = \(granted)
                    """, as: String.self)
            }
            let run = try jiebang("why", try #require(number), "--data", city.folder, "--json")
            #expect(run.status == 0, "\(run.errors)")
            let all = try #require(
                try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            let verdicts = try #require(all["verdicts"] as? [[String: Any]])
            let excepted = try #require(verdicts.first { $0["exception"] != nil })
            #expect(excepted["result"] as? String == "unmet")
            let exception = try #require(excepted["exception"] as? [String: Any])
            #expect(exception["granted"] as? Bool == granted && exception["fact"] as? Int != nil)
            let text = try jiebang("why", try #require(number), "--data", city.folder)
            #expect(
                text.output.contains(words)
                    || text.output.contains(granted ? "exception granted" : "exception declined"))
        }
    }

    @Test func `a server told to end seals what it has and lets go of its data`() async throws {
        let city = try await JournalCity.copy()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.program)
        process.currentDirectoryURL = URL(fileURLWithPath: Self.root)
        let port = Int.random(in: 20_000..<60_000)
        process.arguments = [
            "serve", "--demo", "--data", city.folder, "--port", "\(port)", "--clock", "2027-01-01",
            "--since", "\(World.real.now().rawValue - 100_000)",
        ]
        let out = Pipe()
        process.standardOutput = out
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The first line comes when connections are accepted.
        let line = String(decoding: out.fileHandleForReading.availableData, as: UTF8.self)
        #expect(line.contains("http://127.0.0.1:\(port)"))
        // What came before the program's start is counted where make says when that was.
        #expect(line.contains(/\D10\d\.\d\d\s/), "\(line)")
        #expect(line.contains("林一诺  http://127.0.0.1:\(port)/demo/sign-in/applicant"), "\(line)")
        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        let report = try city.verify()
        #expect(report.isSound && report.sealed == UInt64(report.facts), "\(report.findings)")
        _ = try DataLock(folder: city.folder)
    }
}
