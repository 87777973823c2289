/// The formula by which quotas move.
extension DiffLog {
    private static let subject = Label("按指标调整的限额", "Quotas that move")
    private static let id = "quotaFormula"

    mutating func compareQuotas(_ old: QuotaFormula?, _ new: QuotaFormula?) {
        guard let old, let new else {
            let what = Label("公式", "formula")
            if let new { add(.practice, .added, Self.id, Self.subject, what, nil, Self.text(new.terms)) }
            if let old { add(.practice, .removed, Self.id, Self.subject, what, Self.text(old.terms), nil) }
            return
        }
        func same<Value: Equatable>(
            _ what: Label, _ path: KeyPath<QuotaFormula, Value>, kind: ProgrammeDiff.Kind = .changed,
            _ text: (Value) -> Label
        ) {
            compare(
                .practice, Self.id, Self.subject, what, old[keyPath: path], new[keyPath: path], kind: kind,
                text
            )
        }
        same(Label("基数", "base"), \.base, DiffWords.plain)
        same(Label("回看的轮数", "rounds looked at"), \.rounds) { DiffWords.number($0) }
        same(Label("各项指标", "indicators"), \.terms, Self.text)
        same(Label("上下限", "bounds"), \.bounds) { DiffWords.plain("\($0.least) – \($0.most)") }
        same(Label("每轮最多增减", "most change from round to round"), \.mostChange) { DiffWords.number($0) }
        same(Label("效力", "standing"), \.standing, DiffWords.standing)
        same(Label("出处", "source"), \.cites, kind: .reworded) { DiffWords.citation($0) }
    }

    /// `success ≥50% +2 ≥0% −1 ? 0 (≥5)`: what each share does, what the unknown does, and the fewest cases.
    private static func text(_ terms: [QuotaFormula.Term]) -> Label {
        func signed(_ change: Int) -> String { change > 0 ? "+\(change)" : "\(change)" }
        return DiffWords.list(
            terms.map { term in
                let steps = term.steps.map { "≥\($0.atLeast)% \(signed($0.change))" }.joined(separator: " ")
                return "\(term.indicator.rawValue) \(steps) ? \(signed(term.unknown)) (≥\(term.fewest))"
            })
    }
}
