import Foundation
import PlanFiles
import Portal
import Store
import Synchronization

/// Opens the house in a folder on the disk.
struct HouseOnDisk {
    let place: DataOptions
    let plan: PlanOptions
    var demo = false
    /// Where templates, words and assets are being written.
    var written: String?
    /// How large a city is seeded.
    var size = DemoCity.Size.full
    /// Slices beside the house's own.
    var more: [Slice] = []

    /// For writing; the caller holds the lock.
    func open() async throws -> House { try await open(data: place.data, keys: place.keys) }

    /// For reading, beside a server or not.
    func openForReading() async throws -> House {
        try await House.open(
            database: try place.openForReading(), plan: try PlanFolder.load(plan.folder),
            options: House.Options(data: place.data, keys: place.keys), reading: true)
    }

    /// For writing, with the demo city: seeded where there is nobody yet, and gone on with where a seeding was
    /// broken off.
    func openDemo(before seeding: (House) async throws -> Void) async throws -> House {
        guard place.hasDatabase || !FileManager.default.fileExists(atPath: "\(place.keysFolder)/journal.key")
        else {
            throw Complaint(
                Terminal.words(
                    "\(place.keysFolder)：其中是另一日志的密钥", "\(place.keysFolder) holds the keys of another journal")
            )
        }
        try requireDemo()
        let house = try await open()
        try await seeding(house)
        if let left = try DemoSeeding.unfinished(house.database) {
            Terminal.tell(Terminal.words("接着建立演示城市…", "Going on with the demo city …"))
            try seed(left, house)
        } else if try DemoSeeding.isHalfMade(house.database) {
            Terminal.tell(Terminal.words("正在建立演示城市…", "Building the demo city …"))
            try seed(try DemoSeeding.ask(size, house), house)
        }
        return house
    }

    /// Anybody signs in to a demo and moves its clock: a house that people live in is none, and is left as it is.
    private func requireDemo() throws {
        guard place.hasDatabase else { return }
        let database = try DataOptions.open(place.databasePath, Database.Options(creates: false))
        defer { try? database.close() }
        guard try DemoSeeding.isLivedIn(database) else { return }
        throw Complaint(
            Terminal.words(
                "\(place.data)：这是正式使用的数据，不是演示城市；请用不带 --demo 的 jiebang serve",
                "\(place.data): people live in this house, it is no demo city; use jiebang serve without --demo"
            ))
    }

    /// Does what is left of a seeding, and seals what came of it.
    func seed(_ job: Job, _ house: House) throws {
        let words = house.words(in: Terminal.language)
        let line = SeedLine()
        try DemoSeeding.finish(job, house) { stage, done, total in
            guard line.isDue(stage) else { return }
            Terminal.tell("  \(words["job.stage.\(job.kind).\(stage)"])  \(done) / \(total)")
        }
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
    }

    private func open(data: String, keys: String?) async throws -> House {
        // The plan first: where it cannot be read, no database is made.
        let loaded = try PlanFolder.load(plan.folder)
        return try await House.open(
            database: try DataOptions.open(DataOptions.databasePath(in: data)), plan: loaded,
            options: House.Options(data: data, keys: keys, demo: demo, written: written), more: more)
    }
}

/// Each stage is told once, and a long one again now and then.
private final class SeedLine: Sendable {
    private let last = Mutex<(stage: String, at: ContinuousClock.Instant)?>(nil)

    func isDue(_ stage: String) -> Bool {
        last.withLock { last in
            let now = ContinuousClock.now
            if let last, last.stage == stage, now - last.at < .seconds(5) { return false }
            last = (stage, now)
            return true
        }
    }
}
