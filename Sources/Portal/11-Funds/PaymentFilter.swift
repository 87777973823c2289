import Lifecycle
import Store

/// How far an instruction has come; before the first there is only the contract that calls for one.
package enum PaymentState: String, Sendable, CaseIterable, Codable {
    case toPrepare = "to-prepare"
    case prepared
    case approved
    case paid
    case rejected

    /// Somebody's turn, with a deadline.
    var waits: Bool {
        switch self {
        case .toPrepare, .prepared, .approved: true
        case .paid, .rejected: false
        }
    }
}

/// The orders of the list of payments.
enum PaymentSort: String, ListSort {
    case number
    case payee
    case amount
    case due
    /// By the last thing that was done: prepared, approved, paid.
    case acted
}

/// What the list of payments is narrowed to and ordered by; lives whole in the address.
struct PaymentFilter: Sendable, Hashable {
    /// Nil for the overview: the first of each state.
    var state: PaymentState?
    var call: String
    var university: String
    var least: Money?
    var most: Money?
    /// Of the deadline where it is somebody's turn, else of the payment.
    var from: Day?
    var until: Day?
    var sorting: Sorting<PaymentSort>?
    var after: ListPlace

    init(_ query: FormFields) {
        state = PaymentState(rawValue: query.text("state"))
        call = query.text("call")
        university = query.text("university")
        least = Money(yuanText: query.text("least"))
        most = Money(yuanText: query.text("most"))
        from = Day(text: query.text("from"))
        until = Day(text: query.text("until"))
        sorting = Sorting(query.text("sort"))
        after = ListPlace(text: query.text("after"))
    }

    var isNarrowed: Bool {
        state != nil || !call.isEmpty || !university.isEmpty || least != nil || most != nil || from != nil
            || until != nil
    }

    /// What waits stands by its deadline, what is over by its day, the latest first.
    func sorting(in state: PaymentState) -> Sorting<PaymentSort> {
        sorting ?? (state.waits ? Sorting(.due) : Sorting(.acted, descending: true))
    }

    func address(at path: String = "/payments") -> ListAddress {
        ListAddress(
            path,
            [
                ("state", state?.rawValue ?? ""), ("call", call), ("university", university),
                ("least", least?.plainYuan ?? ""), ("most", most?.plainYuan ?? ""),
                ("from", from?.text ?? ""), ("until", until?.text ?? ""), ("sort", sorting?.text ?? ""),
            ])
    }

    /// The same filters, in one state and from its first page on.
    func whole(_ state: PaymentState, by sorting: Sorting<PaymentSort>?) -> PaymentFilter {
        var other = self
        other.state = state
        other.sorting = sorting
        other.after = ListPlace([])
        return other
    }

    /// - Parameters:
    ///   - amount: the column of the money.
    ///   - when: the column of the day that is asked for.
    func conditions(amount: SQL, when: SQL) -> [SQL] {
        var conditions: [SQL] = []
        if !call.isEmpty { conditions.append("application.call = \(call)") }
        if !university.isEmpty { conditions.append("application.university = \(university)") }
        if let least { conditions.append("\(sql: amount) >= \(least)") }
        if let most { conditions.append("\(sql: amount) <= \(most)") }
        if let from { conditions.append("\(sql: when) >= \(Instant(from))") }
        if let until { conditions.append("\(sql: when) < \(Instant(until.adding(1)))") }
        return conditions
    }
}
