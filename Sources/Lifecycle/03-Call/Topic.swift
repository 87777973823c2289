/// A topic (题目) that bidders may choose: what a problem, or several, came to be in the hands of its final user and of
/// experts.
package struct Topic: Sendable, Codable, Hashable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case refining
        /// A panel votes on one version, which nobody changes meanwhile.
        case voting
        /// Published. Its text is frozen.
        case ready
        case dropped

        package var isClosed: Bool { self == .ready || self == .dropped }
    }

    /// In what capacity somebody takes part in making it.
    package enum Capacity: String, Sendable, Codable, CaseIterable {
        /// The named person of the final user.
        case user
        case expert
        case panel
    }

    package let id: ID<Topic>
    /// Such as `T2026-001`.
    package let number: String
    /// The problems it comes from.
    package let problems: [ID<Problem>]

    package init(id: ID<Topic>, number: String, problems: [ID<Problem>]) {
        self.id = id
        self.number = number
        self.problems = problems
    }
}

/// One version of what a topic says. Who may bid is not among it: nobody is kept out by the topic.
package struct TopicText: Sendable, Codable, Hashable {
    /// What is measured at acceptance.
    package struct Indicator: Sendable, Codable, Hashable {
        package let what: String
        /// With a number, so that it can be measured.
        package let target: String
        /// How it is tested; empty where nothing is said.
        package let proof: String
        package init(what: String, target: String, proof: String) {
            self.what = what
            self.target = target
            self.proof = proof
        }
    }

    /// What is due when.
    package struct Node: Sendable, Codable, Hashable {
        /// Months after the contract.
        package let month: Int
        package let what: String
        package init(month: Int, what: String) {
            self.month = month
            self.what = what
        }
    }

    /// What share of the money an accepted node releases.
    package struct Payment: Sendable, Codable, Hashable {
        /// Of the ``Node``; 0 where it is paid on signing the contract.
        package let month: Int
        package let percent: Int
        package init(month: Int, percent: Int) {
            self.month = month
            self.percent = percent
        }

        package static let onSigning = 0
    }

    /// Whether a third party tests the result before it is accepted.
    package struct Test: Sendable, Codable, Hashable {
        package let isDemanded: Bool
        /// What is tested; empty where nothing is.
        package let of: String
        /// Who tests; empty where that is not known yet.
        package let by: String
        package init(isDemanded: Bool, of: String, by: String) {
            self.isDemanded = isDemanded
            self.of = of
            self.by = by
        }
    }

    /// Who will use the result, and takes part in acceptance.
    package struct User: Sendable, Codable, Hashable {
        /// As it is published.
        package let name: String
        package let organisation: ID<Organisation>?
        /// Who speaks for it here; nil where nobody has an account.
        package let person: ID<Person>?
        package init(name: String, organisation: ID<Organisation>?, person: ID<Person>?) {
            self.name = name
            self.organisation = organisation
            self.person = person
        }
    }

    package let title: String
    package let goal: String
    package let indicators: [Indicator]
    package let nodes: [Node]
    package let user: User
    /// The most that a bid may ask for.
    package let ceiling: Money
    /// In the order of the nodes; nil where the programme of the call that lets it says how money is paid.
    package let payments: [Payment]?
    /// Nil where the programme of the call that lets it says whether a third party tests.
    package let test: Test?

    package init(
        title: String, goal: String, indicators: [Indicator], nodes: [Node], user: User, ceiling: Money,
        payments: [Payment] = [], test: Test? = nil
    ) {
        self.title = title
        self.goal = goal
        self.indicators = indicators
        self.nodes = nodes
        self.user = user
        self.ceiling = ceiling
        // Empty is nil, so that a topic of before there were any keeps the body it had.
        self.payments = payments.isEmpty ? nil : payments
        self.test = test
    }

    package static let mostTitle = 80
    package static let mostGoal = 4_000
    package static let mostLines = 20
    package static let mostLine = 300
    package static let lastMonth = 120

    /// What keeps it from being a topic that bids can be compared on; empty when nothing does.
    package var obstacles: [Refusal] {
        var found: [Refusal] = []
        if title.trimmedCount < 4 || title.count > Self.mostTitle {
            found.append(Refusal("topic.title", ["most": "\(Self.mostTitle)"]))
        }
        if goal.trimmedCount < 20 || goal.count > Self.mostGoal {
            found.append(Refusal("topic.goal", ["most": "\(Self.mostGoal)"]))
        }
        if indicators.isEmpty || indicators.count > Self.mostLines {
            found.append(Refusal("topic.indicators", ["most": "\(Self.mostLines)"]))
        }
        for (place, indicator) in indicators.enumerated() {
            let texts = [indicator.what, indicator.target, indicator.proof]
            if indicator.what.isEmpty || texts.contains(where: { $0.count > Self.mostLine }) {
                found.append(
                    Refusal("topic.indicator", ["line": "\(place + 1)", "most": "\(Self.mostLine)"]))
            } else if !indicator.target.contains(where: \.isNumber) {
                found.append(
                    Refusal("topic.indicator-number", ["line": "\(place + 1)", "what": indicator.what]))
            }
        }
        if nodes.isEmpty || nodes.count > Self.mostLines {
            found.append(Refusal("topic.nodes", ["most": "\(Self.mostLines)"]))
        }
        for (place, node) in nodes.enumerated() {
            let isLater = place == 0 || node.month > nodes[place - 1].month
            if !(1...Self.lastMonth).contains(node.month) || !isLater || node.what.isEmpty
                || node.what.count > Self.mostLine
            {
                found.append(
                    Refusal("topic.node", ["line": "\(place + 1)", "most": "\(Self.lastMonth)"]))
            }
        }
        if user.name.trimmedCount < 2 || user.name.count > Self.mostTitle {
            found.append(Refusal("topic.user", ["most": "\(Self.mostTitle)"]))
        }
        if ceiling <= .zero { found.append(Refusal("topic.ceiling")) }
        return found + paymentObstacles + testObstacles
    }
}

/// A topic as an applicant chooses it.
package struct TopicOffer: Sendable, Hashable {
    package let id: ID<Topic>
    package let number: String
    package let title: String
    package let ceiling: Money
    /// Who will use the result, as published.
    package let user: String
    /// What every bid is measured by, in the topic's order.
    package let indicators: [TopicText.Indicator]

    package init(
        id: ID<Topic>, number: String, title: String, ceiling: Money, user: String,
        indicators: [TopicText.Indicator] = []
    ) {
        self.id = id
        self.number = number
        self.title = title
        self.ceiling = ceiling
        self.user = user
        self.indicators = indicators
    }
}

extension TopicText {
    /// Shares of the whole, the first on signing (which is what the house pays out now), each later one upon a node.
    private var paymentObstacles: [Refusal] {
        guard let payments else { return [] }
        var found: [Refusal] = []
        let months = Set(nodes.map(\.month))
        for (place, payment) in payments.enumerated() {
            let isKnown = payment.month == Payment.onSigning || months.contains(payment.month)
            let isLater = place == 0 || payment.month > payments[place - 1].month
            if !isKnown || !isLater || !(1...100).contains(payment.percent) {
                found.append(Refusal("topic.payment", ["line": "\(place + 1)"]))
            }
        }
        guard found.isEmpty else { return found }
        if payments.first?.month != Payment.onSigning { found.append(Refusal("topic.payment-first")) }
        let whole = payments.reduce(0) { $0 + $1.percent }
        if whole != 100 { found.append(Refusal("topic.payment-whole", ["percent": "\(whole)"])) }
        return found
    }

    private var testObstacles: [Refusal] {
        guard let test else { return [] }
        if test.isDemanded, test.of.trimmedCount < 4 || test.of.count > Self.mostLine {
            return [Refusal("topic.test-of", ["most": "\(Self.mostLine)"])]
        }
        if test.by.count > Self.mostTitle { return [Refusal("topic.test-by", ["most": "\(Self.mostTitle)"])] }
        return []
    }
}
