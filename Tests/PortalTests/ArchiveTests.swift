import Foundation
import Lifecycle
import Portal
import Testing
import TransparencyLog

@testable import Store

/// Backup and restore.
struct ArchiveTests {
    private func backup(_ city: JournalCity, _ name: String = "backup.tar") throws -> String {
        let path = "\(city.folder)/\(name)"
        try Backup.make(
            of: city.database, attachments: "\(city.folder)/attachments", keys: city.keys,
            at: "2026-06-10T10:00:00+08:00",
            to: path)
        return path
    }

    private func restore(_ source: String, _ city: JournalCity, keys: String? = nil, fork: String? = nil)
        throws -> String
    {
        let folder = JournalCity.temporaryFolder()
        try DurableFile.makeFolder(folder)
        _ = try Restore.restore(
            source, into: folder, keys: keys ?? "\(city.folder)/keys", fork: fork,
            projections: city.projections,
            world: .real)
        return folder
    }

    private func verify(_ folder: String, keys: String) throws -> JournalReport {
        let database = try Database.open(path: "\(folder)/jiebang.sqlite")
        defer { try? database.close() }
        return try JournalVerifier(
            database: database, projections: Projections(Slices.all(Definitions())),
            keys: try JournalKeys.openPublic(folder: keys), attachments: "\(folder)/attachments"
        ).verify()
    }

    @Test func `a backup is one tar file, and what is restored from it verifies, files included`()
        async throws
    {
        let city = try await JournalCity.copy()
        let path = try backup(city)
        let list = try Run("/usr/bin/env", ["tar", "tf", path])
        #expect(list.status == 0)
        let files = [JournalCity.attachment, JournalCity.evidence]
        #expect(
            list.output.split(separator: "\n").map(String.init)
                == ["manifest.json", "jiebang.sqlite"] + files.map(\.place).sorted())
        let folder = try restore(path, city)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let report = try verify(folder, keys: "\(city.folder)/keys")
        #expect(report.isSound, "\(report.findings)")
        for file in files {
            #expect(FileManager.default.contents(atPath: file.path(in: folder)).map(Array.init) == file.bytes)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(folder)/.restoring"))
    }

    @Test func `a backup holds no key and does not overwrite`() async throws {
        let city = try await JournalCity.copy()
        let path = try backup(city)
        let key = try String(contentsOfFile: "\(city.folder)/keys/journal.key", encoding: .utf8).trimmed
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(bytes.range(of: Data(key.utf8)) == nil)
        #expect(throws: (any Error).self) { try backup(city) }
    }

    @Test func `a backup older than what was published is refused, unless a new log says so`() async throws {
        let city = try await JournalCity.copy()
        let path = try backup(city)
        try city.append(RecordRead(what: "reviews"), about: Subject(kind: "application", id: "a"))
        try city.seal()
        #expect(throws: Restore.Refused.self) { try restore(path, city) }
        let head = try String(contentsOfFile: "\(city.folder)/keys/head", encoding: .utf8)
        let folder = try restore(path, city, fork: "演练")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let report = try verify(folder, keys: "\(city.folder)/keys")
        #expect(report.isSound, "\(report.findings)")
        let database = try Database.open(path: "\(folder)/jiebang.sqlite")
        defer { try? database.close() }
        let last = try database.readNow { try JournalRow.find(report.facts - 1, $0) }
        #expect(last?.fact.kind == LogForked.kind && last?.fact.reason == .given("演练"))
        let body = try JSONDecoder().decode(LogForked.self, from: Data((last?.body ?? "").utf8))
        #expect(body.head == head && body.origin == city.keys.origin)
        // The old log's keys are kept, and the new log has another name.
        #expect(FileManager.default.fileExists(atPath: "\(city.folder)/keys/old-1/journal.key"))
        #expect(try JournalKeys.open(folder: "\(city.folder)/keys").origin != city.keys.origin)
    }

    @Test func `a backup of another log is refused`() async throws {
        let city = try await JournalCity.copy()
        let path = try backup(city)
        let other = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: other) }
        #expect(throws: Restore.Refused.self) { try restore(path, city, keys: other) }
        _ = try JournalKeys.create(folder: other, world: .real)
        #expect(throws: Restore.Refused.self) { try restore(path, city, keys: other) }
    }

    @Test func `a folder that is not empty is refused and left alone`() async throws {
        let city = try await JournalCity.copy()
        let path = try backup(city)
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DurableFile.makeFolder(folder)
        try DurableFile.create([1], at: "\(folder)/something")
        #expect(throws: Restore.Refused.self) {
            try Restore.restore(
                path, into: folder, keys: "\(city.folder)/keys", fork: nil, projections: city.projections,
                world: .real)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["something"])
    }

    @Test func `a backup with one byte changed anywhere is refused, and nothing is left behind`() async throws
    {
        let city = try await JournalCity.copy()
        let good = try Data(contentsOf: URL(fileURLWithPath: try backup(city)))
        // In the manifest, in the header and the pages of the database, in the attachment at the end.
        for place in [600, 1024 + 3, 4096, good.count / 2, good.count - 1024 - 512] {
            var bytes = good
            bytes[place] ^= 1
            let path = "\(city.folder)/changed.tar"
            try bytes.write(to: URL(fileURLWithPath: path))
            let folder = JournalCity.temporaryFolder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            try DurableFile.makeFolder(folder)
            #expect(throws: (any Error).self, "byte \(place)") {
                try Restore.restore(
                    path, into: folder, keys: "\(city.folder)/keys", fork: nil, projections: city.projections,
                    world: .real)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
        }
    }

    @Test func `a backup cut short, empty or of something else is refused`() async throws {
        let city = try await JournalCity.copy()
        let good = try Data(contentsOf: URL(fileURLWithPath: try backup(city)))
        for bytes in [
            Data(), Data(repeating: 0, count: 1024), good.prefix(good.count / 2), Data("hello".utf8),
            good.prefix(700),
        ] {
            let path = "\(city.folder)/cut.tar"
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(throws: (any Error).self) { try restore(path, city) }
        }
    }

    @Test func `a tampered database does not pass through a backup`() async throws {
        let city = try await JournalCity.copy()
        try city.tamper("UPDATE person SET name = '冒名' WHERE id = (SELECT MIN(id) FROM person);")
        let path = try backup(city)
        #expect(throws: Restore.Refused.self) { try restore(path, city) }
    }

    @Test func `who was signed in when the backup was made is not signed in after`() async throws {
        let city = try await JournalCity.copy()
        let person = try city.database.readNow {
            try $0.value("SELECT MIN(id) FROM person", as: ID<Person>.self)
        }
        let who = try #require(person)
        _ = try city.database.writeNow { try Session.open(who, secondFactor: true, world: .real, $0) }
        let folder = try restore(try backup(city), city)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let database = try Database.open(path: "\(folder)/jiebang.sqlite")
        defer { try? database.close() }
        #expect(try database.readNow { try $0.value("SELECT COUNT(*) FROM session", as: Int.self) } == 0)
    }

    @Test func `one process at a time writes a data folder`() throws {
        let folder = JournalCity.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try DurableFile.makeFolder(folder)
        var lock: DataLock? = try DataLock(folder: folder)
        #expect(throws: DataLock.Held.self) { try DataLock(folder: folder) }
        withExtendedLifetime(lock) {}
        lock = nil
        _ = try DataLock(folder: folder)
    }
}
