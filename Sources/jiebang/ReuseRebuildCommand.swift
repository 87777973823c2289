import ArgumentParser
import Foundation
import Lifecycle
import Portal
import Store
import Synchronization
import TextReuse

/// `jiebang reuse rebuild --index PATH`, or `--data DIR` for the index of a house.
struct ReuseRebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make an index's segments again from the texts it holds.",
        discussion: """
            With --data, make the index of a house anew from its database, and compare all its texts with each \
            other. The house must not be served meanwhile; while it is, the page with the findings has a button \
            that does the same.
            """)

    @Option(help: "The folder with the index.") var index: String?
    @Option(help: "The house's folder with database and attachments.") var data: String?
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (index == nil) != (data == nil) else {
            throw ValidationError("give either --index PATH or --data DIR")
        }
    }

    func run() throws {
        if let data {
            let rebuilt = try ReuseHouse.open(data) { try ReuseHouse.rebuild(data, $0) }
            if output.json { try Terminal.json(rebuilt) }
            return
        }
        guard let index else { return }
        let watch = Stopwatch()
        let rebuilt = try ReuseIndex.rebuild(at: index, threads: threads.threads) { done, count in
            Ticker(of: count).show(done)
            return true
        }
        Terminal.tell("\(rebuilt.documents) texts indexed again in \(watch.seconds)")
        if output.json {
            try Terminal.json(
                Rebuilt(
                    texts: rebuilt.documents, damagedPlaces: rebuilt.damagedPlaces, seconds: watch.rounded))
        }
        guard rebuilt.damagedPlaces == 0 else {
            throw Complaint(
                "\(index)/texts: damaged in \(rebuilt.damagedPlaces) places; the texts there are lost: "
                    + "run reuse index on their files again")
        }
    }

    /// What became of an index of one's own.
    private struct Rebuilt: Encodable {
        let texts: Int
        let damagedPlaces: Int
        let seconds: Double
    }
}

/// The texts of a house, without its server.
enum ReuseHouse {
    /// Opens the house's database for writing, and nobody else may meanwhile.
    static func open<Value>(_ data: String, _ body: (Database) throws -> Value) throws -> Value {
        let place = try DataOptions.parse(["--data", data])
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        let database = try place.openForReading()
        let value = try body(database)
        try database.close()
        return value
    }

    /// What became of the house's index.
    struct Rebuilt: Encodable {
        let texts: Int
        let parts: Int
        let pairs: Int
        let seconds: Double
    }

    static func rebuild(_ data: String, _ database: Database) throws -> Rebuilt {
        let watch = Stopwatch()
        let stage = LastStage()
        let work = ReuseWork(
            database: database, data: data, definitions: Definitions(), now: World.real.now,
            tell: { done, total, name in
                if stage.changes(to: name) { Terminal.tell("\(name) …") }
                if done > 0, done % 2048 == 0 { Terminal.tell("  \(done) of \(total)") }
            })
        let rebuilt = try work.rebuild()
        Terminal.tell(
            "\(rebuilt.texts) texts in \(rebuilt.parts) parts, \(rebuilt.pairs) pairs in \(watch.seconds)")
        return Rebuilt(
            texts: rebuilt.texts, parts: rebuilt.parts, pairs: rebuilt.pairs, seconds: watch.rounded)
    }

    /// So that each stage is told once.
    private final class LastStage: Sendable {
        private let name = Mutex("")
        func changes(to next: String) -> Bool {
            name.withLock { name in
                defer { name = next }
                return name != next
            }
        }
    }
}
