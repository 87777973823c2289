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
                guard let demand = version.demand else { continue }
                checkParameters(demand, declared, here)
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
        for own in programme.cases {
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
