import Lifecycle
import Store

/// Filters a person keeps under a name. Not facts, and nobody else's business.
///
/// One table holds the views of all lists: its `query` is an address, in which the path is left out for the list of
/// applications, the first that had views. A name is given once for each person, whichever list it is of.
enum SavedViews {
    /// Of one list.
    static let most = 20

    /// A list whose filters can be kept.
    struct List: Sendable {
        let path: String
        /// Throws ``Missing`` for who has no such list.
        let require: @Sendable (Ask, Transaction) throws -> Void
        /// The address that the list makes of a query: only what its filters say goes back into one.
        let address: @Sendable (FormFields) -> ListAddress
    }

    struct View: Sendable, Hashable {
        let name: String
        let query: String
    }

    private struct Row: Decodable, Sendable {
        let name: String
        let query: String

        var path: String { query.hasPrefix("/") ? String(query.prefix { $0 != "?" }) : first }
        /// Without the path.
        var filters: String {
            query.hasPrefix("/") ? String(query.drop { $0 != "?" }.dropFirst()) : query
        }
    }

    private static let first = "/cases"

    private static func all(_ person: ID<Person>, _ store: Transaction) throws -> [Row] {
        try store.rows(
            "SELECT name, query FROM saved_view WHERE person = \(person) ORDER BY created_at, name")
    }

    static func of(_ person: ID<Person>, path: String, _ store: Transaction) throws -> [View] {
        try all(person, store).filter { $0.path == path }.map { View(name: $0.name, query: $0.filters) }
    }

    static func save(
        _ name: String, _ address: ListAddress, of person: ID<Person>, at now: Instant, _ store: Transaction
    ) throws {
        guard !name.isEmpty, name.count <= 40 else { throw Refused("table.view-name") }
        let views = try all(person, store)
        if let other = views.first(where: { $0.name == name }) {
            guard other.path == address.path else { throw Refused("table.view-taken", ["name": name]) }
        } else if views.count(where: { $0.path == address.path }) >= most {
            throw Refused("table.view-many", ["most": "\(most)"])
        }
        let query = address.path == first ? address.query : "\(address.path)?\(address.query)"
        _ = try store.run(
            """
            INSERT INTO saved_view (person, name, query, created_at) VALUES (\(person), \(name), \(query), \(now))
            ON CONFLICT (person, name) DO UPDATE SET query = excluded.query
            """)
    }

    static func remove(_ name: String, of person: ID<Person>, path: String, _ store: Transaction) throws {
        guard try of(person, path: path, store).contains(where: { $0.name == name }) else { return }
        _ = try store.run("DELETE FROM saved_view WHERE person = \(person) AND name = \(name)")
    }

    /// `POST {path}/views` and `POST {path}/views/remove`.
    static func add(_ list: List, to routes: Routes) {
        routes.post("\(list.path)/views") { ask in
            let person = try ask.signedIn()
            let typed = try? FormParsing.urlencoded(Array(ask.form.text("query").utf8))
            let address = list.address(typed ?? FormFields())
            try await ask.house.database.write(.relaxed) { store in
                try list.require(ask, store)
                try save(ask.form.text("name"), address, of: person, at: ask.now, store)
            }
            return .see("\(address.href)\(address.query.isEmpty ? "?" : "&")done=view-saved")
        }
        routes.post("\(list.path)/views/remove") { ask in
            let person = try ask.signedIn()
            try await ask.house.database.write(.relaxed) { store in
                try list.require(ask, store)
                try remove(ask.form.text("name"), of: person, path: list.path, store)
            }
            return .see("\(list.path)?done=view-removed")
        }
    }
}

/// A list's saved views as its page shows them: `{{>table/views}}`, and `{{>table/keep}}` to keep one more.
struct ViewsBlock: Sendable {
    let path: String
    let save: String
    let remove: String
    let query: String
    let items: [Item]
    let hasItems: Bool
    let allCurrent: Bool

    struct Item: Sendable {
        let name: String
        let href: String
        let current: Bool
        let removeLabel: String
    }

    init(_ views: [SavedViews.View], _ address: ListAddress, _ words: Words.Catalogue) {
        path = address.path
        save = "\(address.path)/views"
        remove = "\(address.path)/views/remove"
        query = address.query
        items = views.map { view in
            Item(
                name: view.name, href: view.query.isEmpty ? address.path : "\(address.path)?\(view.query)",
                current: view.query == address.query,
                removeLabel: words.filled("table.removeView", ["name": view.name]))
        }
        hasItems = !items.isEmpty
        allCurrent = address.query.isEmpty
    }
}
