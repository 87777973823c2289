import Foundation
import PublicDraw
import Testing

/// The program that is built beside these tests.
private let builtProgram: String? = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let program = tests.deletingLastPathComponent().appendingPathComponent("jiebang").path
    return FileManager.default.isExecutableFile(atPath: program) ? program : nil
}()

/// The files of `jiebang draw`, damaged: the program reads them or refuses them in words, and never breaks down.
@Suite(.enabled(if: builtProgram != nil, "the program `jiebang` is not built beside the tests"))
struct DrawFilesFuzzTests {
    private static let sound = [
        "pool.csv": "id,field,tickets\n甲,一,1\n乙,一,2\n丙,二,1\n丁,二,3\n戊,\"二\",1\n",
        "exclude.csv": "id,reason\n乙,\"回避,同校\"\n",
        "promises.csv":
            "party,hash\n甲大学,\(Contribution.hash(party: "甲大学", secret: secrets[0]) ?? "")\n乙大学,\(Contribution.hash(party: "乙大学", secret: secrets[1]) ?? "")\n",
        "values.txt":
            "# 开奖\n双色球: 28 07 13\n指数：3021.5\npromises/甲大学: \(secrets[0])\npromises/乙大学: \(secrets[1])\n",
        "values.json":
            "{\"双色球\": [\"28\", 7], \"指数\": \"3021.5\",\n \"promises\": {\"甲大学\": \"\(secrets[0])\", \"乙大学\": \"\(secrets[1])\"}}\n",
    ]
    private static let secrets = ["3c", "a5"].map { String(repeating: $0, count: 32) }
    private static let telling = Array(",\"\n\r:=/#{}[]. \t-+019：".utf8) + [0, 0xEF, 0xBB, 0xBF, 0xFF]

    @Test func `damaged pools, exclusions, promises and values are read or refused in words`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var chance = SeededChance(seed: seed)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("draw-files-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func put(_ bytes: [UInt8], _ name: String) throws {
            try Data(bytes).write(to: folder.appendingPathComponent(name))
        }
        for (name, text) in Self.sound { try put(Array(text.utf8), name) }
        try #require(try Self.run(Self.commit, in: folder).status == 0)
        for name in ["values.txt", "values.json"] {
            try #require(try Self.run(Self.draw(name), in: folder).status == 0)
        }
        let (rounds, names) = (90, Self.sound.keys.sorted())
        var (done, read) = (0, 0)
        for _ in Rounds(rounds) {
            let name = names[done % names.count]
            done += 1
            try put(damaged(Array((Self.sound[name] ?? "").utf8), &chance), name)
            let command = name.hasPrefix("values") ? Self.draw(name) : Self.commit
            let answer = try Self.run(command, in: folder)
            #expect(answer.status == 0 || answer.status == 1, "seed \(seed): \(name): \(answer)")
            if answer.status == 0 {
                read += 1
            } else {
                #expect(answer.complaint.contains("error: "), "seed \(seed): \(name): \(answer)")
            }
            try put(Array((Self.sound[name] ?? "").utf8), name)
            if name == "pool.csv" || name == "exclude.csv" || name == "promises.csv", answer.status == 0 {
                // What was read became a commitment: it can be read again.
                let document = try String(
                    contentsOf: folder.appendingPathComponent("commitment.json"), encoding: .utf8)
                #expect(throws: Never.self, "seed \(seed)") { try Commitment(document: document) }
                try #require(try Self.run(Self.commit, in: folder).status == 0)
            }
        }
        print("draw files: \(done) rounds, \(read) read")
    }

    private static let commit =
        ["commit", "pool.csv", "--count", "2", "--strata", "field", "--tickets", "tickets"]
        + ["--exclude", "exclude.csv", "--promises", "promises.csv"]
        + ["--sources", "双色球,指数:ordered:1", "--output", "commitment.json"]

    private static func draw(_ values: String) -> [String] {
        ["run", "commitment.json", "--values", values, "--output", "transcript.json"]
    }

    private static func run(
        _ arguments: [String], in folder: URL
    ) throws -> (status: Int32, complaint: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(builtProgram))
        process.arguments = ["draw"] + arguments
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = pipe
        try process.run()
        let complaint = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // A crash is a signal, and its number no status of ours.
        let status = process.terminationReason == .exit ? process.terminationStatus : -1
        return (status, String(decoding: complaint, as: UTF8.self))
    }

    private func damaged(_ sound: [UInt8], _ chance: inout SeededChance) -> [UInt8] {
        var bytes = sound
        for _ in 0..<Int.random(in: 1...3, using: &chance) where !bytes.isEmpty {
            let at = Int.random(in: bytes.indices, using: &chance)
            switch Int.random(in: 0..<7, using: &chance) {
            case 0: bytes[at] ^= UInt8(1 << Int.random(in: 0..<8, using: &chance))
            case 1: bytes.remove(at: at)
            case 2: bytes.removeLast(at)
            case 3: bytes.insert(contentsOf: bytes.suffix(min(at, 30)), at: at)
            default: bytes[at] = Self.telling[Int.random(in: Self.telling.indices, using: &chance)]
            }
        }
        return bytes
    }
}
