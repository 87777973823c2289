import Lifecycle
import Store

/// The orders of the list of notices.
enum NoticeSort: String, ListSort {
    case opened
    case ends
    case number
}

/// What the list of notices is narrowed to and ordered by; lives whole in the address.
struct NoticeFilter: Sendable, Hashable {
    let words: String
    let state: State?
    let year: Int?
    let sorting: Sorting<NoticeSort>
    let after: ListPlace

    /// As ``NoticeWords/state(closed:ends:_:)`` tells it.
    enum State: String, Sendable, CaseIterable {
        case running
        case ended
        case closed
    }

    static let latest = Sorting<NoticeSort>(.opened, descending: true)

    init(_ query: FormFields) {
        words = String(query.text("q").prefix(60))
        state = State(rawValue: query.text("state"))
        year = Int(query.text("year"))
        sorting = Sorting(query.text("sort")) ?? Self.latest
        after = ListPlace(text: query.text("after"))
    }

    var isEmpty: Bool { words.isEmpty && state == nil && year == nil }

    var address: ListAddress {
        ListAddress(
            "/notices",
            [
                ("q", words), ("state", state?.rawValue ?? ""), ("year", year.map(String.init) ?? ""),
                ("sort", sorting == Self.latest ? "" : sorting.text),
            ])
    }

    func conditions(at now: Instant) -> [SQL] {
        var conditions: [SQL] = ["1 = 1"]
        for word in words.split(whereSeparator: \.isWhitespace).prefix(5) {
            let pattern = "%\(Terms.escaped(word.lowercased()))%"
            conditions.append(
                "(LOWER(call.title) LIKE \(pattern) ESCAPE '~' OR LOWER(call.number) LIKE \(pattern) ESCAPE '~')"
            )
        }
        switch state {
        case .none: break
        case .some(.running): conditions.append("notice.closed_at IS NULL AND notice.ends_at >= \(now)")
        case .some(.ended): conditions.append("notice.closed_at IS NULL AND notice.ends_at < \(now)")
        case .some(.closed): conditions.append("notice.closed_at IS NOT NULL")
        }
        if let year {
            // A year that no calendar has holds no notice.
            if let first = Day(year: year, month: 1, day: 1), let next = Day(year: year, month: 12, day: 31) {
                conditions.append(
                    "notice.opened_at >= \(Instant(first)) AND notice.opened_at < \(Instant(next.adding(1)))")
            } else {
                conditions.append("1 = 0")
            }
        }
        return conditions
    }

    var order: ListOrder {
        let first: ListOrder.Column =
            switch sorting.key {
            case .opened: .number("notice.opened_at")
            case .ends: .number("notice.ends_at")
            case .number: .text("call.number")
            }
        return ListOrder([first, .text("notice.id")], descending: sorting.descending)
    }

    func keys(_ row: Notices.Outline) -> [String] {
        let first =
            switch sorting.key {
            case .opened: String(row.openedAt.rawValue)
            case .ends: String(row.endsAt.rawValue)
            case .number: row.callNumber
            }
        return [first, row.id.rawValue]
    }
}
