internal import Foundation
internal import GRDB

/// What the database refused. Carries the statement's text, never the values bound to it: they may be
/// personal data, and errors end in logs.
package struct StoreError: Error, Sendable {
    package enum Kind: Sendable, Hashable {
        /// A unique index or primary key, in the engine's words (SQLite: `table.column, …`).
        case uniqueViolation(String)
        case foreignKey
        /// A CHECK constraint, by name.
        case check(String)
        /// The column, in the engine's words (SQLite: `table.column`).
        case notNull(String)
        /// A value of another type than the column's.
        case datatype(String)
        /// A trigger of the schema refused, in the trigger's words.
        case trigger(String)
        /// Another process holds the database; the same work may succeed later.
        case busy
        /// A write inside `read`, or a database that may not be written.
        case readOnly
        /// The statement names something unknown or is not well-formed.
        case syntax(String)
        /// `found` is a kind ("text"), never the value itself.
        case decoding(column: String, wanted: String, found: String)
        /// A value that no engine keeps unchanged.
        case unstorable(String)
        /// A transaction used after its closure returned, or after one of its statements failed.
        case transactionOver(String)
        case other(code: Int, message: String)
    }

    package let kind: Kind
    /// The text of the statement, with placeholders.
    package let statement: String?

    package init(_ kind: Kind, statement: String? = nil) {
        self.kind = kind
        self.statement = statement
    }

    package var isUniqueViolation: Bool {
        if case .uniqueViolation = kind { true } else { false }
    }

    func naming(_ text: String) -> StoreError {
        statement == nil ? StoreError(kind, statement: text) : self
    }
}

extension StoreError: CustomStringConvertible {
    package var description: String {
        statement.map { "\(kind) in: \($0)" } ?? "\(kind)"
    }
}

extension StoreError.Kind: CustomStringConvertible {
    package var description: String {
        switch self {
        case .uniqueViolation(let constraint): "already there: \(constraint)"
        case .foreignKey: "a row refers to one that is not there"
        case .check(let constraint): "refused by the check \(constraint)"
        case .notNull(let column): "no value for \(column)"
        case .datatype(let message): message
        case .trigger(let message): "refused by a trigger: \(message)"
        case .busy: "the database is busy"
        case .readOnly: "the database is open for reading only"
        case .syntax(let message): "bad statement: \(message)"
        case .decoding(let column, let wanted, let found):
            "column \(column): wanted \(wanted), found \(found)"
        case .unstorable(let what): "cannot be stored: \(what)"
        case .transactionOver(let why): "the transaction is over: \(why)"
        case .other(let code, let message): "database error \(code): \(message)"
        }
    }
}

extension StoreError {
    /// - Parameter preparing: whether the statement was only being parsed, where a plain SQLITE_ERROR
    ///   means that it is wrong.
    init(_ error: DatabaseError, preparing: Bool = false, statement: String? = nil) {
        let message = error.message ?? ""
        // "UNIQUE constraint failed: person.email" → "person.email"
        let detail = message.range(of: " failed: ").map { String(message[$0.upperBound...]) } ?? message
        let code = Int(error.extendedResultCode.rawValue)
        let kind: Kind =
            switch error.extendedResultCode {
            case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID:
                .uniqueViolation(detail)
            case .SQLITE_CONSTRAINT_FOREIGNKEY: .foreignKey
            case .SQLITE_CONSTRAINT_CHECK: .check(detail)
            case .SQLITE_CONSTRAINT_NOTNULL: .notNull(detail)
            case .SQLITE_CONSTRAINT_DATATYPE, .SQLITE_MISMATCH: .datatype(detail)
            case .SQLITE_CONSTRAINT_TRIGGER: .trigger(detail)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_READONLY: .readOnly
            case .SQLITE_ERROR, .SQLITE_MISUSE:
                preparing ? .syntax(message) : .other(code: code, message: message)
            default: .other(code: code, message: message)
            }
        self.init(kind, statement: statement)
    }
}

/// Runs `work`, turning the driver's errors into ours.
func translating<T>(_ statement: String? = nil, preparing: Bool = false, _ work: () throws -> T) throws -> T {
    do {
        return try work()
    } catch let error as DatabaseError {
        throw StoreError(error, preparing: preparing, statement: statement)
    } catch let error as StoreError {
        throw statement.map(error.naming) ?? error
    }
}
