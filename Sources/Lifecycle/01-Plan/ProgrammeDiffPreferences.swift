/// What is favoured without being a condition.
extension DiffLog {
    mutating func comparePreferences(_ old: [Preference], _ new: [Preference]) {
        pair(
            .head, old, new, id: \.id, label: \.label, what: Label("政策导向", "what is favoured"), text: \.label
        ) { log, was, now in
            let (id, subject) = (now.id, now.label)
            log.compare(
                .head, id, subject, Label("说法", "wording"), was.label, now.label, kind: .reworded
            ) { $0 }
            log.compare(.head, id, subject, Label("自", "since"), was.from, now.from) {
                $0.map { DiffWords.plain($0.text) } ?? DiffWords.none
            }
            log.compare(
                .head, id, subject, Label("效力", "standing"), was.standing, now.standing,
                DiffWords.standing)
            log.compare(
                .head, id, subject, Label("出处", "source"), was.cites, now.cites, kind: .reworded
            ) { DiffWords.citation($0) }
        }
    }
}
