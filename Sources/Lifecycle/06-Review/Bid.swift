/// How willing an expert is to review an application, said before anybody is assigned. Who says nothing is treated as
/// if nothing could have been said. A conflict of interest is no bid: it is declared as one, and binds.
package enum Willingness: String, Sendable, Codable, CaseIterable, Hashable {
    case eager
    case willing
    case reluctant
}

/// An expert's bids of one call, those that changed. About the expert and not about the applications, whose timelines
/// are read by people who must not learn of experts.
package struct BidsGiven: FactBody {
    package static let kind = FactKind("bids.given")

    package struct Bid: Sendable, Codable, Hashable {
        package let application: ID<Application>
        /// Nil takes back what was said before.
        package let willingness: Willingness?

        package init(application: ID<Application>, willingness: Willingness?) {
            self.application = application
            self.willingness = willingness
        }
    }

    package let call: ID<Call>
    package let expert: ID<Person>
    package let bids: [Bid]

    package init(call: ID<Call>, expert: ID<Person>, bids: [Bid]) {
        self.call = call
        self.expert = expert
        self.bids = bids
    }
}

extension MatchingRules.Bids {
    /// What a bid adds to a pair that has `own` points already: never below nothing in all, and nothing where the two
    /// have nothing in common otherwise.
    package func points(_ willingness: Willingness, on own: Int) -> Int {
        guard own > 0 else { return 0 }
        return switch willingness {
        case .eager: eager
        case .willing: willing
        case .reluctant: max(reluctant, -own)
        }
    }
}
