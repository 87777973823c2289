import Lifecycle

/// `parties` and `leavesOut` of `programme.yaml`.
extension ProgrammeReader {
    func readParty(_ item: YAMLItem) -> PartyRule? {
        let known = [
            "role", "invitedBy", "least", "most", "perPerson", "conflicted", "describes", "contributes",
            "standing", "cites", "verified",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (role, inviter) = (fields.choice("role", Role.self), fields.choice("invitedBy", Role.self))
        let (least, most) = (fields.int("least", in: 0...50), fields.int("most", in: 1...50))
        let perPerson = fields.has("perPerson") ? fields.int("perPerson", in: 1...1000) : nil
        let conflicted = fields.flag("conflicted")
        let describes = fields.label("describes")
        let contributes = fields["contributes"].flatMap { readContribution($0, of: role) }
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        if fields.has("perPerson"), perPerson == nil { return nil }
        if fields.has("contributes"), contributes == nil { return nil }
        guard let role, let inviter, let least, let most, let conflicted, let describes, let standing,
            let cites, let verified
        else { return nil }
        log.mark("party:\(role.rawValue)", item.place)
        for key in ["role", "invitedBy", "least"] {
            log.mark("party:\(role.rawValue)/\(key)", fields.place(of: key))
        }
        return PartyRule(
            role: role, invitedBy: inviter, least: least, most: most, perPerson: perPerson,
            conflicted: conflicted, describes: describes, contributes: contributes, standing: standing,
            cites: cites,
            verified: verified)
    }

    /// `{statement: partnership, body: body, type: type, brings: money, share: percent}`: a statement and its fields.
    private func readContribution(_ item: YAMLItem, of role: Role?) -> PartyRule.Contribution? {
        let known = ["statement", "body", "type", "brings", "share"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (statement, body) = (fields.id("statement"), fields.id("body"))
        let (type, brings) = (fields.id("type"), fields.id("brings"))
        let share = fields["share"].flatMap { $0.identifier(log) }
        if fields.has("share"), share == nil { return nil }
        guard let statement, let body, let type, let brings else { return nil }
        if let role {
            for key in known { log.mark("party:\(role.rawValue)/\(key)", fields.place(of: key)) }
        }
        return PartyRule.Contribution(
            statement: statement, body: body, type: type, brings: brings, share: share)
    }

    func readLeftOut(_ item: YAMLItem) -> LeftOut? {
        guard let fields = Fields(item, known: ["label", "madeUpBy"], log: log) else { return nil }
        let (label, step) = (fields.label("label"), fields.text("madeUpBy"))
        guard let label, let step else { return nil }
        log.mark("leavesOut:\(step)", fields.place(of: "madeUpBy"))
        return LeftOut(label: label, madeUpBy: step)
    }
}
