import Lifecycle

/// Whether what a programme says of a race can be carried out by its form, its procedure and its numbers.
extension ProgrammeCheck {
    func checkRace() {
        guard let race = programme.race else {
            if programme.way == .race {
                log.add(
                    place("letting"), "letting.race", "赛马须有 race.yaml 写明何时、怎样并行立项",
                    "a race needs a race.yaml that says when and how lanes are established")
            }
            return
        }
        checkLetting(of: race)
        checkRoute(race)
        checkNumbers(race)
        checkMoney(race)
    }

    /// Near ties are of bids for one topic, and of scores.
    private func checkLetting(of race: RaceRules) {
        if programme.way != .race && programme.way != .openChallenge {
            log.add(
                place("letting"), "race.letting", "只有 race 和 open-challenge 的方案可以有 race.yaml",
                "only a race or an open challenge has a race.yaml")
        }
        if programme.topicUse != .required {
            log.add(
                place("topics"), "race.topics", "赛马以同一题目的揭榜为前提，须写 topics: required",
                "a race is between bids for one topic: topics: required")
        }
        for kind in [Step.Kind.review, .decide, .contract]
        where programme.procedure.step(of: kind) == nil {
            log.add(
                place("race"), "race.without", "赛马要有 \(kind.rawValue) 步骤，流程里没有",
                "a race needs a step of the kind \(kind.rawValue), and there is none")
        }
    }

    private func checkRoute(_ race: RaceRules) {
        guard let field = programme.form.field(race.route) else {
            let fields = programme.form.sections.flatMap(\.fields).map(\.id)
            let near = Spelling.nearest(to: race.route, among: fields)
            log.add(
                place("race/route"), "race.route",
                "form.yaml 里没有字段“\(race.route)”" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "form.yaml has no field “\(race.route)”" + (near.map { ", did you mean “\($0)”?" } ?? ""))
            return
        }
        if field.kind != .prose || !field.required {
            log.add(
                place("race/route"), "race.route-kind", "技术路线说明须是必填的 prose 字段",
                "the statement of the route has to be a required field of the kind prose")
        }
    }

    private func checkNumbers(_ race: RaceRules) {
        for (key, id) in race.numbers.named where bounds(of: id) == nil {
            let near = Spelling.nearest(to: id, among: programme.defaults.map(\.id))
            log.add(
                place("race/\(key)"), "race.number",
                "“\(id)”不是有 least 和 most 的默认值" + (near.map { "，是否想写“\($0)”？" } ?? ""),
                "“\(id)” is no default with `least` and `most`"
                    + (near.map { ", did you mean “\($0)”?" } ?? ""))
        }
        /// Whatever a call sets within the bounds has to make sense.
        func require(_ key: String, _ id: String, least: Int, most: Int, _ zh: String, _ en: String) {
            guard let bounds = bounds(of: id), bounds.least < least || bounds.most > most else { return }
            log.add(place("race/\(key)"), "race.bounds", zh, en)
        }
        let numbers = race.numbers
        require(
            "lanesLeast", numbers.lanesLeast, least: 2, most: .max, "赛道至少 2 条，least 不能更小",
            "there are at least 2 lanes: `least` cannot be less")
        require(
            "firstPercent", numbers.firstPercent, least: 1, most: 99, "首笔比例须在 1% 到 99% 之间，其余凭裁决拨付",
            "the first money is from 1 to 99 %: the rest is released by a verdict")
        require(
            "gateMonths", numbers.gateMonths, least: 1, most: .max, "阶段考核须在立项之后",
            "the gate comes after the projects begin")
        if race.closeness == .percent {
            require(
                "nearTie", numbers.nearTie, least: 0, most: 100, "得分差按满幅的百分比计，不能超过 100",
                "closeness is hundredths of the range, at most 100")
        }
        if let least = bounds(of: numbers.lanesLeast), let most = bounds(of: numbers.lanesMost),
            least.most > most.least
        {
            log.add(
                place("race/lanesMost"), "race.lanes", "最少赛道数可能被改得大于最多赛道数",
                "a call could set the least number of lanes above the most")
        }
    }

    private func checkMoney(_ race: RaceRules) {
        if !race.releasedByVerdict {
            log.add(
                place("race/releasedByVerdict"), "race.released",
                "首笔之后的经费只能凭阶段考核的裁决拨付（releasedByVerdict: true）",
                "money beyond the first is released by a verdict alone (releasedByVerdict: true)")
        }
        if !race.stoppingIsNoMisconduct {
            log.add(
                place("race/stoppingIsNoMisconduct"), "race.misconduct",
                "被终止不等于失信（stoppingIsNoMisconduct: true）",
                "to be stopped is no misconduct (stoppingIsNoMisconduct: true)")
        }
        for verdict in [GateVerdict.advance, .stop] where !race.verdicts.contains(verdict) {
            log.add(
                place("race/verdicts"), "race.verdicts", "裁决须含 \(verdict.rawValue)",
                "the verdicts have to hold \(verdict.rawValue)")
        }
        if Set(race.verdicts).count < race.verdicts.count {
            log.add(place("race/verdicts"), "race.verdicts", "裁决重复", "a verdict stands twice")
        }
    }

    private func bounds(of id: String) -> Bounds? { programme.defaults.first { $0.id == id }?.bounds }
}
