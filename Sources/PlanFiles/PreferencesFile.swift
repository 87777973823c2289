import Lifecycle

/// `preferences` of `programme.yaml`.
extension ProgrammeReader {
    func readPreference(_ item: YAMLItem) -> Preference? {
        let known = ["id", "label", "from", "standing", "cites", "verified"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let (id, label) = (fields.id(), fields.label("label"))
        let from = fields["from"]?.day(log)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        guard let id, let label, let standing, let cites, let verified, from != nil || !fields.has("from")
        else { return nil }
        log.mark("preference:\(id)", item.place)
        return Preference(
            id: id, label: label, from: from, standing: standing, cites: cites, verified: verified)
    }
}
