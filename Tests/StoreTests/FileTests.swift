import Foundation
import Store
import Testing

@Suite struct FileTests {
    private static let totals: SQL = "SELECT sum(count) FROM counter"

    @Test(arguments: Engine.allCases)
    func `a backup while others write is one consistent file`(engine: Engine) async throws {
        try await withFolder { folder in
            try await engine.withDatabase { db in
                try await db.write { tx in _ = try tx.run("INSERT INTO counter (id, count) VALUES (2, 0)") }
                let writing = Task {
                    // Each commit moves one from one row to the other: the sum is always nought.
                    while !Task.isCancelled {
                        try await db.write(.relaxed) { tx in
                            try tx.run("UPDATE counter SET count = count + 1 WHERE id = 1")
                            try tx.run("UPDATE counter SET count = count - 1 WHERE id = 2")
                        }
                    }
                }
                for number in 0..<10 {
                    let path = "\(folder)/backup-\(number).sqlite"
                    try db.backup(to: path)
                    let copy = try Database.open(path: path)
                    #expect(try copy.readNow { tx in try tx.value(Self.totals, as: Int.self) } == 0)
                    #expect(try copy.writeNow { tx in try tx.value("PRAGMA integrity_check") } == "ok")
                    try copy.close()
                }
                writing.cancel()
                _ = await writing.result
            }
        }
    }

    @Test func `a backup replaces nothing and leaves nothing beside it`() async throws {
        try await withFolder { folder in
            try await Engine.sqliteFile.withDatabase { db in
                let path = folder + "/backup.sqlite"
                try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
                #expect(throws: StoreError.self) { try db.backup(to: path) }
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
                #expect(throws: StoreError.self) { try db.backup(to: folder + "/nowhere/backup.sqlite") }
                try db.backup(to: folder + "/second.sqlite")
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
                        == ["backup.sqlite", "second.sqlite"])
            }
        }
    }

    @Test func `database and backup are readable by their owner only`() async throws {
        try await withFolder { folder in
            let db = try Database.open(path: folder + "/store.sqlite")
            try Migrator([Engine.schema]).migrate(db)
            try db.backup(to: folder + "/backup.sqlite")
            for name in ["store.sqlite", "store.sqlite-wal", "backup.sqlite"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            try db.close()
        }
    }

    @Test func `what was written is there when the file is opened again`() async throws {
        try await withFolder { folder in
            let path = folder + "/store.sqlite"
            let first = try Database.open(path: path)
            try Migrator([Engine.schema]).migrate(first)
            try first.writeNow { tx in _ = try tx.run("UPDATE counter SET count = 42") }
            try first.close()
            try first.close()
            #expect(throws: StoreError.self) { try first.readNow { tx in try tx.rawRows("SELECT 1") } }
            let second = try Database.open(path: path)
            #expect(try second.readNow { tx in try tx.value(Self.totals) } == 42)
            try second.close()
        }
    }

    @Test(arguments: Engine.allCases)
    func `a copy in memory begins with what was committed, and then each is alone`(engine: Engine)
        async throws
    {
        try await engine.withDatabase { db in
            func set(_ count: Int, in db: Database) throws {
                try db.writeNow { tx in _ = try tx.run("UPDATE counter SET count = \(count)") }
            }
            func count(in db: Database) throws -> Int? {
                try db.readNow { tx in try tx.value(Self.totals, as: Int.self) }
            }
            try set(7, in: db)
            let copy = try Database.inMemory(copying: db)
            try set(8, in: db)
            #expect(try count(in: copy) == 7)
            try set(9, in: copy)
            #expect(try count(in: db) == 8)
            // The schema came along with its rules.
            #expect(throws: StoreError.self) {
                try copy.writeNow { tx in _ = try tx.run("INSERT INTO unit (name) VALUES (NULL)") }
            }
            try copy.close()
            #expect(try count(in: db) == 8)
        }
    }

    @Test func `a mistyped path does not become an empty database`() async throws {
        try await withFolder { folder in
            let path = folder + "/absent.sqlite"
            #expect(throws: StoreError.self) { try Database.open(path: path, .init(creates: false)) }
            #expect(throws: StoreError.self) { try Database.open(path: folder + "/absent/store.sqlite") }
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `a writer waits for another program and then says that the database is busy`() async throws {
        try await withFolder { folder in
            let path = folder + "/store.sqlite"
            let mine = try Database.open(path: path, .init(busyTimeout: 0.05))
            try Migrator([Engine.schema]).migrate(mine)
            let theirs = try Database.open(path: path)
            try theirs.writeNow { tx in
                try tx.run("UPDATE counter SET count = 1")
                #expect(throws: StoreError.self) {
                    try mine.writeNow { tx in _ = try tx.run("UPDATE counter SET count = 2") }
                }
            }
            let busy = await kind {
                try theirs.writeNow { _ in try mine.writeNow { tx in _ = try tx.run("SELECT 1") } }
            }
            #expect(busy == .busy)
            #expect(try mine.readNow { tx in try tx.value(Self.totals) } == 1)
            try theirs.close()
            try mine.close()
        }
    }
}
