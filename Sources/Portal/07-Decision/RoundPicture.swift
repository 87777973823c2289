import Lifecycle
import Store

/// Everything the round's pages read, in one consistent picture.
struct RoundPicture: Sendable {
    let outline: RoundOutline
    let call: Call
    let programme: Programme
    /// Unfinished dossiers the viewer may see.
    let unfinished: [ID<Application>]
    let ranking: [(place: Int, row: RankedApplication)]
    /// The outlines of those that the page names: ranked, decided, and the first of the unfinished.
    let dossiers: [ID<Application>: DossierRecord]
    let reviews: [ID<Application>: [String]]
    /// What every reviewer advises against, by the instrument's lowest advice.
    let advisedAgainst: Set<ID<Application>>
    let decisions: [DecisionRecord]
    /// The ranking holds a dossier the viewer may not handle, so somebody else has to propose.
    let isBarred: Bool
    /// The last proposal, as far as the viewer may handle what it is about: its total tells no more than its lines.
    let earlier: Selection?
    let relations: Set<Relation>
    let notice: ID<Notice>?
    /// What the call lets, and the one the page is narrowed to.
    let topics: [TopicOffer]
    let topic: ID<Topic>?
    /// Funded applications that wait for their notice.
    let waitingForNotice: Int

    static func read(_ id: ID<Call>, _ ask: Ask, _ store: Transaction) throws -> RoundPicture {
        guard let outline = try Rounds.outlines(id, for: ask.viewer, store).first else { throw Missing() }
        let (call, programme) = try Calls.found(id, ask.house, store)
        let barred = try ask.viewer.person.map { try Recusal.barred($0, store) } ?? []
        let ranking = try DecisionActs.ranking(of: id, store)
        let earlier =
            try outline.selection.flatMap { try DecisionActs.selection(fact: $0.fact, store) }.map {
                Selection(lines: $0.lines.filter { !barred.contains($0.application) })
            }
        let unfinished = try DecisionActs.unfinished(call, programme, at: ask.now, ask.house, store)
            .filter { !barred.contains($0) }
        let decisions = try Rounds.decisions(id, store)
        let named =
            ranking.map(\.row.application) + decisions.map(\.application) + unfinished.prefix(mostUnfinished)
            + (earlier?.lines ?? []).map(\.application)
        let topics = try TopicQueries.offers(in: call, store)
        let topic = topics.first { $0.id.rawValue == ask.query.text("topic") }?.id
        let dossiers = try Rounds.dossiers(named, store).filter { !barred.contains($0.key) }
        func isAsked(_ id: ID<Application>) -> Bool { topic == nil || dossiers[id]?.topic == topic?.rawValue }
        return RoundPicture(
            outline: outline, call: call, programme: programme,
            unfinished: unfinished,
            ranking: ranking.filter {
                !barred.contains($0.row.application) && isAsked($0.row.application)
            },
            dossiers: dossiers,
            reviews: try Rounds.reviews(id, store).filter { !barred.contains($0.key) },
            advisedAgainst: try Rounds.advisedAgainst(in: id, programme.review, store).subtracting(barred),
            decisions: decisions.filter { !barred.contains($0.application) && isAsked($0.application) },
            isBarred: ranking.contains { barred.contains($0.row.application) }, earlier: earlier,
            relations: DossierSight.officialRelations(of: ask.viewer),
            notice: try store.value(
                "SELECT id FROM notice WHERE call = \(id) ORDER BY opened_at DESC LIMIT 1",
                as: ID<Notice>.self),
            topics: topics, topic: topic,
            waitingForNotice: try NoticeActs.waiting(id, store).filter { !barred.contains($0) }.count)
    }

    /// How many unfinished dossiers are named.
    static let mostUnfinished = 20

    /// What a project of this call gets at most; nil where the call does not say.
    var most: Money? { call.settings.money("grantAmount") }

    var givesMoney: Bool { programme.givesMoney }

    /// How many the call chooses at most; nil where it does not say.
    var places: Int? { call.settings.count("places") }

    func seen(_ id: ID<Application>) -> Seen<DossierRecord>? {
        dossiers[id].map { Seen($0, as: relations) }
    }

    func ranked(_ place: Int, _ row: RankedApplication) -> Seen<RankingRecord> {
        Seen(
            RankingRecord(
                place: place, meanText: row.meanText, spread: row.spread,
                reviews: reviews[row.application] ?? []), as: relations)
    }

    /// A spread of half the instrument's range or more deserves a look.
    var wideSpread: Int {
        func range(_ grades: [ReviewInstrument.Grade]) -> Int {
            (grades.map(\.points).max() ?? 0) - (grades.map(\.points).min() ?? 0)
        }
        return max(1, (range(programme.review.grades) + range(programme.review.advice) + 1) / 2)
    }
}
