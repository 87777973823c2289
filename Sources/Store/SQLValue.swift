/// A value as an engine stores it: the five kinds both engines share.
///
/// Booleans are integers (0, 1), instants integer milliseconds, money integer fen.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])

    /// The kind alone, fit for an error message: a value may be personal data.
    var kind: String {
        switch self {
        case .null: "null"
        case .integer: "integer"
        case .real: "real"
        case .text: "text"
        case .blob: "blob"
        }
    }

    /// Why no engine keeps this value unchanged, or nil where it does.
    ///
    /// PostgreSQL refuses a NUL in text and SQLite's interface would cut the text there; SQLite turns a
    /// NaN into NULL. Either would answer with something else than was written.
    var unstorable: String? {
        switch self {
        case .text(let text): text.utf8.contains(0) ? "text with a NUL character" : nil
        case .real(let number): number.isNaN ? "not a number" : nil
        case .null, .integer, .blob: nil
        }
    }
}

/// What may be bound to a placeholder of a statement.
package protocol SQLBindable {
    var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
    package var sqlValue: SQLValue { self }
}

extension String: SQLBindable {
    package var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLBindable {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLBindable {
    package var sqlValue: SQLValue { .integer(self) }
}

extension Bool: SQLBindable {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension Double: SQLBindable {
    package var sqlValue: SQLValue { .real(self) }
}

extension [UInt8]: SQLBindable {
    package var sqlValue: SQLValue { .blob(self) }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

/// Lets an enum or an identifier with a bindable raw value conform by naming the protocol.
extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    package var sqlValue: SQLValue { rawValue.sqlValue }
}
