import Lifecycle

/// `race.yaml`: when near ties become a race, and by which rule its money flows.
extension ProgrammeReader {
    private static let numberKeys = ["nearTie", "lanesLeast", "lanesMost", "firstPercent", "gateMonths"]

    func readRace(_ item: YAMLItem) -> RaceRules? {
        let known =
            Self.numberKeys + [
                "closeness", "route", "verdicts", "releasedByVerdict", "stoppingIsNoMisconduct", "standing",
                "cites", "verified",
            ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let numbers = readNumbers(fields)
        let closeness = fields.choice("closeness", RaceRules.Closeness.self)
        let route = fields.id("route")
        let verdicts = all(fields.list("verdicts")) { $0.choice(log, GateVerdict.self) }
        let released = fields.flag("releasedByVerdict")
        let blameless = fields.flag("stoppingIsNoMisconduct")
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        log.mark("race", item.place)
        for key in known { log.mark("race/\(key)", fields.place(of: key)) }
        guard let numbers, let closeness, let route, let verdicts, let released, let blameless, let standing,
            let cites, let verified
        else { return nil }
        return RaceRules(
            numbers: numbers, closeness: closeness, route: route, verdicts: verdicts,
            releasedByVerdict: released, stoppingIsNoMisconduct: blameless, standing: standing, cites: cites,
            verified: verified)
    }

    private func readNumbers(_ fields: Fields) -> RaceRules.Numbers? {
        let ids = Self.numberKeys.map { fields.id($0) }
        guard let nearTie = ids[0], let lanesLeast = ids[1], let lanesMost = ids[2],
            let firstPercent = ids[3],
            let gateMonths = ids[4]
        else { return nil }
        return RaceRules.Numbers(
            nearTie: nearTie, lanesLeast: lanesLeast, lanesMost: lanesMost, firstPercent: firstPercent,
            gateMonths: gateMonths)
    }
}
