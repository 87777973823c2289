import Lifecycle
import Store

enum BidFacts {
    static let tables = [ProjectedTable("bid", key: "application, expert")]

    static let projections: [Projection] = [
        .on(BidsGiven.self) { store, fact, body in
            for bid in body.bids {
                guard let willingness = bid.willingness else {
                    _ = try store.run(
                        "DELETE FROM bid WHERE application = \(bid.application) AND expert = \(body.expert)")
                    continue
                }
                _ = try store.run(
                    """
                    INSERT INTO bid (application, expert, call, willingness, fact, at)
                    VALUES (\(bid.application), \(body.expert), \(body.call), \(willingness), \(fact.number),
                      \(fact.at))
                    ON CONFLICT (application, expert) DO UPDATE SET willingness = excluded.willingness,
                      fact = excluded.fact, at = excluded.at
                    """)
            }
        },
        // Beside a declared conflict a bid says nothing.
        .on(ConflictDeclared.self) { store, _, body in
            guard body.about.kind == "application" else { return }
            _ = try store.run(
                "DELETE FROM bid WHERE application = \(body.about.id) AND expert = \(body.person)")
        },
    ]
}

extension Willingness: SQLBindable {}
