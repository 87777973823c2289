import Foundation
import PublicDraw
import Testing

/// The script that outsiders run: Python's standard library, none of our code.
@Suite(.enabled(if: Script.python != nil, "there is no python3"))
struct ScriptTests {
    @Test func `a changed transcript and another commitment are refused`() throws {
        let commitment = try Commitment(
            pool: (1...9).map { PoolEntry(id: "专家\($0)") }, quotas: [Quota(places: 3, alternates: 1)],
            sources: [RandomSource(name: "双色球", kind: .sorted())])
        let value = SourceValue(source: "双色球", content: .numbers(["03", "1"]))
        let document = try commitment.draw(values: [value]).document
        #expect(try Script.run(document).status == 0)
        #expect(try Script.run(document, digest: commitment.digest).status == 0)
        let other = String(repeating: "0", count: 64)
        #expect(try Script.run(document, digest: other).status == 1)
        for (from, to) in [
            ("\"1.3./\"", "\"1.4./\""), ("\"place\": 1", "\"place\": true"),
            ("\"outcome\": \"alternate\"", "\"outcome\": \"drawn\""),
            ("专家4", "专家44"), ("\"numbers\"", "\"numbers\": [], \"numbers\""), ("\"03\"", "3.5"), ("{", "[{"),
        ] {
            let changed = document.replacing(from, with: to)
            #expect(changed != document)
            #expect(try Script.run(changed).status == 1, "\(from) → \(to)")
        }
        #expect(try Script.run("").status == 1)
    }

    @Test func `a file that is not there is wrong usage`() throws {
        #expect(try Script.run(arguments: ["there-is-no-such-file.json"]).status == 2)
        #expect(try Script.run(arguments: []).status == 2)
    }

    @Test func `draws of every kind are repeated`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var draws = RandomDraws(seed: seed)
        for _ in 0..<25 {
            let commitment = try draws.commitment()
            let transcript = try commitment.draw(values: draws.values(for: commitment))
            let answer = try Script.run(transcript.document, digest: commitment.digest)
            #expect(answer.status == 0, "seed \(seed): \(answer.output)")
            #expect(answer.output.contains(transcript.key), "seed \(seed)")
        }
    }
}

enum Script {
    static let python: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Where it is served from.
    private static let path = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("../../Sources/Portal/Data/verify_draw.py").path

    static func run(_ document: String, digest: String? = nil) throws -> (status: Int32, output: String) {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("draw-\(UUID()).json")
        try Data(document.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try run(arguments: [file.path] + (digest.map { [$0] } ?? []))
    }

    static func run(arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(python))
        // Isolated: neither the user's site packages nor the environment take part.
        process.arguments = ["-I", path] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
