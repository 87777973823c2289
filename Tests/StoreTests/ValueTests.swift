import Store
import Testing

/// What goes in comes out, on every engine.
@Suite struct ValueTests {
    struct Person: Codable, Equatable {
        var id: Int64
        var unitID: Int64?
        var displayName: String
        var age: Int?
        var weight: Double?
        var isExpert: Bool
        var photo: [UInt8]?
    }

    @Test(
        arguments: Engine.allCases,
        [
            "'; DROP TABLE person; --", "\" OR 1=1", "?", "$1", "%_\\", "", "\n\r\t",
            "👩🏽‍🔬🧪🇨🇳", "𠮷野家 𰻝麵 㐂 龘", "e\u{301} é", "王力宏\u{E000}",
        ])
    func `text comes back as it was bound`(engine: Engine, text: String) async throws {
        try await engine.withDatabase { db in
            let back = try await db.write { tx in
                try tx.run("INSERT INTO person (display_name) VALUES (\(text))")
                return try tx.value(
                    "SELECT display_name FROM person WHERE display_name = \(text)", as: String.self)
            }
            #expect(back.map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test(arguments: Engine.allCases)
    func `a whole row comes back by property name`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let people: [Person] = [
                Person(
                    id: 1, unitID: 1, displayName: "李雷", age: 35, weight: 60.5, isExpert: true,
                    photo: (0...255).map { UInt8($0) }),
                Person(
                    id: 2, unitID: nil, displayName: "韩梅梅", age: nil, weight: nil, isExpert: false, photo: []),
                Person(
                    id: 3, unitID: nil, displayName: "x", age: 0, weight: -0.25, isExpert: false, photo: nil),
            ]
            let back = try await db.write { tx in
                try tx.run("INSERT INTO unit (id, name) VALUES (1, 'u')")
                for person in people {
                    try tx.run(
                        """
                        INSERT INTO person (id, unit_id, display_name, age, weight, is_expert, photo)
                        VALUES (\(person.id), \(person.unitID), \(person.displayName), \(person.age),
                            \(person.weight), \(person.isExpert), \(person.photo))
                        """)
                }
                return try tx.rows("SELECT * FROM person ORDER BY id", as: Person.self)
            }
            #expect(back == people)
        }
    }

    @Test(arguments: Engine.allCases)
    func `whole numbers keep all their bits`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let numbers: [Int64] = [.min, -1, 0, (1 << 53) + 1, .max]
            for number in numbers {
                let back = try await db.read { tx in try tx.value("SELECT \(number)", as: Int64.self) }
                #expect(back == number)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `values and value read the first column`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            try await db.read { tx in
                let numbers: [Int] = try tx.values("SELECT 1 AS n UNION ALL SELECT 2 ORDER BY n")
                #expect(numbers == [1, 2])
                let optionals: [Int?] = try tx.values("SELECT 1 AS n UNION ALL SELECT NULL ORDER BY n DESC")
                #expect(optionals == [1, nil])
                #expect(try tx.value("SELECT count FROM counter WHERE id = 1", as: Bool.self) == false)
                #expect(try tx.value("SELECT count FROM counter WHERE id = 9", as: Int.self) == nil)
                #expect(try tx.value("SELECT NULL", as: String.self) == nil)
                #expect(try tx.row("SELECT 1 AS id WHERE 1 = 0", as: [String: Int].self) == nil)
            }
        }
    }

    @Test(arguments: Engine.allCases)
    func `raw rows are read by column and kind`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let rows = try await db.read { tx in
                try tx.rawRows("SELECT 7 AS number, 'x' AS word, NULL AS gap, \([UInt8]([9])) AS bytes")
            }
            let row = try #require(rows.first)
            #expect(row.columns == ["number", "word", "gap", "bytes"])
            #expect(try row.int64("number") == 7)
            #expect(try row.text("word") == "x")
            #expect(try row.optionalText("gap") == nil)
            #expect(try row.blob("bytes") == [9])
            #expect(row["absent"] == nil)
            #expect(
                await kind { _ = try row.int64("word") }
                    == .decoding(column: "word", wanted: "integer", found: "text"))
            #expect(
                await kind { _ = try row.text("gap") }
                    == .decoding(column: "gap", wanted: "text", found: "null"))
        }
    }

    @Test(arguments: Engine.allCases)
    func `what no engine keeps unchanged is refused`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let text = await kind { try await db.write { tx in _ = try tx.run("SELECT \("a\0b")") } }
            #expect(text == .unstorable("text with a NUL character"))
            let number = await kind { try await db.write { tx in _ = try tx.run("SELECT \(Double.nan)") } }
            #expect(number == .unstorable("not a number"))
        }
    }

    @Test(arguments: Engine.allCases)
    func `an empty list matches nothing and excludes nothing`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let none: [Int] = []
            let found = try await db.read { tx in
                let lists: [SQL] = ["IN \(list: none)", "NOT IN \(list: none)", "IN \(list: [3, 1])"]
                return try lists.map { list in
                    try tx.values("SELECT id FROM counter WHERE id \(sql: list)", as: Int.self)
                }
            }
            #expect(found == [[], [1], [1]])
        }
    }
}
