package import Lifecycle
package import Store

/// How many applications of a call stand at a step, by the number of experts asked.
package struct ApplicationCount: Sendable, Decodable {
    package let call: ID<Call>
    package let stepKind: String
    package let state: String
    package let reviewers: Int
    package let count: Int

    private struct Place: Hashable {
        let call: ID<Call>
        let stepKind: String
        let state: String
        let reviewers: Int
    }

    private var place: Place { Place(call: call, stepKind: stepKind, state: state, reviewers: reviewers) }

    private static let columns: SQL = "call, step_kind, state, reviewers"

    /// The counts of all calls or of one, without the dossiers an official may not handle: lists and totals know no
    /// more than the case page.
    package static func all(
        in only: ID<Call>? = nil, for official: ID<Person>?, _ store: Transaction
    ) throws -> [ApplicationCount] {
        let one: SQL = if let only { "call = \(only)" } else { "1 = 1" }
        let whole: [ApplicationCount] = try store.rows(
            "SELECT \(sql: columns), count FROM application_count WHERE \(sql: one) ORDER BY \(sql: columns)")
        guard let official else { return whole }
        let hidden: [ApplicationCount] = try store.rows(
            """
            SELECT \(sql: columns), COUNT(*) AS count FROM application
            WHERE id IN (\(sql: Parties.barred(official))) AND \(sql: one) GROUP BY \(sql: columns)
            """)
        guard !hidden.isEmpty else { return whole }
        let less = Dictionary(uniqueKeysWithValues: hidden.map { ($0.place, $0.count) })
        return whole.compactMap { row in
            let left = row.count - (less[row.place] ?? 0)
            return left == 0
                ? nil
                : ApplicationCount(
                    call: row.call, stepKind: row.stepKind, state: row.state, reviewers: row.reviewers,
                    count: left)
        }
    }

    /// The earliest deadline among the applications counted here.
    package func due(for official: ID<Person>, _ store: Transaction) throws -> Instant? {
        try store.value(
            """
            SELECT due_at FROM application
            WHERE call = \(call) AND step_kind = \(stepKind) AND state = \(state) AND reviewers = \(reviewers)
              AND due_at IS NOT NULL AND id NOT IN (\(sql: Parties.barred(official)))
            ORDER BY due_at LIMIT 1
            """)
    }
}

/// What is open at a step in each call: how much, and by when the first of it is due.
package struct OpenStep: Sendable {
    package let call: ID<Call>
    package let title: String
    package let count: Int
    /// Of these, how many have the fewest experts: fewer than was asked for.
    package let lacking: Int
    /// The earliest deadline; of those that lack experts where the question was about them.
    package let due: Instant?

    /// - Parameter needed: how many experts an application of the call needs; nil where none are asked.
    package static func all(
        _ kind: Step.Kind, for official: ID<Person>,
        needed: ((ID<Call>) throws -> Int?)? = nil, _ store: Transaction
    ) throws -> [OpenStep] {
        let rows = Dictionary(
            grouping: try ApplicationCount.all(for: official, store).filter {
                $0.stepKind == kind.rawValue && $0.state == "open"
            }, by: \.call)
        let others = Dictionary(grouping: try BesideCount.all(kind, for: official, store), by: \.call)
        var found: [OpenStep] = []
        for call in Set(rows.keys).union(others.keys).sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let title = try store.value("SELECT title FROM call WHERE id = \(call)", as: String.self)
            else { continue }
            let (first, beside) = (rows[call] ?? [], others[call] ?? [])
            var (short, shortBeside) = (first, beside)
            if let needed {
                guard let least = try needed(call) else { continue }
                short = first.filter { $0.reviewers < least }
                shortBeside = beside.filter { $0.reviewers < least }
            }
            let dues = try short.map { try $0.due(for: official, store) } + shortBeside.map(\.due)
            found.append(
                OpenStep(
                    call: call, title: title,
                    count: first.reduce(0) { $0 + $1.count } + beside.reduce(0) { $0 + $1.count },
                    lacking: short.reduce(0) { $0 + $1.count } + shortBeside.reduce(0) { $0 + $1.count },
                    due: dues.compactMap(\.self).min()))
        }
        return found
    }
}

/// Applications whose open step of a kind lies beside another that is named first, so that it is not counted ahead: of
/// steps side by side there are few.
private struct BesideCount: Sendable, Decodable {
    let call: ID<Call>
    let reviewers: Int
    let count: Int
    let due: Instant?

    static func all(_ kind: Step.Kind, for official: ID<Person>, _ store: Transaction) throws -> [BesideCount]
    {
        try store.rows(
            """
            SELECT open_step.call AS call, application.reviewers AS reviewers,
              COUNT(DISTINCT application.id) AS count, MIN(open_step.due_at) AS due
            FROM open_step CROSS JOIN application
            WHERE open_step.beside = \(true) AND open_step.kind = \(kind.rawValue)
              AND application.id = open_step.application AND application.step_kind <> open_step.kind
              AND \(sql: Parties.free(official))
            GROUP BY open_step.call, application.reviewers ORDER BY open_step.call, application.reviewers
            """)
    }
}

/// Keeps the counts: whatever moves an application does it within ``moving(_:_:_:)``.
enum ApplicationCounts {
    private struct Place: Decodable, Sendable, Equatable {
        let call: ID<Call>
        let stepKind: String
        let state: String
        let reviewers: Int
    }

    static func moving(_ id: ID<Application>, _ store: Transaction, _ body: () throws -> Void) throws {
        let old = try place(of: id, store)
        try body()
        let new = try place(of: id, store)
        guard old != new else { return }
        if let old { try add(-1, at: old, store) }
        if let new { try add(1, at: new, store) }
    }

    /// Nil before the first move, which comes with the fact that makes the row.
    private static func place(of id: ID<Application>, _ store: Transaction) throws -> Place? {
        try store.row(
            "SELECT call, step_kind, state, reviewers FROM application WHERE id = \(id) AND step_kind <> ''")
    }

    private static func add(_ change: Int, at place: Place, _ store: Transaction) throws {
        let key: SQL = """
            call = \(place.call) AND step_kind = \(place.stepKind) AND state = \(place.state)
              AND reviewers = \(place.reviewers)
            """
        let changed = try store.run(
            "UPDATE application_count SET count = count + \(change) WHERE \(sql: key)")
        if changed == 0 {
            _ = try store.run(
                """
                INSERT INTO application_count (call, step_kind, state, reviewers, count)
                VALUES (\(place.call), \(place.stepKind), \(place.state), \(place.reviewers), \(change))
                """)
        } else if change < 0 {
            _ = try store.run("DELETE FROM application_count WHERE \(sql: key) AND count = 0")
        }
    }
}
