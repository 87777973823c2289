package import Lifecycle
package import Store

/// One call as the round's pages need it. Dossiers the viewer may not handle are left out of every count.
package struct RoundOutline: Sendable {
    package let id: ID<Call>
    package let number: String
    package let title: String
    package let closes: Instant
    package let counts: [Count]
    package let money: RoundMoney
    /// The last proposal, if any.
    package let selection: SelectionRecord?

    package struct Count: Sendable {
        package let stepKind: String
        package let state: String
        package let count: Int
    }

    package func count(_ kinds: Set<String>, state: String = "open") -> Int {
        counts.filter { kinds.contains($0.stepKind) && $0.state == state }.reduce(0) { $0 + $1.count }
    }
}

/// Where the round's money stands, from the ledger.
package struct RoundMoney: Sendable {
    package let total: Money
    /// Not promised yet.
    package let left: Money
    package let reserved: Money
    /// Obliged by contracts, and instructed, but not yet paid.
    package let obligated: Money
    package let paid: Money
}

package struct SelectionRecord: Sendable, Decodable {
    package let fact: Int64
    package let state: String
    package let proposer: ID<Person>?
    package let proposedAt: Instant
    package let settledBy: ID<Person>?
    package let settledAt: Instant?
    package let reason: String?
    package let total: Money
}

package enum Rounds {
    private struct CallRow: Decodable, Sendable {
        let id: ID<Call>
        let number: String
        let title: String
        let closesAt: Instant
        let budget: Money
    }

    private struct BalanceRow: Decodable, Sendable {
        let call: ID<Call>
        let kind: String
        let balance: Money
    }

    /// Every published call, latest first; or one of them.
    package static func outlines(
        _ only: ID<Call>? = nil, for viewer: Viewer, _ store: Transaction
    ) throws -> [RoundOutline] {
        let chosen: SQL = if let only { "WHERE id = \(only)" } else { "" }
        let calls = try store.rows(
            "SELECT id, number, title, closes_at, budget FROM call \(sql: chosen) ORDER BY closes_at DESC, id",
            as: CallRow.self)
        let counts = Dictionary(
            grouping: try ApplicationCount.all(in: only, for: viewer.person, store), by: \.call)
        let money = Dictionary(grouping: try balances(only, store), by: \.call)
        return try calls.map { call in
            let rows = money[call.id] ?? []
            func sum(_ kinds: Set<String>) -> Money {
                rows.filter { kinds.contains($0.kind) }.reduce(.zero) { $0 + $1.balance }
            }
            return RoundOutline(
                id: call.id, number: call.number, title: call.title, closes: call.closesAt,
                counts: (counts[call.id] ?? []).map {
                    RoundOutline.Count(stepKind: $0.stepKind, state: $0.state, count: $0.count)
                },
                money: RoundMoney(
                    total: call.budget,
                    left: try Bookkeeping.balance(of: .budget(call: call.id.rawValue), store),
                    reserved: sum(["reserved"]), obligated: sum(["obligated", "payable"]), paid: sum(["paid"])
                ),
                selection: try lastSelection(call.id, store))
        }
    }

    private static func balances(_ only: ID<Call>?, _ store: Transaction) throws -> [BalanceRow] {
        let chosen: SQL = if let only { "AND decision.call = \(only)" } else { "" }
        var rows: [BalanceRow] = []
        let kinds: [(String, SQL)] = [
            ("reserved", "'reserved:' || decision.application"),
            ("obligated", "'obligated:' || decision.application"),
            ("payable", "'payable:' || decision.application"), ("paid", "'paid:' || decision.application"),
        ]
        for (kind, account) in kinds {
            rows += try store.rows(
                """
                SELECT decision.call AS call, \(kind) AS kind, SUM(account_balance.balance) AS balance
                FROM decision JOIN account_balance ON account_balance.account = \(sql: account)
                WHERE decision.funded = \(true) \(sql: chosen) GROUP BY decision.call
                """, as: BalanceRow.self)
        }
        return rows
    }

    package static func lastSelection(_ call: ID<Call>, _ store: Transaction) throws -> SelectionRecord? {
        try store.row(
            """
            SELECT fact, state, proposer, proposed_at, settled_by, settled_at, reason, total FROM selection
            WHERE call = \(call) ORDER BY fact DESC LIMIT 1
            """)
    }

    /// The outlines of some dossiers, by id.
    package static func dossiers(_ ids: [ID<Application>], _ store: Transaction) throws
        -> [ID<Application>: DossierRecord]
    {
        var found: [ID<Application>: DossierRecord] = [:]
        let ids = Array(Set(ids))
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start..<min(start + 500, ids.count)])
            for row in try store.rows(
                "SELECT \(sql: DossierRecord.columns) FROM application WHERE id IN \(list: some)",
                as: DossierRecord.self)
            { found[row.id] = row }
        }
        return found
    }

    /// The grade and points of each submitted review of a call, in the order of submission; no names.
    package static func reviews(_ call: ID<Call>, _ store: Transaction) throws -> [ID<Application>: [String]]
    {
        struct ReviewRow: Decodable, Sendable {
            let application: ID<Application>
            let grade: String?
            let advice: String?
            let points: Int?
        }
        // Ordered by points: the order of assignment or submission could tell who wrote which.
        let rows = try store.rows(
            """
            SELECT application, grade, advice, points FROM assignment
            WHERE call = \(call) AND state = 'submitted' ORDER BY application, points DESC, grade, advice
            """, as: ReviewRow.self)
        return Dictionary(grouping: rows, by: \.application).mapValues { rows in
            rows.map { "\($0.grade ?? "—")/\($0.advice ?? "—") \($0.points.map(String.init) ?? "—")" }
        }
    }

    /// What every reviewer advises against, by the instrument's lowest advice.
    package static func advisedAgainst(
        in call: ID<Call>, _ instrument: ReviewInstrument, _ store: Transaction
    ) throws -> Set<ID<Application>> {
        guard let lowest = instrument.advice.min(by: { $0.points < $1.points })?.id else { return [] }
        return Set(
            try store.values(
                """
                SELECT application FROM assignment WHERE call = \(call) AND state = 'submitted'
                GROUP BY application HAVING COUNT(*) = SUM(CASE WHEN advice = \(lowest) THEN 1 ELSE 0 END)
                """, as: ID<Application>.self))
    }

    package static func decisions(_ call: ID<Call>, _ store: Transaction) throws -> [DecisionRecord] {
        try store.rows(
            """
            SELECT \(sql: DecisionRecord.columns) FROM decision WHERE decision.call = \(call)
            ORDER BY decision.place, decision.application
            """)
    }

    package static func decision(_ application: ID<Application>, _ store: Transaction) throws
        -> DecisionRecord?
    {
        try store.row(
            "SELECT \(sql: DecisionRecord.columns) FROM decision WHERE decision.application = \(application)")
    }
}
