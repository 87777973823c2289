/// Double-entry bookkeeping: money is never made or lost, only moved between accounts.
package struct Account: Hashable, Sendable, Codable, RawRepresentable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    /// Money of a round that is not yet promised.
    package static func budget(call: String) -> Account { Account(rawValue: "budget:\(call)") }
    /// Money promised to a project by a signed decision.
    package static func reserved(project: String) -> Account { Account(rawValue: "reserved:\(project)") }
    /// Money a contract obliges the commission to pay.
    package static func obligated(project: String) -> Account { Account(rawValue: "obligated:\(project)") }
    /// Money instructed and approved, not yet left the house.
    package static func payable(project: String) -> Account { Account(rawValue: "payable:\(project)") }
    /// Money paid to the university for the project.
    package static func paid(project: String) -> Account { Account(rawValue: "paid:\(project)") }
    /// Where budgets come from.
    package static let treasury = Account(rawValue: "treasury")
    /// Where the part of a budget comes from that another organisation bears.
    package static func funder(_ organisation: String) -> Account {
        Account(rawValue: "funder:\(organisation)")
    }

    /// Whether money enters the books here: such an account goes below zero by what it gave.
    package var isSource: Bool { self == .treasury || rawValue.hasPrefix("funder:") }

    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

/// One movement: what leaves `from` arrives in `to`; so every entry balances by its shape.
package struct Entry: Hashable, Sendable, Codable {
    package let from: Account
    package let to: Account
    package let amount: Money

    /// Nil when the amount is not positive or the accounts are the same.
    package init?(from: Account, to: Account, amount: Money) {
        guard amount > .zero, from != to else { return nil }
        self.from = from
        self.to = to
        self.amount = amount
    }
}

/// Balances by account. Accounts other than the sources never go below zero.
package struct Ledger: Sendable, Equatable {
    package private(set) var balances: [Account: Money] = [:]

    package init() {}

    package func balance(_ account: Account) -> Money { balances[account] ?? .zero }

    /// Books the entry, or says what is missing; a refused entry changes nothing.
    package mutating func book(_ entry: Entry) throws(Refused) {
        let left = balance(entry.from) - entry.amount
        if left < .zero && !entry.from.isSource {
            throw Refused(
                "ledger.short",
                [
                    "account": entry.from.rawValue, "balance": balance(entry.from).yuanText,
                    "amount": entry.amount.yuanText,
                ])
        }
        balances[entry.from] = left
        balances[entry.to] = balance(entry.to) + entry.amount
    }

    /// Zero, always: what the sources gave out stands in the other accounts.
    package var sum: Money { balances.values.reduce(.zero, +) }
}
