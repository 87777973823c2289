/// One bid for a topic, as far as the opening of a race looks at it.
package struct RaceBid: Sendable, Hashable {
    package let application: ID<Application>
    package let topic: ID<Topic>?
    package let meanHundredths: Int
    /// Whether anybody reviewed it: without a score nothing is close.
    package let isScored: Bool
    package let requested: Money
    /// The statement of its technical route.
    package let route: String
    /// Legal entities of the applicant and of the team.
    package let entities: Set<ID<Organisation>>

    package init(
        application: ID<Application>, topic: ID<Topic>?, meanHundredths: Int, isScored: Bool,
        requested: Money, route: String, entities: Set<ID<Organisation>>
    ) {
        self.application = application
        self.topic = topic
        self.meanHundredths = meanHundredths
        self.isScored = isScored
        self.requested = requested
        self.route = route
        self.entities = entities
    }
}

/// The numbers of a race as one call has set them, and its bounds in time and money.
package struct RaceLimits: Sendable, Hashable {
    package let rules: RaceRules
    /// In hundredths of a point.
    package let nearTieHundredths: Int
    package let lanesLeast: Int
    package let lanesMost: Int
    package let firstPercent: Int
    package let start: Day
    package let end: Day
    /// Where no other day is named.
    package let gate: Day
    /// What of the round's money is not promised yet.
    package let budget: Money
    /// What a project of the call gets at most; nil where the call does not say.
    package let most: Money?
    package let ceiling: Money

    /// Nil where the programme knows no race, or the call lacks a number or the days of its projects.
    package init?(
        _ call: Call, _ programme: Programme, ceiling: Money, budget: Money
    ) {
        guard let rules = programme.race, let start = call.projectStart, let end = call.projectEnd,
            let near = call.number(rules.numbers.nearTie, in: programme),
            let least = call.number(rules.numbers.lanesLeast, in: programme),
            let most = call.number(rules.numbers.lanesMost, in: programme),
            let percent = call.number(rules.numbers.firstPercent, in: programme),
            let months = call.number(rules.numbers.gateMonths, in: programme)
        else { return nil }
        self.rules = rules
        nearTieHundredths =
            switch rules.closeness {
            case .points: near * 100
            case .percent: near * call.review(of: programme).range
            }
        lanesLeast = least
        lanesMost = most
        firstPercent = percent
        self.start = start
        self.end = end
        gate = start.adding(months: months)
        self.budget = budget
        self.most = call.settings.money("grantAmount")
        self.ceiling = ceiling
    }

    /// Whether a bid lies close enough to the best of those it is compared with.
    package func isNear(_ hundredths: Int, to best: Int) -> Bool { best - hundredths <= nearTieHundredths }
}

/// What an officer asks for when proposing a race.
package struct RaceAsked: Sendable, Hashable {
    package let topic: ID<Topic>
    package let bids: [RaceBid]
    package let gate: Day
    package let assessor: Assessor?
    package let grant: Money
    package let firstMoney: Money
    /// Why the routes differ.
    package let difference: String
    package let grounds: String

    /// Who is to assess, with the legal entity it belongs to.
    package struct Assessor: Sendable, Hashable {
        package let assessor: Race.Assessor
        package let entity: ID<Organisation>
        /// Whether it is the commission, or the topic's final user.
        package let isConcerned: Bool
        package init(assessor: Race.Assessor, entity: ID<Organisation>, isConcerned: Bool) {
            self.assessor = assessor
            self.entity = entity
            self.isConcerned = isConcerned
        }
    }

    package init(
        topic: ID<Topic>, bids: [RaceBid], gate: Day, assessor: Assessor?, grant: Money, firstMoney: Money,
        difference: String, grounds: String
    ) {
        self.topic = topic
        self.bids = bids
        self.gate = gate
        self.assessor = assessor
        self.grant = grant
        self.firstMoney = firstMoney
        self.difference = difference
        self.grounds = grounds
    }

    /// Fewest characters in which a judgement of routes, or the grounds, are given.
    package static let leastWords = 20

    /// What keeps the race from being proposed; empty when nothing does. Each names the source of the race's rules.
    package func obstacles(_ limits: RaceLimits) -> [Refusal] {
        (lanes(limits) + routes + money(limits) + gate(limits) + words)
            .map { Refusal($0.code, $0.values, citation: limits.rules.cites) }
    }

    private func lanes(_ limits: RaceLimits) -> [Refusal] {
        var found: [Refusal] = []
        if bids.count < limits.lanesLeast {
            found.append(Refusal("race.few", ["least": "\(limits.lanesLeast)", "count": "\(bids.count)"]))
        }
        if bids.count > limits.lanesMost {
            found.append(Refusal("race.many", ["most": "\(limits.lanesMost)", "count": "\(bids.count)"]))
        }
        if bids.contains(where: { $0.topic != topic }) { found.append(Refusal("race.topics")) }
        if bids.contains(where: { !$0.isScored }) { found.append(Refusal("race.unscored")) }
        let means = bids.map(\.meanHundredths)
        if let best = means.max(), let last = means.min(), !limits.isNear(last, to: best) {
            found.append(
                Refusal(
                    "race.not-near",
                    [
                        "difference": Self.points(best - last),
                        "most": Self.points(limits.nearTieHundredths),
                    ]))
        }
        return found
    }

    /// Two routes told in the same words are one; whether two told in others are two, the officer says.
    private var routes: [Refusal] {
        let told = bids.map { $0.route.filter { !$0.isWhitespace } }
        if told.contains("") { return [Refusal("race.no-route")] }
        if told.count > 1, Set(told).count < told.count { return [Refusal("race.same-route")] }
        return []
    }

    private func money(_ limits: RaceLimits) -> [Refusal] {
        var found: [Refusal] = []
        if grant <= .zero || firstMoney <= .zero { return [Refusal("race.amount")] }
        let share = grant.percent(limits.firstPercent)
        if firstMoney > share {
            found.append(
                Refusal(
                    "race.first-share",
                    [
                        "first": firstMoney.yuanText, "percent": "\(limits.firstPercent)",
                        "most": share.yuanText,
                    ]))
        }
        let together = bids.reduce(Money.zero) { sum, _ in sum + firstMoney }
        if together > limits.budget {
            found.append(
                Refusal("race.budget", ["total": together.wanText, "budget": limits.budget.wanText]))
        }
        let bounds = [limits.most, limits.ceiling, bids.map(\.requested).min()].compactMap(\.self)
        if let most = bounds.min(), grant > most {
            found.append(Refusal("race.grant", ["grant": grant.yuanText, "most": most.yuanText]))
        }
        return found
    }

    private func gate(_ limits: RaceLimits) -> [Refusal] {
        var found: [Refusal] = []
        if gate <= limits.start || gate >= limits.end {
            found.append(
                Refusal("race.gate", ["start": limits.start.text, "end": limits.end.text]))
        }
        guard let assessor else { return found + [Refusal("race.assessor")] }
        if assessor.isConcerned || bids.contains(where: { $0.entities.contains(assessor.entity) }) {
            found.append(Refusal("race.assessor-party", ["name": assessor.assessor.name]))
        }
        return found
    }

    private var words: [Refusal] {
        var found: [Refusal] = []
        let least = ["least": "\(Self.leastWords)"]
        if difference.trimmedCount < Self.leastWords { found.append(Refusal("race.difference", least)) }
        if grounds.trimmedCount < Self.leastWords { found.append(Refusal("race.grounds", least)) }
        return found
    }

    /// Hundredths as points with two decimals.
    package static func points(_ hundredths: Int) -> String {
        "\(hundredths / 100).\(String(String(hundredths % 100 + 100).dropFirst()))"
    }
}

extension Selection {
    /// What of the proposed races keeps the selection from being proposed: a lane that is not funded, or with another
    /// amount than the others of its race.
    ///
    /// - Parameter isWhole: whether every race has to be in it. Where applications are decided one by one, a race may
    ///   wait, but never a part of it.
    package func obstacles(races: [Race], isWhole: Bool) -> [Refusal] {
        let lines = Dictionary(lines.map { ($0.application, $0) }, uniquingKeysWith: { first, _ in first })
        return races.filter { race in
            let own = race.lanes.map { lines[$0] }
            if !isWhole, own.allSatisfy({ $0 == nil }) { return false }
            return !own.allSatisfy { $0?.funded == true && $0?.amount == race.terms.firstMoney }
        }.map {
            Refusal(
                "selection.race",
                ["topic": $0.terms.topicNumber, "first": $0.terms.firstMoney.yuanText],
                citation: $0.terms.cites)
        }
    }
}
