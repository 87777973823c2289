import Lifecycle

/// Rules and the cases that prove them.
extension ProgrammeCheck {
    func checkRules() {
        let declared = Dictionary(
            programme.parameters.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
        for rule in programme.rules {
            if rule.versions.isEmpty {
                log.add(place("rule:\(rule.id)"), "list.empty", "规则没有版本", "the rule has no version")
            }
            for (index, version) in rule.versions.enumerated() {
                let here = place("rule:\(rule.id)/\(index)")
                checkPeriod(rule, index, here)
                checkException(rule, version, place("rule:\(rule.id)/\(index)/exceptionBy"))
                checkCondition(version, in: rule, here)
                guard let demand = version.demand else { continue }
                checkParameters(demand, declared, here)
                checkChoice(demand, here)
                checkParty(demand, here)
                checkCeilings(demand, of: version, here)
                checkDay(demand, here)
                checkFamily(demand, here)
                if demand.scope != rule.scope {
                    log.add(
                        here, "rule.scope", "这种要求的 scope 应为 \(demand.scope.rawValue)",
                        "a demand of this kind has the scope \(demand.scope.rawValue)")
                }
                checkProved(rule, version, here)
            }
        }
    }

    /// Versions follow each other in time and do not overlap.
    private func checkPeriod(_ rule: Rule, _ index: Int, _ here: Place) {
        let version = rule.versions[index]
        if let until = version.until, until <= version.from {
            log.add(here, "rule.period", "until 应晚于 from", "until must be after from")
        }
        guard index > 0 else { return }
        let previous = rule.versions[index - 1]
        if previous.until.map({ version.from < $0 }) ?? true {
            log.add(
                here, "rule.period", "与上一版本的时期重叠", "the period overlaps the version before it")
        }
    }

    /// Whoever may except a dossier from a rule has to be able to act on it, and is not who screens it.
    private func checkException(_ rule: Rule, _ version: RuleVersion, _ here: Place) {
        guard let role = version.exceptionBy else { return }
        if rule.scope == .list {
            log.add(
                here, "rule.list-exception", "名单规则没有申请例外的途径，不能写 exceptionBy",
                "nobody can ask for an exception to a list's rule: take exceptionBy away")
        }
        if !role.mayExcept {
            let able = Role.allCases.filter(\.mayExcept).map(\.rawValue).joined(separator: ", ")
            log.add(
                here, "rule.exception-role", "“\(role.rawValue)”不能决定例外；可以是：\(able)",
                "“\(role.rawValue)” cannot decide on an exception; one of \(able) can")
        }
        for step in programme.procedure.steps where step.kind == .screen && step.by == role {
            log.add(
                here, "rule.exception-screens", "“\(role.rawValue)”办理“\(step.id)”，不能又决定例外",
                "“\(role.rawValue)” does “\(step.id)” and cannot decide on the exception too")
        }
    }

    private func checkParameters(_ demand: Demand, _ declared: [String: Parameter.Kind], _ here: Place) {
        for (id, kind) in demand.parameters.sorted(by: { $0.key < $1.key }) where declared[id] != kind {
            let near = declared[id] == nil ? Spelling.nearest(to: id, among: Array(declared.keys)) : nil
            log.add(
                here, "rule.unknown-parameter",
                "方案没有声明 \(kind.rawValue) 型参数“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "the programme declares no \(kind.rawValue) parameter “\(id)”"
                    + (near.map { ", did you mean “\($0)”?" } ?? ""))
        }
    }

    /// What is counted has to be a choice of the form, and each option one of its own.
    private func checkChoice(_ demand: Demand, _ here: Place) {
        guard let choice = demand.choice else { return }
        checkAnswers([choice.field: choice.options], here, "rule")
    }

    /// Who is counted has to be asked in, and so many of them.
    private func checkParty(_ demand: Demand, _ here: Place) {
        guard case .sameField(let role, let least, _) = demand else { return }
        guard let party = programme.partyRule(role), party.invitedBy == .applicant, party.most >= least else {
            return log.add(
                here, "rule.unknown-party",
                "parties 中没有由申请人邀请、至多不少于 \(least) 名的“\(role.rawValue)”",
                "no party “\(role.rawValue)” is asked in by the applicant, of whom there may be \(least)")
        }
    }

    /// What stands has to name a choice of the form and answers of it; what ended may name those of its own time, with
    /// their labels. The amount is that of the field that the house reads.
    private func checkCeilings(_ demand: Demand, of version: RuleVersion, _ here: Place) {
        guard case .amountByChoice(let field, let most, _) = demand else { return }
        let asked = most.filter { version.until == nil || $0.label == nil }
        checkAnswers([field: asked.map(\.option)], here, "rule")
        if programme.form.field("amount")?.kind != .money {
            log.add(
                here, "rule.no-amount", "申请书里没有金额字段“amount”", "the form has no field “amount” that is money")
        }
    }

    /// What is held against the call's days has to be a day of the form.
    private func checkDay(_ demand: Demand, _ here: Place) {
        guard let field = demand.askedDay else { return }
        checkDays([field], here, "rule")
    }

    /// - Parameter code: what names them: `rule` or `case`.
    private func checkDays(_ ids: [String], _ here: Place, _ code: String) {
        let days = programme.form.sections.flatMap(\.fields).filter { $0.kind == .day }.map(\.id)
        for id in ids where !days.contains(id) {
            let near = Spelling.nearest(to: id, among: days)
            log.add(
                here, "\(code).unknown-day",
                "申请书里没有日期栏“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "the form has no day “\(id)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
        }
    }

    /// A list chooses nothing, its applications do. What ended may name answers of its own time.
    private func checkCondition(_ version: RuleVersion, in rule: Rule, _ here: Place) {
        guard let when = version.when else { return }
        if rule.scope == .list {
            log.add(
                here, "rule.list-condition", "名单规则不能写 when", "a list's rule has no “when”")
        }
        let isFormer = version.until != nil || version.demand == nil
        let former = isFormer ? formerAnswers[when.field] ?? [] : []
        checkAnswers([when.field: when.options.filter { !former.contains($0) }], here, "rule")
    }

    /// A family that is counted has to be the programme's own: whoever applies here counts with it.
    private func checkFamily(_ demand: Demand, _ here: Place) {
        guard let family = demand.countedFamily, family != programme.family else { return }
        log.add(
            here, "rule.other-family", "限项须按本项目类别所属的“\(programme.family)”计算，不能按“\(family)”",
            "a limit counts in the programme's own family “\(programme.family)”, not in “\(family)”")
    }

    /// Answers that ended versions had ceilings for, and the form has no more.
    private var formerAnswers: [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for version in programme.rules.flatMap(\.versions) where version.until != nil {
            guard case .amountByChoice(let field, let most, _)? = version.demand else { continue }
            found[field, default: []].formUnion(most.filter { $0.label != nil }.map(\.option))
        }
        return found
    }

    /// - Parameter code: what names them: `rule` or `case`.
    private func checkAnswers(_ answers: [String: [String]], _ here: Place, _ code: String) {
        let choices = programme.form.sections.flatMap(\.fields).filter { $0.kind == .choice }
        for (id, options) in answers.sorted(by: { $0.key < $1.key }) {
            guard let field = choices.first(where: { $0.id == id }) else {
                let near = Spelling.nearest(to: id, among: choices.map(\.id))
                log.add(
                    here, "\(code).unknown-choice",
                    "申请书里没有选择项“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "the form has no choice “\(id)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
                continue
            }
            for option in options where !field.options.contains(where: { $0.id == option }) {
                let near = Spelling.nearest(to: option, among: field.options.map(\.id))
                log.add(
                    here, "\(code).unknown-option",
                    "“\(id)”没有选项“\(option)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                    "“\(id)” has no option “\(option)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
            }
        }
    }

    /// Each stated version needs a case that meets it and one that does not.
    private func checkProved(_ rule: Rule, _ version: RuleVersion, _ here: Place) {
        let expected = Set(
            programme.cases.filter { rule.version(on: $0.on) == version }.compactMap { $0.expect[rule.id] })
        for (result, code, zh, en) in [
            (Verdict.Result.met, "rule.no-met-case", "符合", "meets"),
            (.unmet, "rule.no-unmet-case", "不符合", "fails"),
        ] where !expected.contains(result) {
            log.add(
                here, code, "规则“\(rule.id)”自 \(version.from) 的版本没有“\(zh)”的案例",
                "no case \(en) the rule “\(rule.id)” as of \(version.from)")
        }
    }

    func checkCases() {
        let former = formerAnswers
        for own in programme.cases {
            for applicant in Set(own.applicants) {
                let chosen = (applicant.choices ?? [:]).filter { former[$0.key]?.contains($0.value) != true }
                checkAnswers(chosen.mapValues { [$0] }, place("case:\(own.name)"), "case")
                checkDays((applicant.days ?? [:]).keys.sorted(), place("case:\(own.name)"), "case")
            }
            for (id, expected) in own.expect.sorted(by: { $0.key < $1.key }) {
                let here = place("case:\(own.name)/\(id)")
                guard let rule = programme.rules.first(where: { $0.id == id }) else {
                    let near = Spelling.nearest(to: id, among: programme.rules.map(\.id))
                    log.add(
                        here, "case.unknown-rule", "没有规则“\(id)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                        "there is no rule “\(id)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
                    continue
                }
                guard let verdict = own.verdict(of: rule) else {
                    log.add(
                        here, "case.shape", "单项规则的案例须只有一名申请人",
                        "a case of an application's rule has exactly one applicant")
                    continue
                }
                if verdict.result != expected { report(own, verdict, expected, here) }
            }
        }
    }

    private func report(_ own: RuleCase, _ verdict: Verdict, _ expected: Verdict.Result, _ here: Place) {
        func looked(_ language: Language) -> String {
            verdict.looked.map { "\($0.label.text(in: language)) \($0.text(in: language))" }
                .joined(separator: language == .zh ? "，" : ", ")
        }
        log.add(
            here, "case.fails",
            "案例“\(own.name)”应为 \(expected.rawValue)，实为 \(verdict.result.rawValue)（\(looked(.zh))）",
            "the case “\(own.name)” expects \(expected.rawValue) but the verdict is \(verdict.result.rawValue) "
                + "(\(looked(.en)))")
    }
}
