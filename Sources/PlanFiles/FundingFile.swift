import Lifecycle

/// `funding.yaml`: instalments and the milestones they wait for.
extension ProgrammeReader {
    func readFunding(_ item: YAMLItem) -> FundingRegime? {
        let known = ["lumpSum", "instalments", "milestones", "standing", "cites", "verified"]
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
        guard let lumpSum, let instalments, let milestones, let standing, let cites else { return nil }
        return FundingRegime(
            lumpSum: lumpSum, instalments: instalments, milestones: milestones, standing: standing,
            cites: cites)
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
        guard let fields = Fields(item, known: ["id", "label", "month"], log: log) else { return nil }
        let (id, label, month) = (fields.id(), fields.label("label"), fields.int("month", in: 1...240))
        guard let id, let label, let month else { return nil }
        return FundingRegime.Milestone(id: id, label: label, month: month)
    }
}
