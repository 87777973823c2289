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
        /// `contract` or a milestone's id.
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
        package let nodes: [Node]

        /// - Parameter start: the day from which the topic's months count.
        package init(_ id: ID<Topic>, number: String, _ text: TopicText, start: Day) {
            topic = id
            self.number = number
            title = text.title
            user = text.user.name
            indicators = text.indicators
            nodes = text.nodes.map { Node(due: start.adding(months: $0.month), what: $0.what) }
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
    /// Nil where its call let no topics.
    package let topic: TopicTerms?

    package init(
        number: String, title: String, amount: Money, start: Day, end: Day, lumpSum: Bool,
        milestones: [Milestone], instalments: [Instalment], outcomes: String, topic: TopicTerms? = nil
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
        self.topic = topic
    }

    /// Computed from application, decision and regime; the last instalment takes what rounding leaves, so
    /// that the parts always make the whole.
    package init(
        application: Application, amount: Money, start: Day, end: Day, regime: FundingRegime,
        topic: TopicTerms? = nil
    ) {
        var left = amount
        var parts: [Instalment] = []
        for (index, part) in regime.instalments.enumerated() {
            let share = index == regime.instalments.count - 1 ? left : amount.percent(part.percent)
            left = left - share
            parts.append(Instalment(id: part.id, label: part.label, amount: share, upon: part.upon))
        }
        self.init(
            number: application.number, title: application.title, amount: amount, start: start, end: end,
            lumpSum: regime.lumpSum,
            milestones: regime.milestones.map {
                Milestone(id: $0.id, label: $0.label, due: start.adding(months: $0.month))
            },
            instalments: parts, outcomes: application.answers["outcomes"] ?? "",
            topic: topic)
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
