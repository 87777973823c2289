import Lifecycle

/// `procedure.yaml`: the steps and their order.
extension ProgrammeReader {
    func readProcedure(_ item: YAMLItem) -> Procedure? {
        guard let fields = Fields(item, known: ["steps"], log: log), let items = fields.list("steps") else {
            return nil
        }
        checkUnique(items, key: "step")
        log.mark("steps", fields.place(of: "steps"))
        return all(items) { readStep($0) }.map { Procedure(steps: $0) }
    }

    private func readStep(_ item: YAMLItem) -> Step? {
        let known = [
            "step", "kind", "label", "by", "after", "within", "why", "apartFrom", "needs", "parties",
            "returnsTo", "statement", "appraisal", "mayWithhold", "hears", "cites", "standing", "verified",
        ]
        guard let fields = Fields(item, known: known, log: log) else { return nil }
        let id = fields.id("step")
        let kind = fields.choice("kind", Step.Kind.self)
        let label = fields.label("label")
        let by = fields.has("by") ? fields.choice("by", Role.self) : nil
        if !fields.has("by") {
            log.add(item.place, "step.no-owner", "步骤没有负责人（by）", "the step has no owner (by)")
        }
        let within = deadline(fields)
        let isOfEach = if case .text("each")? = fields["needs"]?.value { true } else { false }
        let needs = fields.has("needs") && !isOfEach ? fields.int("needs", in: 1...100) : 1
        let parties = fields.has("parties") ? all(fields.list("parties")) { $0.choice(log, Role.self) } : []
        let statement = fields["statement"]?.text(log)
        let standing = fields.choice("standing", RuleStanding.self)
        let cites = optionalCitation(fields)
        let (after, apart, back) = (
            fields.texts("after"), fields.texts("apartFrom"), fields.texts("returnsTo")
        )
        let appraisal = fields.has("appraisal") ? fields.id("appraisal") : nil
        let mayWithhold = fields.has("mayWithhold") ? fields.flag("mayWithhold") : false
        let hears = fields.has("hears") ? fields.flag("hears") : false
        let verified = fields.has("verified") ? fields.check("verified") : nil
        guard let id, let kind, let label, let by, let within, let needs, let parties, let standing,
            let mayWithhold, let hears, verified != nil || !fields.has("verified")
        else { return nil }
        if standing == .borrowed && !fields.has("cites") {
            log.add(
                item.place, "rule.no-citation", "借用的做法没有出处（cites）",
                "a borrowed practice has no citation (cites)")
        }
        log.mark("step:\(id)", item.place)
        for key in [
            "after", "apartFrom", "returnsTo", "statement", "appraisal", "needs", "within", "mayWithhold",
            "hears",
        ] {
            log.mark("step:\(id)/\(key)", fields.place(of: key))
        }
        return Step(
            id: id, kind: kind, label: label, by: by, after: after, within: within.deadline, apartFrom: apart,
            needs: needs, each: isOfEach, parties: parties, returnsTo: back, statement: statement,
            appraisal: appraisal,
            mayWithhold: mayWithhold, hears: hears, cites: cites, standing: standing, verified: verified,
            line: item.place.line)
    }

    /// A deadline, or the explicit word that there is none.
    private struct Within {
        let deadline: Step.Deadline?
    }

    /// `callClosing`, `{hours: 48}`, `{days: 10}`, `{workingDays: 5}`, `{afterClosing: {days: 10}}`,
    /// `{afterPublication: {hours: 12}}`, or `none` with a `why`.
    private func deadline(_ fields: Fields) -> Within? {
        guard let item = fields["within"] else {
            log.add(
                fields.place, "step.no-deadline", "步骤没有期限（within）", "the step has no deadline (within)")
            return nil
        }
        switch item.value {
        case .text("callClosing"): return Within(deadline: .callClosing)
        case .text("none"):
            if !fields.has("why") {
                log.add(
                    item.place, "step.no-deadline", "没有期限须写明原因（why）",
                    "a step without a deadline must say why")
            }
            return Within(deadline: nil)
        case .map(let pairs) where pairs.count == 1 && pairs[0].key == "afterClosing":
            return term(pairs[0].item).map { Within(deadline: .afterClosing($0)) }
        case .map(let pairs) where pairs.count == 1 && pairs[0].key == "afterPublication":
            return term(pairs[0].item).map { Within(deadline: .afterPublication($0)) }
        case .map: return term(item).map { Within(deadline: .term($0)) }
        case .text, .list:
            log.add(
                item.place, "step.deadline", "期限应为 callClosing、{hours: …}、{days: …}、{workingDays: …} 或 none",
                "a deadline is callClosing, {hours: …}, {days: …}, {workingDays: …} or none")
            return nil
        }
    }

    private func term(_ item: YAMLItem) -> Term? {
        let units = ["hours", "days", "workingDays"]
        guard let fields = Fields(item, known: units, log: log) else { return nil }
        let written = units.filter(fields.has)
        guard written.count == 1 else {
            log.add(
                item.place, "step.deadline", "hours、days 与 workingDays 须写且只写一个",
                "write one of hours, days and workingDays")
            return nil
        }
        switch written[0] {
        case "hours": return fields.int("hours", in: 1...8760).map { .hours($0) }
        case "days": return fields.int("days", in: 1...3650).map { .days($0) }
        default: return fields.int("workingDays", in: 1...1000).map { .workingDays($0) }
        }
    }
}
