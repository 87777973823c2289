package import Lifecycle
import Store

/// What an expert says before anybody is assigned.
package enum BidActs {
    /// Takes down what changed of the bids; nothing where nothing did.
    ///
    /// - Parameter said: nil takes back what was said.
    @discardableResult
    package static func give(
        _ said: [ID<Application>: Willingness?], in call: ID<Call>, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws -> Fact? {
        let items = try allowed(Array(said.keys), in: call, by: person, change, house)
        let bids = items.compactMap { item -> BidsGiven.Bid? in
            let willingness = said[item.application] ?? nil
            guard willingness != item.willingness else { return nil }
            return BidsGiven.Bid(application: item.application, willingness: willingness)
        }
        guard !bids.isEmpty else { return nil }
        return try change.append(
            BidsGiven(call: call, expert: person, bids: bids), about: .person(person), as: .expert)
    }

    /// A conflict is declared, and bids nothing: it binds like every other declaration.
    package static func declareConflict(
        _ application: ID<Application>, nature: String, in call: ID<Call>, by person: ID<Person>,
        _ change: Change, _ house: House
    ) throws {
        _ = try allowed([application], in: call, by: person, change, house)
        try ConflictActs.declare(
            .application(application), nature: nature, by: person, as: .expert, change)
    }

    /// Those of the applications that the expert may bid on; one that is not theirs makes the whole refused, with the
    /// same words whether it is hidden, over, or nowhere.
    private static func allowed(
        _ applications: [ID<Application>], in call: ID<Call>, by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws -> [BidRecord] {
        guard
            let (_, expert) = try BidQueries.bidding(in: call, person, at: change.at, house, change.store)
        else { throw Missing() }
        let (_, programme) = try Calls.found(call, house, change.store)
        let (items, _) = try BidQueries.items(
            in: call, expert, programme: programme, only: applications, change.store)
        guard items.count == Set(applications).count else { throw Refused("bid.over") }
        return items
    }
}
