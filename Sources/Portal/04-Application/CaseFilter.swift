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
        let order = query.text("sort")
        descending = order.hasPrefix("-")
        sort = CaseSort(rawValue: descending ? String(order.dropFirst()) : order) ?? .number
        let keys = query.text("after").split(separator: "|", omittingEmptySubsequences: false).map(
            String.init)
        after = keys.count == sort.width && keys != [""] ? keys : []
    }

    var isNarrowed: Bool {
        !text.isEmpty || !call.isEmpty || !topic.isEmpty || step != nil || state != nil || !university.isEmpty
            || !discipline.isEmpty
    }

    /// The address's query, without the place in the pages: what a saved view keeps.
    var query: String {
        var pairs: [(String, String)] = []
        if !text.isEmpty { pairs.append(("q", text)) }
        if !call.isEmpty { pairs.append(("call", call)) }
        if !topic.isEmpty { pairs.append(("topic", topic)) }
        if let step { pairs.append(("step", step.rawValue)) }
        if let state { pairs.append(("state", state.rawValue)) }
        if !university.isEmpty { pairs.append(("university", university)) }
        if !discipline.isEmpty { pairs.append(("discipline", discipline)) }
        if sort != .number || descending { pairs.append(("sort", (descending ? "-" : "") + sort.rawValue)) }
        return pairs.map { "\($0.0)=\($0.1.percentEncoded)" }.joined(separator: "&")
    }

    func href(_ path: String = "/cases", after keys: [String] = []) -> String {
        var query = query
        if !keys.isEmpty {
            query += (query.isEmpty ? "" : "&") + "after=\(keys.joined(separator: "|").percentEncoded)"
        }
        return query.isEmpty ? path : "\(path)?\(query)"
    }

    /// The same filters in another order; a second time the other way round.
    func sorted(by sort: CaseSort) -> CaseFilter {
        var other = self
        other.descending = self.sort == sort ? !descending : false
        other.sort = sort
        other.after = []
        return other
    }
}

/// The orders of the list. Each ends in the number, which no two applications share.
enum CaseSort: String, Sendable, CaseIterable {
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
