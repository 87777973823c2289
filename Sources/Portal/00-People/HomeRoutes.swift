import Lifecycle
import Store

/// `/` for everybody, `/todo` for who is signed in.
enum HomeRoutes {
    static func add(to routes: Routes) {
        routes.get("/") { ask in
            let now = ask.now
            let (calls, notices, figures) = try await ask.read { store in
                (
                    try HomeQueries.calls(at: now, store), try HomeQueries.notices(at: now, store),
                    try HomeQueries.figures(at: now, store)
                )
            }
            return try await ask.page("home", HomePage(calls, notices, figures, ask))
        }
        routes.get("/todo") { ask in
            _ = try ask.signedIn()
            let tasks = try await ask.read { store in
                try ask.house.slices.flatMap { try $0.tasks(store, ask.viewer, ask.now) }
            }
            return try await ask.page("todo", TodoPage(tasks, ask))
        }
    }
}

/// What the home page tells everybody: only what is public anyway.
enum HomeQueries {
    struct CallLine: Decodable, Sendable {
        let id: ID<Call>
        let number: String
        let title: String
        let opensAt: Instant
        let closesAt: Instant
    }

    static func calls(at now: Instant, _ store: Transaction) throws -> [CallLine] {
        try store.rows(
            """
            SELECT id, number, title, opens_at, closes_at FROM call
            WHERE closes_at >= \(now) AND published_at <= \(now) ORDER BY closes_at, id LIMIT 6
            """)
    }

    struct NoticeLine: Decodable, Sendable {
        let id: ID<Notice>
        let title: String
        let endsAt: Instant
        let count: Int
    }

    static func notices(at now: Instant, _ store: Transaction) throws -> [NoticeLine] {
        try store.rows(
            """
            SELECT notice.id AS id, call.title AS title, notice.ends_at AS ends_at,
              (SELECT COUNT(*) FROM notice_application WHERE notice_application.notice = notice.id) AS count
            FROM notice JOIN call ON call.id = notice.call
            WHERE notice.closed_at IS NULL AND notice.ends_at > \(now) ORDER BY notice.ends_at, notice.id LIMIT 6
            """)
    }

    struct Figures: Sendable {
        let universities: Int
        let calls: Int
        /// Decisions that became final after their notice.
        let confirmed: Int
        let facts: Int64
    }

    static func figures(at now: Instant, _ store: Transaction) throws -> Figures {
        Figures(
            universities: try store.value(
                "SELECT COUNT(*) FROM organisation WHERE kind = 'university'", as: Int.self) ?? 0,
            calls: try store.value(
                "SELECT COUNT(*) FROM call WHERE published_at <= \(now)", as: Int.self) ?? 0,
            confirmed: try store.value(
                "SELECT COUNT(*) FROM decision WHERE funded = \(true) AND confirmed_at IS NOT NULL",
                as: Int.self) ?? 0,
            facts: try store.value("SELECT COALESCE(MAX(number), -1) + 1 FROM fact", as: Int64.self) ?? 0)
    }
}

struct HomePage: Sendable {
    let calls: [CallItem]
    let hasCalls: Bool
    let notices: [NoticeItem]
    let hasNotices: Bool
    let figures: [Figure]
    let signedIn: Bool

    struct CallItem: Sendable {
        let href: String
        let number: String
        let title: String
        let isOpen: Bool
        let period: String
        let mark: String
        let markISO: String
        let markLabel: String
        let now: String
    }

    struct NoticeItem: Sendable {
        let href: String
        let title: String
        let count: String
        let ends: String
        let endsISO: String
        let now: String
    }

    struct Figure: Sendable {
        let value: String
        let label: String
    }

    init(
        _ found: [HomeQueries.CallLine], _ open: [HomeQueries.NoticeLine], _ numbers: HomeQueries.Figures,
        _ ask: Ask
    ) {
        let words = ask.words
        calls = found.map {
            let isOpen = $0.opensAt <= ask.now
            let mark = isOpen ? $0.closesAt : $0.opensAt
            return CallItem(
                href: "/calls/\($0.id)", number: $0.number, title: $0.title, isOpen: isOpen,
                period: "\($0.opensAt.text) — \($0.closesAt.text)", mark: mark.text, markISO: mark.iso,
                markLabel: words[isOpen ? "home.closes" : "home.opens"], now: ask.now.iso)
        }
        hasCalls = !calls.isEmpty
        notices = open.map {
            NoticeItem(
                href: "/notices/\($0.id)", title: words.filled("home.notice-title", ["call": $0.title]),
                count: words.filled("home.notice-count", ["count": String($0.count)]),
                ends: ask.due($0.endsAt),
                endsISO: $0.endsAt.iso, now: ask.now.iso)
        }
        hasNotices = !notices.isEmpty
        figures = [
            Figure(value: String(numbers.universities), label: words["home.figure.universities"]),
            Figure(value: String(numbers.calls), label: words["home.figure.calls"]),
            Figure(value: String(numbers.confirmed), label: words["home.figure.confirmed"]),
            Figure(value: String(numbers.facts), label: words["home.figure.facts"]),
        ]
        signedIn = ask.viewer.person != nil
    }
}

struct TodoPage: Sendable {
    let tasks: [Line]
    let isEmpty: Bool
    let lede: String

    struct Line: Sendable {
        let href: String
        let verb: String
        let title: String
        /// `late`, `urgent`, `soon` or empty.
        let kind: String
        let hasDue: Bool
        let isLate: Bool
        let due: String
        let dueISO: String
        /// Where the deadline hangs on a year whose holidays are not published; empty elsewhere.
        let calendarGap: String
        let hasGap: Bool
        let many: Bool
        let count: String
        let now: String
    }

    /// Those without a deadline come last.
    init(_ found: [PendingTask], _ ask: Ask) {
        let words = ask.words
        let sorted = found.enumerated().sorted { left, right in
            let (a, b) = (left.element.due?.rawValue ?? .max, right.element.due?.rawValue ?? .max)
            return a == b ? left.offset < right.offset : a < b
        }.map(\.element)
        tasks = sorted.map { task in
            let left = task.due.map { $0.rawValue - ask.now.rawValue }
            let kind = left.map {
                $0 < 0 ? "late" : $0 < 86_400_000 ? "urgent" : $0 < 3 * 86_400_000 ? "soon" : ""
            }
            let gap = ask.calendarGap(until: task.due)
            let verb = words["task.\(task.verb)"]
            return Line(
                href: task.href, verb: task.isRest ? words["todo.desk"] : verb,
                title: task.isRest
                    ? words.filled("todo.more", ["verb": verb, "count": "\(task.count)"])
                    : task.title.text(in: words.language),
                kind: kind ?? "",
                hasDue: task.due != nil, isLate: (left ?? 0) < 0, due: task.due?.text ?? "",
                dueISO: task.due?.iso ?? "",
                calendarGap: gap, hasGap: !gap.isEmpty, many: task.count > 1 && !task.isRest,
                count: words.filled("todo.count", ["count": String(task.count)]), now: ask.now.iso)
        }
        isEmpty = tasks.isEmpty
        let count = found.reduce(0) { $0 + ($1.isRest ? $1.count : 1) }
        lede = words.filled("todo.lede", ["count": "\(count)"])
    }
}
