import Lifecycle
import Store

/// The place in an order that a page of a list begins after: the keys of the last row before it.
struct ListPlace: Sendable, Hashable {
    let keys: [String]

    init(_ keys: [String]) { self.keys = keys }

    /// As an address has it, key after key: `2026-000050`, `wang|person-7`.
    init(text: String) {
        let parts = text.isEmpty ? [] : text.split(separator: "|", omittingEmptySubsequences: false)
        keys = parts.map { part -> String in
            String(part).replacing("~1", with: "|").replacing("~0", with: "~")
        }
    }

    var text: String {
        let parts = keys.map { key -> String in
            key.replacing("~", with: "~0").replacing("|", with: "~1")
        }
        return parts.joined(separator: "|")
    }
}

/// An order in which no two rows share a place, so that a page can begin after any row of it.
///
/// Its columns all run the same way (a number that runs the other way is written as a negative one): so they compare
/// as one row value, along which both engines walk an index.
struct ListOrder: Sendable {
    enum Column: Sendable {
        case text(SQL)
        case number(SQL)

        var sql: SQL {
            switch self {
            case .text(let sql), .number(let sql): sql
            }
        }
    }

    let columns: [Column]
    let descending: Bool

    /// - Parameter columns: never NULL, and together unique.
    init(_ columns: [Column], descending: Bool = false) {
        self.columns = columns
        self.descending = descending
    }

    /// What stands after ORDER BY.
    var clause: SQL {
        columns.map { $0.sql + (descending ? " DESC" : " ASC") }.joined(", ")
    }

    /// The rows after a place; nil where the place is none of this order: then the list begins at its beginning.
    func condition(after place: ListPlace) -> SQL? {
        guard place.keys.count == columns.count else { return nil }
        var values: [SQL] = []
        for (column, key) in zip(columns, place.keys) {
            switch column {
            case .text: values.append("\(key)")
            case .number:
                guard let number = Int64(key) else { return nil }
                values.append("\(number)")
            }
        }
        let sign: SQL = descending ? "<" : ">"
        return "(\(sql: columns.map(\.sql).joined(", "))) \(sql: sign) (\(sql: values.joined(", ")))"
    }
}

/// One page of a list.
struct Paged<Row: Sendable>: Sendable {
    let rows: [Row]
    /// Where the next page begins; nil on the last.
    let next: ListPlace?
    let isFirst: Bool

    /// - Parameters:
    ///   - read: one row more than the page holds, where there is a next page.
    ///   - keys: of a row, in the order's columns.
    init(_ read: [Row], size: Int, isFirst: Bool, keys: (Row) -> [String]) {
        rows = Array(read.prefix(size))
        next = read.count > size ? rows.last.map { ListPlace(keys($0)) } : nil
        self.isFirst = isFirst
    }

    private init(rows: [Row], next: ListPlace?, isFirst: Bool) {
        self.rows = rows
        self.next = next
        self.isFirst = isFirst
    }

    /// The same page of what the rows tell.
    func map<Other: Sendable>(_ transform: (Row) throws -> Other) rethrows -> Paged<Other> {
        Paged<Other>(rows: try rows.map(transform), next: next, isFirst: isFirst)
    }

    /// The same page, whose next place begins with a key more: what the order itself depends on.
    func leading(with key: String) -> Paged {
        Paged(rows: rows, next: next.map { ListPlace([key] + $0.keys) }, isFirst: isFirst)
    }
}

extension Transaction {
    /// Reads one page.
    ///
    /// - Parameters:
    ///   - select: the statement up to its WHERE.
    ///   - after: where the page begins, as the address has it; whatever else stands there begins the list anew.
    ///   - keys: of a row, in the order's columns.
    func page<Row: Decodable & Sendable>(
        _ select: SQL, where conditions: [SQL] = [], in order: ListOrder, after: ListPlace, size: Int,
        keys: (Row) -> [String]
    ) throws -> Paged<Row> {
        let beyond = order.condition(after: after)
        let all = conditions + (beyond.map { [$0] } ?? [])
        let rows = try rows(
            """
            \(sql: select) WHERE \(sql: all.isEmpty ? "1 = 1" : all.joined(" AND "))
            ORDER BY \(sql: order.clause) LIMIT \(size + 1)
            """, as: Row.self)
        return Paged(rows, size: size, isFirst: beyond == nil, keys: keys)
    }
}
