package import Lifecycle
package import Store

/// Books ledger entries that a fact carries. The balance that would go below zero refuses the whole change.
package enum Bookkeeping {
    package static func book(_ entries: [Entry], of fact: Fact, _ store: Transaction) throws {
        for (line, entry) in entries.enumerated() {
            _ = try store.run(
                """
                INSERT INTO ledger_entry (fact, line, at, from_account, to_account, amount, subject_kind, subject_id)
                VALUES (\(fact.number), \(line), \(fact.at), \(entry.from), \(entry.to), \(entry.amount),
                  \(fact.subject.kind), \(fact.subject.id))
                """)
            let left = try balance(of: entry.from, store) - entry.amount
            if left < .zero && !entry.from.isSource {
                throw Refused(
                    "ledger.short",
                    [
                        "account": entry.from.rawValue, "balance": (left + entry.amount).yuanText,
                        "amount": entry.amount.yuanText,
                    ])
            }
            try set(entry.from, left, store)
            try set(entry.to, try balance(of: entry.to, store) + entry.amount, store)
        }
    }

    package static func balance(of account: Account, _ store: Transaction) throws -> Money {
        let fen = try store.value(
            "SELECT balance FROM account_balance WHERE account = \(account)", as: Int64.self)
        return Money(fen: fen ?? 0)
    }

    private static func set(_ account: Account, _ balance: Money, _ store: Transaction) throws {
        _ = try store.run(
            """
            INSERT INTO account_balance (account, balance) VALUES (\(account), \(balance))
            ON CONFLICT (account) DO UPDATE SET balance = excluded.balance
            """)
    }
}
