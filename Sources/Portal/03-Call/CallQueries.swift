import Lifecycle
import Store

/// The orders of the lists of calls.
enum CallSort: String, ListSort {
    /// Open calls by the nearest deadline, then announced ones, then closed ones, the latest first.
    case phase
    case number
    case opens
    case closes
    case budget
}

/// What a list of calls is narrowed to and ordered by; lives whole in the address.
struct CallFilter: Sendable, Hashable {
    let words: String
    let programme: String
    let phase: Call.Phase?
    let year: Int?
    let sorting: Sorting<CallSort>
    let after: ListPlace

    init(_ query: FormFields) {
        words = String(query.text("q").prefix(60))
        programme = query.text("programme")
        phase = Call.Phase(rawValue: query.text("phase"))
        year = Int(query.text("year"))
        sorting = Sorting(query.text("sort")) ?? Sorting(.phase)
        after = ListPlace(text: query.text("after"))
    }

    /// All of them, from a place on.
    init(after: String) { self.init(FormFields([("after", after)])) }

    var isEmpty: Bool { words.isEmpty && programme.isEmpty && phase == nil && year == nil }

    func address(at path: String = "/calls") -> ListAddress {
        ListAddress(
            path,
            [
                ("q", words), ("programme", programme), ("phase", phase?.rawValue ?? ""),
                ("year", year.map(String.init) ?? ""),
                ("sort", sorting == Sorting(.phase) ? "" : sorting.text),
            ])
    }
}

struct CallRow: Sendable, Decodable {
    let id: ID<Call>
    let programme: String
    let digest: String
    let number: String
    let title: String
    let year: Int
    let opensAt: Instant
    let closesAt: Instant
    let version: Int
    let budget: Money

    func phase(at now: Instant) -> Call.Phase {
        if now < opensAt { return .announced }
        return now <= closesAt ? .open : .closed
    }
}

enum CallQueries {
    static let pageSize = 50

    /// A page of the calls that match, with how many match.
    ///
    /// By phase, a call moves on while somebody reads. So the first page's moment goes along as the first key of the
    /// place, and all pages stand in the order of that moment.
    static func page(_ filter: CallFilter, at now: Instant, _ store: Transaction) throws -> (
        page: Paged<CallRow>, count: Int
    ) {
        let conditions = conditions(filter, at: now)
        var (begun, after) = (now, filter.after)
        if filter.sorting.key == .phase {
            begun = after.keys.first.flatMap { Int64($0) }.map { Instant(milliseconds: $0) } ?? now
            after = ListPlace(Array(after.keys.dropFirst()))
        }
        let page = try store.page(
            """
            SELECT id, programme, digest, number, title, year, opens_at, closes_at, version, budget FROM call
            """, where: conditions, in: order(filter.sorting, at: begun), after: after, size: pageSize
        ) { keys($0, filter.sorting.key, at: begun) }
        let count = try store.value(
            "SELECT COUNT(*) FROM call WHERE \(sql: conditions.joined(" AND "))", as: Int.self)
        return (filter.sorting.key == .phase ? page.leading(with: "\(begun.rawValue)") : page, count ?? 0)
    }

    private static func conditions(_ filter: CallFilter, at now: Instant) -> [SQL] {
        var conditions: [SQL] = ["1 = 1"]
        for word in filter.words.split(whereSeparator: \.isWhitespace).prefix(5) {
            let pattern = "%\(Terms.escaped(word.lowercased()))%"
            conditions.append(
                """
                (LOWER(title) LIKE \(pattern) ESCAPE '~' OR LOWER(number) LIKE \(pattern) ESCAPE '~'
                  OR LOWER(body) LIKE \(pattern) ESCAPE '~')
                """)
        }
        if !filter.programme.isEmpty { conditions.append("programme = \(filter.programme)") }
        if let year = filter.year { conditions.append("year = \(year)") }
        switch filter.phase {
        case .none: break
        case .some(.announced): conditions.append("opens_at > \(now)")
        case .some(.open): conditions.append("opens_at <= \(now) AND closes_at >= \(now)")
        case .some(.closed): conditions.append("closes_at < \(now)")
        }
        return conditions
    }

    private static func order(_ sorting: Sorting<CallSort>, at begun: Instant) -> ListOrder {
        let first: [ListOrder.Column] =
            switch sorting.key {
            case .number: []
            case .opens: [.number("opens_at")]
            case .closes: [.number("closes_at")]
            case .budget: [.number("budget")]
            case .phase:
                [
                    .number(
                        "CASE WHEN opens_at > \(begun) THEN 1 WHEN closes_at >= \(begun) THEN 0 ELSE 2 END"),
                    .number("CASE WHEN closes_at < \(begun) THEN -closes_at ELSE closes_at END"),
                ]
            }
        return ListOrder(first + [.text("number")], descending: sorting.descending)
    }

    private static func keys(_ row: CallRow, _ sort: CallSort, at begun: Instant) -> [String] {
        let first: [Int64] =
            switch sort {
            case .number: []
            case .opens: [row.opensAt.rawValue]
            case .closes: [row.closesAt.rawValue]
            case .budget: [row.budget.rawValue]
            case .phase:
                switch row.phase(at: begun) {
                case .open: [0, row.closesAt.rawValue]
                case .announced: [1, row.closesAt.rawValue]
                case .closed: [2, -row.closesAt.rawValue]
                }
            }
        return first.map { String($0) } + [row.number]
    }

    struct Choices: Sendable {
        let programmes: [(id: String, title: Label)]
        let years: [Int]
    }

    /// What there is to choose from in the filters.
    static func choices(_ house: House, _ store: Transaction) throws -> Choices {
        struct Used: Decodable, Sendable {
            let programme: String
            let digest: String
        }
        let used = try store.rows(
            "SELECT programme, MAX(digest) AS digest FROM call GROUP BY programme ORDER BY programme",
            as: Used.self)
        return Choices(
            programmes: try used.map {
                (
                    $0.programme,
                    try house.definitions.programme($0.digest, store)?.title
                        ?? Label($0.programme, $0.programme)
                )
            }, years: try store.values("SELECT DISTINCT year FROM call ORDER BY year DESC", as: Int.self))
    }

    struct Version: Sendable, Decodable {
        let version: Int
        let at: Instant
    }

    static func versions(_ call: ID<Call>, _ store: Transaction) throws -> [Version] {
        try store.rows("SELECT version, at FROM call_version WHERE call = \(call) ORDER BY version DESC")
    }

    /// One version as it was published; nil where there is none.
    static func version(_ number: Int, of call: ID<Call>, _ store: Transaction) throws -> (Call, Instant)? {
        struct Body: Decodable, Sendable {
            let at: Instant
            let body: String
        }
        guard
            let row = try store.row(
                "SELECT at, body FROM call_version WHERE call = \(call) AND version = \(number)",
                as: Body.self)
        else { return nil }
        return (try Calls.decode(row.body), row.at)
    }

    struct Named: Sendable, Decodable {
        let id: String
        let name: String
        let nameEn: String
        let code: String?
    }

    /// The universities a call names in its quotas, in the order of their names.
    static func universities(_ ids: [String], _ store: Transaction) throws -> [Named] {
        try store.rows(
            "SELECT id, name, name_en, code FROM organisation WHERE id IN \(list: ids) ORDER BY pinyin, id")
    }
}
