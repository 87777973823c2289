package import Lifecycle
package import Store

/// What officers, the final user, experts and panels do with topics.
package enum TopicActs {
    static let mostProblems = 20
    static let mostSuggestion = 2_000

    /// Begins a topic from problems that wait, or of which there is a topic already.
    package static func open(
        _ text: TopicText, from problems: [ID<Problem>], id: ID<Topic>, _ change: Change
    ) throws {
        var refusals = text.obstacles
        let problems = Array(Set(problems)).sorted { $0.rawValue < $1.rawValue }
        if problems.isEmpty || problems.count > mostProblems {
            refusals.append(Refusal("topic.problems", ["most": "\(mostProblems)"]))
        }
        for problem in problems {
            guard let standing = try ProblemActs.standing(problem, change.store) else { throw Missing() }
            if standing.state == .merged || standing.state == .setAside {
                refusals.append(Refusal("topic.problem-settled", ["number": standing.number]))
            }
        }
        guard refusals.isEmpty else { throw Refused(refusals) }
        let count = try change.store.value("SELECT COUNT(*) FROM topic", as: Int.self) ?? 0
        let number = "T\(change.at.day.year)-\(String(String(10_001 + count).dropFirst()))"
        try change.append(
            TopicOpened(topic: Topic(id: id, number: number, problems: problems), text: text),
            about: .topic(id), as: .programmeOfficer)
    }

    /// Writes the next version, over the one it was begun from.
    package static func revise(
        _ id: ID<Topic>, _ text: TopicText, base: Int, adopting: [Int64], reason: String, _ change: Change
    ) throws {
        let topic = try refining(id, change.store)
        guard topic.version == base else { throw Refused("topic.moved", ["version": "\(topic.version)"]) }
        var refusals = text.obstacles
        if try topic.text() == text { refusals.append(Refusal("topic.unchanged")) }
        if reason.trimmedCount < ProblemActs.leastReason {
            refusals.append(Refusal("topic.reason", ["least": "\(ProblemActs.leastReason)"]))
        }
        if reason.count > ProblemActs.mostReason {
            refusals.append(Refusal("problem.reason-long", ["most": "\(ProblemActs.mostReason)"]))
        }
        guard refusals.isEmpty else { throw Refused(refusals) }
        let known = Set(
            try change.store.values("SELECT fact FROM topic_suggestion WHERE topic = \(id)", as: Int64.self))
        try change.append(
            TopicRevised(
                version: base + 1, text: text, adopts: Set(adopting).intersection(known).sorted()),
            about: .topic(id), as: .programmeOfficer, reason: reason.trimmed)
    }

    package static func invite(_ id: ID<Topic>, address: String, _ change: Change) throws {
        _ = try refining(id, change.store)
        let someone = try Someone.find(address, change.store)
        try change.append(TopicInvited(person: someone.id), about: .topic(id), as: .programmeOfficer)
    }

    /// Says what should change; the final user's person and invited experts do.
    package static func suggest(
        _ id: ID<Topic>, part: TopicSuggested.Part, text: String, by person: ID<Person>, _ change: Change
    ) throws {
        let topic = try found(id, change.store)
        guard try maySuggest(person, topic, change.store) else { throw Missing() }
        _ = try refining(id, change.store)
        guard text.trimmedCount >= ProblemActs.leastReason, text.count <= mostSuggestion else {
            throw Refused(
                "topic.suggestion", ["least": "\(ProblemActs.leastReason)", "most": "\(mostSuggestion)"])
        }
        try change.append(
            TopicSuggested(version: topic.version, part: part), about: .topic(id), reason: text.trimmed)
    }

    static func maySuggest(_ person: ID<Person>, _ topic: TopicRecord, _ store: Transaction) throws -> Bool {
        if topic.userPerson == person { return true }
        return try store.value(
            """
            SELECT 1 FROM topic_person WHERE topic = \(topic.id) AND person = \(person)
              AND capacity = \(Topic.Capacity.expert)
            """, as: Int.self) != nil
    }

    // MARK: - the vote

    /// Asks a panel of named people to vote on the version there is.
    package static func putToVote(
        _ id: ID<Topic>, addresses: [String], quorum: Int, by officer: ID<Person>, _ change: Change
    ) throws {
        let topic = try refining(id, change.store)
        var refusals: [Refusal] = []
        var panel: [ID<Person>] = []
        for address in addresses {
            do {
                let someone = try Someone.find(address, change.store)
                guard !panel.contains(someone.id) else { continue }
                panel.append(someone.id)
                if let why = try conflict(of: someone, with: topic, officer, change.store) {
                    refusals.append(Refusal("topic.panel-conflict", ["name": someone.name, "why": why]))
                }
            } catch let refused as Refused {
                refusals += refused.refusals
            }
        }
        if refusals.isEmpty { refusals = TopicBallot.obstacles(panel: panel.count, quorum: quorum) }
        guard refusals.isEmpty else { throw Refused(refusals) }
        try change.append(
            TopicPutToVote(round: topic.round + 1, version: topic.version, panel: panel, quorum: quorum),
            about: .topic(id), as: .programmeOfficer)
    }

    /// Why somebody does not judge a topic; a key of words. Whose problem it is, who will use the result, both with
    /// their colleagues, and who puts it to the vote, are no panel.
    private static func conflict(
        of someone: Someone, with topic: TopicRecord, _ officer: ID<Person>, _ store: Transaction
    ) throws -> String? {
        if someone.id == officer { return "topic.conflict.officer" }
        if someone.id == topic.userPerson { return "topic.conflict.user" }
        if let user = topic.userOrganisation, try belongs(someone, to: user, store) {
            return "topic.conflict.user"
        }
        let proposers = try store.rows(
            """
            WITH RECURSIVE \(sql: ProblemMerges.origins(of: topic.id))
            SELECT DISTINCT proposer, organisation FROM problem WHERE id IN (SELECT id FROM origin)
            """, as: Proposer.self)
        if proposers.contains(where: { $0.proposer == someone.id }) { return "topic.conflict.proposer" }
        for home in Set(proposers.compactMap(\.organisation)) {
            if try belongs(someone, to: home, store) { return "topic.conflict.proposer-home" }
        }
        return nil
    }

    private struct Proposer: Decodable, Sendable {
        let proposer: ID<Person>?
        let organisation: ID<Organisation>?
    }

    /// Whether somebody is of the legal entity that an organisation is, or is a part of.
    private static func belongs(
        _ someone: Someone, to organisation: ID<Organisation>, _ store: Transaction
    ) throws -> Bool {
        let entity = try store.value(
            "SELECT legal_entity FROM organisation WHERE id = \(organisation)", as: ID<Organisation>.self)
        return entity == someone.legalEntity
    }

    package static func vote(
        _ id: ID<Topic>, supports: Bool, reason: String, by person: ID<Person>, _ change: Change
    ) throws {
        let topic = try found(id, change.store)
        guard try isPanel(person, topic, change.store) else { throw Missing() }
        guard topic.state == .voting else { throw Refused("topic.no-vote") }
        let known = try change.store.value(
            "SELECT 1 FROM topic_vote WHERE topic = \(id) AND round = \(topic.round) AND person = \(person)",
            as: Int.self)
        guard known == nil else { throw Refused("topic.voted") }
        try ProblemActs.check(reason)
        try change.append(
            TopicVoted(round: topic.round, supports: supports), about: .topic(id), reason: reason.trimmed)
    }

    static func isPanel(_ person: ID<Person>, _ topic: TopicRecord, _ store: Transaction) throws -> Bool {
        try store.value(
            """
            SELECT 1 FROM topic_person WHERE topic = \(topic.id) AND round = \(topic.round)
              AND capacity = \(Topic.Capacity.panel) AND person = \(person)
            """, as: Int.self) != nil
    }

    package static func ballot(_ topic: TopicRecord, _ store: Transaction) throws -> TopicBallot {
        struct Counted: Decodable, Sendable {
            let panel: Int
            let quorum: Int
            let votesFor: Int
            let votesAgainst: Int
        }
        let counted = try store.row(
            """
            SELECT (SELECT COUNT(*) FROM topic_person WHERE topic = \(topic.id) AND round = \(topic.round)
                AND capacity = \(Topic.Capacity.panel)) AS panel,
              COALESCE((SELECT quorum FROM topic_round WHERE topic = \(topic.id) AND round = \(topic.round)), 0)
                AS quorum,
              (SELECT COUNT(*) FROM topic_vote WHERE topic = \(topic.id) AND round = \(topic.round)
                AND supports = \(true)) AS votes_for,
              (SELECT COUNT(*) FROM topic_vote WHERE topic = \(topic.id) AND round = \(topic.round)
                AND supports = \(false)) AS votes_against
            """, as: Counted.self)
        return TopicBallot(
            panel: counted?.panel ?? 0, quorum: counted?.quorum ?? 0, votesFor: counted?.votesFor ?? 0,
            votesAgainst: counted?.votesAgainst ?? 0)
    }

    /// Ends the round: published, refined once more, or dropped.
    package static func close(
        _ id: ID<Topic>, _ outcome: TopicBallot.Outcome, reason: String, _ change: Change
    ) throws {
        let topic = try found(id, change.store)
        var (round, counted) = (topic.round, TopicBallot(panel: 0, quorum: 0, votesFor: 0, votesAgainst: 0))
        switch topic.state {
        case .ready, .dropped: throw Refused("topic.frozen")
        case .refining:
            guard outcome == .dropped else { throw Refused("topic.no-vote") }
            round += 1
        case .voting:
            counted = try ballot(topic, change.store)
            if let obstacle = counted.obstacle(to: outcome) { throw Refused([obstacle]) }
        }
        try ProblemActs.check(reason)
        try change.append(
            TopicClosed(
                round: round, version: topic.version, outcome: outcome, votesFor: counted.votesFor,
                votesAgainst: counted.votesAgainst, told: true), about: .topic(id), as: .programmeOfficer,
            reason: reason.trimmed)
    }

    private static func found(_ id: ID<Topic>, _ store: Transaction) throws -> TopicRecord {
        guard let topic = try TopicQueries.find(id, store) else { throw Missing() }
        return topic
    }

    /// A topic whose text may still change.
    private static func refining(_ id: ID<Topic>, _ store: Transaction) throws -> TopicRecord {
        let topic = try found(id, store)
        switch topic.state {
        case .refining: return topic
        case .voting: throw Refused("topic.voting")
        case .ready, .dropped: throw Refused("topic.frozen")
        }
    }
}

/// Somebody named by address.
struct Someone: Decodable, Sendable {
    let id: ID<Person>
    let name: String
    let organisation: ID<Organisation>
    let organisationName: String
    let legalEntity: ID<Organisation>

    static func find(_ address: String, _ store: Transaction) throws -> Someone {
        let email = address.trimmed.lowercased()
        guard !email.isEmpty,
            let someone = try store.row(
                """
                SELECT person.id AS id, person.name AS name, organisation.id AS organisation,
                  organisation.name AS organisation_name, organisation.legal_entity AS legal_entity
                FROM person JOIN organisation ON organisation.id = person.organisation
                WHERE person.email = \(email)
                """, as: Someone.self)
        else { throw Refused("topic.no-person", ["address": String(address.prefix(60))]) }
        return someone
    }
}
