import Lifecycle

/// Every draw there is, and the form to ask for one.
package struct DrawListPage: Sendable {
    package let rows: [Row]
    package let hasRows: Bool
    let pager: Pager
    package let canAsk: Bool
    package let purposes: [Choice]
    package let calls: [Choice]
    package let title: String
    package let places: String
    package let alternates: String
    package let byClass: Bool
    package let hasErrors: Bool
    package let errors: [String]

    package struct Row: Sendable {
        package let href: String
        package let title: String
        package let purpose: String
        package let state: String
        package let tone: String
        package let at: String
        package let digest: String
    }

    package struct Choice: Sendable {
        package let id: String
        package let label: String
        package let checked: Bool
    }

    init(_ page: Paged<DrawRecord>, calls: [DrawQueries.Named], errors: [String], ask: Ask) {
        let words = ask.words
        rows = page.rows.map { draw in
            Row(
                href: "/draws/\(draw.id)", title: draw.title,
                purpose: words["draw.purpose.\(draw.purpose.rawValue)"],
                state: words["draw.state.\(draw.state(at: ask.now))"],
                tone: draw.tone(at: ask.now),
                at: (draw.heldAt ?? draw.committedAt ?? draw.askedAt).text, digest: draw.digest ?? "—")
        }
        hasRows = !rows.isEmpty
        pager = Pager(page, ListAddress("/draws"), words)
        let mine = Draw.Purpose.allCases.filter { $0.roles(for: .ask).contains(where: ask.viewer.holds) }
        canAsk = !mine.isEmpty
        let chosen = ask.form["purpose"] ?? mine.first?.rawValue
        purposes = mine.map {
            Choice(
                id: $0.rawValue, label: words["draw.purpose.\($0.rawValue)"], checked: $0.rawValue == chosen)
        }
        self.calls = calls.map {
            Choice(id: $0.id, label: $0.title, checked: $0.id == ask.form["call"])
        }
        title = ask.form.text("title")
        places = ask.form.text("places")
        alternates = ask.form["alternates"] ?? "2"
        byClass = ask.form.text("by-class") == "1"
        self.errors = errors
        hasErrors = !errors.isEmpty
    }
}

extension DrawRecord {
    /// Key under `draw.state`.
    func state(at now: Instant) -> String {
        if isLost(at: now) { return "lost" }
        return heldAt != nil ? "held" : committedAt != nil ? "committed" : "asked"
    }

    func tone(at now: Instant) -> String { isLost(at: now) ? "bad" : heldAt == nil ? "info" : "good" }
}
