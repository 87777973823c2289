import Foundation
import Store
import Testing

/// The engines every contract test runs on.
enum Engine: CaseIterable, CustomTestStringConvertible {
    case sqliteFile
    case sqliteMemory

    var testDescription: String {
        switch self {
        case .sqliteFile: "SQLite in a file"
        case .sqliteMemory: "SQLite in memory"
        }
    }

    /// Hands `body` a database with the schema below, and removes it afterwards.
    @discardableResult
    func withDatabase<T>(_ body: (Database) async throws -> T) async throws -> T {
        try await withFolder { folder in
            let db: Database =
                switch self {
                case .sqliteFile: try .open(path: folder + "/store.sqlite")
                case .sqliteMemory: try .inMemory()
                }
            try Migrator([Self.schema]).migrate(db)
            let result = try await body(db)
            try db.close()
            return result
        }
    }

    static let schema = Migration(
        number: 1, name: "schema",
        sql: """
            CREATE TABLE unit (
                id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                name TEXT NOT NULL UNIQUE
            );
            CREATE TABLE person (
                id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                unit_id BIGINT REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED,
                display_name TEXT NOT NULL,
                age BIGINT CONSTRAINT age_is_possible CHECK (age BETWEEN 0 AND 150),
                weight DOUBLE PRECISION,
                is_expert BOOLEAN NOT NULL DEFAULT FALSE,
                photo BYTEA
            );
            CREATE TABLE counter (id BIGINT PRIMARY KEY, count BIGINT NOT NULL);
            INSERT INTO counter (id, count) VALUES (1, 0);
            """)
}

/// A folder of its own, removed afterwards.
func withFolder<T>(_ body: (String) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.path + "/store-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try await body(folder)
}

/// The kind of the error `work` throws, or nil.
func kind(_ work: () async throws -> Void) async -> StoreError.Kind? {
    do {
        try await work()
        return nil
    } catch {
        return (error as? StoreError)?.kind
    }
}
