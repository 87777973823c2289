import Lifecycle

/// `non-consensus.yaml`: when experts count as disagreeing about a proposal, who may champion it and how many may be funded.
extension ProgrammeReader {
    func readNonConsensus(_ item: YAMLItem) -> NonConsensusRules? {
        let known = ["spread", "caseLeast", "caseMost", "most", "champion", "standing", "cites", "verified"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (spread, most) = (fields.id("spread"), fields.id("most"))
        let (least, longest) = (fields.id("caseLeast"), fields.id("caseMost"))
        let champion = fields.choice("champion", NonConsensusRules.Champion.self)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        log.mark("non-consensus", item.place)
        for key in known { log.mark("non-consensus/\(key)", fields.place(of: key)) }
        guard let spread, let most, let least, let longest, let champion, let standing, let cites,
            let verified
        else { return nil }
        return NonConsensusRules(
            numbers: NonConsensusRules.Numbers(
                spread: spread, caseLeast: least, caseMost: longest, most: most),
            champion: champion, standing: standing, cites: cites, verified: verified)
    }
}
