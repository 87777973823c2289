import Store
import Testing

@Suite struct MigrationTests {
    private static let one = Migration(number: 1, name: "one", sql: "CREATE TABLE a (id BIGINT PRIMARY KEY)")
    private static let two = Migration(number: 2, name: "two", sql: "ALTER TABLE a ADD COLUMN note TEXT;")
    private static let three = Migration(
        number: 3, name: "three", sql: "INSERT INTO a (id, note) VALUES (1, 'x')")

    @Test func `migrations are applied once and in order of number`() throws {
        let db = try Database.inMemory()
        let migrator = try Migrator([Self.two, Self.one])
        #expect(try migrator.pending(db).map(\.number) == [1, 2])
        #expect(try migrator.migrate(db) == ["one", "two"])
        #expect(try migrator.migrate(db) == [])
        let more = try Migrator([Self.one, Self.two, Self.three])
        #expect(try more.pending(db) == [Self.three])
        #expect(try more.migrate(db) == ["three"])
        #expect(try db.readNow { tx in try tx.value("SELECT note FROM a") } == "x")
    }

    @Test func `numbers are each there once`() {
        #expect(throws: MigrationRefused.gap(2)) { try Migrator([Self.one, Self.three]) }
        #expect(throws: MigrationRefused.gap(1)) { try Migrator([Self.two]) }
        #expect(throws: MigrationRefused.duplicate(1)) { try Migrator([Self.one, Self.two, Self.one]) }
    }

    @Test func `a changed text is refused`() throws {
        let db = try Database.inMemory()
        try Migrator([Self.one]).migrate(db)
        let edited = Migration(number: 1, name: "one", sql: Self.one.sql + " ")
        #expect(throws: MigrationRefused.changed(number: 1, name: "one")) {
            try Migrator([edited, Self.two]).migrate(db)
        }
        #expect(throws: MigrationRefused.changed(number: 1, name: "one")) {
            try Migrator([edited]).pending(db)
        }
    }

    @Test func `a database of a newer program is refused`() throws {
        let db = try Database.inMemory()
        try Migrator([Self.one, Self.two]).migrate(db)
        #expect(throws: MigrationRefused.newerDatabase(at: 2, known: 1)) {
            try Migrator([Self.one]).migrate(db)
        }
    }

    @Test func `a migration that fails leaves nothing and keeps those before it`() throws {
        let db = try Database.inMemory()
        let bad = Migration(
            number: 2, name: "bad", sql: "CREATE TABLE b (id BIGINT); CREATE TABLE a (id BIGINT);")
        #expect(throws: StoreError.self) { try Migrator([Self.one, bad]).migrate(db) }
        #expect(try Migrator([Self.one, Self.two]).pending(db) == [Self.two])
        #expect(throws: StoreError.self) { try db.readNow { tx in try tx.rawRows("SELECT * FROM b") } }
    }

    @Test func `every table is strict and words in quotes and comments stay`() async throws {
        let db = try Database.inMemory()
        let sql = """
            -- CREATE TABLE in a comment (BIGINT)
            CREATE TABLE IF NOT EXISTS t ( -- it's here
                id BIGINT  GENERATED ALWAYS
                    AS IDENTITY PRIMARY KEY,
                flag BOOLEAN, data BYTEA, share DOUBLE PRECISION CHECK (share IN (0.5, 1)),
                word TEXT NOT NULL DEFAULT 'BIGINT; it''s (BYTEA', /* BOOLEAN ( */
                big BIGINT, bigint_like TEXT
            );
            CREATE INDEX t_word ON t (word);
            create table u (id bigint primary key, t_id bigint references t (id));
            CREATE TRIGGER t_stays BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 't stays'); END;
            """
        try Migrator([Migration(number: 1, name: "t", sql: sql)]).migrate(db)
        let tables: [String] = try db.readNow { tx in
            try tx.values("SELECT name FROM pragma_table_list WHERE strict = 1 ORDER BY name")
        }
        #expect(tables == ["schema_migration", "t", "u"])
        let types: [String] = try db.readNow { tx in
            try tx.values("SELECT type FROM pragma_table_info('t') ORDER BY cid")
        }
        #expect(types == ["INTEGER", "INTEGER", "BLOB", "REAL", "TEXT", "INTEGER", "TEXT"])
        try db.writeNow { tx in
            try tx.run("INSERT INTO t (flag) VALUES (\(true))")
            #expect(try tx.value("SELECT word FROM t") == "BIGINT; it's (BYTEA")
        }
        #expect(
            await kind { try db.writeNow { tx in _ = try tx.run("DELETE FROM t") } } == .trigger("t stays"))
    }
}
