import Lifecycle

/// The panel that a public draw gave a call, where experts are assigned.
struct PanelPart: Sendable {
    let title: String
    let href: String
    let text: String
    let rows: [Row]
    let alternates: [Row]
    let hasAlternates: Bool

    struct Row: Sendable {
        let place: String
        let name: String
        let organisation: String
        let load: String
        let state: String
        let tone: String
        let note: String
        let hasNote: Bool
    }

    /// - Parameter loads: what each expert has in the call; who left the register has none.
    init(
        _ panel: DrawnPanel, loads: [ID<Person>: ExpertRecord], strata: StratumNames, _ ask: Ask
    ) {
        let words = ask.words
        let relations = DrawSight.relations(ask.viewer)
        title = panel.draw.title
        href = "/draws/\(panel.draw.id)"
        func row(_ member: DrawnPanel.Member, _ number: Int) -> Row {
            let seen = Seen(member.entry, as: relations)
            let note = seen[DrawSight.reason] ?? ""
            let record = loads[member.person]
            return Row(
                place: member.stratum.map { "\(number) · \(strata.text($0))" } ?? "\(number)",
                name: seen[DrawSight.name] ?? "—", organisation: seen[DrawSight.detail] ?? "",
                load: record.map { "\($0.load) / \($0.loadMax)" } ?? words["panel.not-expert"],
                state: words["panel.state.\(member.state.rawValue)"], tone: PanelMark.tone(member.state),
                note: note, hasNote: !note.isEmpty)
        }
        // Numbers run on through the classes, as on the public page; an alternate's number is its turn in the class.
        let drawn = panel.members.filter { $0.entry.outcome == .drawn }
        rows = drawn.enumerated().map { row($1, $0 + 1) }
        alternates = panel.members.filter { $0.entry.outcome == .alternate }.map {
            row($0, $0.entry.place ?? 0)
        }
        hasAlternates = !alternates.isEmpty
        text = words.filled(
            "panel.text",
            [
                "at": panel.draw.heldAt?.text ?? "", "count": "\(drawn.count)",
                "alternates": "\(alternates.count)",
            ])
    }
}

/// The mark beside a drawn expert's name.
enum PanelMark {
    static func text(_ member: DrawnPanel.Member, _ words: Words.Catalogue) -> String {
        member.state == .alternate
            ? words.filled("panel.mark.alternate", ["place": "\(member.entry.place ?? 0)"])
            : words["panel.mark.\(member.state.rawValue)"]
    }

    static func tone(_ state: DrawnPanel.State) -> String {
        switch state {
        case .drawn, .standsIn: "good"
        case .left: "bad"
        case .alternate: "muted"
        }
    }
}
