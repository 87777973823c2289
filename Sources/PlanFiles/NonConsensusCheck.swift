import Lifecycle

/// Whether the route for proposals that experts disagree about can be carried out by the programme's instrument, its
/// procedure and its numbers.
extension ProgrammeCheck {
    func checkNonConsensus() {
        guard let rules = programme.nonConsensus else { return }
        checkSteps()
        checkNumbers(rules)
        if programme.race != nil {
            log.add(
                place("non-consensus"), "non-consensus.race", "赛马在同一题目的揭榜之间立项，不能同时设非共识通道",
                "a race is between bids for one topic: the route does not go with it")
        }
        if let clause = rules.cites.clause, let clauses, !clauses.contains(clause) {
            unknownClause(clause, place("non-consensus/cites"))
        }
    }

    /// Disagreement is between reviews, and what it leads to is a decision.
    private func checkSteps() {
        for kind in [Step.Kind.review, .decide] where programme.procedure.step(of: kind) == nil {
            log.add(
                place("non-consensus"), "non-consensus.without", "非共识通道要有 \(kind.rawValue) 步骤，流程里没有",
                "the route needs a step of the kind \(kind.rawValue), and there is none")
        }
        if let review = programme.procedure.step(of: .review), review.needs < 2 {
            log.add(
                place("non-consensus"), "non-consensus.alone", "只有一位专家评审，谈不上意见分歧",
                "one expert alone disagrees with nobody: the review needs two or more")
        }
    }

    private func checkNumbers(_ rules: NonConsensusRules) {
        for (key, id) in rules.numbers.named where bounds(of: id) == nil {
            let names = programme.defaults.map(\.id) + programme.parameters.map(\.id)
            let near = Spelling.nearest(to: id, among: names)
            log.add(
                place("non-consensus/\(key)"), "non-consensus.number",
                "“\(id)”不是有 least 和 most 的默认值或 count 参数" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "“\(id)” is no default and no parameter of the kind count with `least` and `most`"
                    + (near.map { ", did you mean “\($0)”?" } ?? ""))
        }
        let range = programme.review.gradeRange
        if let spread = bounds(of: rules.numbers.spread), spread.least < 1 || spread.most > range {
            log.add(
                place("non-consensus/spread"), "non-consensus.spread",
                "等级分差须在 1 到 \(range) 之间：再大就没有一项算得上，没有分差就没有分歧",
                "grades lie from 1 to \(range) points apart; beyond that no proposal could count")
        }
        if let least = bounds(of: rules.numbers.caseLeast), let most = bounds(of: rules.numbers.caseMost),
            least.least < 1 || least.most > most.least
        {
            log.add(
                place("non-consensus/caseMost"), "non-consensus.case",
                "举荐意见的最少字数须大于零，且不可能被改得多于最多字数",
                "a case has at least one character, and a call must not be able to set the least above the most"
            )
        }
    }

    /// Of a default, or of a parameter that is a count.
    private func bounds(of id: String) -> Bounds? {
        programme.defaults.first { $0.id == id }?.bounds
            ?? programme.parameters.first { $0.id == id && $0.kind == .count }?.bounds
    }
}
