/// The route for proposals that experts disagree about.
extension DiffLog {
    private static let subject = Label("非共识通道", "The route for non-consensus proposals")

    mutating func compareNonConsensus(_ old: NonConsensusRules?, _ new: NonConsensusRules?) {
        let id = "non-consensus"
        guard let old, let new else {
            if let new { add(.practice, .added, id, Self.subject, Self.subject, nil, Self.text(new)) }
            if let old { add(.practice, .removed, id, Self.subject, Self.subject, Self.text(old), nil) }
            return
        }
        for (was, now) in zip(old.numbers.named, new.numbers.named) {
            compare(
                .practice, id, Self.subject, Label("数值 \(now.key)", "number \(now.key)"), was.id, now.id,
                DiffWords.plain)
        }
        compare(
            .practice, id, Self.subject, Label("谁可举荐", "who may champion"), old.champion, new.champion,
            kind: new.champion == .topMarks ? .tightened : .loosened, Self.word)
        compare(
            .practice, id, Self.subject, Label("性质", "standing"), old.standing, new.standing,
            DiffWords.standing)
        compare(
            .practice, id, Self.subject, Label("出处", "source"), old.cites, new.cites, kind: .reworded
        ) { DiffWords.citation($0) }
    }

    private static func text(_ rules: NonConsensusRules) -> Label { word(rules.champion) }

    private static func word(_ champion: NonConsensusRules.Champion) -> Label {
        switch champion {
        case .topGrade: Label("评为最高等级的专家可举荐", "an expert who gave the best grade may champion")
        case .topMarks:
            Label("等级和资助意见都评为最高的专家可举荐", "an expert who gave the best grade and advice may champion")
        }
    }
}
