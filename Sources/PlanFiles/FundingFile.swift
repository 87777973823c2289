import Lifecycle

/// `funding.yaml`: instalments and the milestones they wait for.
extension ProgrammeReader {
    func readFunding(_ item: YAMLItem) -> FundingRegime? {
        let known = [
            "lumpSum", "instalments", "milestones", "standing", "cites", "verified", "thirdPartyTest",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let lumpSum = fields.flag("lumpSum")
        let items = fields.list("instalments")
        let milestoneItems = fields.list("milestones")
        checkUnique(items ?? [])
        checkUnique(milestoneItems ?? [])
        log.mark("instalments", fields.place(of: "instalments"))
        let instalments = all(items) { readInstalment($0) }
        let milestones = all(milestoneItems) { readMilestone($0) }
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        // What was written before it was read may do without.
        let verified = fields.has("verified") ? fields.check("verified") : nil
        let test = fields["thirdPartyTest"].flatMap { readTest($0) }
        if fields.has("thirdPartyTest"), test == nil { return nil }
        if fields.has("verified"), verified == nil { return nil }
        guard let lumpSum, let instalments, let milestones, let standing, let cites else { return nil }
        return FundingRegime(
            lumpSum: lumpSum, instalments: instalments, milestones: milestones, standing: standing,
            cites: cites, test: test, verified: verified)
    }

    private func readTest(_ item: YAMLItem) -> FundingRegime.ThirdPartyTest? {
        guard let fields = Fields(item, known: ["upon", "of"], log: log) else { return nil }
        log.mark("thirdPartyTest", fields.place(of: "upon"))
        let (upon, of) = (fields.id("upon"), fields.label("of"))
        guard let upon, let of else { return nil }
        return FundingRegime.ThirdPartyTest(upon: upon, of: of)
    }

    private func readInstalment(_ item: YAMLItem) -> FundingRegime.Instalment? {
        guard let fields = Fields(item, known: ["id", "label", "percent", "upon"], log: log) else {
            return nil
        }
        let (id, label) = (fields.id(), fields.label("label"))
        let (percent, upon) = (fields.int("percent", in: 1...100), fields.id("upon"))
        guard let id, let label, let percent, let upon else { return nil }
        log.mark("instalment:\(id)", fields.place(of: "upon"))
        return FundingRegime.Instalment(id: id, label: label, percent: percent, upon: upon)
    }

    private func readMilestone(_ item: YAMLItem) -> FundingRegime.Milestone? {
        guard let fields = Fields(item, known: ["id", "label", "month", "term"], log: log) else { return nil }
        let (id, label) = (fields.id(), fields.label("label"))
        if fields.has("month") == fields.has("term") {
            log.add(
                item.place, "milestone.when", "节点须写 month（第几个月）或 term（项目期的百分之几）之一",
                "a milestone has either `month`, counted from the start, or `term`, percent of the project's term"
            )
            return nil
        }
        let month = fields.has("month") ? fields.int("month", in: 1...240) : nil
        let term = fields.has("term") ? fields.int("term", in: 1...100) : nil
        guard let id, let label, month != nil || term != nil else { return nil }
        return FundingRegime.Milestone(id: id, label: label, month: month, term: term)
    }
}
