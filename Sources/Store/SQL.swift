/// A statement, or a piece of one: text written in the source, and values bound apart from it.
///
/// ```swift
/// let open: SQL = "state = \(state) AND unit_id IN \(list: units)"
/// let query: SQL = "SELECT id FROM application WHERE \(sql: open)"
/// ```
///
/// Literals are `StaticString`, so text that arrives at run time can only become a bound value.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
    enum Part: Sendable, Equatable {
        case text(String)
        case value(SQLValue)
        /// A list without members; each engine has its own words for it.
        case emptyList
    }

    private(set) var parts: [Part]
    /// Whether the text is one of very many that differ only in their placeholders, so that keeping the statement is
    /// a waste.
    private(set) var variesInLength: Bool

    /// The empty text, the start of a sum.
    package init() {
        parts = []
        variesInLength = false
    }

    package init(stringLiteral text: StaticString) {
        self.init()
        append(text)
    }

    package init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    package var isEmpty: Bool { parts.isEmpty }

    /// The values in the order of their placeholders.
    package var arguments: [SQLValue] {
        parts.compactMap { part in
            switch part {
            case .value(let value): value
            case .text, .emptyList: nil
            }
        }
    }

    /// The text with `?` for each value, as SQLite takes it. Never holds a value.
    package var text: String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let piece): text += piece
            case .value: text += "?"
            case .emptyList: text += "()"
            }
        }
        return text
    }

    package static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.append(right)
        return sum
    }

    package static func += (left: inout SQL, right: SQL) {
        left.append(right)
    }

    private mutating func append(_ text: StaticString) {
        let text = text.description
        if !text.isEmpty { parts.append(.text(text)) }
    }

    private mutating func append(_ other: SQL) {
        parts += other.parts
        variesInLength = variesInLength || other.variesInLength
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = SQL()

        package init(literalCapacity: Int, interpolationCount: Int) {
            sql.parts.reserveCapacity(2 * interpolationCount + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            sql.append(literal)
        }

        /// A bound value.
        package mutating func appendInterpolation(_ value: some SQLBindable) {
            sql.parts.append(.value(value.sqlValue))
        }

        /// A bound value or NULL. Naming the optional tells the compiler that it is meant, which would
        /// otherwise warn of printing one.
        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            sql.parts.append(.value(value?.sqlValue ?? .null))
        }

        /// Another piece with its own values.
        package mutating func appendInterpolation(sql other: SQL) {
            sql.append(other)
        }

        /// `(?, ?, ?, ?)`, for `IN`. An empty list matches nothing.
        ///
        /// The last member stands as often as it takes to the next power of two, which changes no answer of `IN`: so
        /// a statement has few texts, and each is prepared once. Preparing one that reads many columns takes
        /// milliseconds, since the driver notes each of them.
        package mutating func appendInterpolation(list values: [some SQLBindable]) {
            guard let last = values.last else {
                sql.parts.append(.emptyList)
                return
            }
            let isKept = values.count <= StringInterpolation.mostKept
            if !isKept { sql.variesInLength = true }
            let width = isKept ? 1 << (Int.bitWidth - (values.count - 1).leadingZeroBitCount) : values.count
            for index in 0..<width {
                sql.parts.append(.text(index == 0 ? "(" : ", "))
                sql.parts.append(.value((index < values.count ? values[index] : last).sqlValue))
            }
            sql.parts.append(.text(")"))
        }

        /// Members of a list whose statement is kept, at most: eight texts then.
        private static let mostKept = 128

        /// A table or column named by the source, quoted: lower-case letters, digits and underscores.
        package mutating func appendInterpolation(identifier: StaticString) {
            let name = identifier.description
            precondition(
                !name.isEmpty
                    && name.utf8.allSatisfy { byte in
                        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                            || byte == UInt8(ascii: "_")
                    },
                "an identifier is written in lower case, so that both engines read the same name")
            sql.parts.append(.text("\"\(name)\""))
        }
    }
}

extension SQL: CustomStringConvertible, CustomReflectable {
    package var description: String { text }
    /// Hides the values from `dump` and from logs.
    package var customMirror: Mirror { Mirror(self, children: ["text": text]) }
}

extension [SQL] {
    /// The pieces with `separator` between them; the empty piece for an empty array.
    package func joined(_ separator: SQL) -> SQL {
        var whole = SQL()
        for (index, piece) in enumerated() {
            if index > 0 { whole += separator }
            whole += piece
        }
        return whole
    }
}
