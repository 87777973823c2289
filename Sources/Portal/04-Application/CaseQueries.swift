import Lifecycle
import Store

/// The list of applications, a page at a time.
///
/// First the keys of at most ``mostCounted`` + 1 matches are read, which a narrow index answers: they are the
/// count, and where there are no more, also the order. Only where more match does the database keep the order
/// itself, along an index; then matches lie so dense that a page is found soon.
enum CaseQueries {
    static let pageSize = 50
    /// Counting stops here: “1000+”.
    static let mostCounted = 1000

    struct Listing: Sendable {
        let rows: [(record: DossierRecord, seen: Seen<DossierRecord>)]
        let count: Int
        let isCapped: Bool
        /// Keys of the last row, where there is a next page.
        let next: [String]?
    }

    static func page(_ filter: CaseFilter, for viewer: Viewer, _ store: Transaction) throws -> Listing {
        let scope = try CaseScope(viewer, store)
        let search = try CaseSearch(filter.text, store)
        let keys = try store.rawRows(keysQuery(filter, search, scope, most: mostCounted + 1)).map(KeyRow.init)
        let isCapped = keys.count > mostCounted
        var page: [Keyed]
        if isCapped {
            page = try store.rawRows(orderedQuery(filter, search, scope, most: pageSize + 1)).map {
                Keyed(try KeyRow($0), filter.sort)
            }
        } else {
            page = ordered(keys, filter)
        }
        let hasMore = page.count > pageSize
        page = Array(page.prefix(pageSize))
        return Listing(
            rows: try records(page.map(\.id), for: viewer, store), count: min(keys.count, mostCounted),
            isCapped: isCapped, next: hasMore ? page.last?.keys : nil)
    }

    /// Every match in order, for an export; nil where there are more than `most`.
    static func all(
        _ filter: CaseFilter, for viewer: Viewer, most: Int, _ store: Transaction
    ) throws -> [Seen<DossierRecord>]? {
        let scope = try CaseScope(viewer, store)
        let search = try CaseSearch(filter.text, store)
        let keys = try store.rawRows(keysQuery(filter, search, scope, most: most + 1)).map(KeyRow.init)
        guard keys.count <= most else { return nil }
        var whole = filter
        whole.after = []
        let ids = ordered(keys, whole).map(\.id)
        var found: [Seen<DossierRecord>] = []
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            found += try records(some, for: viewer, store).map(\.seen)
        }
        return found
    }

    // MARK: - keys

    /// Read by name and not by Codable: a thousand of them stand behind every page of the list.
    struct KeyRow: Sendable {
        let id: ID<Application>
        let number: String
        let call: String
        let university: String
        let submittedAt: Int64
        let dueAt: Int64?
        let pinyin: String

        init(_ row: Row) throws {
            id = ID(try row.text("id"))
            number = try row.text("number")
            call = try row.text("call")
            university = try row.text("university")
            submittedAt = try row.int64("submitted_at")
            dueAt = try row.optionalInt64("due_at")
            pinyin = try row.text("pinyin")
        }
    }

    /// A row with its place in the order; keys compare as bytes.
    private struct Keyed {
        let id: ID<Application>
        let keys: [String]

        init(_ row: KeyRow, _ sort: CaseSort) {
            id = row.id
            keys =
                switch sort {
                case .number: [row.number]
                case .submitted: [Self.padded(row.submittedAt), row.number]
                case .due: [Self.padded(row.dueAt ?? .max), row.number]
                case .university: [row.pinyin, row.university, row.call, row.number]
                }
        }

        /// Nineteen digits, so that bytes compare as numbers do. Instants here are never negative.
        private static func padded(_ number: Int64) -> String {
            let digits = String(max(0, number))
            return String(repeating: "0", count: 19 - digits.utf8.count) + digits
        }
    }

    private static func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (a, b) in zip(left, right) where a != b { return a.utf8.lexicographicallyPrecedes(b.utf8) }
        return false
    }

    private static func ordered(_ keys: [KeyRow], _ filter: CaseFilter) -> [Keyed] {
        let sorted = keys.map { Keyed($0, filter.sort) }.sorted { left, right in
            filter.descending ? precedes(right.keys, left.keys) : precedes(left.keys, right.keys)
        }
        guard !filter.after.isEmpty else { return sorted }
        return sorted.filter { row in
            filter.descending ? precedes(row.keys, filter.after) : precedes(filter.after, row.keys)
        }
    }

    private static let keyColumns: SQL = """
        application.id, application.number, application.call, application.university,
        application.submitted_at, application.due_at
        """

    /// Matches in no particular order.
    static func keysQuery(
        _ filter: CaseFilter, _ search: CaseSearch, _ scope: CaseScope, most: Int
    ) -> SQL {
        let parts = conditions(filter, search, scope) + search.conditions + [scope.condition ?? "1 = 1"]
        let condition = parts.joined(" AND ")
        // CROSS JOIN, so that the few a word is found in are looked up and not all looked through.
        let from: SQL = search.few.map { "\(sql: $0) CROSS JOIN application" } ?? "application"
        guard filter.sort == .university else {
            return
                "SELECT \(sql: keyColumns), '' AS pinyin FROM \(sql: from) WHERE \(sql: condition) LIMIT \(most)"
        }
        return """
            SELECT \(sql: keyColumns), COALESCE(organisation.pinyin, '') AS pinyin FROM \(sql: from)
            LEFT JOIN organisation ON organisation.id = application.university
            WHERE \(sql: condition) LIMIT \(most)
            """
    }

    /// One page in order, along the index of that order.
    static func orderedQuery(
        _ filter: CaseFilter, _ search: CaseSearch, _ scope: CaseScope, most: Int
    ) -> SQL {
        var parts =
            conditions(filter, search, scope, byUniversity: filter.sort == .university) + search.conditions
        if let own = scope.condition { parts.append(own) }
        let few: SQL? = search.few.map { "\(sql: $0) CROSS JOIN application" }
        let from: SQL
        let columns: [SQL]
        let values: [SQL]
        switch filter.sort {
        case .number:
            from = few ?? "application"
            columns = ["application.number"]
            values = filter.after.map { "\($0)" }
        case .submitted, .due:
            from = few ?? "application"
            columns = [
                filter.sort == .due
                    ? "COALESCE(application.due_at, 9223372036854775807)" : "application.submitted_at",
                "application.number",
            ]
            values = filter.after.isEmpty ? [] : ["\(Int64(filter.after[0]) ?? 0)", "\(filter.after[1])"]
        case .university:
            // The universities in their order, and in each its applications: both orders are indices.
            from = few.map { "\(sql: $0) CROSS JOIN organisation" } ?? "organisation CROSS JOIN application"
            parts.append("application.university = organisation.id")
            columns = ["organisation.pinyin", "organisation.id", "application.call", "application.number"]
            values = filter.after.map { "\($0)" }
            if let pinyin = filter.after.first {
                parts.append(
                    filter.descending
                        ? "organisation.pinyin <= \(pinyin)" : "organisation.pinyin >= \(pinyin)")
            }
        }
        if !values.isEmpty {
            let sign: SQL = filter.descending ? "<" : ">"
            parts.append("(\(sql: columns.joined(", "))) \(sql: sign) (\(sql: values.joined(", ")))")
        }
        let order = columns.map { $0 + (filter.descending ? " DESC" : " ASC") }.joined(", ")
        let pinyin: SQL = filter.sort == .university ? "organisation.pinyin" : "''"
        let condition: SQL = parts.isEmpty ? "1 = 1" : parts.joined(" AND ")
        return """
            SELECT \(sql: keyColumns), \(sql: pinyin) AS pinyin FROM \(sql: from)
            WHERE \(sql: condition) ORDER BY \(sql: order) LIMIT \(most)
            """
    }

    /// The filters. Step and state, which a large part of all applications share, are no place to begin where
    /// something narrower is asked too; an engine without statistics does not know, so they are written as values that
    /// no index holds.
    private static func conditions(
        _ filter: CaseFilter, _ search: CaseSearch, _ scope: CaseScope, byUniversity: Bool = false
    ) -> [SQL] {
        var parts: [SQL] = []
        let isNarrow =
            byUniversity || search.few != nil || scope.isNarrow || !filter.university.isEmpty
            || !filter.topic.isEmpty
            || !filter.discipline.isEmpty
        if !filter.call.isEmpty { parts.append("application.call = \(filter.call)") }
        if !filter.topic.isEmpty { parts.append("application.topic = \(filter.topic)") }
        if let step = filter.step {
            let column: SQL = isNarrow ? "COALESCE(application.step_kind, '')" : "application.step_kind"
            parts.append("\(sql: column) = \(step.rawValue)")
        }
        if let state = filter.state {
            let column: SQL = isNarrow ? "COALESCE(application.state, '')" : "application.state"
            parts.append("\(sql: column) = \(state.rawValue)")
        }
        if !filter.university.isEmpty { parts.append("application.university = \(filter.university)") }
        if !filter.discipline.isEmpty {
            // Second-level codes begin with the first level's three digits; ":" follows "9".
            parts.append(
                "application.discipline >= \(filter.discipline) AND application.discipline < \(filter.discipline + ":")"
            )
        }
        return parts
    }

    /// The records of a page in the order of `ids`, each with what the viewer is to it.
    private static func records(
        _ ids: [ID<Application>], for viewer: Viewer, _ store: Transaction
    ) throws -> [(record: DossierRecord, seen: Seen<DossierRecord>)] {
        let rows = try store.rows(
            "SELECT \(sql: DossierRecord.columns) FROM application WHERE application.id IN \(list: ids)",
            as: DossierRecord.self)
        let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
        let relations = try DossierSight.relations(of: viewer, to: rows, store)
        return ids.compactMap { id in
            guard let record = byID[id], let own = relations[id], !own.isEmpty else { return nil }
            return (record, Seen(record, as: own))
        }
    }
}
