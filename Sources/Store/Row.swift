/// One row of an answer, for the few places that cannot name a type for it.
package struct Row: Sendable {
    package let columns: [String]
    package let values: [SQLValue]

    package init(columns: [String], values: [SQLValue]) {
        precondition(columns.count == values.count, "a value for each column")
        self.columns = columns
        self.values = values
    }

    /// The value of the first column of that name, or nil where there is none.
    package subscript(_ column: String) -> SQLValue? {
        columns.firstIndex(of: column).map { values[$0] }
    }

    package func optionalInt64(_ column: String) throws -> Int64? {
        switch try value(column) {
        case .integer(let number): number
        case .null: nil
        case let other: throw mismatch(column, "integer", other)
        }
    }

    package func optionalDouble(_ column: String) throws -> Double? {
        switch try value(column) {
        case .real(let number): number
        case .integer(let number): Double(number)
        case .null: nil
        case let other: throw mismatch(column, "real", other)
        }
    }

    package func optionalText(_ column: String) throws -> String? {
        switch try value(column) {
        case .text(let text): text
        case .null: nil
        case let other: throw mismatch(column, "text", other)
        }
    }

    package func optionalBlob(_ column: String) throws -> [UInt8]? {
        switch try value(column) {
        case .blob(let bytes): bytes
        case .null: nil
        case let other: throw mismatch(column, "blob", other)
        }
    }

    package func int64(_ column: String) throws -> Int64 {
        try present(optionalInt64(column), column, "integer")
    }

    package func double(_ column: String) throws -> Double {
        try present(optionalDouble(column), column, "real")
    }

    package func text(_ column: String) throws -> String {
        try present(optionalText(column), column, "text")
    }

    package func blob(_ column: String) throws -> [UInt8] {
        try present(optionalBlob(column), column, "blob")
    }

    private func value(_ column: String) throws -> SQLValue {
        guard let value = self[column] else {
            throw StoreError(.decoding(column: column, wanted: "a column of that name", found: "none"))
        }
        return value
    }

    private func present<T>(_ value: T?, _ column: String, _ wanted: String) throws -> T {
        guard let value else { throw mismatch(column, wanted, .null) }
        return value
    }

    private func mismatch(_ column: String, _ wanted: String, _ found: SQLValue) -> StoreError {
        StoreError(.decoding(column: column, wanted: wanted, found: found.kind))
    }
}
