internal import Foundation
internal import GRDB

/// The statements of one transaction. Valid only inside the closure it is handed to.
///
/// A failed statement ends the transaction, as PostgreSQL has it: what follows is refused and nothing is
/// kept, also where the error was caught. Work that may fail alone goes into ``savepoint(_:)``.
package struct Transaction {
    /// What the copies of one transaction share.
    final class State {
        var failure: StoreError?
        var isOver = false
    }

    private let db: GRDB.Database
    private let watch: (@Sendable (String) -> Void)?
    let state = State()

    init(_ db: GRDB.Database, watch: (@Sendable (String) -> Void)? = nil) {
        self.db = db
        self.watch = watch
    }

    /// Runs a statement.
    ///
    /// - Returns: the number of rows it changed; triggers and cascades not counted.
    @discardableResult
    package func run(_ sql: SQL) throws -> Int {
        var changed = 0
        try perform(sql) { statement, arguments in
            let before = db.totalChangesCount
            try statement.execute(arguments: arguments)
            // SQLite leaves the last count standing after a statement that changes no rows.
            changed = db.totalChangesCount == before ? 0 : db.changesCount
        }
        return changed
    }

    /// All rows, each decoded from its columns: `applied_at` fills `appliedAt`.
    package func rows<T: Decodable>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
        var rows: [T] = []
        try stream(sql) { columns, values in
            rows.append(try RowDecoder(columns: columns, values: values).decode(type))
            return true
        }
        return rows
    }

    /// The first row, or nil where there is none.
    package func row<T: Decodable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
        var row: T?
        try stream(sql) { columns, values in
            row = try RowDecoder(columns: columns, values: values).decode(type)
            return false
        }
        return row
    }

    /// The first column of the first row; nil where there is no row or the value is NULL.
    package func value<T: Decodable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
        var value: T?
        try stream(sql) { columns, values in
            guard let first = values.first, first != .null else { return false }
            value = try ColumnDecoder(column: columns.names[0], value: first).decode(type)
            return false
        }
        return value
    }

    /// The first column of each row.
    package func values<T: Decodable>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
        var found: [T] = []
        try stream(sql) { columns, values in
            guard let first = values.first else { return false }
            found.append(try ColumnDecoder(column: columns.names[0], value: first).decode(type))
            return true
        }
        return found
    }

    package func rawRows(_ sql: SQL) throws -> [Row] {
        var rows: [Row] = []
        try stream(sql) { columns, values in
            rows.append(Row(columns: columns.names, values: values))
            return true
        }
        return rows
    }

    /// Hands over one row after another without holding them all. `body` may run other statements.
    package func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        // Not a kept statement: `body` may run the same text, which would rewind this one.
        try stream(sql, kept: false) { columns, values in
            try body(Row(columns: columns.names, values: values))
            return true
        }
    }

    /// Runs `body` so that it can fail alone: where it throws, its own changes are undone and the
    /// transaction goes on.
    package func savepoint<T>(_ body: () throws -> T) throws -> T {
        try check()
        var result: Result<T, any Error>?
        do {
            try db.inSavepoint {
                let value = try body()
                try check()
                result = .success(value)
                return .commit
            }
        } catch {
            state.failure = nil
            throw (error as? DatabaseError).map { StoreError($0) } ?? error
        }
        guard let result else { throw StoreError(.transactionOver("a savepoint without an end")) }
        return try result.get()
    }

    /// Runs a text of several statements, without values.
    func script(_ text: String) throws {
        try guarding(text, preparing: true) { try db.execute(sql: text) }
    }

    /// The steps by which the engine would answer a statement, whatever its values: `SEARCH person USING INDEX …`.
    func plan(of statement: String) throws -> [String] {
        try guarding(statement, preparing: true) {
            let explaining = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(statement)")
            // No plan depends on a value.
            explaining.setUncheckedArguments([])
            let steps = try GRDB.Row.fetchAll(explaining)
            return steps.map { $0["detail"] as String }
        }
    }

    /// What the schema holds beside the engine's own: `table fact`, `trigger x`, by kind and name, each with its text.
    package func schema() throws -> [String: String] {
        struct Object: Decodable, Sendable {
            let type: String
            let name: String
            let sql: String
        }
        let objects = try rows(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite|_%' ESCAPE '|'",
            as: Object.self)
        return Dictionary(uniqueKeysWithValues: objects.map { ("\($0.type) \($0.name)", $0.sql) })
    }

    /// Whether the schema has that table.
    package func hasTable(_ name: String) throws -> Bool {
        try guarding("table \(name)") { try db.tableExists(name) }
    }

    /// Refuses use after the end or after a failure.
    func check() throws {
        if state.isOver { throw StoreError(.transactionOver("used outside its closure")) }
        if let failure = state.failure {
            throw StoreError(.transactionOver("\(failure.kind)"), statement: failure.statement)
        }
    }

    private func stream(
        _ sql: SQL, kept: Bool = true, _ body: (Columns, [SQLValue]) throws -> Bool
    ) throws {
        try perform(sql, kept: kept) { statement, arguments in
            let cursor = try GRDB.Row.fetchCursor(statement, arguments: arguments)
            let columns = Columns(statement.columnNames)
            let width = columns.names.count
            while let row = try cursor.next() {
                let values = (0..<width).map { SQLValue(row[$0] as DatabaseValue) }
                do {
                    guard try body(columns, values) else { return }
                } catch {
                    throw Passing(error: error)
                }
            }
        }
    }

    /// An error of the caller's closure on its way out: no failure of the statement.
    private struct Passing: Error { let error: any Error }

    private func perform(
        _ sql: SQL, kept: Bool = true, _ work: (Statement, StatementArguments) throws -> Void
    ) throws {
        let text = sql.text
        watch?(text)
        do {
            let values = sql.arguments
            if let reason = values.lazy.compactMap(\.unstorable).first {
                throw StoreError(.unstorable(reason), statement: text)
            }
            let statement = try guarding(text, preparing: true) {
                kept && !sql.variesInLength
                    ? try db.cachedStatement(sql: text) : try db.makeStatement(sql: text)
            }
            try guarding(text) { try work(statement, StatementArguments(values.map(\.bound))) }
        } catch let passing as Passing {
            throw (passing.error as? StoreError)?.naming(text) ?? passing.error
        }
    }

    private func guarding<T>(_ text: String, preparing: Bool = false, _ work: () throws -> T) throws -> T {
        try check()
        do {
            return try translating(text, preparing: preparing, work)
        } catch let error as StoreError {
            state.failure = error
            throw error
        }
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        case .double(let number): self = .real(number)
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob([UInt8](data))
        }
    }

    /// As an existential: of values of one type the driver takes a key path of each, which costs more than the binding.
    fileprivate var bound: (any DatabaseValueConvertible)? { databaseValue }

    private var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        }
    }
}
