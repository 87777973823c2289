/// The race.
extension DiffLog {
    private static let subject = Label("赛马", "The race")

    mutating func compareRaces(_ old: RaceRules?, _ new: RaceRules?) {
        guard let old, let new else {
            if let new { add(.practice, .added, "race", Self.subject, Self.subject, nil, Self.text(new)) }
            if let old { add(.practice, .removed, "race", Self.subject, Self.subject, Self.text(old), nil) }
            return
        }
        func number(_ rules: RaceRules, _ key: String) -> String {
            rules.numbers.named.first { $0.key == key }?.id ?? ""
        }
        for (key, id) in new.numbers.named {
            compare(
                .practice, "race", Self.subject, Label("数值 \(key)", "number \(key)"), number(old, key), id,
                DiffWords.plain)
        }
        compare(
            .practice, "race", Self.subject, Label("相近怎样计", "how closeness is counted"), old.closeness,
            new.closeness
        ) { DiffWords.plain($0.rawValue) }
        compare(
            .practice, "race", Self.subject, Label("技术路线字段", "field of the route"), old.route, new.route,
            DiffWords.plain)
        compare(
            .practice, "race", Self.subject, Label("裁决", "verdicts"), old.verdicts, new.verdicts
        ) { DiffWords.list($0.map(\.rawValue)) }
        compare(
            .practice, "race", Self.subject, Label("性质", "standing"), old.standing, new.standing,
            DiffWords.standing)
        compare(
            .practice, "race", Self.subject, Label("出处", "source"), old.cites, new.cites, kind: .reworded
        ) { DiffWords.citation($0) }
    }

    private static func text(_ rules: RaceRules) -> Label { DiffWords.list(rules.verdicts.map(\.rawValue)) }
}
