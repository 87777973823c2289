import Lifecycle
import Store

/// What waits for officers, the final user, experts and panels.
enum TopicTasks {
    private struct Row: Decodable, Sendable {
        let id: ID<Topic>
        let title: String
    }

    static func waiting(_ store: Transaction, _ viewer: Viewer, _ now: Instant) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        var found: [PendingTask] = []
        if viewer.holds(.programmeOfficer) {
            if let oldest = try ProblemQueries.oldestWaiting(store) {
                found.append(
                    PendingTask(
                        verb: "problem-settle", title: oldest, href: "/office/problems?state=waiting",
                        due: nil,
                        count: try ProblemQueries.waiting(store)))
            }
            found += try voted(store).tasks(desk: "/office/topics") {
                PendingTask(verb: "topic-close", title: $0.title, href: "/topics/\($0.id)", due: nil)
            }
        }
        found += try toVote(person, store).tasks(desk: "/office/topics") {
            PendingTask(verb: "topic-vote", title: $0.title, href: "/topics/\($0.id)", due: nil)
        }
        found += try toRefine(person, store).tasks(desk: "/office/topics") {
            PendingTask(verb: "topic-suggest", title: $0.title, href: "/topics/\($0.id)", due: nil)
        }
        return found
    }

    /// Rounds in which the quorum has voted.
    private static func voted(_ store: Transaction) throws -> Foremost<Row> {
        try store.foremost(
            "topic.id AS id, topic.title AS title",
            from: """
                topic JOIN topic_round ON topic_round.topic = topic.id AND topic_round.round = topic.round
                WHERE topic.state = \(Topic.State.voting) AND topic_round.quorum <= (SELECT COUNT(*) FROM topic_vote
                  WHERE topic_vote.topic = topic.id AND topic_vote.round = topic.round)
                """, by: "topic.opened_at, topic.id")
    }

    private static func toVote(_ person: ID<Person>, _ store: Transaction) throws -> Foremost<Row> {
        try store.foremost(
            "topic.id AS id, topic.title AS title",
            from: """
                topic_person JOIN topic ON topic.id = topic_person.topic AND topic.round = topic_person.round
                WHERE topic_person.person = \(person) AND topic_person.capacity = \(Topic.Capacity.panel)
                  AND topic.state = \(Topic.State.voting) AND NOT EXISTS (SELECT 1 FROM topic_vote
                    WHERE topic_vote.topic = topic.id AND topic_vote.round = topic.round
                      AND topic_vote.person = topic_person.person)
                """, by: "topic.opened_at, topic.id")
    }

    /// Topics on whose present version this person has said nothing.
    private static func toRefine(_ person: ID<Person>, _ store: Transaction) throws -> Foremost<Row> {
        try store.foremost(
            "topic.id AS id, topic.title AS title",
            from: """
                topic WHERE topic.state = \(Topic.State.refining)
                  AND (topic.user_person = \(person) OR topic.id IN (SELECT topic FROM topic_person
                    WHERE person = \(person) AND capacity = \(Topic.Capacity.expert)))
                  AND NOT EXISTS (SELECT 1 FROM topic_suggestion WHERE topic_suggestion.topic = topic.id
                    AND topic_suggestion.version = topic.version AND topic_suggestion.person = \(person))
                """, by: "topic.opened_at, topic.id")
    }
}
