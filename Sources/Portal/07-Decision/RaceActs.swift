package import Lifecycle
import Store

/// Opening a race: an officer proposes it before the selection, and the leader's signature under the selection opens it.
package enum RaceActs {
    /// What an officer chose and typed.
    package struct Choice: Sendable {
        package let lanes: [ID<Application>]
        package let gate: Day
        /// A name, or a code, of the register.
        package let assessor: String
        package let grant: Money
        package let firstMoney: Money
        package let difference: String
        package let grounds: String

        package init(
            lanes: [ID<Application>], gate: Day, assessor: String, grant: Money, firstMoney: Money,
            difference: String, grounds: String
        ) {
            self.lanes = lanes
            self.gate = gate
            self.assessor = assessor
            self.grant = grant
            self.firstMoney = firstMoney
            self.difference = difference
            self.grounds = grounds
        }
    }

    /// Proposes a race between bids for one topic of a call.
    ///
    /// - Throws: ``Missing`` where the call lets no such topic or its programme knows no race; `Refused` with every
    ///   obstacle otherwise, each citing what the race's rules are borrowed from.
    @discardableResult
    package static func propose(
        _ choice: Choice, for topicID: ID<Topic>, in callID: ID<Call>, id: ID<Race>, by person: ID<Person>,
        _ change: Change, _ house: House
    ) throws -> Fact {
        let store = change.store
        let (call, programme) = try Calls.found(callID, house, store)
        guard let rules = programme.race, call.topicIDs.contains(topicID),
            let topic = try TopicQueries.find(topicID, store)
        else { throw Missing() }
        try requireTime(for: topicID, in: call, programme, change, house)
        let ranking = try DecisionActs.ranking(of: callID, store).map(\.row)
        let bids = try RaceBids.all(ranking, rules, store).filter {
            $0.topic == topicID || choice.lanes.contains($0.application)
        }
        // Who has a stake in any bid for the topic opens no race between the others.
        for bid in bids {
            try Dossiers.requireFree(person, as: .programmeOfficer, on: bid.application, store)
        }
        let lanes = bids.filter { choice.lanes.contains($0.application) }
        guard lanes.count == Set(choice.lanes).count else { throw Refused("race.lane-gone") }
        let budget = try Bookkeeping.balance(of: .budget(call: callID.rawValue), store)
        guard let limits = RaceLimits(call, programme, ceiling: topic.ceiling, budget: budget) else {
            throw Refused("race.unset")
        }
        let asked = RaceAsked(
            topic: topicID, bids: lanes, gate: choice.gate,
            assessor: try RaceAssessors.find(choice.assessor, for: topic, store), grant: choice.grant,
            firstMoney: choice.firstMoney, difference: choice.difference, grounds: choice.grounds)
        let obstacles = asked.obstacles(limits)
        guard obstacles.isEmpty, let assessor = asked.assessor?.assessor else { throw Refused(obstacles) }
        let race = Race(
            id: id, call: callID, topic: topicID, lanes: lanes.map(\.application),
            terms: Race.Terms(
                topicNumber: topic.number, topicTitle: topic.title, lanes: lanes.count, gate: choice.gate,
                indicators: try topic.text().indicators, assessor: assessor, grant: choice.grant,
                firstMoney: choice.firstMoney, verdicts: rules.verdicts, standing: rules.standing,
                cites: rules.cites))
        let fact = try change.append(
            RaceProposed(race), about: .call(callID), as: .programmeOfficer, reason: choice.grounds,
            clause: programme.clauses.first)
        try change.append(
            RaceRoutesJudged(race: id), about: .call(callID), as: .programmeOfficer,
            reason: choice.difference)
        return fact
    }

    /// Nothing of the topic is under way any more, and nothing about it waits for a signature.
    private static func requireTime(
        for topic: ID<Topic>, in call: Call, _ programme: Programme, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        if try DecisionActs.pending(call.id, store) != nil { throw Refused("selection.pending") }
        if try Races.standing(in: call.id, store).contains(where: { $0.race.topic == topic }) {
            throw Refused("race.standing")
        }
        let unfinished = try DecisionActs.unfinished(call, programme, at: change.at, house, store)
        let own =
            try store.value(
                """
                SELECT COUNT(*) FROM application WHERE topic = \(topic) AND call = \(call.id)
                  AND id IN \(list: unfinished)
                """, as: Int.self) ?? 0
        if own > 0 { throw Refused("race.unfinished", ["count": "\(own)"]) }
    }

    /// Takes back a race that waits for a signature.
    package static func withdraw(
        _ id: ID<Race>, in callID: ID<Call>, by person: ID<Person>, reason: String, _ change: Change
    ) throws {
        let store = change.store
        guard let record = try Races.find(id, store), record.race.call == callID else { throw Missing() }
        let barred = try Recusal.barred(person, store)
        if record.race.lanes.contains(where: barred.contains) { throw Missing() }
        if record.state != .proposed { throw Refused("race.settled") }
        if try DecisionActs.pending(callID, store) != nil { throw Refused("selection.pending") }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        try change.append(
            RaceWithdrawn(race: id), about: .call(callID), as: .programmeOfficer, reason: reason)
    }

    /// Opens the races whose lanes a signed selection funds, in the leader's name.
    static func open(
        _ selection: Selection, in callID: ID<Call>, _ programme: Programme, _ change: Change
    ) throws {
        let funded = Set(selection.lines.filter(\.funded).map(\.application))
        for record in try Races.proposed(in: callID, change.store)
        where record.race.lanes.allSatisfy(funded.contains) {
            try change.append(
                RaceOpened(proposal: record.fact, race: record.race), about: .call(callID),
                as: .commissionLeader, clause: programme.clauses.first)
        }
    }
}

/// Ranked bids as the opening of a race looks at them.
enum RaceBids {
    static func all(
        _ ranking: [RankedApplication], _ rules: RaceRules, _ store: Transaction
    ) throws -> [RaceBid] {
        struct Head: Decodable, Sendable {
            let id: ID<Application>
            let fact: Int64
        }
        let heads = try store.rows(
            "SELECT id, fact FROM application WHERE id IN \(list: ranking.map(\.application)) AND topic <> ''",
            as: Head.self)
        let facts = Dictionary(uniqueKeysWithValues: heads.map { ($0.id, $0.fact) })
        return try ranking.compactMap { row in
            guard let fact = facts[row.application],
                let application = try ApplicationSubmitted.find(fact: fact, store)?.application
            else { return nil }
            return RaceBid(
                application: row.application, topic: application.topic, meanHundredths: row.meanHundredths,
                isScored: !row.points.isEmpty, requested: row.requested,
                route: application.answers[rules.route] ?? "",
                entities: try Parties.of(row.application, store).entities)
        }
    }
}

/// Who tests at a gate: somebody of the register, so that it can be seen whose they are.
enum RaceAssessors {
    private struct Row: Decodable, Sendable {
        let id: ID<Organisation>
        let name: String
        let kind: String
        let legalEntity: ID<Organisation>
    }

    /// By name or code; nil where nobody of the register, or more than one, is called so.
    static func find(_ text: String, for topic: TopicRecord, _ store: Transaction) throws
        -> RaceAsked.Assessor?
    {
        guard !text.isEmpty else { return nil }
        let found = try store.rows(
            "SELECT id, name, kind, legal_entity FROM organisation WHERE code = \(text) OR name = \(text) LIMIT 2",
            as: Row.self)
        guard found.count == 1, let row = found.first else { return nil }
        let user = try topic.userOrganisation.flatMap { id in
            try store.value(
                "SELECT legal_entity FROM organisation WHERE id = \(id)", as: ID<Organisation>.self)
        }
        let commission = try store.values(
            "SELECT id FROM organisation WHERE kind = 'commission'", as: ID<Organisation>.self)
        return RaceAsked.Assessor(
            assessor: Race.Assessor(organisation: row.id, name: row.name), entity: row.legalEntity,
            isConcerned: row.legalEntity == user || commission.contains(row.legalEntity))
    }
}
