import Lifecycle
import Store

/// What the pages on common passages read.
enum ReuseQueries {
    static let pageSize = 30

    static func pair(_ id: String, _ store: Transaction) throws -> ReusePairRecord? {
        try store.row(
            """
            SELECT \(sql: ReusePairRecord.columns) FROM reuse_pair \(sql: ReusePairRecord.joins)
            WHERE reuse_pair.id = \(id)
            """)
    }

    /// All pairs of an application, from either side, the worst first.
    static func pairs(of id: ID<Application>, _ store: Transaction) throws -> [ReusePairRecord] {
        let later = try store.rows(
            """
            SELECT \(sql: ReusePairRecord.columns) FROM reuse_pair \(sql: ReusePairRecord.joins)
            WHERE reuse_pair.application = \(id)
            """, as: ReusePairRecord.self)
        let earlier = try store.rows(
            """
            SELECT \(sql: ReusePairRecord.columns) FROM reuse_pair \(sql: ReusePairRecord.joins)
            WHERE reuse_pair.source = \(id) AND reuse_pair.source_kind = 'application'
            """, as: ReusePairRecord.self)
        return (later + earlier).sorted {
            let (a, b) = ($0.shares(of: id).mine, $1.shares(of: id).mine)
            return (a, $0.longest, $0.id) > (b, $1.longest, $1.id)
        }
    }

    struct Part: Sendable, Decodable {
        let place: Int
        let section: String
        let sourceSection: String
        let containment: Int
        let reverse: Int
        let longest: Int
        let passages: String
    }

    static func parts(of pair: String, _ store: Transaction) throws -> [Part] {
        try store.rows(
            """
            SELECT place, section, source_section, containment, reverse, longest, passages FROM reuse_part
            WHERE pair = \(pair) ORDER BY place
            """)
    }

    struct Check: Sendable, Decodable {
        let submission: Int64
        let at: Instant
        let texts: Int
    }

    static func check(of id: ID<Application>, _ store: Transaction) throws -> Check? {
        try store.row("SELECT submission, at, texts FROM reuse_check WHERE application = \(id)")
    }

    /// Whether a comparison of the application, or of everything, is under way.
    static func isWaiting(_ dossier: DossierRecord, _ store: Transaction) throws -> Bool {
        let subjects = [("submission", "\(dossier.fact)"), ("application", dossier.id.rawValue)]
        return try isRebuilding(store)
            || subjects.contains { try isWaiting(ReuseActs.check, $0, $1, store) }
    }

    /// Whether a comparison of everything is under way.
    static func isRebuilding(_ store: Transaction) throws -> Bool {
        try isWaiting(ReuseActs.rebuild, "house", "reuse", store)
    }

    private static func isWaiting(
        _ kind: String, _ subject: String, _ id: String, _ store: Transaction
    ) throws -> Bool {
        try store.value(
            """
            SELECT 1 FROM job WHERE kind = \(kind) AND subject_kind = \(subject) AND subject_id = \(id)
              AND state IN ('waiting', 'running')
            """, as: Int.self) != nil
    }

    struct File: Sendable, Decodable {
        let hash: String
        let name: String
        let problem: String
    }

    /// Attachments whose text could not be compared, or not all of it.
    static func unread(of id: ID<Application>, _ store: Transaction) throws -> [File] {
        try store.rows(
            """
            SELECT reuse_file.hash AS hash, application_attachment.name AS name, reuse_file.problem AS problem
            FROM reuse_file JOIN application_attachment
              ON application_attachment.application = reuse_file.application
              AND application_attachment.hash = reuse_file.hash
            WHERE reuse_file.application = \(id) AND reuse_file.problem IS NOT NULL
            ORDER BY application_attachment.name
            """)
    }

    /// Whether the project was decided to be funded, and not set aside since.
    static func isFunded(_ id: ID<Application>, _ store: Transaction) throws -> Bool {
        try store.value(
            """
            SELECT 1 FROM decision WHERE application = \(id) AND funded AND confirmed_at IS NOT NULL
              AND overturned_at IS NULL
            """, as: Int.self) != nil
    }

    // MARK: - the desk's list

    struct CallChoice: Sendable, Decodable {
        let id: ID<Call>
        let title: String
    }

    /// Calls in which something was found, the newest first.
    static func calls(_ store: Transaction) throws -> [CallChoice] {
        try store.rows(
            """
            SELECT call.id AS id, call.title AS title FROM call
            WHERE EXISTS (SELECT 1 FROM reuse_pair WHERE reuse_pair.call = call.id)
            ORDER BY call.closes_at DESC, call.id
            """)
    }

    struct Filter: Sendable {
        let call: String
        let relation: ReuseRelation?
        let state: State?
        /// The last row of the page before.
        let after: String

        enum State: String, CaseIterable, Sendable {
            /// Nobody has given a word on these texts.
            case open
            case judged
            case examine
        }

        init(_ query: FormFields) {
            call = query.text("call")
            relation = ReuseRelation(rawValue: query.text("relation"))
            state = State(rawValue: query.text("state"))
            after = query.text("after")
        }

        func href(call: String? = nil, after: String? = nil) -> String {
            let pairs = [
                ("call", call ?? self.call), ("relation", relation?.rawValue ?? ""),
                ("state", state?.rawValue ?? ""), ("after", after ?? ""),
            ].filter { !$0.1.isEmpty }
            let query = pairs.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
            return query.isEmpty ? "/office/reuse" : "/office/reuse?\(query)"
        }
    }

    /// Pairs of a call whose later application no conflict keeps from this official, the worst first; one more
    /// than a page holds where there are more.
    static func worst(
        in call: ID<Call>, _ filter: Filter, for person: ID<Person>, _ store: Transaction
    ) throws -> [ReusePairRecord] {
        var conditions: [SQL] = ["reuse_pair.call = \(call)", Parties.free(person)]
        if let relation = filter.relation { conditions.append("reuse_pair.relation = \(relation)") }
        let judged: SQL = """
            reuse_verdict.submission = reuse_pair.submission
              AND reuse_verdict.source_submission = reuse_pair.source_submission
            """
        switch filter.state {
        case .open: conditions.append("(reuse_verdict.pair IS NULL OR NOT (\(sql: judged)))")
        case .judged: conditions.append(judged)
        case .examine: conditions.append("reuse_verdict.verdict = 'examine' AND \(sql: judged)")
        case nil: break
        }
        if let last = try store.row(
            "SELECT containment, longest, id FROM reuse_pair WHERE id = \(filter.after)", as: Place.self)
        {
            conditions.append(
                """
                (reuse_pair.containment, reuse_pair.longest, reuse_pair.id)
                  < (\(last.containment), \(last.longest), \(last.id))
                """)
        }
        return try store.rows(
            """
            SELECT \(sql: ReusePairRecord.columns) FROM reuse_pair
            JOIN application ON application.id = reuse_pair.application \(sql: ReusePairRecord.joins)
            WHERE \(sql: conditions.joined(" AND "))
            ORDER BY reuse_pair.containment DESC, reuse_pair.longest DESC, reuse_pair.id DESC
            LIMIT \(pageSize + 1)
            """)
    }

    /// Where an official goes on: the worst other pair of the call that waits for a word and is theirs to read.
    static func nextOpen(
        in call: ID<Call>, besides pair: String, for viewer: Viewer, _ store: Transaction
    ) throws -> String? {
        guard let person = viewer.person else { return nil }
        let open = Filter(FormFields([(name: "state", value: Filter.State.open.rawValue)]))
        for record in try worst(in: call, open, for: person, store).prefix(10) where record.id != pair {
            guard try OpenPair.find(record, from: record.application, for: viewer, store) != nil else {
                continue
            }
            return "/cases/\(record.application)/reuse/\(record.id)"
        }
        return nil
    }

    struct Tally: Sendable, Decodable {
        let pairs: Int
        /// On which nobody has given a word, or not on these texts.
        let open: Int
    }

    /// How many pairs of a call there are that this official may know of by their later application.
    static func tally(in call: ID<Call>, for person: ID<Person>, _ store: Transaction) throws -> Tally {
        try store.row(
            """
            SELECT COUNT(*) AS pairs, COALESCE(SUM(CASE WHEN reuse_verdict.pair IS NOT NULL
              AND reuse_verdict.submission = reuse_pair.submission
              AND reuse_verdict.source_submission = reuse_pair.source_submission THEN 0 ELSE 1 END), 0) AS open
            FROM reuse_pair LEFT JOIN reuse_verdict ON reuse_verdict.pair = reuse_pair.id
            WHERE reuse_pair.call = \(call) AND reuse_pair.application NOT IN (\(sql: Parties.barred(person)))
            """, as: Tally.self) ?? Tally(pairs: 0, open: 0)
    }

    private struct Place: Decodable, Sendable {
        let containment: Int
        let longest: Int
        let id: String
    }
}
