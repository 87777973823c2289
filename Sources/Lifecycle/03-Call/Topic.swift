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

    package init(
        title: String, goal: String, indicators: [Indicator], nodes: [Node], user: User, ceiling: Money
    ) {
        self.title = title
        self.goal = goal
        self.indicators = indicators
        self.nodes = nodes
        self.user = user
        self.ceiling = ceiling
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
        return found
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
