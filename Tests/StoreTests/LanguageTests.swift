import Store
import Testing

/// The words of SQL the system leans on, beyond the plainest.
@Suite struct LanguageTests {
    struct Tally: Decodable, Equatable {
        var name: String
        var place: Int
        var experts: Int
    }

    @Test(arguments: Engine.allCases)
    func `RETURNING and ON CONFLICT`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let names: [String] = try await db.write { tx in
                let id = try tx.value("INSERT INTO unit (name) VALUES (\("甲")) RETURNING id", as: Int64.self)
                #expect(id == 1)
                #expect(try tx.run("INSERT INTO unit (name) VALUES (\("甲")) ON CONFLICT DO NOTHING") == 0)
                let both = try tx.values(
                    "INSERT INTO unit (name) VALUES ('乙'), ('丙') RETURNING id", as: Int64.self)
                #expect(both == [2, 3])
                try tx.run(
                    """
                    INSERT INTO unit (id, name) VALUES (2, \("丁"))
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name
                    """)
                return try tx.values("SELECT name FROM unit ORDER BY id")
            }
            #expect(names == ["甲", "丁", "丙"])
        }
    }

    @Test(arguments: Engine.allCases)
    func `the first of several returned rows leaves all inserted`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            try await db.write { tx in
                _ = try tx.value(
                    "INSERT INTO unit (name) VALUES ('a'), ('b'), ('c') RETURNING id", as: Int64.self)
            }
            #expect(try await db.read { tx in try tx.value("SELECT count(*) FROM unit") } == 3)
        }
    }

    @Test(arguments: Engine.allCases)
    func `common table expressions, windows and FILTER`(engine: Engine) async throws {
        try await engine.withDatabase { db in
            let tallies: [Tally] = try await db.write { tx in
                try tx.run("INSERT INTO unit (id, name) VALUES (1, 'north'), (2, 'south')")
                try tx.run(
                    """
                    INSERT INTO person (unit_id, display_name, is_expert)
                    VALUES (1, 'a', \(true)), (1, 'b', \(false)), (2, 'c', \(true)), (2, 'd', \(true))
                    """)
                return try tx.rows(
                    """
                    WITH tally AS (
                        SELECT unit_id, count(*) FILTER (WHERE is_expert = \(true)) AS experts
                        FROM person GROUP BY unit_id
                    )
                    SELECT unit.name, row_number() OVER (ORDER BY experts DESC) AS place, experts
                    FROM tally JOIN unit ON unit.id = tally.unit_id ORDER BY place
                    """)
            }
            #expect(
                tallies == [
                    Tally(name: "south", place: 1, experts: 2), Tally(name: "north", place: 2, experts: 1),
                ])
        }
    }
}
