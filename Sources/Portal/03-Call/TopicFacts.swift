import Foundation
package import Lifecycle
import Store

extension Subject {
    package static func topic(_ id: ID<Topic>) -> Subject { Subject(kind: "topic", id: id.rawValue) }
}

enum TopicProjections {
    static let tables = [
        ProjectedTable("topic", key: "id"), ProjectedTable("topic_problem", key: "topic, problem"),
        ProjectedTable("topic_version", key: "topic, version"),
        ProjectedTable("topic_person", key: "topic, round, capacity, person"),
        ProjectedTable("topic_suggestion", key: "fact"), ProjectedTable("topic_round", key: "topic, round"),
        ProjectedTable("topic_vote", key: "topic, round, person"),
        ProjectedTable("call_topic", key: "call, topic"),
    ]

    static let projections: [Projection] = [
        .on(TopicOpened.self) { store, fact, body in try opened(body, fact, store) },
        .on(TopicRevised.self) { store, fact, body in
            let topic = ID<Topic>(fact.subject.id)
            try write(body.text, version: body.version, of: topic, fact, store)
            _ = try store.run(
                """
                UPDATE topic_suggestion SET adopted = \(body.version)
                WHERE topic = \(topic) AND fact IN \(list: body.adopts)
                """)
        },
        .on(TopicInvited.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO topic_person (topic, round, capacity, person, at)
                VALUES (\(fact.subject.id), 0, \(Topic.Capacity.expert), \(body.person), \(fact.at))
                ON CONFLICT (topic, round, capacity, person) DO NOTHING
                """)
        },
        .on(TopicSuggested.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO topic_suggestion (fact, topic, version, part, person, at, text, adopted)
                VALUES (\(fact.number), \(fact.subject.id), \(body.version), \(body.part.rawValue),
                  \(fact.actor), \(fact.at), \(fact.reason?.text ?? ""), NULL)
                """)
        },
        .on(TopicPutToVote.self) { store, fact, body in try putToVote(body, fact, store) },
        .on(TopicVoted.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO topic_vote (topic, round, person, supports, at, reason)
                VALUES (\(fact.subject.id), \(body.round), \(fact.actor), \(body.supports), \(fact.at),
                  \(fact.reason))
                """)
        },
        .on(TopicClosed.self) { store, fact, body in try closed(body, fact, store) },
    ]

    private static func opened(_ body: TopicOpened, _ fact: Fact, _ store: Transaction) throws {
        let (it, text) = (body.topic, body.text)
        _ = try store.run(
            """
            INSERT INTO topic (id, number, state, version, round, title, user_name, user_organisation,
              user_person, ceiling, body, opened_at, opened_by, closed_at)
            VALUES (\(it.id), \(it.number), \(Topic.State.refining), 0, 0, \(text.title), \(text.user.name),
              \(text.user.organisation), \(text.user.person), \(text.ceiling), '', \(fact.at), \(fact.actor), NULL)
            """)
        try write(text, version: 1, of: it.id, fact, store)
        for problem in it.problems {
            _ = try store.run("INSERT INTO topic_problem (topic, problem) VALUES (\(it.id), \(problem))")
            _ = try store.run(
                "UPDATE problem SET state = \(Problem.State.topic) WHERE id = \(problem) AND state = \(Problem.State.waiting)"
            )
        }
    }

    private static func write(
        _ text: TopicText, version: Int, of topic: ID<Topic>, _ fact: Fact, _ store: Transaction
    ) throws {
        let body = try Canonical.json(text)
        _ = try store.run(
            """
            UPDATE topic SET version = \(version), title = \(text.title), user_name = \(text.user.name),
              user_organisation = \(text.user.organisation), user_person = \(text.user.person),
              ceiling = \(text.ceiling), body = \(body) WHERE id = \(topic)
            """)
        _ = try store.run(
            """
            INSERT INTO topic_version (topic, version, at, author, body, reason)
            VALUES (\(topic), \(version), \(fact.at), \(fact.actor), \(body), \(fact.reason))
            """)
    }

    private static func putToVote(_ body: TopicPutToVote, _ fact: Fact, _ store: Transaction) throws {
        let topic = fact.subject.id
        _ = try store.run(
            "UPDATE topic SET state = \(Topic.State.voting), round = \(body.round) WHERE id = \(topic)")
        _ = try store.run(
            """
            INSERT INTO topic_round (topic, round, version, quorum, opened_at, closed_at, outcome, votes_for,
              votes_against, reason, told)
            VALUES (\(topic), \(body.round), \(body.version), \(body.quorum), \(fact.at), NULL, NULL, NULL, NULL, NULL,
              FALSE)
            """)
        for person in body.panel {
            _ = try store.run(
                """
                INSERT INTO topic_person (topic, round, capacity, person, at)
                VALUES (\(topic), \(body.round), \(Topic.Capacity.panel), \(person), \(fact.at))
                """)
        }
    }

    private static func closed(_ body: TopicClosed, _ fact: Fact, _ store: Transaction) throws {
        let topic = fact.subject.id
        let state: Topic.State =
            switch body.outcome {
            case .ready: .ready
            case .again: .refining
            case .dropped: .dropped
            }
        let closedAt = state.isClosed ? fact.at : nil
        _ = try store.run("UPDATE topic SET state = \(state), closed_at = \(closedAt) WHERE id = \(topic)")
        _ = try store.run(
            """
            INSERT INTO topic_round (topic, round, version, quorum, opened_at, closed_at, outcome, votes_for,
              votes_against, reason, told)
            VALUES (\(topic), \(body.round), \(body.version), 0, \(fact.at), \(fact.at), \(body.outcome.rawValue),
              \(body.votesFor), \(body.votesAgainst), \(fact.reason), \(body.told ?? false))
            ON CONFLICT (topic, round) DO UPDATE SET closed_at = excluded.closed_at,
              outcome = excluded.outcome, votes_for = excluded.votes_for,
              votes_against = excluded.votes_against, reason = excluded.reason, told = excluded.told
            """)
        guard body.outcome == .dropped else { return }
        // A problem of which no other topic is left waits again.
        _ = try store.run(
            """
            UPDATE problem SET state = \(Problem.State.waiting) WHERE state = \(Problem.State.topic)
              AND id IN (SELECT problem FROM topic_problem WHERE topic = \(topic))
              AND NOT EXISTS (SELECT 1 FROM topic_problem JOIN topic ON topic.id = topic_problem.topic
                WHERE topic_problem.problem = problem.id AND topic.state <> \(Topic.State.dropped))
            """)
    }

    /// Which topics a published call lets, from its own fact.
    static func attach(_ call: Call, _ store: Transaction) throws {
        _ = try store.run("DELETE FROM call_topic WHERE call = \(call.id)")
        for (place, topic) in call.topicIDs.enumerated() {
            _ = try store.run(
                "INSERT INTO call_topic (call, topic, place) VALUES (\(call.id), \(topic), \(place))")
        }
    }
}

extension Topic.State: SQLBindable {}
extension Topic.Capacity: SQLBindable {}
