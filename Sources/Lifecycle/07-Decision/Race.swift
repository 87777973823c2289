/// A race (赛马): bids for one topic that came out close and go different ways are established side by side, until one
/// gate that is the same for all of them.
package struct Race: Sendable, Codable, Hashable {
    /// Who tests at the gate, for all lanes alike.
    package struct Assessor: Sendable, Codable, Hashable {
        package let organisation: ID<Organisation>
        /// As it is published.
        package let name: String
        package init(organisation: ID<Organisation>, name: String) {
            self.organisation = organisation
            self.name = name
        }
    }

    /// What holds for every lane: its contract takes it from here, so that no two can differ.
    package struct Terms: Sendable, Codable, Hashable {
        package let topicNumber: String
        package let topicTitle: String
        /// How many lanes there are at the start.
        package let lanes: Int
        package let gate: Day
        package let indicators: [TopicText.Indicator]
        package let assessor: Assessor
        /// What a lane gets in all, if every verdict lets it.
        package let grant: Money
        /// What a lane gets before the gate.
        package let firstMoney: Money
        package let verdicts: [GateVerdict]
        /// By which the money is parted, as the programme cites it.
        package let standing: RuleStanding
        package let cites: Citation

        package init(
            topicNumber: String, topicTitle: String, lanes: Int, gate: Day,
            indicators: [TopicText.Indicator], assessor: Assessor, grant: Money, firstMoney: Money,
            verdicts: [GateVerdict], standing: RuleStanding, cites: Citation
        ) {
            self.topicNumber = topicNumber
            self.topicTitle = topicTitle
            self.lanes = lanes
            self.gate = gate
            self.indicators = indicators
            self.assessor = assessor
            self.grant = grant
            self.firstMoney = firstMoney
            self.verdicts = verdicts
            self.standing = standing
            self.cites = cites
        }

        /// What a verdict of the gate may release.
        package var rest: Money { grant - firstMoney }
    }

    package let id: ID<Race>
    package let call: ID<Call>
    package let topic: ID<Topic>
    /// Best first.
    package let lanes: [ID<Application>]
    package let terms: Terms

    package init(
        id: ID<Race>, call: ID<Call>, topic: ID<Topic>, lanes: [ID<Application>], terms: Terms
    ) {
        self.id = id
        self.call = call
        self.topic = topic
        self.lanes = lanes
        self.terms = terms
    }
}

/// An officer proposes a race, with the grounds in the fact's reason. It opens when the leader signs a selection that
/// funds its lanes.
package struct RaceProposed: FactBody {
    package static let kind = FactKind("race.proposed")
    package let race: Race
    package init(_ race: Race) { self.race = race }
}

/// Why the lanes' technical routes differ, in the officer's words: a fact of its own, because they stand in its reason
/// and can be erased while the race stays. What a comparison of texts says decides nothing.
package struct RaceRoutesJudged: FactBody {
    package static let kind = FactKind("race.routes-judged")
    package let race: ID<Race>
    package init(race: ID<Race>) { self.race = race }
}

/// The officer takes a proposed race back, with the reason.
package struct RaceWithdrawn: FactBody {
    package static let kind = FactKind("race.withdrawn")
    package let race: ID<Race>
    package init(race: ID<Race>) { self.race = race }
}

/// The leader signed: the race is on, on these terms.
package struct RaceOpened: FactBody {
    package static let kind = FactKind("race.opened")
    /// Number of the fact that proposed it.
    package let proposal: Int64
    package let race: Race
    package init(proposal: Int64, race: Race) {
        self.proposal = proposal
        self.race = race
    }
}
