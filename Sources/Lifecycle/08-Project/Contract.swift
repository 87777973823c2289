/// The task contract (任务书), generated from the application and the decision.
package struct Contract: Sendable, Codable, Hashable {
    package struct Milestone: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let due: Day
        package init(id: String, label: Label, due: Day) {
            self.id = id
            self.label = label
            self.due = due
        }
    }

    package struct Instalment: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let amount: Money
        /// `contract`, a milestone's id, or ``Contract/gate``.
        package let upon: String
        package init(id: String, label: Label, amount: Money, upon: String) {
            self.id = id
            self.label = label
            self.amount = amount
            self.upon = upon
        }
    }

    /// What the topic it bid for fixes: by what it is accepted, how that is tested, when what is due, and for whom.
    package struct TopicTerms: Sendable, Codable, Hashable {
        package struct Node: Sendable, Codable, Hashable {
            package let due: Day
            package let what: String
        }

        package let topic: ID<Topic>
        package let number: String
        package let title: String
        /// The final user, who takes part in acceptance.
        package let user: String
        package let indicators: [TopicText.Indicator]
        /// What the bid promised for each indicator, in their order; empty where it was not asked. Nil in contracts of
        /// before bids were asked one by one.
        package let promises: [String]?
        package let nodes: [Node]
        /// Nil where neither topic nor programme says whether a third party tests.
        package let test: Test?

        package struct Test: Sendable, Codable, Hashable {
            package let isDemanded: Bool
            package let of: Label
            /// Empty where it is not known yet.
            package let by: String
            /// Whether the programme says so, and the topic does not.
            package let isOfProgramme: Bool
        }

        /// - Parameters:
        ///   - regime: what holds where the topic says nothing.
        ///   - answers: the bid's, as submitted.
        ///   - start: the day from which the topic's months count.
        package init(
            _ id: ID<Topic>, number: String, _ text: TopicText, answers: [String: String], start: Day,
            regime: FundingRegime
        ) {
            topic = id
            self.number = number
            title = text.title
            user = text.user.name
            indicators = text.indicators
            promises = text.indicators.indices.map {
                answers[ApplicationForm.promise(id, $0 + 1)] ?? ""
            }
            nodes = text.nodes.map { Node(due: start.adding(months: $0.month), what: $0.what) }
            test =
                text.test.map {
                    Test(
                        isDemanded: $0.isDemanded, of: Label($0.of, $0.of), by: $0.by, isOfProgramme: false)
                }
                ?? regime.test.map { Test(isDemanded: true, of: $0.of, by: "", isOfProgramme: true) }
        }
    }

    package let number: String
    package let title: String
    package let amount: Money
    package let start: Day
    package let end: Day
    package let lumpSum: Bool
    package let milestones: [Milestone]
    package let instalments: [Instalment]
    package let outcomes: String
    /// Of a lane of a race: what holds for all its lanes alike. Nil for every other project.
    package let race: Race.Terms?

    /// The milestone of a lane's gate, upon whose verdict the rest of its money is released.
    package static let gate = "gate"

    /// What the two instalments of a lane are called, by id; the programme's regime knows neither.
    package static let laneLabels: [String: Label] = [
        "race-first": Label("赛马首笔", "First money of the race"),
        "race-rest": Label("阶段考核后的经费", "Money after the gate"),
    ]
    /// What a payment that a topic fixes is called and waits for, by the month of its node; see ``TopicText/Payment``.
    package static func node(_ month: Int) -> String { "node-\(month)" }

    /// What an instalment is called that no programme's regime knows; nil for one of a regime.
    package static func label(_ instalment: String) -> Label? {
        if let lane = laneLabels[instalment] { return lane }
        guard instalment.hasPrefix("node-"), let month = Int(instalment.dropFirst("node-".count)) else {
            return nil
        }
        return month == TopicText.Payment.onSigning
            ? Label("首笔（签订任务书后）", "First (upon contract)")
            : Label("第 \(month) 个月的节点验收后", "Once the node of month \(month) is accepted")
    }

    /// Nil where its call let no topics.
    package let topic: TopicTerms?
    /// What another organisation bears of it; nil where the commission funds it alone.
    package internal(set) var joint: JointShare?
    /// Who carries it beside the lead, in the order in which they said so; nil where nobody. See ``joined(by:)``.
    package internal(set) var partners: [Partner]?

    package init(
        number: String, title: String, amount: Money, start: Day, end: Day, lumpSum: Bool,
        milestones: [Milestone], instalments: [Instalment], outcomes: String, race: Race.Terms? = nil,
        topic: TopicTerms? = nil
    ) {
        self.number = number
        self.title = title
        self.amount = amount
        self.start = start
        self.end = end
        self.lumpSum = lumpSum
        self.milestones = milestones
        self.instalments = instalments
        self.outcomes = outcomes
        self.race = race
        self.topic = topic
    }

    /// Computed from application, decision and regime; the last instalment takes what rounding leaves, so
    /// that the parts always make the whole.
    ///
    /// - Parameter fixing: what the topic says; where it says how money is paid, the regime's instalments do not hold.
    package init(
        application: Application, amount: Money, start: Day, end: Day, regime: FundingRegime,
        topic: TopicTerms? = nil, fixing text: TopicText? = nil
    ) {
        let shares =
            text?.payments.map { payments in
                payments.map { payment in
                    let id = Self.node(payment.month)
                    return FundingRegime.Instalment(
                        id: id, label: Self.label(id) ?? Label(id, id), percent: payment.percent,
                        upon: payment.month == TopicText.Payment.onSigning ? "contract" : id)
                }
            } ?? regime.instalments
        var left = amount
        var parts: [Instalment] = []
        for (index, part) in shares.enumerated() {
            let share = index == shares.count - 1 ? left : amount.percent(part.percent)
            left = left - share
            parts.append(Instalment(id: part.id, label: part.label, amount: share, upon: part.upon))
        }
        let awaited = Set(shares.map(\.upon))
        let nodes = (text?.nodes ?? []).filter { awaited.contains(Self.node($0.month)) }.map {
            Milestone(
                id: Self.node($0.month), label: Label($0.what, $0.what), due: start.adding(months: $0.month))
        }
        let milestones = regime.milestones.map {
            Milestone(id: $0.id, label: $0.label, due: $0.due(from: start, to: end))
        }
        self.init(
            number: application.number, title: application.title, amount: amount, start: start, end: end,
            lumpSum: regime.lumpSum,
            milestones: nodes.isEmpty ? milestones : (milestones + nodes).sorted { $0.due < $1.due },
            instalments: parts, outcomes: application.answers["outcomes"] ?? "",
            topic: topic)
    }

    /// The contract of a lane: grant, gate and both instalments are the race's, whatever the regime says of other
    /// projects of the programme.
    package init(
        application: Application, lane terms: Race.Terms, start: Day, end: Day, regime: FundingRegime,
        topic: TopicTerms? = nil
    ) {
        let milestones = regime.milestones.map {
            Milestone(id: $0.id, label: $0.label, due: $0.due(from: start, to: end))
        }
        let gate = Milestone(
            id: Self.gate, label: Label("赛马阶段考核", "Gate of the race"), due: terms.gate)
        self.init(
            number: application.number, title: application.title, amount: terms.grant, start: start, end: end,
            lumpSum: regime.lumpSum,
            milestones: (milestones.filter { $0.due <= end } + [gate]).sorted { $0.due < $1.due },
            instalments: [
                ("race-first", terms.firstMoney, "contract"), ("race-rest", terms.rest, Self.gate),
            ].map { id, amount, upon in
                Instalment(
                    id: id, label: Self.laneLabels[id] ?? Label(id, id), amount: amount, upon: upon)
            }, outcomes: application.answers["outcomes"] ?? "", race: terms, topic: topic)
    }
}

extension Day {
    /// The same day so many months later, or the month's last.
    package func adding(months: Int) -> Day {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        for last in stride(from: day, through: 28, by: -1) {
            if let found = Day(year: index / 12, month: index % 12 + 1, day: last) { return found }
        }
        return Day(year: index / 12, month: index % 12 + 1, day: min(day, 28)) ?? self
    }
}

package struct ContractDrafted: FactBody {
    package static let kind = FactKind("contract.drafted")
    package let contract: Contract
    package init(_ contract: Contract) { self.contract = contract }
}

/// One of the three parties agreed; the last makes it binding.
package struct ContractAgreed: FactBody {
    package static let kind = FactKind("contract.agreed")
    package let party: Role
    /// The last agreement obliges the money (reserved → obligated).
    package let entries: [Entry]
    package init(party: Role, entries: [Entry]) {
        self.party = party
        self.entries = entries
    }
}
