import Lifecycle

/// `joint` of `programme.yaml`.
extension ProgrammeReader {
    func readJoint(_ item: YAMLItem) -> JointRules? {
        let known = ["share", "describes", "standing", "cites", "verified"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (share, describes) = (fields.id("share"), fields.label("describes"))
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        guard let share, let describes, let standing, let cites, let verified else { return nil }
        log.mark("joint", item.place)
        log.mark("joint/share", fields.place(of: "share"))
        log.mark("joint/cites", fields.place(of: "cites"))
        return JointRules(
            share: share, describes: describes, standing: standing, cites: cites, verified: verified)
    }
}
