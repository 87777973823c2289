/// One numbered step of the schema, written in the words both engines share (see ``Dialect``).
package struct Migration: Sendable, Hashable {
    package let number: Int
    package let name: String
    package let sql: String

    package init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }
}

/// Why a schema cannot be brought up to date.
package enum MigrationRefused: Error, Sendable, Hashable, CustomStringConvertible {
    /// Two migrations bear the same number.
    case duplicate(Int)
    /// Numbers run 1, 2, 3 …; this one is missing.
    case gap(Int)
    /// The database has been migrated by a newer program.
    case newerDatabase(at: Int, known: Int)
    /// The text of a migration that was applied is not the text it has now.
    case changed(number: Int, name: String)

    package var description: String {
        switch self {
        case .duplicate(let number):
            "two migrations bear the number \(number)"
        case .gap(let number):
            "migration \(number) is missing; numbers run 1, 2, 3 …"
        case .newerDatabase(let at, let known):
            "the database is at migration \(at), but this program knows only \(known): use a newer program"
        case .changed(let number, let name):
            "these data were made by a program with another schema \(number) (\(name)), which this program would misread: use that program, or begin with an empty folder (a schema file is never edited once data were made with it; add a new one)"
        }
    }
}

/// Brings a database to the newest schema, one transaction a migration.
package struct Migrator: Sendable {
    package let migrations: [Migration]

    package init(_ migrations: [Migration]) throws(MigrationRefused) {
        let sorted = migrations.sorted { $0.number < $1.number }
        for (place, migration) in sorted.enumerated() where migration.number != place + 1 {
            throw place > 0 && sorted[place - 1].number == migration.number
                ? .duplicate(migration.number) : .gap(place + 1)
        }
        self.migrations = sorted
    }

    /// Applies what is missing. Blocks; two programs at once take turns.
    ///
    /// - Returns: the names of the migrations applied, in order.
    @discardableResult
    package func migrate(_ db: Database) throws -> [String] {
        var applied: [String] = []
        // The next one is found inside its own transaction: another program may be migrating too.
        while let name = try db.writeNow(.full, applyNext) { applied.append(name) }
        return applied
    }

    /// The migrations not yet applied, in order.
    package func pending(_ db: Database) throws -> [Migration] {
        try db.readNow(pending)
    }

    private func applyNext(_ tx: Transaction) throws -> String? {
        if try !tx.hasTable("schema_migration") {
            try tx.script(Dialect.sqlite(Self.history))
        }
        guard let next = try pending(tx).first else { return nil }
        try tx.script(Dialect.sqlite(next.sql))
        try tx.run(
            """
            INSERT INTO schema_migration (number, name, sql)
            VALUES (\(next.number), \(next.name), \(next.sql))
            """)
        return next.name
    }

    private func pending(_ tx: Transaction) throws -> [Migration] {
        guard try tx.hasTable("schema_migration") else { return migrations }
        let applied: [Applied] = try tx.rows("SELECT number, name, sql FROM schema_migration ORDER BY number")
        if let last = applied.last, last.number > migrations.count {
            throw MigrationRefused.newerDatabase(at: last.number, known: migrations.count)
        }
        for (place, old) in applied.enumerated() {
            guard old.number == place + 1 else { throw MigrationRefused.gap(place + 1) }
            guard old.sql == migrations[place].sql else {
                throw MigrationRefused.changed(number: old.number, name: migrations[place].name)
            }
        }
        return Array(migrations.dropFirst(applied.count))
    }

    private struct Applied: Decodable {
        let number: Int
        let name: String
        let sql: String
    }

    private static let history = """
        CREATE TABLE schema_migration (
            number BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            sql TEXT NOT NULL
        );
        """
}
