/// A link of the main navigation.
package struct NavigationLink: Sendable, Hashable {
    /// Words' key: `nav.<id>`.
    package let id: String
    package let href: String

    package init(_ id: String, _ href: String) {
        self.id = id
        self.href = href
    }

    /// What waits first, then the life cycle, then the house itself; unlisted links come last.
    private static let order = [
        "todo", "calls", "topics", "problems", "office-calls", "office-problems", "office-topics", "cases",
        "lists", "screening", "reuse", "assign", "office-appraisals", "reviews", "appraisals",
        "meetings",
        "rounds", "notices", "payments", "matchings", "draws", "conflicts", "jobs", "people", "admin",
        "coverage", "office-plan", "journal",
    ]

    /// What goes together under one word, `nav.menu.<id>`, where there is too much for one row.
    private static let menus = [
        (
            id: "calls",
            links: ["calls", "topics", "problems", "office-calls", "office-problems", "office-topics"]
        ),
        (
            id: "selection",
            links: [
                "screening", "reuse", "assign", "office-appraisals", "reviews", "appraisals", "meetings",
                "rounds",
            ]
        ),
        (
            id: "house",
            links: [
                "matchings", "draws", "conflicts", "jobs", "people", "admin", "coverage", "office-plan",
                "journal",
            ]
        ),
    ]

    /// How many stand in one row on a window of 1366 pixels, in English too.
    private static let mostInARow = 6

    package static func ordered(_ links: [NavigationLink]) -> [NavigationLink] {
        links.sorted {
            (order.firstIndex(of: $0.id) ?? order.count) < (order.firstIndex(of: $1.id) ?? order.count)
        }
    }

    /// One place in the row: a link by itself, or a menu of several.
    package enum Entry: Sendable, Hashable {
        case link(NavigationLink)
        case menu(id: String, [NavigationLink])
    }

    /// - Parameter links: in order.
    package static func row(_ links: [NavigationLink]) -> [Entry] {
        guard links.count > mostInARow else { return links.map(Entry.link) }
        var entries: [Entry] = []
        var placed: Set<String> = []
        for link in links where !placed.contains(link.id) {
            let menu = menus.first { $0.links.contains(link.id) }
            let together = links.filter { menu?.links.contains($0.id) ?? false }
            if let menu, together.count > 1 {
                entries.append(.menu(id: menu.id, together))
                placed.formUnion(together.map(\.id))
            } else {
                entries.append(.link(link))
            }
        }
        return entries
    }
}
