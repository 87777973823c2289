import Lifecycle

/// Which rules are asked, as of which day; lives in the address.
struct WhatIfForm: Sendable {
    /// Nil for the round's own day.
    let day: Day?
    /// What was typed and is no day.
    let wrongDay: String?
    let source: WhatIfSource

    init(_ query: FormFields) {
        let typed = query.text("day")
        day = Day(text: typed)
        wrongDay = day == nil && !typed.isEmpty ? String(typed.prefix(20)) : nil
        source = WhatIfSource(query.text("rules"))
    }
}

/// Whose rules a round is asked under.
enum WhatIfSource: Sendable, Hashable {
    /// The definition that the call pins.
    case pinned
    case inForce
    /// One that was proposed and need not be in force, by the number of its fact.
    case proposal(Int64)

    private static let proposed = "proposal:"

    /// - Parameter text: `in-force` or `proposal:` with a number; everything else is the call's own.
    init(_ text: String) {
        if text == "in-force" {
            self = .inForce
        } else if text.hasPrefix(Self.proposed), let fact = Int64(text.dropFirst(Self.proposed.count)) {
            self = .proposal(fact)
        } else {
            self = .pinned
        }
    }

    /// As the address has it; empty for the call's own.
    var text: String {
        switch self {
        case .pinned: ""
        case .inForce: "in-force"
        case .proposal(let fact): "\(Self.proposed)\(fact)"
        }
    }
}

/// The definitions that a round of a call can be asked under.
struct WhatIfSources: Sendable {
    let pinned: Programme
    /// Nil where the call pins the very one.
    let inForce: Programme?
    let proposed: [Proposed]

    struct Proposed: Sendable {
        let fact: Int64
        let programme: Programme
    }

    /// Nil where the source is none of them.
    func programme(_ source: WhatIfSource) -> Programme? {
        switch source {
        case .pinned: pinned
        case .inForce: inForce ?? pinned
        case .proposal(let fact): proposed.first { $0.fact == fact }?.programme
        }
    }
}
