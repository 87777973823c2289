import Lifecycle

/// What I have declared, and the form to declare more.
package struct ConflictPage: Sendable {
    package let rows: [Row]
    package let hasRows: Bool
    package let kinds: [Kind]
    package let about: String
    package let nature: String
    package let seesAll: Bool
    package let hasErrors: Bool
    package let errors: [String]

    package struct Row: Sendable {
        package let person: String
        package let kind: String
        package let about: String
        package let nature: String
        package let at: String
    }

    package struct Kind: Sendable {
        package let id: String
        package let label: String
        package let checked: Bool
    }

    package init(_ records: [ConflictRecord], errors: [String], ask: Ask) {
        rows = records.map { Self.row($0, ask.words) }
        hasRows = !rows.isEmpty
        let chosen = ask.form["kind"] ?? ConflictActs.Kind.person.rawValue
        kinds = ConflictActs.Kind.allCases.map {
            Kind(
                id: $0.rawValue, label: ask.words["integrity.kind.\($0.rawValue)"],
                checked: $0.rawValue == chosen)
        }
        about = ask.form.text("about")
        nature = ask.form.text("nature")
        seesAll = ConflictRoutes.overseeing.contains(where: ask.viewer.holds)
        self.errors = errors
        hasErrors = !errors.isEmpty
    }

    static func row(_ record: ConflictRecord, _ words: Words.Catalogue) -> Row {
        Row(
            person: record.personName, kind: words["integrity.kind.\(record.kind)"], about: record.about,
            nature: record.nature, at: record.at.text)
    }
}

/// Every declaration, for those who watch over integrity.
package struct ConflictListPage: Sendable {
    package let rows: [ConflictPage.Row]
    package let hasRows: Bool
    package let count: String
    let pager: Pager

    init(_ page: Paged<ConflictRecord>, count: Int, ask: Ask) {
        rows = page.rows.map { ConflictPage.row($0, ask.words) }
        hasRows = !rows.isEmpty
        self.count = ask.words.filled("integrity.all.count", ["count": "\(count)"])
        pager = Pager(page, ListAddress("/conflicts/all"), ask.words)
    }
}
