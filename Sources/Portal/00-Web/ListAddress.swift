import Lifecycle

/// The address of a list: its filters and order, each only where it says something.
struct ListAddress: Sendable, Hashable {
    let path: String
    /// Without the place in the pages: what a saved view keeps.
    let query: String

    init(_ path: String, _ pairs: [(name: String, value: String)] = []) {
        self.path = path
        query = pairs.filter { !$0.value.isEmpty }.map { "\($0.name)=\($0.value.percentEncoded)" }
            .joined(separator: "&")
    }

    var href: String { query.isEmpty ? path : "\(path)?\(query)" }

    func href(after place: ListPlace) -> String {
        "\(href)\(query.isEmpty ? "?" : "&")after=\(place.text.percentEncoded)"
    }
}

/// The columns a list can be ordered by, as the address names them.
protocol ListSort: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// By which column a list is ordered, and which way: `sort=due`, `sort=-due`.
struct Sorting<Key: ListSort>: Sendable, Hashable {
    let key: Key
    let descending: Bool

    init(_ key: Key, descending: Bool = false) {
        self.key = key
        self.descending = descending
    }

    /// Nil where the text names no column.
    init?(_ text: String) {
        let descending = text.hasPrefix("-")
        guard let key = Key(rawValue: descending ? String(text.dropFirst()) : text) else { return nil }
        self.init(key, descending: descending)
    }

    var text: String { (descending ? "-" : "") + key.rawValue }

    /// By another column; by the same one the other way round.
    func by(_ other: Key) -> Sorting { Sorting(other, descending: other == key && !descending) }
}
