import Lifecycle
import Store
import TextReuse

/// The bids for one topic of a call, to compare them on the topic's indicators, and what there is of a race.
struct TopicBids: Sendable {
    struct Bid: Sendable {
        let id: ID<Application>
        let seen: Seen<DossierRecord>
        let application: Seen<Application>
        let place: Int
        let meanHundredths: Int
        let isScored: Bool
        /// Whether it waits for the decision.
        let isWaiting: Bool
    }

    /// Two routes, and what they tell in the same words.
    struct Pair: Sendable {
        let one: Bid
        let other: Bid
        let passages: Int
        let longest: Int
    }

    let call: Call
    let programme: Programme
    let topic: Seen<TopicRecord>
    let topicID: ID<Topic>
    let text: TopicText
    /// Best first.
    let bids: [Bid]
    let pairs: [Pair]
    /// Nil where the programme knows no race, or the call does not set what one needs.
    let limits: RaceLimits?
    /// The race of the topic that was not taken back.
    let race: RaceRecord?
    /// A bid for the topic that the viewer may not handle.
    let isBarred: Bool
    let isPending: Bool
    /// Bids that are not through review.
    let unfinished: Int
    let relations: Set<Relation>

    /// Missing where the call lets no such topic.
    static func read(_ callID: ID<Call>, _ id: ID<Topic>, _ ask: Ask, _ store: Transaction) throws
        -> TopicBids
    {
        let (call, programme) = try Calls.found(callID, ask.house, store)
        guard call.topicIDs.contains(id) else { throw Missing() }
        let (record, topic) = try TopicSight.find(id, for: ask.viewer, store)
        guard let text = topic[TopicSight.text] else { throw Missing() }
        let barred = try ask.viewer.person.map { try Recusal.barred($0, store) } ?? []
        let all = try bids(of: id, in: callID, ask, store)
        let own = all.filter { !barred.contains($0.id) }
        let race = try Races.standing(in: callID, store).first { $0.race.topic == id }
        let unfinished = try DecisionActs.unfinished(call, programme, at: ask.now, ask.house, store)
        let open = try store.values(
            """
            SELECT id FROM application WHERE topic = \(id) AND call = \(callID) AND id IN \(list: unfinished)
            """, as: ID<Application>.self
        ).filter { !barred.contains($0) }
        return TopicBids(
            call: call, programme: programme,
            topic: topic, topicID: id, text: text, bids: own,
            pairs: pairs(of: own, by: programme.race?.route),
            limits: RaceLimits(
                call, programme, ceiling: record.ceiling,
                budget: try Bookkeeping.balance(of: .budget(call: callID.rawValue), store)),
            race: race.flatMap { race in
                race.race.lanes.contains(where: barred.contains) ? nil : race
            },
            isBarred: own.count < all.count,
            isPending: try DecisionActs.pending(callID, store) != nil, unfinished: open.count,
            relations: DossierSight.officialRelations(of: ask.viewer))
    }

    /// Those that wait for the decision, and those that were decided.
    private static func bids(
        of topic: ID<Topic>, in call: ID<Call>, _ ask: Ask, _ store: Transaction
    ) throws -> [Bid] {
        let ranking = try DecisionActs.ranking(of: call, store)
        let decisions = try Rounds.decisions(call, store)
        let dossiers = try Rounds.dossiers(
            ranking.map(\.row.application) + decisions.map(\.application), store
        ).filter { $0.value.topic == topic.rawValue }
        let relations = DossierSight.officialRelations(of: ask.viewer)
        func bid(_ id: ID<Application>, place: Int, mean: Int, isScored: Bool, isWaiting: Bool) throws -> Bid?
        {
            guard let record = dossiers[id],
                let application = try ApplicationSubmitted.find(fact: record.fact, store)?.application
            else { return nil }
            return Bid(
                id: id, seen: Seen(record, as: relations), application: Seen(application, as: relations),
                place: place, meanHundredths: mean, isScored: isScored, isWaiting: isWaiting)
        }
        let waiting = try ranking.compactMap {
            try bid(
                $0.row.application, place: $0.place, mean: $0.row.meanHundredths,
                isScored: !$0.row.points.isEmpty, isWaiting: true)
        }
        let decided = try decisions.compactMap {
            try bid(
                $0.application, place: $0.place, mean: $0.meanHundredths, isScored: true, isWaiting: false)
        }
        return (waiting + decided).sorted {
            ($1.meanHundredths, $0.id.rawValue) < ($0.meanHundredths, $1.id.rawValue)
        }
    }

    /// Characters in a row that are more than a turn of phrase.
    private static let passage = 16
    /// Routes of so many bids are compared with each other.
    static let mostCompared = 12

    private static func pairs(of bids: [Bid], by route: String?) -> [Pair] {
        guard let route else { return [] }
        let comparison = Comparison(sharing: Sharing(minSpan: passage), sampling: .close)
        let told = bids.prefix(mostCompared).map { bid in
            (bid, Array((bid.application[ProposalSight.answers]?[route] ?? "").utf8))
        }
        var found: [Pair] = []
        for (index, one) in told.enumerated() {
            for other in told.dropFirst(index + 1) {
                let overlap = one.1.withUnsafeBytes { a in
                    other.1.withUnsafeBytes { b in comparison(a, b) }
                }
                found.append(
                    Pair(
                        one: one.0, other: other.0, passages: overlap?.spans.count ?? 0,
                        longest: overlap?.longest ?? 0))
            }
        }
        return found
    }
}
