import Lifecycle
import Store

/// `/payments/ledger`: balances that make zero together, and every entry with the fact that booked it.
struct LedgerPage: Sendable {
    let kinds: [Balance]
    let sum: String
    let isBalanced: Bool
    let entries: [Line]
    let isEmpty: Bool
    let pager: Pager

    struct Balance: Sendable {
        let name: String
        let accounts: Int
        let yuan: String
    }

    struct Line: Sendable {
        let fact: String
        let at: String
        let from: String
        let to: String
        let yuan: String
        let what: String
        let href: String
        let hasHref: Bool
    }

    struct BalanceRow: Decodable, Sendable {
        let account: Account
        let balance: Money
    }

    struct EntryRow: Decodable, Sendable {
        let fact: Int64
        let line: Int
        let at: Instant
        let fromAccount: Account
        let toAccount: Account
        let amount: Money
        let subjectKind: String
        let subjectId: String
        let kind: String
        let name: String?
    }

    static let pageSize = 100

    init(_ balances: [BalanceRow], _ page: Paged<EntryRow>, barred: Set<ID<Application>>, _ ask: Ask) {
        let words = ask.words
        let order = ["treasury", "funder", "budget", "reserved", "obligated", "payable", "paid"]
        let groups = Dictionary(grouping: balances) { Self.kind($0.account) }
        kinds = order.compactMap { kind in
            guard let rows = groups[kind] else { return nil }
            return Balance(
                name: words["payment.account.\(kind)"], accounts: rows.count,
                yuan: rows.reduce(Money.zero) { $0 + $1.balance }.yuanText)
        }
        let total = balances.reduce(Money.zero) { $0 + $1.balance }
        sum = total.yuanText
        isBalanced = total == .zero
        entries = page.rows.map { row in
            let isHidden = row.subjectKind == "application" && barred.contains(ID(row.subjectId))
            let name = isHidden ? "—" : row.name ?? row.subjectId
            // Before its contract binds, a dossier is not finance's to open.
            let opens =
                row.subjectKind == "application" && !isHidden
                && (row.kind == ContractAgreed.kind.rawValue || row.kind.hasPrefix("payment.")
                    || ask.viewer.holds(.auditor))
            return Line(
                fact: "\(row.fact)", at: row.at.text,
                from: words["payment.account.\(Self.kind(row.fromAccount))"],
                to: words["payment.account.\(Self.kind(row.toAccount))"], yuan: row.amount.yuanText,
                what: words["payment.fact.\(row.kind.replacing(".", with: "-"))"] + " · " + name,
                href: row.subjectKind == "call"
                    ? "/calls/\(row.subjectId)" : "/cases/\(row.subjectId)/payment",
                hasHref: row.subjectKind == "call" || opens)
        }
        isEmpty = entries.isEmpty
        pager = Pager(
            page, ListAddress("/payments/ledger"),
            count: words.filled("payment.entries", ["count": "\(entries.count)"]), words)
    }

    /// The part of an account's name before the colon.
    private static func kind(_ account: Account) -> String {
        String(account.rawValue.prefix { $0 != ":" })
    }

    /// Latest first. A fact may book several lines, and a page may end between two of them.
    static func entries(after: ListPlace, size: Int = pageSize, _ store: Transaction) throws -> Paged<
        EntryRow
    > {
        try store.page(
            """
            SELECT ledger_entry.fact, ledger_entry.line, ledger_entry.at,
              ledger_entry.from_account, ledger_entry.to_account, ledger_entry.amount,
              ledger_entry.subject_kind, ledger_entry.subject_id, fact.kind,
              COALESCE(application.number, call.number) AS name
            FROM ledger_entry JOIN fact ON fact.number = ledger_entry.fact
            LEFT JOIN application ON ledger_entry.subject_kind = 'application'
              AND application.id = ledger_entry.subject_id
            LEFT JOIN call ON ledger_entry.subject_kind = 'call' AND call.id = ledger_entry.subject_id
            """,
            // Said, so that the order's own index is walked from there.
            where: ["ledger_entry.fact <= \(Int64.max)"], in: latest,
            after: after, size: size, keys: keys)
    }

    private static let latest = ListOrder(
        [.number("ledger_entry.fact"), .number("ledger_entry.line")], descending: true)

    private static func keys(_ row: EntryRow) -> [String] { [String(row.fact), String(row.line)] }

    static func add(to routes: Routes) {
        routes.get("/payments/ledger") { ask in
            try ask.require(.finance, .financeApprover, .auditor)
            let after = ListPlace(text: ask.query.text("after"))
            let (balances, page, barred) = try await ask.read { store in
                (
                    try store.rows(
                        "SELECT account, balance FROM account_balance ORDER BY account", as: BalanceRow.self),
                    try entries(after: after, store),
                    try ask.viewer.person.map { try Recusal.barred($0, store) } ?? []
                )
            }
            return try await ask.page("payment/ledger", LedgerPage(balances, page, barred: barred, ask))
        }
    }
}
