/// A topic is begun from problems. Its first version is what the officer made of them.
package struct TopicOpened: FactBody {
    package static let kind = FactKind("topic.opened")
    package let topic: Topic
    package let text: TopicText
    package init(topic: Topic, text: TopicText) {
        self.topic = topic
        self.text = text
    }
}

/// The next version, with why in the fact's reason.
package struct TopicRevised: FactBody {
    package static let kind = FactKind("topic.revised")
    /// From 2.
    package let version: Int
    package let text: TopicText
    /// Numbers of the suggestions it takes up.
    package let adopts: [Int64]
    package init(version: Int, text: TopicText, adopts: [Int64]) {
        self.version = version
        self.text = text
        self.adopts = adopts
    }
}

/// Somebody may suggest changes. The final user's person may without it.
package struct TopicInvited: FactBody {
    package static let kind = FactKind("topic.invited")
    package let person: ID<Person>
    package init(person: ID<Person>) { self.person = person }
}

/// What should change, in the fact's reason, so that it can be erased.
package struct TopicSuggested: FactBody {
    package static let kind = FactKind("topic.suggested")
    /// The version it was read in.
    package let version: Int
    package let part: Part

    package enum Part: String, Sendable, Codable, CaseIterable {
        case title
        case goal
        case indicators
        case nodes
        case user
        case ceiling
        case payments
        case test
        case whole
    }

    package init(version: Int, part: Part) {
        self.version = version
        self.part = part
    }
}

/// A panel of named people votes on one version.
package struct TopicPutToVote: FactBody {
    package static let kind = FactKind("topic.put-to-vote")
    /// From 1.
    package let round: Int
    package let version: Int
    package let panel: [ID<Person>]
    package let quorum: Int
    package init(round: Int, version: Int, panel: [ID<Person>], quorum: Int) {
        self.round = round
        self.version = version
        self.panel = panel
        self.quorum = quorum
    }
}

/// One vote; why stands in the fact's reason.
package struct TopicVoted: FactBody {
    package static let kind = FactKind("topic.voted")
    package let round: Int
    package let supports: Bool
    package init(round: Int, supports: Bool) {
        self.round = round
        self.supports = supports
    }
}

/// How a round ended, with the grounds in the fact's reason.
package struct TopicClosed: FactBody {
    package static let kind = FactKind("topic.closed")
    /// The number of the vote; the next one where it was dropped without any.
    package let round: Int
    package let version: Int
    package let outcome: TopicBallot.Outcome
    package let votesFor: Int
    package let votesAgainst: Int
    /// The grounds were written to be read by anybody. Nil in facts from before they were: those stay with the makers.
    package let told: Bool?
    package init(
        round: Int, version: Int, outcome: TopicBallot.Outcome, votesFor: Int, votesAgainst: Int,
        told: Bool? = nil
    ) {
        self.round = round
        self.version = version
        self.outcome = outcome
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
        self.told = told
    }
}

/// A vote as it is counted.
package struct TopicBallot: Sendable, Hashable {
    package enum Outcome: String, Sendable, Codable, CaseIterable {
        /// Published as it stands.
        case ready
        /// Back to be refined; the next vote is another round.
        case again
        case dropped
    }

    package let panel: Int
    package let quorum: Int
    package let votesFor: Int
    package let votesAgainst: Int

    package init(panel: Int, quorum: Int, votesFor: Int, votesAgainst: Int) {
        self.panel = panel
        self.quorum = quorum
        self.votesFor = votesFor
        self.votesAgainst = votesAgainst
    }

    /// The house's own bounds: three people are a panel, and fewer than half of one decide nothing.
    package static let leastPanel = 3
    package static let mostPanel = 30

    package var cast: Int { votesFor + votesAgainst }

    /// What keeps a panel from being asked.
    package static func obstacles(panel: Int, quorum: Int) -> [Refusal] {
        guard (leastPanel...mostPanel).contains(panel) else {
            return [Refusal("topic.panel", ["least": "\(leastPanel)", "most": "\(mostPanel)"])]
        }
        let least = panel / 2 + 1
        guard (least...panel).contains(quorum) else {
            return [Refusal("topic.quorum", ["least": "\(least)", "most": "\(panel)"])]
        }
        return []
    }

    /// What keeps the round from ending so. Only publishing needs the panel: no officer publishes against it.
    package func obstacle(to outcome: Outcome) -> Refusal? {
        switch outcome {
        case .again, .dropped: return nil
        case .ready:
            if cast < quorum {
                return Refusal("topic.no-quorum", ["cast": "\(cast)", "quorum": "\(quorum)"])
            }
            if votesFor <= votesAgainst {
                return Refusal(
                    "topic.not-carried", ["for": "\(votesFor)", "against": "\(votesAgainst)"])
            }
            return nil
        }
    }
}
