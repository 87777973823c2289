import Foundation
import Glibc
import Lifecycle
import Portal
import Store
import Testing
import TransparencyLog

/// A crash between any two steps of a seal leaves a log that verifies and goes on.
struct SealerTests {
    private struct Crash: Error {}

    /// A journal alone: no house, no people.
    private struct Small {
        let folder = JournalCity.temporaryFolder()
        let database: Database
        let keys: JournalKeys
        let projections = Projections(Slices.all(Definitions()))

        init() throws {
            database = try Database.inMemory()
            try Migrator(House.migrations()).migrate(database)
            keys = try JournalKeys.openOrCreate(folder: folder, world: .real)
        }

        func append(_ count: Int) throws {
            try database.writeNow { store in
                let change = Change(
                    store: store, at: World.real.now(), actor: nil, world: .real, projections: projections)
                for _ in 0..<count {
                    try change.append(
                        RecordRead(what: "reviews"), about: Subject(kind: "application", id: "a"))
                }
            }
        }

        func sealer(_ fault: @escaping @Sendable (Sealer.Step) throws -> Void = { _ in }) -> Sealer {
            Sealer(database: database, keys: keys, now: World.real.now, fault: fault)
        }

        func findings() throws -> [Finding] {
            try JournalVerifier(
                database: database, projections: projections, keys: keys, attachments: "\(folder)/attachments"
            ).verify().findings
        }
    }

    @Test(arguments: Sealer.Step.allCases)
    func `after a crash at any step the log verifies and the next seal takes it up`(step: Sealer.Step) throws
    {
        let small = try Small()
        defer { try? FileManager.default.removeItem(atPath: small.folder) }
        try small.append(300)
        try small.sealer().seal()
        try small.append(230)
        #expect(throws: Crash.self) { try small.sealer { if $0 == step { throw Crash() } }.seal() }
        #expect(try small.findings() == [])

        try small.append(17)
        let sealer = small.sealer()
        #expect(try sealer.seal() == 547)
        #expect(try small.findings() == [])
        #expect(try small.keys.head()?.size == 547)
        // Whatever was signed into the database has left the house as well.
        let signed = try small.database.readNow {
            try $0.values("SELECT size FROM checkpoint", as: Int64.self)
        }
        let published = Set(try small.keys.published().map { Int64($0.size) })
        #expect(Set(signed).subtracting(published) == [])
    }

    @Test func `the same sealer goes on after a crash`() throws {
        let small = try Small()
        defer { try? FileManager.default.removeItem(atPath: small.folder) }
        let crashes = FlagBox()
        let sealer = small.sealer { if $0 == .committed, crashes.take() { throw Crash() } }
        try small.append(5)
        #expect(throws: Crash.self) { try sealer.seal() }
        try small.append(5)
        #expect(try sealer.seal() == 10)
        #expect(try small.findings() == [])
    }

    @Test func `a published head that contradicts the database stops the seal`() throws {
        let small = try Small()
        defer { try? FileManager.default.removeItem(atPath: small.folder) }
        try small.append(3)
        try small.sealer().seal()
        // The same size under another root: another history of the same log.
        let key = try String(contentsOfFile: "\(small.folder)/journal.key", encoding: .utf8)
        let signer = try NoteSigner(skey: key.trimmed)
        let other = try Checkpoint(origin: small.keys.origin, size: 2, rootHash: Merkle.leafHash([1]))
            .signed(by: [signer]).encoded
        try DurableFile.write(Array(other.utf8), to: "\(small.folder)/head")
        #expect(throws: Sealer.Refused.self) { try small.sealer().seal() }
        #expect(try small.findings().contains { $0.code == "checkpoint.root" && $0.place == "head" })
    }

    @Test func `nothing new means nothing signed`() throws {
        let small = try Small()
        defer { try? FileManager.default.removeItem(atPath: small.folder) }
        #expect(try small.sealer().seal() == 0)
        try small.append(1)
        let sealer = small.sealer()
        try sealer.seal()
        try sealer.seal()
        #expect(try small.keys.published().count == 1)
    }

    @Test func `the key is readable by its owner only and survives reopening`() throws {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let made = try JournalKeys.openOrCreate(folder: folder, world: .real)
        let key = try FileManager.default.attributesOfItem(atPath: "\(folder)/journal.key")
        #expect(key[.posixPermissions] as? Int == 0o600)
        #expect(try JournalKeys.openOrCreate(folder: folder, world: .real).origin == made.origin)
        #expect(throws: (any Error).self) { try JournalKeys.create(folder: folder, world: .real) }
    }

    @Test func `a journal that was signed does not open without its key`() async throws {
        let city = try await JournalCity.copy()
        try FileManager.default.removeItem(atPath: "\(city.folder)/keys/journal.key")
        let (database, folder, plan) = (city.database, city.folder, try Season.plan.get())
        await #expect(throws: JournalKeys.Refused.self) {
            _ = try await House.open(
                database: database, plan: plan, options: House.Options(data: folder))
        }
    }
}

/// True once.
private final class FlagBox: Sendable {
    private let clock = ClockBox(Instant(milliseconds: 1))
    func take() -> Bool {
        defer { clock.now = Instant(milliseconds: 0) }
        return clock.now.rawValue == 1
    }
}
