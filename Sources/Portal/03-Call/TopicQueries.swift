import Foundation
package import Lifecycle
package import Store

/// A topic as its pages read it.
package struct TopicRecord: Sendable, Decodable {
    package let id: ID<Topic>
    package let number: String
    package let state: Topic.State
    package let version: Int
    package let round: Int
    package let title: String
    package let userName: String
    package let userOrganisation: ID<Organisation>?
    package let userPerson: ID<Person>?
    package let ceiling: Money
    package let body: String
    package let openedAt: Instant
    package let closedAt: Instant?

    package static let columns: SQL = """
        topic.id AS id, topic.number AS number, topic.state AS state, topic.version AS version,
        topic.round AS round, topic.title AS title, topic.user_name AS user_name,
        topic.user_organisation AS user_organisation, topic.user_person AS user_person,
        topic.ceiling AS ceiling, topic.body AS body, topic.opened_at AS opened_at,
        topic.closed_at AS closed_at
        """

    package func text() throws -> TopicText { try TopicQueries.decode(body) }
}

struct TopicVersionRecord: Sendable, Decodable {
    let version: Int
    let at: Instant
    let authorName: String?
    let body: String
    let reason: String?
}

struct TopicSuggestionRecord: Sendable, Decodable {
    let fact: Int64
    let version: Int
    let part: String
    let personName: String?
    let at: Instant
    let text: String
    let adopted: Int?
}

struct TopicMemberRecord: Sendable, Decodable {
    let person: ID<Person>
    let round: Int
    let capacity: Topic.Capacity
    let name: String
    let organisationName: String
}

struct TopicRoundRecord: Sendable, Decodable {
    let round: Int
    let version: Int
    let quorum: Int
    let openedAt: Instant
    let closedAt: Instant?
    let outcome: String?
    let votesFor: Int?
    let votesAgainst: Int?
    let reason: String?
    /// The reason was written to be read by anybody.
    let told: Bool
}

struct TopicVoteRecord: Sendable, Decodable {
    let round: Int
    let person: ID<Person>
    let name: String
    let supports: Bool
    let at: Instant
    let reason: String?
}

package enum TopicQueries {
    static func decode(_ body: String) throws -> TopicText {
        try JSONDecoder().decode(TopicText.self, from: Data(body.utf8))
    }

    package static func find(_ id: ID<Topic>, _ store: Transaction) throws -> TopicRecord? {
        try store.row("SELECT \(sql: TopicRecord.columns) FROM topic WHERE topic.id = \(id)")
    }

    /// In the order of `ids`.
    static func some(_ ids: [ID<Topic>], _ store: Transaction) throws -> [TopicRecord] {
        guard !ids.isEmpty else { return [] }
        let rows = try store.rows(
            "SELECT \(sql: TopicRecord.columns) FROM topic WHERE topic.id IN \(list: ids)",
            as: TopicRecord.self)
        let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
        return ids.compactMap { byID[$0] }
    }

    static let pageSize = 50

    /// A page of the published ones, with how many match: first what a call lets now, then the latest.
    ///
    /// - Parameters:
    ///   - openOnly: only what a call lets now.
    ///   - after: begins with the moment of the first page, in whose order all pages stand.
    static func ready(
        _ words: String, openOnly: Bool, after: ListPlace, at now: Instant, _ store: Transaction
    ) throws -> (page: Paged<TopicRecord>, count: Int) {
        let begun = after.keys.first.flatMap { Int64($0) }.map { Instant(milliseconds: $0) } ?? now
        var conditions: [SQL] = ["topic.state = \(Topic.State.ready)"]
        for word in words.split(whereSeparator: \.isWhitespace).prefix(4) {
            let pattern = "%\(Terms.escaped(Terms.folded(String(word))))%"
            conditions.append(
                """
                (LOWER(topic.title) LIKE \(pattern) ESCAPE '~' OR LOWER(topic.number) LIKE \(pattern) ESCAPE '~'
                  OR LOWER(topic.user_name) LIKE \(pattern) ESCAPE '~' OR LOWER(topic.body) LIKE \(pattern) ESCAPE '~')
                """)
        }
        if openOnly { conditions.append("\(sql: letting(at: now)) = 1") }
        let page = try store.page(
            "SELECT \(sql: TopicRecord.columns), \(sql: letting(at: begun)) AS is_let FROM topic",
            where: conditions,
            in: ListOrder(
                [
                    .number(letting(at: begun)), .number("COALESCE(topic.closed_at, 0)"),
                    .text("topic.id"),
                ], descending: true),
            after: ListPlace(Array(after.keys.dropFirst())), size: pageSize
        ) { (row: Ready) in
            ["\(row.isLet)", "\(row.topic.closedAt?.rawValue ?? 0)", row.topic.id.rawValue]
        }
        let count = try store.value(
            "SELECT COUNT(*) FROM topic WHERE \(sql: conditions.joined(" AND "))", as: Int.self)
        return (page.leading(with: "\(begun.rawValue)").map(\.topic), count ?? 0)
    }

    private struct Ready: Sendable, Decodable {
        let topic: TopicRecord
        let isLet: Int

        private enum CodingKeys: String, CodingKey { case isLet }

        init(from decoder: any Decoder) throws {
            topic = try TopicRecord(from: decoder)
            isLet = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .isLet)
        }
    }

    /// 1 where the latest call that lets the topic takes applications, else 0.
    private static func letting(at now: Instant) -> SQL {
        """
        COALESCE((SELECT CASE WHEN call.opens_at <= \(now) AND call.closes_at >= \(now) THEN 1 ELSE 0 END
          FROM call_topic JOIN call ON call.id = call_topic.call WHERE call_topic.topic = topic.id
          ORDER BY call.closes_at DESC, call.id LIMIT 1), 0)
        """
    }

    /// A page of them, the open ones first.
    ///
    /// - Parameter person: only those in which this person takes part; nil for all.
    static func desk(of person: ID<Person>?, after: ListPlace, _ store: Transaction) throws
        -> Paged<TopicRecord>
    {
        let mine = person.map { person -> [SQL] in
            [
                """
                topic.id IN (SELECT id FROM topic WHERE user_person = \(person)
                  UNION SELECT topic FROM topic_person WHERE person = \(person))
                """
            ]
        }
        return try store.page(
            "SELECT \(sql: TopicRecord.columns) FROM topic", where: mine ?? [],
            in: ListOrder(
                [
                    .number(
                        "CASE topic.state WHEN 'refining' THEN 2 WHEN 'voting' THEN 2 WHEN 'ready' THEN 1 ELSE 0 END"
                    ), .number("topic.opened_at"), .text("topic.id"),
                ], descending: true), after: after, size: pageSize
        ) { row in
            let place =
                switch row.state {
                case .refining, .voting: "2"
                case .ready: "1"
                case .dropped: "0"
                }
            return [place, "\(row.openedAt.rawValue)", row.id.rawValue]
        }
    }

    /// The topics that come from a problem, or from what it was merged into, however far.
    static func from(_ problem: ID<Problem>, _ store: Transaction) throws -> [TopicRecord] {
        try store.rows(
            """
            WITH RECURSIVE \(sql: ProblemMerges.onward(from: problem))
            SELECT \(sql: TopicRecord.columns) FROM topic WHERE topic.id IN (SELECT topic FROM topic_problem
              WHERE problem IN (SELECT id FROM onward)) ORDER BY topic.number
            """)
    }

    /// The problems a topic comes from, with all that were merged into them.
    package static func problems(_ id: ID<Topic>, _ store: Transaction) throws -> [ID<Problem>] {
        try store.values(
            "WITH RECURSIVE \(sql: ProblemMerges.origins(of: id)) SELECT id FROM origin ORDER BY id")
    }

    static func versions(_ id: ID<Topic>, _ store: Transaction) throws -> [TopicVersionRecord] {
        try store.rows(
            """
            SELECT topic_version.version AS version, topic_version.at AS at, person.name AS author_name,
              topic_version.body AS body, topic_version.reason AS reason
            FROM topic_version LEFT JOIN person ON person.id = topic_version.author
            WHERE topic_version.topic = \(id) ORDER BY topic_version.version DESC
            """)
    }

    static func suggestions(_ id: ID<Topic>, _ store: Transaction) throws -> [TopicSuggestionRecord] {
        try store.rows(
            """
            SELECT topic_suggestion.fact AS fact, topic_suggestion.version AS version,
              topic_suggestion.part AS part, person.name AS person_name, topic_suggestion.at AS at,
              topic_suggestion.text AS text, topic_suggestion.adopted AS adopted
            FROM topic_suggestion LEFT JOIN person ON person.id = topic_suggestion.person
            WHERE topic_suggestion.topic = \(id) ORDER BY topic_suggestion.fact DESC
            """)
    }

    static func members(_ id: ID<Topic>, _ store: Transaction) throws -> [TopicMemberRecord] {
        try store.rows(
            """
            SELECT topic_person.person AS person, topic_person.round AS round,
              topic_person.capacity AS capacity, person.name AS name, organisation.name AS organisation_name
            FROM topic_person JOIN person ON person.id = topic_person.person
            JOIN organisation ON organisation.id = person.organisation
            WHERE topic_person.topic = \(id) ORDER BY topic_person.round, person.pinyin, person.id
            """)
    }

    static func rounds(_ id: ID<Topic>, _ store: Transaction) throws -> [TopicRoundRecord] {
        try store.rows(
            """
            SELECT round, version, quorum, opened_at, closed_at, outcome, votes_for, votes_against, reason,
              told
            FROM topic_round WHERE topic = \(id) ORDER BY round DESC
            """)
    }

    static func votes(_ id: ID<Topic>, _ store: Transaction) throws -> [TopicVoteRecord] {
        try store.rows(
            """
            SELECT topic_vote.round AS round, topic_vote.person AS person, person.name AS name,
              topic_vote.supports AS supports, topic_vote.at AS at, topic_vote.reason AS reason
            FROM topic_vote JOIN person ON person.id = topic_vote.person
            WHERE topic_vote.topic = \(id) ORDER BY topic_vote.round, person.pinyin, person.id
            """)
    }

    /// Published topics that no other call lets.
    static func letable(to call: ID<Call>, at now: Instant, _ store: Transaction) throws -> [TopicRecord] {
        let ready = try store.rows(
            """
            SELECT \(sql: TopicRecord.columns) FROM topic WHERE topic.state = \(Topic.State.ready)
            ORDER BY topic.closed_at DESC, topic.id
            """, as: TopicRecord.self)
        return try ready.filter { try !isTaken($0.id, besides: call, at: now, store) }
    }

    private struct OfferRow: Decodable, Sendable {
        let id: ID<Topic>
        let number: String
        let title: String
        let ceiling: Money
        let userName: String
        let body: String
    }

    /// What applicants of a call choose from, in the call's order.
    package static func offers(in call: Call, _ store: Transaction) throws -> [TopicOffer] {
        guard !call.topicIDs.isEmpty else { return [] }
        let rows = try store.rows(
            "SELECT id, number, title, ceiling, user_name, body FROM topic WHERE id IN \(list: call.topicIDs)",
            as: OfferRow.self)
        let byID = Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0) })
        return try call.topicIDs.compactMap { id in
            try byID[id].map {
                TopicOffer(
                    id: id, number: $0.number, title: $0.title, ceiling: $0.ceiling, user: $0.userName,
                    indicators: try decode($0.body).indicators)
            }
        }
    }

    package struct Letting: Sendable, Decodable {
        package let call: ID<Call>
        package let number: String
        package let title: String
        package let opensAt: Instant
        package let closesAt: Instant

        package func phase(at now: Instant) -> Call.Phase {
            if now < opensAt { return .announced }
            return now <= closesAt ? .open : .closed
        }
    }

    /// The calls that let a topic, latest first.
    package static func calls(_ id: ID<Topic>, _ store: Transaction) throws -> [Letting] {
        try store.rows(
            """
            SELECT call.id AS call, call.number AS number, call.title AS title, call.opens_at AS opens_at,
              call.closes_at AS closes_at
            FROM call_topic JOIN call ON call.id = call_topic.call WHERE call_topic.topic = \(id)
            ORDER BY call.closes_at DESC, call.id
            """)
    }

    /// Whether another call lets the topic already: one that is not over, or whose project goes on.
    static func isTaken(_ id: ID<Topic>, besides call: ID<Call>, at now: Instant, _ store: Transaction) throws
        -> Bool
    {
        try store.value(
            """
            SELECT 1 FROM call_topic JOIN call ON call.id = call_topic.call
            WHERE call_topic.topic = \(id) AND call_topic.call <> \(call) AND (call.closes_at >= \(now)
              OR EXISTS (SELECT 1 FROM application WHERE application.topic = \(id)
                AND application.call = call.id AND application.state <> 'refused'))
            """, as: Int.self) != nil
    }
}
