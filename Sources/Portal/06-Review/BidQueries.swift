package import Lifecycle
package import Store

/// What bidding reads.
package enum BidQueries {
    static let pageSize = 30

    /// A call in which an expert may bid.
    package struct Open: Sendable {
        package let call: ID<Call>
        package let title: String
        /// Applications the expert has said something of.
        package let said: Int
    }

    /// What experts said of an application.
    static func of(_ application: ID<Application>, _ store: Transaction) throws -> [ID<Person>: Willingness] {
        struct Row: Decodable, Sendable {
            let expert: ID<Person>
            let willingness: Willingness
        }
        let rows = try store.rows(
            "SELECT expert, willingness FROM bid WHERE application = \(application)", as: Row.self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.expert, $0.willingness) })
    }

    static func count(in call: ID<Call>, _ store: Transaction) throws -> (count: Int, experts: Int) {
        struct Row: Decodable, Sendable {
            let bids: Int
            let experts: Int
        }
        let row = try store.row(
            "SELECT COUNT(*) AS bids, COUNT(DISTINCT expert) AS experts FROM bid WHERE call = \(call)",
            as: Row.self)
        return (row?.bids ?? 0, row?.experts ?? 0)
    }

    /// Calls under review that ask this expert.
    package static func calls(
        for expert: ID<Person>, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> [Open] {
        let ids = try store.values(
            """
            SELECT id FROM call WHERE EXISTS (SELECT 1 FROM open_step WHERE open_step.call = call.id
              AND open_step.kind = 'review')
            ORDER BY closes_at, id
            """, as: ID<Call>.self)
        return try ids.compactMap { id in
            guard let (call, _) = try bidding(in: id, expert, at: now, house, store) else { return nil }
            let said = try store.value(
                "SELECT COUNT(*) FROM bid WHERE expert = \(expert) AND call = \(id)", as: Int.self)
            return Open(call: id, title: call.title, said: said ?? 0)
        }
    }

    /// The call and the expert, where the programme asks experts and this one may answer. Whoever takes part in the
    /// call, as an applicant or in a team, is shown nothing of the others.
    static func bidding(
        in id: ID<Call>, _ expert: ID<Person>, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> (call: Call, expert: ExpertRecord)? {
        let (call, programme) = try Calls.found(id, house, store)
        guard programme.review.matching?.bids != nil,
            let record = try Candidates.record(of: expert, in: id, at: now, store)
        else { return nil }
        return try Parties.takesPart(expert, in: id, store) ? nil : (call, record)
    }

    /// The applications of a call that this expert may bid on: near the field, not theirs to review already, and
    /// nothing against it. A conflict hides the row whole: what will never be theirs to read is not theirs to know.
    ///
    /// - Parameters:
    ///   - only: look at these; nil gives a page.
    ///   - after: the last application of the page before.
    /// - Returns: what may be bid on, and where the next page begins.
    static func items(
        in call: ID<Call>, _ expert: ExpertRecord, programme: Programme, only: [ID<Application>]? = nil,
        after: String = "", _ store: Transaction
    ) throws -> (items: [BidRecord], next: String?) {
        struct Head: Decodable, Sendable {
            let id: ID<Application>
            let title: String
            let discipline: String
            let fact: Int64
            let willingness: Willingness?
        }
        let fields = Array(Set(expert.disciplineCodes.map { String($0.prefix(3)) }))
        let which: SQL = only.map { "application.id IN \(list: $0)" } ?? "open_step.application > \(after)"
        let heads = try store.rows(
            """
            SELECT application.id AS id, application.title AS title, application.discipline AS discipline,
              application.fact AS fact, bid.willingness AS willingness
            FROM open_step CROSS JOIN application
            LEFT JOIN bid ON bid.application = application.id AND bid.expert = \(expert.person)
            WHERE open_step.call = \(call) AND open_step.kind = 'review'
              AND application.id = open_step.application AND application.state = 'open' AND \(sql: which)
              AND substr(application.discipline, 1, 3) IN \(list: fields)
              AND NOT EXISTS (SELECT 1 FROM assignment WHERE assignment.application = application.id
                AND assignment.expert = \(expert.person) AND assignment.state <> 'released')
            ORDER BY open_step.application LIMIT \(only == nil ? pageSize : 200)
            """, as: Head.self)
        let items = try heads.compactMap { head -> BidRecord? in
            let against = try Parties.withRivals(head.id, among: expert.person, store)
                .reasonsAgainstReview(by: expert.person, of: expert.entity)
            guard against.isEmpty else { return nil }
            return BidRecord(
                application: head.id, title: head.title, discipline: head.discipline,
                keywords: try Candidates.keywords(fact: head.fact, programme, store),
                willingness: head.willingness)
        }
        let isFull = only == nil && heads.count == pageSize
        return (items, isFull ? heads.last?.id.rawValue : nil)
    }
}
