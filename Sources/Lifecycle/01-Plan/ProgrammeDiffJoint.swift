/// Funding together with another organisation.
extension DiffLog {
    private static let subject = Label("联合资助", "Joint funding")

    mutating func compareJoint(_ old: JointRules?, _ new: JointRules?) {
        let id = "joint"
        guard let old, let new else {
            if let new { add(.funding, .added, id, Self.subject, Self.subject, nil, new.describes) }
            if let old { add(.funding, .removed, id, Self.subject, Self.subject, old.describes, nil) }
            return
        }
        compare(
            .funding, id, Self.subject, Label("哪个参数写明分担比例", "the parameter of the share"), old.share,
            new.share,
            DiffWords.plain)
        compare(
            .funding, id, Self.subject, Label("指哪些机构", "whom it means"), old.describes, new.describes,
            kind: .reworded
        ) { $0 }
        compare(
            .funding, id, Self.subject, Label("性质", "standing"), old.standing, new.standing,
            DiffWords.standing)
        compare(
            .funding, id, Self.subject, Label("出处", "source"), old.cites, new.cites, kind: .reworded
        ) { DiffWords.citation($0) }
    }
}
