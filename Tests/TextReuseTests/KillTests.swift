import Foundation
import Glibc
import Testing

@testable import TextReuse

/// A process of its own that indexes, ended by SIGKILL while it seals and merges.
@Suite(.enabled(if: Program.path != nil, "the program `jiebang` is not built beside the tests"))
struct KillTests {
    /// Texts that are sealed before anybody is killed; what is shared among them must be found ever after.
    private static let first = 40
    private static let more = 6

    @Test func `killed at any moment of sealing and merging, the index opens and answers as before`() throws {
        var chance = Chance.fresh("kill")
        let rounds = 14
        let texts = Season.texts(count: Self.first + Self.more * rounds, chance: &chance)
        let folder = ScratchFolder()
        let index = "\(folder.path)/index"
        func offered(_ count: Int) throws -> String {
            let lines = try (0..<count).map { number in
                String(
                    decoding: try JSONEncoder().encode(["id": "\(number)", "text": texts[number]]),
                    as: UTF8.self)
            }
            try folder.put(Array(lines.joined(separator: "\n").utf8), as: "texts.jsonl")
            return "\(folder.path)/texts.jsonl"
        }
        let clock = ContinuousClock()
        let whole = clock.now
        try Program(["reuse", "index", try offered(Self.first), "--index", index]).finish()
        let usual = clock.now - whole
        let before = try ReuseIndex(reading: index).allPairs()
        var (killed, within) = (0, 0)
        var known = Self.first
        for round in 1...rounds {
            let program = try Program([
                "reuse", "index", try offered(Self.first + Self.more * round), "--index", index,
            ])
            if round.isMultiple(of: 2) {
                // As soon as a file is being written that is not in force yet, or a little later.
                let give = clock.now + usual * 4
                while clock.now < give, program.isRunning, !Self.isWriting(index) { usleep(20) }
                usleep(UInt32.random(in: 0...3_000, using: &chance))
            } else {
                usleep(UInt32.random(in: 0...UInt32(max(1, usual / .microseconds(1))), using: &chance))
            }
            if program.kill() { killed += 1 }
            if Self.isWriting(index) { within += 1 }
            let left = try ReuseIndex(reading: index)
            #expect(left.count >= known && left.count <= Self.first + Self.more * round, "round \(round)")
            known = left.count
            for number in 0..<known { #expect(try left.text(of: number) == Array(texts[number].utf8)) }
            let pairs = try left.allPairs().filter { $0.a < Self.first && $0.b < Self.first }
            #expect(pairs == before, "round \(round)")
        }
        print("kill: \(killed) of \(rounds) killed, \(within) left a file half written")
        #expect(killed > rounds / 2)
        // The same command again ends what was begun: the index is what it would be had nobody been killed.
        try Program(["reuse", "index", try offered(texts.count), "--index", index]).finish()
        let other = ScratchFolder()
        let undisturbed = try ReuseIndex(writing: other.path)
        for (number, text) in texts.enumerated() { try undisturbed.add(id: "\(number)", text: text) }
        try undisturbed.seal()
        #expect(try ReuseIndex(reading: index).allPairs() == undisturbed.allPairs())
        #expect(!Self.isWriting(index))
    }

    private static func isWriting(_ index: String) -> Bool {
        Folder.names(in: index).contains { $0.hasSuffix(SegmentWriter.unfinished) }
    }
}

/// A run of the program that is built beside these tests.
private final class Program {
    static let path: String? = {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let program = tests.deletingLastPathComponent().appendingPathComponent("jiebang").path
        return FileManager.default.isExecutableFile(atPath: program) ? program : nil
    }()

    private let process = Process()

    var isRunning: Bool { process.isRunning }

    init(_ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: try #require(Self.path))
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    func finish() throws {
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Whether it still ran when it was killed.
    func kill() -> Bool {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal
    }
}
