import Foundation
import Lifecycle
import Store

/// Replays every fact into an empty database and compares the projected tables row by row, both ways.
enum ProjectionCheck {
    struct Result {
        var found = FindingList()
        var rows = 0
    }

    static func run(_ projections: Projections, _ store: Transaction) throws -> Result {
        var result = Result()
        let erasures = try Erasures.all(store)
        let replay = try Database.inMemory()
        try Migrator(House.migrations()).migrate(replay)
        try replay.writeNow(.relaxed) { copy in
            compareSchemas(try store.schema(), try copy.schema(), &result.found)
            var last: Int64 = -1
            do {
                try store.forEach(JournalRow.all(below: .max)) { row in
                    let row = try JournalRow(row.values, erasures)
                    last = row.fact.number
                    try Replay.apply(row, projections, to: copy)
                }
            } catch {
                result.found.add(
                    Finding(
                        "replay.failed", in: "fact", row: "\(last)", "无法重放，其后的投影未比较：\(error)",
                        "cannot be replayed; projections were not compared: \(error)"))
                return
            }
            for table in projections.tables { try compare(table, store, copy, &result) }
        }
        try replay.close()
        return result
    }

    /// Tables, indexes, views and triggers are those that the migrations make: a trigger more could write where no fact
    /// did.
    private static func compareSchemas(
        _ ours: [String: String], _ theirs: [String: String], _ found: inout FindingList
    ) {
        for name in Set(ours.keys).union(theirs.keys).sorted() where ours[name] != theirs[name] {
            switch (ours[name], theirs[name]) {
            case (.some, nil):
                found.add(
                    Finding(
                        "schema.extra", in: "schema", row: name, "不是本系统建立的", "the migrations did not make it")
                )
            case (nil, _):
                found.add(
                    Finding("schema.missing", in: "schema", row: name, "已不在数据库里", "it is no longer there"))
            case (.some, .some):
                found.add(
                    Finding(
                        "schema.differs", in: "schema", row: name, "定义与本系统建立的不同",
                        "it is not as the migrations made it"))
            }
        }
    }

    private static func compare(
        _ table: ProjectedTable, _ store: Transaction, _ copy: Transaction, _ result: inout Result
    ) throws {
        var ours = try TableCursor(table, store)
        var theirs = try TableCursor(table, copy)
        let name = "\(table.name)"
        while true {
            switch (ours.row, theirs.row) {
            case (nil, nil): return
            case (let row?, nil):
                result.found.add(extra(name, ours.keyText(row)))
                try ours.advance()
            case (nil, let row?):
                result.found.add(missing(name, theirs.keyText(row)))
                try theirs.advance()
            case (let row?, let should?):
                let (key, shouldKey) = (ours.key(row), theirs.key(should))
                if key == shouldKey {
                    result.rows += 1
                    if row.values != should.values || row.columns != should.columns {
                        let column = zip(row.columns, zip(row.values, should.values)).first { $1.0 != $1.1 }?
                            .0
                        result.found.add(
                            Finding(
                                "row.differs", in: name, row: ours.keyText(row), column: column,
                                "与事实推出的不符", "differs from what the facts give"))
                    }
                    try ours.advance()
                    try theirs.advance()
                } else if key.precedes(shouldKey) {
                    result.found.add(extra(name, ours.keyText(row)))
                    try ours.advance()
                } else {
                    result.found.add(missing(name, theirs.keyText(should)))
                    try theirs.advance()
                }
            }
        }
    }

    private static func extra(_ table: String, _ key: String) -> Finding {
        Finding("row.extra", in: table, row: key, "没有事实产生这一行", "no fact made this row")
    }

    private static func missing(_ table: String, _ key: String) -> Finding {
        Finding(
            "row.missing", in: table, row: key, "事实推出的这一行不在", "the facts give this row, but it is missing")
    }
}

/// A table's rows in the order of its key, a page at a time.
private struct TableCursor {
    private let table: ProjectedTable
    private let store: Transaction
    private let keyPlaces: [Int]
    private var page: [Row]
    private var place = 0
    private static let length = 1_000

    init(_ table: ProjectedTable, _ store: Transaction) throws {
        self.table = table
        self.store = store
        page = try store.rawRows(
            "SELECT * FROM \(identifier: table.name) ORDER BY \(sql: table.order) LIMIT \(Self.length)")
        let columns = page.first?.columns ?? []
        let names = "\(table.key)".split(separator: ",").map { String($0).trimmed }
        keyPlaces = names.compactMap { columns.firstIndex(of: $0) }
    }

    var row: Row? { place < page.count ? page[place] : nil }

    func key(_ row: Row) -> [SQLValue] { keyPlaces.map { row.values[$0] } }

    func keyText(_ row: Row) -> String {
        key(row).map { value in
            switch value {
            case .text(let text): text
            case .integer(let number): "\(number)"
            case .null, .real, .blob: "?"
            }
        }.joined(separator: ", ")
    }

    mutating func advance() throws {
        place += 1
        guard place == page.count, page.count == Self.length, let last = page.last else { return }
        place = 0
        let after = key(last).map { value -> SQL in "\(value)" }.joined(", ")
        page = try store.rawRows(
            """
            SELECT * FROM \(identifier: table.name) WHERE (\(sql: table.order)) > (\(sql: after))
            ORDER BY \(sql: table.order) LIMIT \(Self.length)
            """)
    }
}

extension ProjectedTable {
    fileprivate var order: SQL { SQL(stringLiteral: key) }
}

extension [SQLValue] {
    /// The engine's own order: null, numbers, text by its bytes, blobs.
    fileprivate func precedes(_ other: [SQLValue]) -> Bool {
        for (left, right) in zip(self, other) where left != right {
            switch (left, right) {
            case (.integer(let left), .integer(let right)): return left < right
            case (.text(let left), .text(let right)):
                return left.utf8.lexicographicallyPrecedes(right.utf8)
            case (.blob(let left), .blob(let right)): return left.lexicographicallyPrecedes(right)
            default: return left.rank < right.rank
            }
        }
        return false
    }
}

extension SQLValue {
    fileprivate var rank: Int {
        switch self {
        case .null: 0
        case .integer, .real: 1
        case .text: 2
        case .blob: 3
        }
    }
}
