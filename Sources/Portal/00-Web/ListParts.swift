import Lifecycle

/// A choice of a select.
struct Choice: Sendable {
    let value: String
    let label: String
    let chosen: Bool

    /// The choices of a filter, of which the first is to choose nothing.
    static func any(
        _ label: String, _ choices: [(value: String, label: String)], chosen: String
    ) -> [Choice] {
        [Choice(value: "", label: label, chosen: chosen.isEmpty)]
            + choices.map { Choice(value: $0.value, label: $0.label, chosen: $0.value == chosen) }
    }
}

/// The head of a column, by which the list may be ordered.
struct ColumnHead: Sendable {
    let label: String
    let href: String?
    /// `aria-sort` of the column the list is ordered by.
    let order: String?
    let number: Bool

    /// A column that orders nothing.
    init(_ label: String, number: Bool = false) {
        self.label = label
        self.number = number
        href = nil
        order = nil
    }

    init<Key: ListSort>(
        _ label: String, _ key: Key, now: Sorting<Key>, number: Bool = false, href: (Sorting<Key>) -> String
    ) {
        self.label = label
        self.number = number
        self.href = href(now.by(key))
        order = key == now.key ? (now.descending ? "descending" : "ascending") : nil
    }
}

/// Where the next page is, and the first.
struct Pager: Sendable {
    let hasNext: Bool
    let next: String
    let hasFirst: Bool
    let first: String
    let count: String

    /// - Parameter count: how many there are, in words; without it, how many the page shows.
    init<Row>(_ page: Paged<Row>, _ address: ListAddress, count: String? = nil, _ words: Words.Catalogue) {
        hasNext = page.next != nil
        next = page.next.map(address.href(after:)) ?? ""
        hasFirst = !page.isFirst
        first = address.href
        self.count = count ?? words.filled("table.shown", ["count": "\(page.rows.count)"])
    }
}
