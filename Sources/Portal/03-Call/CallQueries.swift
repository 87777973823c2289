import Lifecycle
import Store

/// What the public list of calls is narrowed to; lives in the address.
struct CallFilter: Sendable, Hashable {
    let words: String
    let programme: String
    let phase: Call.Phase?
    let year: Int?

    init(_ query: FormFields) {
        words = String(query.text("q").prefix(60))
        programme = query.text("programme")
        phase = Call.Phase(rawValue: query.text("phase"))
        year = Int(query.text("year"))
    }

    var isEmpty: Bool { words.isEmpty && programme.isEmpty && phase == nil && year == nil }
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
    /// Calls that match: open ones by the nearest deadline, then announced ones, then closed ones, newest first.
    static func list(_ filter: CallFilter, at now: Instant, _ store: Transaction) throws -> [CallRow] {
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
        let rows = try store.rows(
            """
            SELECT id, programme, digest, number, title, year, opens_at, closes_at, version, budget FROM call
            WHERE \(sql: conditions.joined(" AND ")) ORDER BY closes_at DESC, id LIMIT 500
            """, as: CallRow.self)
        let place: [Call.Phase: Int] = [.open: 0, .announced: 1, .closed: 2]
        return rows.sorted { left, right in
            let (a, b) = (left.phase(at: now), right.phase(at: now))
            if a != b { return place[a, default: 3] < place[b, default: 3] }
            if a == .closed { return left.closesAt > right.closesAt }
            return (left.closesAt, left.number) < (right.closesAt, right.number)
        }
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
