package import Lifecycle

/// An application as an expert knows it who might be asked to review it, and what the expert says of it.
package struct BidRecord: Sendable {
    package let application: ID<Application>
    package let title: String
    package let discipline: String
    package let keywords: [String]
    package let willingness: Willingness?
}

/// Before anybody is assigned, an expert sees what a willingness is judged by and no more: neither people nor
/// university, neither number nor text.
package enum BidSight {
    private static let bidder: Set<Relation> = [.bidder]

    package static let title = Field<BidRecord, String>("title", seenBy: bidder) { $0.title }
    package static let discipline = Field<BidRecord, String>("discipline", seenBy: bidder) { $0.discipline }
    package static let keywords = Field<BidRecord, [String]>("keywords", seenBy: bidder) { $0.keywords }
    /// Those who choose reviewers read it with the points of a pair.
    package static let willingness = Field<BidRecord, Willingness?>(
        "willingness", seenBy: bidder.union(PlanSight.readers), isNoted: true
    ) { $0.willingness }

    package static let rows = [
        SightRow("bid", title), SightRow("bid", discipline), SightRow("bid", keywords),
        SightRow("bid", willingness),
    ]
}
