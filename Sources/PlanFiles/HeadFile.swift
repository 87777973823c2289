import Lifecycle

/// `programme.yaml`: who the programme is, its sources, parameters and defaults. `terms.yaml`, if there is one, gives
/// more of the latter three; where both name the same, the programme's own counts.
extension ProgrammeReader {
    struct Head {
        let id: String
        let title: Label
        let summary: Label
        let family: String
        let clauses: [ClauseID]
        let nature: Programme.Nature
        let parameters: [Parameter]
        let defaults: [Default]
        let topics: TopicUse?
        let letting: Letting?
        let intake: Intake?
        let parties: [PartyRule]
        let leavesOut: [LeftOut]
        let quotaFormula: QuotaFormula?
        let joint: JointRules?
        let preferences: [Preference]
    }

    mutating func readHead(_ item: YAMLItem, terms: YAMLItem?) -> Head? {
        guard
            let fields = Fields(
                item,
                known: [
                    "id", "title", "summary", "family", "nature", "clauses", "sources", "parameters",
                    "defaults", "topics", "uses", "letting", "intake", "parties", "leavesOut",
                    "quotaFormula", "joint", "preferences",
                ], log: log)
        else { return nil }
        let shared = terms.flatMap { readTerms($0) }
        readSources(fields)
        let id = fields.id()
        log.mark("id", fields.place(of: "id"))
        let (title, summary) = (fields.label("title"), fields.label("summary"))
        let family = fields.id("family")
        let nature = fields.choice("nature", Programme.Nature.self)
        let clauseItems = fields.list("clauses")
        let clauses = all(clauseItems) { $0.text(log).map { ClauseID($0) } }
        for clause in clauseItems ?? [] {
            if case .text(let name) = clause.value { log.mark("clause:\(name)", clause.place) }
        }
        let own = readValues(fields)
        let topics = fields["topics"].flatMap { $0.choice(log, TopicUse.self) }
        let letting = fields.has("letting") ? fields.choice("letting", Letting.self) : nil
        let intake = fields.has("intake") ? fields.choice("intake", Intake.self) : nil
        for key in ["letting", "intake", "leavesOut", "topics"] { log.mark(key, fields.place(of: key)) }
        let parties = fields.has("parties") ? all(fields.list("parties")) { readParty($0) } : []
        checkUnique(fields.has("parties") ? fields["parties"]?.list(log) ?? [] : [], key: "role")
        let leavesOut = fields.has("leavesOut") ? all(fields.list("leavesOut")) { readLeftOut($0) } : []
        let preferences =
            fields.has("preferences") ? all(filled(fields, "preferences")) { readPreference($0) } : []
        let formula = fields["quotaFormula"].flatMap { readQuotaFormula($0) }
        let joint = fields["joint"].flatMap { readJoint($0) }
        if terms != nil && shared == nil || fields.has("quotaFormula") && formula == nil
            || fields.has("joint") && joint == nil
        {
            return nil
        }
        guard let id, let title, let summary, let family, let nature, let clauses, let own, let parties,
            let leavesOut, let preferences
        else { return nil }
        let values = own.over(shared)
        for parameter in values.parameters { kinds[parameter.id] = parameter.kind }
        for value in values.defaults { kinds[value.id] = .count }
        return Head(
            id: id, title: title, summary: summary, family: family, clauses: clauses, nature: nature,
            parameters: values.parameters, defaults: values.defaults, topics: topics, letting: letting,
            intake: intake, parties: parties, leavesOut: leavesOut, quotaFormula: formula, joint: joint,
            preferences: preferences)
    }

    /// What a call fills in, and what it may change.
    private struct Values {
        let parameters: [Parameter]
        let defaults: [Default]

        /// These, and of the others those of other names, which stand first.
        func over(_ others: Values?) -> Values {
            guard let others else { return self }
            let named = Set(parameters.map(\.id) + defaults.map(\.id))
            return Values(
                parameters: others.parameters.filter { !named.contains($0.id) } + parameters,
                defaults: others.defaults.filter { !named.contains($0.id) } + defaults)
        }
    }

    private mutating func readTerms(_ item: YAMLItem) -> Values? {
        guard let fields = Fields(item, known: ["sources", "parameters", "defaults"], log: log) else {
            knowsSources = false
            return nil
        }
        readSources(fields)
        return readValues(fields)
    }

    /// `parameters` and `defaults`; either may be absent.
    private func readValues(_ fields: Fields) -> Values? {
        let parameterItems = fields["parameters"].map { $0.list(log) } ?? []
        let defaultItems = fields["defaults"].map { $0.list(log) } ?? []
        checkUnique((parameterItems ?? []) + (defaultItems ?? []))
        guard let parameters = all(parameterItems, { readParameter($0) }),
            let defaults = all(defaultItems, { readDefault($0) })
        else { return nil }
        return Values(parameters: parameters, defaults: defaults)
    }

    private mutating func readSources(_ fields: Fields) {
        guard let item = fields["sources"] else { return }
        guard case .map(let pairs) = item.value else {
            knowsSources = false
            return log.add(item.place, "type.mapping", "此处应为键值表", "a mapping is expected here")
        }
        for pair in pairs {
            guard let source = Fields(pair.item, known: ["document", "article", "url", "clause"], log: log)
            else {
                knowsSources = false
                continue
            }
            sources[pair.key] = Citation(
                clause: source["clause"]?.text(log).map { ClauseID($0) },
                document: source["document"]?.text(log),
                article: source["article"]?.text(log), url: source["url"]?.text(log))
        }
    }

    private func readParameter(_ item: YAMLItem) -> Parameter? {
        guard
            let fields = Fields(
                item, known: ["id", "kind", "label", "hint", "demo", "least", "most", "demands"],
                log: log)
        else {
            return nil
        }
        let id = fields.id()
        let kind = fields.choice("kind", Parameter.Kind.self)
        let label = fields.label("label")
        let hint = optionalLabel(fields, "hint")
        guard let id, let kind, let label else { return nil }
        let demo = fields["demo"].flatMap { canonical($0, kind) }
        let bounds = bounds(fields)
        log.mark("parameter:\(id)", item.place)
        return Parameter(
            id: id, kind: kind, label: label, hint: hint, demo: demo, bounds: bounds,
            demands: readDemands(fields))
    }

    /// `least` and `most`: both, or neither.
    private func bounds(_ fields: Fields) -> Bounds? {
        guard let low = fields["least"] else {
            if let most = fields["most"] {
                log.add(most.place, "bounds.half", "有 most 就要有 least", "`most` needs a `least`")
            }
            return nil
        }
        guard let least = low.int(log, in: 0...1_000_000_000) else { return nil }
        return fields.int("most", in: least...1_000_000_000).map { Bounds(least, $0) }
    }

    private func readDefault(_ item: YAMLItem) -> Default? {
        let known = ["id", "label", "value", "standing", "cites", "verified", "least", "most"]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let id = fields.id()
        let label = fields.label("label")
        let value = fields.int("value", in: 0...100_000)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = citation(fields)
        let verified = fields.check("verified")
        let bounds = bounds(fields)
        guard let id, let label, let value, let standing, let cites, let verified else { return nil }
        if let bounds, !bounds.contains(value) {
            log.add(
                item.place, "bounds.value", "value 不在 least 与 most 之间",
                "`value` is not between `least` and `most`")
        }
        return Default(
            id: id, label: label, value: value, standing: standing, cites: cites, verified: verified,
            bounds: bounds)
    }

    /// The canonical text of a parameter's value; money is written in yuan and kept in fen.
    func canonical(_ item: YAMLItem, _ kind: Parameter.Kind) -> String? {
        switch kind {
        case .day: return item.day(log)?.text
        case .count: return item.int(log, in: 0...1_000_000).map { String($0) }
        case .flag: return item.flag(log).map { String($0) }
        case .text: return item.text(log)
        case .owner: return item.choice(log, Role.self)?.rawValue
        case .money:
            guard case .text(let text) = item.value, let money = Money(yuanText: text) else {
                log.add(item.place, "type.money", "此处应为金额（元）", "an amount in yuan is expected here")
                return nil
            }
            return String(money.rawValue)
        }
    }
}
