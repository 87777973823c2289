import Lifecycle

/// What differs between two definitions in one area, as `definition/areas` places it.
struct DefinitionArea: Sendable {
    let title: String
    let changes: [Change]

    struct Change: Sendable {
        let badge: String
        let kind: String
        let subject: String
        let what: String
        let before: String?
        let after: String?
    }

    /// The areas in which something differs, in the order of the programme's files.
    static func all(_ diff: ProgrammeDiff, _ words: Words.Catalogue) -> [DefinitionArea] {
        ProgrammeDiff.Area.allCases.compactMap { area in
            let changes = diff.changes(in: area)
            guard !changes.isEmpty else { return nil }
            return DefinitionArea(
                title: words["definition.area.\(area.rawValue)"],
                changes: changes.map { change in
                    Change(
                        badge: badge(change.kind),
                        kind: words["definition.kind.\(change.kind.rawValue)"],
                        subject: change.subject.text(in: words.language),
                        what: change.what.text(in: words.language),
                        before: change.before?.text(in: words.language),
                        after: change.after?.text(in: words.language))
                })
        }
    }

    private static func badge(_ kind: ProgrammeDiff.Kind) -> String {
        switch kind {
        case .added: "info"
        case .removed: "muted"
        case .tightened: "bad"
        case .loosened: "good"
        case .changed: "warn"
        case .reworded: "neutral"
        }
    }
}
