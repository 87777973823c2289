import Lifecycle

/// What the list of applications is narrowed to and ordered by; lives whole in the address.
struct CaseFilter: Sendable, Hashable {
    var text: String
    var call: String
    var topic: String
    var step: Step.Kind?
    var state: State?
    var university: String
    /// First-level code of GB/T 13745—2009: three digits.
    var discipline: String
    var sort: CaseSort
    var descending: Bool
    /// Keys of the last row of the page before; empty on the first page.
    var after: [String]

    /// How a dossier stands, as `application.state` caches it.
    enum State: String, Sendable, CaseIterable {
        case open
        case refused
        case finished
    }

    init(_ query: FormFields) {
        text = String(query.text("q").prefix(60))
        call = query.text("call")
        topic = query.text("topic")
        step = Step.Kind(rawValue: query.text("step"))
        state = State(rawValue: query.text("state"))
        university = query.text("university")
        let digits = query.text("discipline")
        discipline = digits.utf8.count == 3 && digits.utf8.allSatisfy { (48...57).contains($0) } ? digits : ""
        let order = Sorting<CaseSort>(query.text("sort")) ?? Sorting(.number)
        sort = order.key
        descending = order.descending
        let keys = ListPlace(text: query.text("after")).keys
        after = keys.count == sort.width ? keys : []
    }

    var isNarrowed: Bool {
        !text.isEmpty || !call.isEmpty || !topic.isEmpty || step != nil || state != nil || !university.isEmpty
            || !discipline.isEmpty
    }

    var sorting: Sorting<CaseSort> { Sorting(sort, descending: descending) }

    var address: ListAddress { address(at: "/cases") }

    func address(at path: String) -> ListAddress {
        ListAddress(
            path,
            [
                ("q", text), ("call", call), ("topic", topic), ("step", step?.rawValue ?? ""),
                ("state", state?.rawValue ?? ""), ("university", university), ("discipline", discipline),
                ("sort", sort != .number || descending ? sorting.text : ""),
            ])
    }

    /// The same filters in another order.
    func sorted(_ sorting: Sorting<CaseSort>) -> CaseFilter {
        var other = self
        other.sort = sorting.key
        other.descending = sorting.descending
        other.after = []
        return other
    }
}

/// The orders of the list. Each ends in the number, which no two applications share.
enum CaseSort: String, ListSort {
    case number
    case university
    case submitted
    case due

    /// How many keys make a place in the order.
    var width: Int {
        switch self {
        case .number: 1
        case .submitted, .due: 2
        case .university: 4
        }
    }
}
