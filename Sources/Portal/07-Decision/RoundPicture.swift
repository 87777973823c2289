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
    /// What a panel's votes came to, where panels meet.
    let votes: [ID<Application>: MeetingItem]
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
    /// Races of the call that were not taken back, without those of which the viewer may not handle a lane.
    let races: [RaceRecord]
    /// How far experts are apart and who championed what; nil where the programme has no route for it.
    let nonConsensus: NonConsensusPicture?
    /// How many of the call were funded by that route.
    let routeUsed: Int
    /// Who funds it too; nil where the commission funds it alone.
    let joint: JointRound?
    /// What universities put forward, without those that hold a dossier the viewer may not handle.
    let lists: [EndorsedList]
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
            votes: programme.procedure.step(of: .meet) == nil
                ? [:] : try MeetingQueries.results(in: id, store).filter { !barred.contains($0.key) },
            advisedAgainst: try Rounds.advisedAgainst(in: id, call.review(of: programme), store).subtracting(
                barred),
            decisions: decisions.filter { !barred.contains($0.application) && isAsked($0.application) },
            isBarred: ranking.contains { barred.contains($0.row.application) }, earlier: earlier,
            relations: try DossierSight.officialRelations(of: ask.viewer, in: id, store),
            notice: try store.value(
                "SELECT id FROM notice WHERE call = \(id) ORDER BY opened_at DESC LIMIT 1",
                as: ID<Notice>.self),
            topics: topics, topic: topic,
            races: try Races.standing(in: id, store).filter {
                !$0.race.lanes.contains(where: barred.contains)
            },
            nonConsensus: try ChampionQueries.picture(of: call, programme, store)?.without(barred),
            routeUsed: programme.nonConsensus == nil
                ? 0 : try Selection.NonConsensusGround.used(in: id, store),
            joint: try JointRound.read(call, proposal: outline.selection?.fact, ask.viewer, store),
            lists: try EndorsedList.all(in: id, store).filter { !$0.ranked.contains(where: barred.contains) },
            waitingForNotice: try NoticeActs.waiting(id, store).filter { !barred.contains($0) }.count)
    }

    /// Notes who reads what reviews came to: grades, points and the words of championed cases stand in the ranking, in
    /// what was decided, and in what waits for a signature.
    func noteReading(_ ask: Ask) async throws {
        guard !ranking.isEmpty || !decisions.isEmpty || earlier?.lines.isEmpty == false else { return }
        try await Reads.note(.reviews, about: .call(outline.id), ask)
    }

    /// How many unfinished dossiers are named.
    static let mostUnfinished = 20

    /// Races that the next selection has to fund as they were proposed.
    var proposedRaces: [Race] { races.filter { $0.state == .proposed }.map(\.race) }

    /// Facts of the cases that stand.
    var caseFacts: [ID<Application>: [Int64]] { nonConsensus?.cases.mapValues { $0.map(\.fact) } ?? [:] }

    /// What a selection by the route is held against.
    var routeGround: Selection.NonConsensusGround? {
        Selection.NonConsensusGround(nonConsensus, used: routeUsed)
    }

    /// The races in finished words.
    func blocks(of state: RaceState, _ ask: Ask) -> [RaceBlock] {
        races.filter { $0.state == state }.compactMap { RaceBlock($0, as: relations, lane: seen, ask) }
    }

    /// Those that a signature under this selection opens.
    func blocks(in selection: Selection, _ ask: Ask) -> [RaceBlock] {
        let funded = Set(selection.lines.filter(\.funded).map(\.application))
        return races.filter { $0.state == .proposed && $0.race.lanes.allSatisfy(funded.contains) }
            .compactMap { RaceBlock($0, as: relations, lane: seen, ask) }
    }

    /// What a project of this call gets at most; nil where the call does not say.
    var most: Money? { call.settings.money("grantAmount") }

    var givesMoney: Bool { programme.givesMoney }

    /// How many the call chooses at most; nil where it does not say.
    var places: Int? { call.settings.count("places") }

    /// Where one reads what experts came to: all appraisals side by side where there are some, else the reviews.
    func opinions(on id: ID<Application>) -> String {
        "/cases/\(id)/\(programme.procedure.step(of: .appraise) == nil ? "reviews" : "appraisals")"
    }

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
        let review = call.review(of: programme)
        return max(1, (range(review.grades) + range(review.advice) + 1) / 2)
    }
}
