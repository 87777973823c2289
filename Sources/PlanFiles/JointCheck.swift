import Lifecycle

/// Whether a call can say what another funder bears of it.
extension ProgrammeCheck {
    func checkJoint() {
        guard let rules = programme.joint else { return }
        if !programme.givesMoney {
            log.add(
                place("joint"), "joint.money", "这个方案不给经费，谈不上联合资助",
                "the programme gives no money that somebody else could bear a part of")
        }
        checkShare(rules.share)
        if let clause = rules.cites.clause, let clauses, !clauses.contains(clause) {
            unknownClause(clause, place("joint/cites"))
        }
    }

    private func checkShare(_ id: String) {
        let counts = programme.parameters.filter { $0.kind == .count }
        guard let parameter = counts.first(where: { $0.id == id }) else {
            let near = Spelling.nearest(to: id, among: counts.map(\.id))
            return log.add(
                place("joint/share"), "joint.share",
                "“\(id)”不是 count 参数" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "“\(id)” is no parameter of the kind count" + (near.map { ", did you mean “\($0)”?" } ?? ""))
        }
        let most = JointRules.bounds
        guard let bounds = parameter.bounds, bounds.least == most.least, bounds.most <= most.most else {
            return log.add(
                place("joint/share"), "joint.bounds",
                "分担比例“\(id)”须写 least: 0 和不大于 \(most.most) 的 most：零是不联合，市教委总要承担一部分",
                "the share “\(id)” needs `least: 0` and a `most` of \(most.most) or less: none is a call that the "
                    + "commission funds alone, and it always bears a part")
        }
    }
}
