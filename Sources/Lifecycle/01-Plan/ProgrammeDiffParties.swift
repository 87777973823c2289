/// Whom a dossier asks in, and what they bring.
extension DiffLog {
    mutating func compareParties(_ old: [PartyRule], _ new: [PartyRule]) {
        pair(
            .practice, old, new, id: { "party-\($0.role.rawValue)" }, label: { Self.subject($0.role) },
            what: Label("参与方", "party"),
            text: { Label("\($0.least) 至 \($0.most) 名", "\($0.least) to \($0.most)") }
        ) { log, was, now in log.compareParty(was, now) }
    }

    private static func subject(_ role: Role) -> Label {
        Label("参与方 \(role.rawValue)", "The party \(role.rawValue)")
    }

    private mutating func compareParty(_ was: PartyRule, _ now: PartyRule) {
        let (id, subject) = ("party-\(now.role.rawValue)", Self.subject(now.role))
        compare(
            .practice, id, subject, Label("由谁邀请", "invited by"), was.invitedBy, now.invitedBy
        ) { DiffWords.role($0) }
        compareBound(
            .practice, id, subject, Label("至少", "at least"), was.least, now.least, moreIsLooser: false)
        compareBound(.practice, id, subject, Label("至多", "at most"), was.most, now.most, moreIsLooser: true)
        compareBound(
            .practice, id, subject, Label("每人至多几项", "applications of one person"), was.perPerson,
            now.perPerson, moreIsLooser: true)
        compare(
            .practice, id, subject, Label("须回避评审和经办", "neither reviews nor handles"), was.conflicted,
            now.conflicted, kind: now.conflicted ? .tightened : .loosened, DiffWords.flag)
        compare(
            .practice, id, subject, Label("指谁", "who is meant"), was.describes, now.describes, kind: .reworded
        ) { $0 }
        compare(
            .practice, id, subject, Label("投入与转拨写在哪里", "where it says what it brings and gets"),
            was.contributes, now.contributes, Self.contribution)
        compare(
            .practice, id, subject, Label("效力", "standing"), was.standing, now.standing, DiffWords.standing)
        compare(
            .practice, id, subject, Label("出处", "source"), was.cites, now.cites, kind: .reworded,
            DiffWords.citation)
    }

    private static func contribution(_ it: PartyRule.Contribution?) -> Label {
        guard let it else { return DiffWords.none }
        let zh = [("单位", it.body), ("类型", it.type), ("投入", it.brings), ("转拨比例", it.share)]
        let en = [("body", it.body), ("kind", it.type), ("brings", it.brings), ("share passed on", it.share)]
        func text(_ parts: [(String, String?)], _ sign: String, _ between: String) -> String {
            parts.compactMap { name, field in field.map { "\(name)\(sign)\($0)" } }.joined(separator: between)
        }
        return Label("\(it.statement)（\(text(zh, " ", "、"))）", "\(it.statement) (\(text(en, " ", ", ")))")
    }
}
