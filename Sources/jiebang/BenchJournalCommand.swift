import ArgumentParser
import Foundation
import Portal

/// `jiebang bench journal`: what an append costs over the bare insert, and how long verifying takes.
struct BenchJournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Append facts to a new journal in a temporary folder and verify it."
    )

    @Option(help: "How many facts.") var facts = 1_000_000
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1_000...100_000_000).contains(facts) else { throw ValidationError("--facts is at least 1000") }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "bench-\(UUID().uuidString)"
        ).path
        try DurableFile.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let result = try JournalBench.run(facts: facts, folder: folder) { Terminal.tell("  \($0)") }
        if output.json { return try Terminal.json(result) }
        func text(_ number: Double) -> String { number.formatted(.number.precision(.fractionLength(2))) }
        Terminal.say("facts              \(result.facts)")
        Terminal.say("bare insert        \(text(result.bareMicroseconds)) µs")
        Terminal.say("append             \(text(result.appendMicroseconds)) µs (\(text(result.ratio)) times)")
        Terminal.say("seal               \(text(result.sealSeconds)) s")
        Terminal.say("verify             \(text(result.verifySeconds)) s")
        Terminal.say("memory             \(result.residentMegabytes) MB")
    }
}
