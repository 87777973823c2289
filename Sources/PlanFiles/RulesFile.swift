import Lifecycle

/// `rules.yaml`: demands by the periods in which they were stated.
extension ProgrammeReader {
    func readRules(_ item: YAMLItem) -> [Rule]? {
        guard let fields = Fields(item, known: ["rules"], log: log), let items = fields.list("rules") else {
            return nil
        }
        checkUnique(items)
        return all(items) { readRule($0) }
    }

    private func readRule(_ item: YAMLItem) -> Rule? {
        guard let fields = Fields(item, known: ["id", "label", "scope", "versions"], log: log) else {
            return nil
        }
        let id = fields.id()
        let label = fields.label("label")
        let scope = fields.choice("scope", Rule.Scope.self)
        let items = fields.list("versions")
        let versions = all(items) { readVersion($0) }
        guard let id, let label, let scope, let items, let versions else { return nil }
        log.mark("rule:\(id)", item.place)
        for (index, version) in items.enumerated() {
            log.mark("rule:\(id)/\(index)", version.place)
            log.mark("rule:\(id)/\(index)/exceptionBy", version["exceptionBy"]?.place ?? version.place)
        }
        return Rule(id: id, label: label, scope: scope, versions: versions, line: item.place.line)
    }

    private func readVersion(_ item: YAMLItem) -> RuleVersion? {
        let known = [
            "from", "until", "demand", "label", "standing", "cites", "verified", "exceptionBy", "remedy",
            "demands", "when",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let from = fields.day("from")
        let until = fields["until"]?.day(log)
        let demand = fields.required("demand").flatMap { readDemand($0) }
        let label = optionalLabel(fields, "label")
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        let exceptionBy = fields["exceptionBy"]?.choice(log, Role.self)
        let remedy = optionalLabel(fields, "remedy")
        let when = readCondition(fields)
        if fields.has("when"), when == nil { return nil }
        guard let from, let demand, let standing, let cites, let verified else { return nil }
        return RuleVersion(
            from: from, until: until, demand: demand.demand, label: label, standing: standing, cites: cites,
            verified: verified, exceptionBy: exceptionBy, remedy: remedy, demands: readDemands(fields),
            when: when)
    }
}
