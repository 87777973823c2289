import Store
import Testing

@Suite struct TransactionTests {
    struct Stop: Error, Equatable {}

    private static let count: SQL = "SELECT count FROM counter WHERE id = 1"

    private static func count(in db: Database) async throws -> Int? {
        try await db.read { tx in try tx.value(count) }
    }

    @Test(arguments: Engine.allCases)
    func `nothing is kept when the closure throws`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            await #expect(throws: Stop()) {
                try await db.write { tx in
                    try tx.run("UPDATE counter SET count = 5")
                    throw Stop()
                }
            }
            #expect(throws: Stop()) {
                try db.writeNow { tx in
                    try tx.run("UPDATE counter SET count = 5")
                    throw Stop()
                }
            }
            let kept = try await Self.count(in: db)
            #expect(kept == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func `what is done together is not kept where it fails`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            var seen: Int?
            #expect(throws: Stop()) {
                try db.together {
                    try db.writeNow { tx in _ = try tx.run("UPDATE counter SET count = 5") }
                    seen = try db.readNow { tx in try tx.value(Self.count, as: Int.self) }
                    throw Stop()
                }
            }
            #expect(seen == 5, "its own reads see what it wrote")
            let kept = try await Self.count(in: db)
            #expect(kept == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a part of what is done together fails alone`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            try db.together {
                try db.writeNow { tx in _ = try tx.run("UPDATE counter SET count = 6") }
                let alone = Result {
                    try db.writeNow { tx in
                        _ = try tx.run("UPDATE counter SET count = 9")
                        throw Stop()
                    }
                }
                if case .success = alone { Issue.record("what failed was kept") }
                try db.together {
                    try db.writeNow(.relaxed) { tx in _ = try tx.run("UPDATE counter SET count = count + 1") }
                }
            }
            let kept = try await Self.count(in: db)
            #expect(kept == 7)
            try db.writeNow { tx in _ = try tx.run("UPDATE counter SET count = 8") }
            let after = try await Self.count(in: db)
            #expect(after == 8, "afterwards each is its own again")
        }
    }

    @Test(arguments: Engine.allCases)
    func `run answers how many rows changed`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let changed = try await db.write { tx in
                [
                    try tx.run("INSERT INTO counter (id, count) VALUES (2, 0), (3, 0)"),
                    try tx.run("UPDATE counter SET count = 1 WHERE id = 2"),
                    try tx.run("UPDATE counter SET count = 1 WHERE id = 99"),
                    try tx.run("SELECT 1"),
                    try tx.run("DELETE FROM counter"),
                ]
            }
            #expect(changed == [2, 1, 0, 0, 3])
        }
    }

    @Test(arguments: Engine.allCases)
    func `each violation has its kind and shows no bound value`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let secret = "110101199003071234"
            try await db.write { tx in _ = try tx.run("INSERT INTO unit (name) VALUES (\(secret))") }
            let cases: [(SQL, StoreError.Kind)] = [
                ("INSERT INTO unit (name) VALUES (\(secret))", .uniqueViolation("unit.name")),
                ("INSERT INTO unit (id, name) VALUES (1, \(secret + "x"))", .uniqueViolation("unit.id")),
                ("INSERT INTO person (display_name, age) VALUES (\(secret), 151)", .check("age_is_possible")),
                (
                    "INSERT INTO person (display_name, age) VALUES (\(String?.none), 1)",
                    .notNull("person.display_name")
                ),
                ("INSERT INTO person (display_name, unit_id) VALUES (\(secret), 77)", .foreignKey),
                (
                    "INSERT INTO person (display_name, age) VALUES ('x', \(secret + "y"))",
                    .datatype("cannot store TEXT value in INTEGER column person.age")
                ),
                ("SELEKT \(secret)", .syntax("near \"SELEKT\": syntax error")),
                ("SELECT \(secret) FROM nowhere", .syntax("no such table: nowhere")),
            ]
            for (sql, expected) in cases {
                do {
                    try await db.write { tx in _ = try tx.run(sql) }
                    Issue.record("accepted: \(sql)")
                } catch let error as StoreError {
                    #expect(error.kind == expected)
                    #expect(!"\(error)".contains("110101"))
                    #expect(!String(reflecting: error).contains("110101"))
                }
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `a read cannot write`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let refused = await kind {
                try await db.read { tx in _ = try tx.run("UPDATE counter SET count = 5") }
            }
            #expect(refused == .readOnly)
            try await db.write { tx in _ = try tx.run("UPDATE counter SET count = 6") }
            let kept = try await Self.count(in: db)
            #expect(kept == 6)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a caught failure does not save the transaction`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let outcome = await kind {
                try await db.write { tx in
                    try tx.run("UPDATE counter SET count = 5")
                    _ = try? tx.run("INSERT INTO counter (id, count) VALUES (1, 0)")
                }
            }
            guard case .transactionOver = outcome else {
                Issue.record("committed after a failed statement: \(String(describing: outcome))")
                return
            }
            let kept = try await Self.count(in: db)
            #expect(kept == 0)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a savepoint fails alone`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            try await db.write { tx in
                try tx.run("UPDATE counter SET count = 5")
                do {
                    try tx.savepoint {
                        try tx.run("UPDATE counter SET count = 6")
                        try tx.run("INSERT INTO counter (id, count) VALUES (1, 0)")
                    }
                    Issue.record("accepted a second row of one key")
                } catch let error as StoreError where error.isUniqueViolation {}
                #expect(try tx.value(Self.count) == 5)
                try tx.savepoint { _ = try tx.run("UPDATE counter SET count = count + 2") }
            }
            let kept = try await Self.count(in: db)
            #expect(kept == 7)
        }
    }

    @Test(arguments: Engine.allCases)
    func `a transaction kept beyond its closure is refused`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            var kept: Transaction?
            try db.readNow { tx in kept = tx }
            let tx = try #require(kept)
            #expect(await kind { _ = try tx.run("SELECT 1") } == .transactionOver("used outside its closure"))
        }
    }

    @Test(arguments: Engine.allCases)
    func `an error of the closure passes through a walk unchanged`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            await #expect(throws: Stop()) {
                try await db.read { tx in
                    try tx.forEach("SELECT id FROM counter") { _ in throw Stop() }
                }
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `a walk may run its own statement again inside`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            try await db.write { tx in
                try tx.run("INSERT INTO counter (id, count) VALUES (2, 0), (3, 0)")
                let all: SQL = "SELECT id FROM counter ORDER BY id"
                var seen: [Int64] = []
                try tx.forEach(all) { row in
                    seen.append(try row.int64("id"))
                    #expect(try tx.values(all, as: Int.self).count == 3)
                    try tx.forEach(all) { inner in _ = try inner.int64("id") }
                }
                #expect(seen == [1, 2, 3])
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `a task cancelled in its write leaves nothing behind`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let writing = Task {
                try await db.write { tx in
                    try tx.run("UPDATE counter SET count = 5")
                    withUnsafeCurrentTask { $0?.cancel() }
                    try tx.run("UPDATE counter SET count = 6")
                }
            }
            await #expect(throws: CancellationError.self) { try await writing.value }
            let kept = try await Self.count(in: db)
            #expect(kept == 0)
            try await db.write { tx in _ = try tx.run("UPDATE counter SET count = 7") }
            let later = try await Self.count(in: db)
            #expect(later == 7)
        }
    }

    @Test func `a hundred thousand rows are decoded and walked`() async throws {
        struct Number: Decodable { var i: Int64, word: String, isEven: Bool }
        let db = try Database.inMemory()
        let many: SQL = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            SELECT i, 'word' AS word, i % 2 = 0 AS is_even FROM n
            """
        let sums = try await db.read { tx in
            var walked: Int64 = 0
            try tx.forEach(many) { row in walked += try row.int64("i") }
            let rows = try tx.rows(many, as: Number.self)
            return [walked, rows.reduce(0) { $0 + $1.i }, Int64(rows.count { $0.isEven })]
        }
        #expect(sums == [5_000_050_000, 5_000_050_000, 50_000])
    }

    @Test func `a reader does not see what is not committed`() async throws {
        try await Engine.sqliteFile.withDatabase { db in
            try await db.write { tx in
                try tx.run("UPDATE counter SET count = 5")
                // A reader on its own connection, while this transaction is open.
                let seen = try db.readNow { other in try other.value(Self.count, as: Int.self) }
                #expect(seen == 0)
                #expect(try tx.value(Self.count, as: Int.self) == 5)
            }
            let kept = try await Self.count(in: db)
            #expect(kept == 5)
        }
    }

    @Test func `a reader keeps its snapshot while others commit`() async throws {
        try await Engine.sqliteFile.withDatabase { db in
            try await db.read { tx in
                #expect(try tx.value(Self.count, as: Int.self) == 0)
                try db.writeNow { writer in _ = try writer.run("UPDATE counter SET count = 9") }
                #expect(try tx.value(Self.count, as: Int.self) == 0)
            }
            let kept = try await Self.count(in: db)
            #expect(kept == 9)
        }
    }

    @Test(arguments: Engine.allCases)
    func `two hundred concurrent increments all count`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for task in 0..<200 {
                    group.addTask {
                        try await db.write(task.isMultiple(of: 2) ? .full : .relaxed) { tx in
                            let count = try tx.value(Self.count, as: Int.self) ?? -1
                            try tx.run("UPDATE counter SET count = \(count + 1) WHERE id = 1")
                        }
                        _ = try await db.read { tx in try tx.value(Self.count, as: Int.self) }
                    }
                }
                try await group.waitForAll()
            }
            let kept = try await Self.count(in: db)
            #expect(kept == 200)
        }
    }

    @Test func `readers at work do not hold up the tasks of the process`() async throws {
        try await Engine.sqliteFile.withDatabase { db in
            let slow: SQL = """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
                SELECT count(*) FROM n
                """
            let ticking = Task {
                var ticks = 0
                while !Task.isCancelled {
                    ticks += 1
                    try? await Task.sleep(for: .milliseconds(1))
                }
                return ticks
            }
            try await withThrowingTaskGroup(of: Void.self) { readers in
                for _ in 0..<12 {
                    readers.addTask { _ = try await db.read { tx in try tx.value(slow, as: Int.self) } }
                }
                try await readers.waitForAll()
            }
            ticking.cancel()
            let ticks = await ticking.value
            // A frozen process would not tick at all; a busy machine ticks slowly.
            #expect(ticks > 2)
        }
    }

    @Test func `durability is set for each commit as asked`() async throws {
        try await Engine.sqliteFile.withDatabase { db in
            for (durability, level) in [(Durability.full, 2), (.relaxed, 1), (.relaxed, 1), (.full, 2)] {
                let found = try await db.write(durability) { tx in
                    try tx.value("PRAGMA synchronous", as: Int.self)
                }
                #expect(found == level)
            }
            #expect(try await db.write { tx in try tx.value("PRAGMA foreign_keys") } == 1)
            #expect(try await db.write { tx in try tx.value("PRAGMA journal_mode") } == "wal")
        }
    }
}
