import Foundation
import Testing

/// `jiebang draw`: files in, files out, and what is refused with its line.
struct DrawCommandTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private func draw(_ arguments: String...) throws -> Run {
        try Run("\(Self.root)/.build/debug/jiebang", ["draw"] + arguments)
    }

    /// A folder with these files that is gone afterwards.
    private func inFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "draw-\(UUID())/"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: folder + name)) }
        try body(folder)
    }

    private static let pool =
        "id,学科\n" + (1...12).map { "E\($0),\($0 % 3 == 0 ? "物理" : "数学")\n" }.joined()

    @Test(arguments: [
        ["commit", "POOL", "--sources", "a"], ["commit", "POOL", "--count", "0", "--sources", "a"],
        ["commit", "POOL", "--count", "1"],
        ["commit", "POOL", "--count", "1", "--sources", "a", "--profile", "md5"],
        ["commit", "POOL", "--count", "1", "--sources", "a", "--quota", "x=1"],
        ["commit", "POOL", "--count", "1", "--sources", "a", "--strata", "学科", "--quota", "x"],
        ["commit", "POOL", "--count", "1", "--sources", "a", "--quorum", "1"], ["run", "c.json"], ["verify"],
        ["promise", "--party", "A", "--secret", "12"], ["shuffle"],
    ])
    func `wrong usage ends with status 2 and writes nothing`(arguments: [String]) throws {
        try inFolder(["pool.csv": Self.pool]) { folder in
            let run = try Run(
                "\(Self.root)/.build/debug/jiebang",
                ["draw"] + arguments.map { $0 == "POOL" ? folder + "pool.csv" : $0 })
            #expect(run.status == 2, "\(run.errors)")
            #expect(run.output.isEmpty && !run.errors.isEmpty)
        }
    }

    @Test(arguments: [
        ("id\na\nb\na\n", "", [], "pool.csv:4:1: error: a stands in line 2 already"),
        ("id\na\n\" b\"\n", "", [], "pool.csv:3:1: error: the id of entry 2"),
        ("id\n", "", [], "pool.csv:1:1: error: the pool is empty"),
        ("id,x\na,1\nb\n", "", [], "pool.csv:3:1: error: 1 fields where the header has 2"),
        ("id,x\na,y\nb,\n", "", ["--strata", "x"], "pool.csv:3:1: error: entry 2 has no class"),
        ("id,x\na,y\n", "", ["--strata", "z"], "pool.csv:1:1: error: there is no column “z”"),
        ("id,x\na,2\nb,y\n", "", ["--tickets", "x"], "pool.csv:3:1: error: “y” is no number of tickets"),
        ("id,x\na,2\nb,0\n", "", ["--tickets", "x"], "pool.csv:3:1: error: entry 2 has 0 tickets"),
        ("id\na\nb\n", "id,reason\nc,kin\n", [], "ex.csv:2:1: error: c is excluded but not in the pool"),
        ("id\na\nb\n", "id,reason\na,kin\na,kin\n", [], "ex.csv:3:1: error: a is excluded twice"),
        ("id\na\nb\n", "id,reason\n\na,\n", [], "ex.csv:3:1: error: “reason” is empty"),
        ("id\na\nb\n", "id\na\n", [], "ex.csv:1:1: error: no column “reason”"),
        (
            "id\na\nb\n", "id,reason\na,kin\nb,kin\n", [],
            "pool.csv:1:1: error: the pool has 0 that may be drawn"
        ),
    ])
    func `a bad row is refused with file and line`(
        pool: String, exclude: String, more: [String], message: String
    ) throws {
        try inFolder(["pool.csv": pool, "ex.csv": exclude]) { folder in
            let excluding = exclude.isEmpty ? [] : ["--exclude", folder + "ex.csv"]
            let run = try Run(
                "\(Self.root)/.build/debug/jiebang",
                ["draw", "commit", folder + "pool.csv", "--count", "1", "--sources", "a"] + excluding + more)
            #expect(run.status == 1)
            #expect(run.errors.contains(message), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }

    @Test func `a draw goes from pool to verified transcript, and a changed one is refused`() throws {
        try inFolder([
            "pool.csv": Self.pool, "ex.csv": "id,reason\nE2,同一单位\n",
            "values.txt": "# 开奖公告\n双色球: 28 07 13 31 02 19\n指数：3012.50\n",
            "values.json": #"{"指数": "3012.50", "双色球": ["28", "07", 13, 31, "02", 19]}"#,
        ]) { folder in
            let committed = try draw(
                "commit", folder + "pool.csv", "--count", "4", "--alternates", "1", "--strata", "学科",
                "--exclude",
                folder + "ex.csv", "--sources", "双色球:sorted:6,指数:ordered:1", "--separate", "--output",
                folder + "c.json", "--json")
            #expect(committed.status == 0, "\(committed.errors)")
            let summary = try #require(
                JSONSerialization.jsonObject(with: Data(committed.output.utf8)) as? [String: Any])
            let digest = try #require(summary["digest"] as? String)
            // 7 may be drawn in 数学 and 4 in 物理: 4 × 7/11 = 2.5…, 4 × 4/11 = 1.4….
            let places = (summary["quotas"] as? [[String: Any]])?.compactMap { $0["places"] as? Int }
            #expect(places == [3, 1])

            let run = try draw(
                "run", folder + "c.json", "--values", folder + "values.txt", "-o", folder + "t.json")
            #expect(run.status == 0, "\(run.errors)")
            let again = try draw("run", folder + "c.json", "--values", folder + "values.json")
            #expect(again.status == 0, "\(again.errors)")
            #expect(again.output == (try String(contentsOfFile: folder + "t.json", encoding: .utf8)))

            for commitment in [digest, folder + "c.json"] {
                let verified = try draw("verify", folder + "t.json", "--commitment", commitment)
                #expect(verified.status == 0, "\(verified.errors)")
            }
            let other = try draw(
                "verify", folder + "t.json", "--commitment", String(repeating: "0", count: 64))
            #expect(other.status == 1)
            let changed = again.output.replacing("\"drawn\"", with: "\"alternate\"")
            try Data(changed.utf8).write(to: URL(fileURLWithPath: folder + "t.json"))
            let refused = try draw("verify", folder + "t.json")
            #expect(refused.status == 1)
            #expect(refused.errors.contains("t.json:1:1: error:"))
        }
    }

    @Test(arguments: [
        ("双色球: 1\n", "the source 指数 has no value yet"), ("双色球: 1\n指数: x\n", "指数: x is not a number"),
        ("双色球 1\n", "values.txt:1:1: error: after 双色球 must stand a colon"),
        ("\n体彩: 1\n", "values.txt:2:1: error: the line begins with no source of the commitment"),
        ("双色球: 1\n双色球: 2\n", "the source 双色球 has two values"),
        ("{\"双色球\": 1.5}", "values.txt:1:"), ("{\"体彩\": 1}", "values.txt:1:1: error: 体彩"),
    ])
    func `bad values are refused`(values: String, message: String) throws {
        try inFolder(["pool.csv": Self.pool, "values.txt": values]) { folder in
            let committed = try draw(
                "commit", folder + "pool.csv", "--count", "1", "--sources", "双色球,指数", "--output",
                folder + "c.json")
            #expect(committed.status == 0)
            let run = try draw("run", folder + "c.json", "--values", folder + "values.txt")
            #expect(run.status == 1)
            #expect(run.errors.contains(message), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }

    @Test func `the draw of the RFC comes out, and its commitment is the file's SHA-256`() throws {
        let pool = "name\n" + (1...25).map { "v\($0)\n" }.joined()
        try inFolder(["pool.csv": pool, "v": "a: 9319\nb: 2 5 12 8 10\nc: 9,18,26,34,41,45\n"]) { folder in
            let committed = try draw(
                "commit", folder + "pool.csv", "--count", "10", "--sources", "a", "--sources", "b,c",
                "--profile",
                "rfc3797")
            #expect(committed.status == 0)
            try Data(committed.output.utf8).write(to: URL(fileURLWithPath: folder + "c.json"))
            let run = try draw(
                "run", folder + "c.json", "--values", folder + "v", "--json", "-o", folder + "t.json")
            let summary = try #require(
                JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
            #expect(summary["key"] as? String == "9319./2.5.8.10.12./9.18.26.34.41.45./")
            let selected = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
            #expect(summary["drawn"] as? [String] == selected.map { "v\($0)" })
            let sum = try Run("/usr/bin/env", ["sha256sum", folder + "c.json"])
            #expect(sum.output.hasPrefix(summary["commitment"] as? String ?? "none"))
        }
    }

    @Test func `parties promise, open, and who is late is named`() throws {
        let secrets = ["甲大学": String(repeating: "1a", count: 32), "乙大学": String(repeating: "2b", count: 32)]
        var promises = "party,hash\n"
        for party in ["甲大学", "乙大学"] {
            let made = try draw("promise", "--party", party, "--secret", secrets[party] ?? "", "--json")
            let answer = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: String]
            promises += "\(party),\(try #require(answer?["hash"]))\n"
        }
        try inFolder([
            "pool.csv": Self.pool, "promises.csv": promises,
            "false": "promises/甲大学: \(secrets["乙大学"] ?? "")\n", "none": "promises/甲大学: missing\n",
            "late": "promises/甲大学: \(secrets["甲大学"] ?? "")\npromises/乙大学: late \(secrets["乙大学"] ?? "")\n",
        ]) { folder in
            let committed = try draw(
                "commit", folder + "pool.csv", "--count", "2", "--promises", folder + "promises.csv",
                "--quorum", "1",
                "-o", folder + "c.json")
            #expect(committed.status == 0, "\(committed.errors)")
            for (values, message) in [
                ("false", "what 甲大学 opened is not what it promised"), ("none", "missing or late: 甲大学, 乙大学"),
            ] {
                let run = try draw("run", folder + "c.json", "--values", folder + values)
                #expect(run.status == 1)
                #expect(run.errors.contains(message), "\(run.errors)")
            }
            let run = try draw("run", folder + "c.json", "--values", folder + "late", "-o", folder + "t.json")
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("missing or late: 乙大学"))
            #expect(try draw("verify", folder + "t.json").status == 0)
        }
    }
}
