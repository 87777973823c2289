import Lifecycle

/// `parties` and `leavesOut` of `programme.yaml`.
extension ProgrammeReader {
    func readParty(_ item: YAMLItem) -> PartyRule? {
        let known = [
            "role", "invitedBy", "least", "most", "perPerson", "conflicted", "describes", "standing", "cites",
            "verified",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (role, inviter) = (fields.choice("role", Role.self), fields.choice("invitedBy", Role.self))
        let (least, most) = (fields.int("least", in: 0...50), fields.int("most", in: 1...50))
        let perPerson = fields.has("perPerson") ? fields.int("perPerson", in: 1...1000) : nil
        let conflicted = fields.flag("conflicted")
        let describes = fields.label("describes")
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.flag("verified")
        if fields.has("perPerson"), perPerson == nil { return nil }
        guard let role, let inviter, let least, let most, let conflicted, let describes, let standing,
            let cites, let verified
        else { return nil }
        log.mark("party:\(role.rawValue)", item.place)
        for key in ["role", "invitedBy", "least"] {
            log.mark("party:\(role.rawValue)/\(key)", fields.place(of: key))
        }
        return PartyRule(
            role: role, invitedBy: inviter, least: least, most: most, perPerson: perPerson,
            conflicted: conflicted, describes: describes, standing: standing, cites: cites, verified: verified
        )
    }

    func readLeftOut(_ item: YAMLItem) -> LeftOut? {
        guard let fields = Fields(item, known: ["label", "madeUpBy"], log: log) else { return nil }
        let (label, step) = (fields.label("label"), fields.text("madeUpBy"))
        guard let label, let step else { return nil }
        log.mark("leavesOut:\(step)", fields.place(of: "madeUpBy"))
        return LeftOut(label: label, madeUpBy: step)
    }
}
