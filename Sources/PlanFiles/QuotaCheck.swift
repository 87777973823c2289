import Lifecycle

/// Whether a formula for quotas can be carried out with what the programme has, and says what its examples say.
extension ProgrammeCheck {
    func checkQuotaFormula() {
        guard let formula = programme.quotaFormula else {
            for own in programme.quotaCases ?? [] {
                log.add(
                    place("quota case:\(own.name)"), "quota.no-formula",
                    "programme.yaml 没有 quotaFormula，这个案例无从核对",
                    "programme.yaml has no quotaFormula that this case could prove")
            }
            return
        }
        checkBase(formula)
        checkNeeds(formula)
        for term in formula.terms { checkSteps(term) }
        checkQuotaCases(formula)
        if let clauses, let clause = formula.cites.clause, !clauses.contains(clause) {
            unknownClause(clause, place("quota/cites"))
        }
    }

    private func checkBase(_ formula: QuotaFormula) {
        let counts = programme.parameters.filter { $0.kind == .count }.map(\.id)
        guard !counts.contains(formula.base) else { return }
        let near = Spelling.nearest(to: formula.base, among: counts)
        log.add(
            place("quota/base"), "quota.base",
            "方案没有声明 count 型参数“\(formula.base)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
            "the programme declares no count parameter “\(formula.base)”"
                + (near.map { ", did you mean “\($0)”?" } ?? ""))
    }

    /// A quota bounds the list that a university puts forward, and quality is what reviews said.
    private func checkNeeds(_ formula: QuotaFormula) {
        if !programme.rules.contains(where: { $0.versions.contains { $0.demand == .quota } }) {
            log.add(
                place("quota"), "quota.no-rule", "没有 demand: quota 的规则，公式不起作用",
                "no rule demands a quota, and the formula would do nothing")
        }
        if programme.procedure.step(of: .endorse) == nil {
            log.add(
                place("quota"), "quota.no-list", "流程没有 endorse 步骤，学校不推荐名单",
                "without a step of the kind endorse no university puts a list forward")
        }
        if programme.procedure.step(of: .review) == nil,
            formula.terms.contains(where: { $0.indicator == .quality })
        {
            log.add(
                place("quota:quality"), "quota.no-review", "立项质量按评审得分计，流程没有 review 步骤",
                "quality is what reviews said, and the procedure has no step of review")
        }
    }

    private func checkSteps(_ term: QuotaFormula.Term) {
        let shares = term.steps.map(\.atLeast)
        let isFalling = zip(shares, shares.dropFirst()).allSatisfy { $0 > $1 }
        guard !isFalling || shares.last != 0 else { return }
        log.add(
            place("quota:\(term.indicator.rawValue)/steps"), "quota.steps",
            "各档须从高到低，最后一档是 atLeast: 0",
            "steps go from the highest share down, and the last is atLeast: 0")
    }

    private func checkQuotaCases(_ formula: QuotaFormula) {
        let cases = programme.quotaCases ?? []
        for own in cases {
            let verdict = formula.verdict(base: own.base, for: own.history)
            guard verdict.quota != own.expect else { continue }
            let sum =
                "\(own.base)\(verdict.lines.map { $0.change < 0 ? "\($0.change)" : "+\($0.change)" }.joined())"
            log.add(
                place("quota case:\(own.name)"), "quota.case-fails",
                "案例“\(own.name)”应为 \(own.expect)，公式算得 \(verdict.quota)（\(sum)=\(verdict.sum)）",
                "the case “\(own.name)” expects \(own.expect) but the formula says \(verdict.quota) "
                    + "(\(sum)=\(verdict.sum))")
        }
        let verdicts = cases.map { formula.verdict(base: $0.base, for: $0.history) }
        for term in formula.terms {
            let lines = verdicts.compactMap { verdict in
                verdict.lines.first { $0.indicator == term.indicator }
            }
            let here = place("quota:\(term.indicator.rawValue)")
            if !lines.contains(where: { $0.step != nil }) {
                log.add(
                    here, "quota.no-case", "cases.yaml 的 quotas 没有这项指标已知的案例",
                    "no case under `quotas` in cases.yaml knows this indicator")
            }
            if !lines.contains(where: { $0.step == nil }) {
                log.add(
                    here, "quota.no-case", "cases.yaml 的 quotas 没有这项指标未知的案例",
                    "no case under `quotas` in cases.yaml leaves this indicator unknown")
            }
        }
    }
}
