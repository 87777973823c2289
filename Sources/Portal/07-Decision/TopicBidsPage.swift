import Lifecycle

/// `/rounds/{call}/topics/{topic}`: the bids for one topic side by side, and, where the programme knows races, the race
/// that near ties may become.
struct TopicBidsPage: Sendable {
    let call: String
    let number: String
    let title: String
    let user: String
    let topicHref: String
    let roundHref: String
    let bids: [Bid]
    let hasBids: Bool
    let indicators: [Indicator]
    let isBarred: Bool
    let knowsRaces: Bool
    let routes: [Route]
    let hasRoutes: Bool
    let pairs: [String]
    let hasPairs: Bool
    let morePairs: String?
    let rulesText: String
    let ground: GroundWords?
    /// Nil where none was proposed.
    let race: RaceBlock?
    let raceState: String
    let raceBadge: String
    let mayWithdraw: Bool
    let withdrawAction: String
    let mayPropose: Bool
    /// Why no race can be proposed now; nil where one can, or stands already.
    let whyNot: String?
    let action: String
    let gate: String
    let assessor: String
    let grant: String
    let first: String
    let difference: String
    let grounds: String
    let errors: [ErrorLine]
    let hasErrors: Bool

    struct Bid: Sendable {
        let id: String
        let place: Int
        let number: String
        let title: String
        let href: String
        let university: String
        let mean: String
        let behind: String
        let isNear: Bool
        let requested: String
        let isWaiting: Bool
        let isChosen: Bool
    }

    /// One indicator of the topic with what each bid promises, in the order of the bids.
    struct Indicator: Sendable {
        let what: String
        let target: String
        let proof: String
        let answers: [Answer]
    }

    struct Answer: Sendable {
        let number: String
        let text: String
    }

    struct Route: Sendable {
        let number: String
        let title: String
        let paragraphs: [String]
    }

    /// - Parameters:
    ///   - form: what was typed; nil on a first look.
    ///   - refusals: what stops what was tried.
    init(
        _ picture: TopicBids, form: RaceForm? = nil, refusals: [Refusal] = [], _ ask: Ask
    ) {
        let words = ask.words
        call = picture.call.number
        number = picture.topic[TopicSight.number] ?? ""
        title = picture.topic[TopicSight.title] ?? ""
        user = picture.topic[TopicSight.user] ?? ""
        topicHref = "/topics/\(picture.topicID)"
        roundHref = "/rounds/\(picture.call.id)"
        action = "/rounds/\(picture.call.id)/topics/\(picture.topicID)/race"
        isBarred = picture.isBarred

        let chosen = form ?? picture.limits.map { RaceForm(picture, $0) }
        let best = picture.bids.first { $0.isScored }?.meanHundredths ?? 0
        bids = picture.bids.map { bid in
            Bid(
                id: bid.id.rawValue, place: bid.place, number: bid.seen[DossierSight.number] ?? "",
                title: bid.seen[DossierSight.title] ?? "", href: "/cases/\(bid.id)/reviews",
                university: bid.seen[DossierSight.universityName] ?? "",
                mean: bid.isScored ? RaceAsked.points(bid.meanHundredths) : "—",
                behind: bid.isScored ? RaceAsked.points(best - bid.meanHundredths) : "—",
                isNear: bid.isScored
                    && picture.limits?.isNear(bid.meanHundredths, to: best) == true,
                requested: bid.seen[DossierSight.amount]?.wanText ?? "", isWaiting: bid.isWaiting,
                isChosen: chosen?.lanes.contains(bid.id) == true)
        }
        hasBids = !bids.isEmpty
        let answers = picture.bids.map { $0.application[ProposalSight.answers] ?? [:] }
        let numbers = bids.map(\.number)
        indicators = picture.text.indicators.enumerated().map { index, indicator in
            Indicator(
                what: indicator.what, target: indicator.target,
                proof: indicator.proof.isEmpty ? "—" : indicator.proof,
                answers: zip(numbers, answers).map { number, answers in
                    let text = answers[ApplicationForm.promise(picture.topicID, index + 1)] ?? ""
                    return Answer(number: number, text: text.isEmpty ? "—" : text)
                })
        }

        let rules = picture.programme.race
        knowsRaces = rules != nil
        routes =
            rules.map { rules in
                zip(picture.bids, answers).map { bid, answers in
                    Route(
                        number: bid.seen[DossierSight.number] ?? "",
                        title: bid.seen[DossierSight.title] ?? "",
                        paragraphs: (answers[rules.route] ?? "").split(separator: "\n").map(String.init))
                }
            } ?? []
        hasRoutes = !routes.isEmpty
        pairs = picture.pairs.map { pair in
            words.filled(
                pair.passages == 0 ? "race.pairNone" : "race.pair",
                [
                    "one": pair.one.seen[DossierSight.number] ?? "",
                    "other": pair.other.seen[DossierSight.number] ?? "", "count": "\(pair.passages)",
                    "longest": "\(pair.longest)",
                ])
        }
        hasPairs = !pairs.isEmpty
        morePairs =
            picture.bids.count > TopicBids.mostCompared
            ? words.filled(
                "race.pairsMore",
                ["most": "\(TopicBids.mostCompared)", "total": "\(picture.bids.count)"]) : nil
        rulesText =
            picture.limits.map {
                words.filled(
                    "race.rules",
                    [
                        "near": RaceAsked.points($0.nearTieHundredths), "least": "\($0.lanesLeast)",
                        "most": "\($0.lanesMost)", "percent": "\($0.firstPercent)",
                    ])
            } ?? ""
        ground = rules.map { GroundWords($0.standing, $0.verified, $0.cites, words) }

        let seen = Dictionary(picture.bids.map { ($0.id, $0.seen) }, uniquingKeysWith: { first, _ in first })
        race = picture.race.flatMap { RaceBlock($0, as: picture.relations, lane: { seen[$0] }, ask) }
        raceState = picture.race.map { words["race.state.\($0.state.rawValue)"] } ?? ""
        raceBadge = picture.race?.state == .opened ? "good" : "warn"
        let isOfficer = ask.viewer.holds(.programmeOfficer)
        mayWithdraw = isOfficer && !picture.isPending && picture.race?.state == .proposed
        withdrawAction = picture.race.map { "/rounds/\(picture.call.id)/races/\($0.race.id)/withdraw" } ?? ""
        let obstacle = Self.obstacle(picture, isOfficer: isOfficer)
        mayPropose = isOfficer && rules != nil && picture.race == nil && obstacle == nil
        whyNot = obstacle.map { words[$0] }
        gate = chosen?.gate ?? ""
        assessor = chosen?.assessor ?? ""
        grant = chosen?.grant ?? ""
        first = chosen?.firstMoney ?? ""
        difference = chosen?.difference ?? ""
        grounds = chosen?.grounds ?? ""
        errors = refusals.map { ErrorLine(href: Self.anchor($0), text: words.sentence($0)) }
        hasErrors = !errors.isEmpty
    }

    /// Why no race can be proposed now, whatever is typed.
    private static func obstacle(_ picture: TopicBids, isOfficer: Bool) -> String? {
        guard picture.programme.race != nil, picture.race == nil else { return nil }
        if !isOfficer { return "race.whyNot.role" }
        if picture.isBarred { return "race.whyNot.barred" }
        if picture.isPending { return "race.whyNot.pending" }
        if picture.unfinished > 0 { return "race.whyNot.unfinished" }
        if picture.limits == nil { return "race.whyNot.unset" }
        return picture.bids.contains(where: \.isWaiting) ? nil : "race.whyNot.none"
    }

    /// The field an error speaks of.
    private static func anchor(_ refusal: Refusal) -> String {
        switch refusal.code {
        case "race.gate", "race.gate-day": "#gate"
        case "race.assessor", "race.assessor-party": "#assessor"
        case "race.grant": "#grant"
        case "race.amount", "race.first-share", "race.budget": "#first"
        case "race.difference", "race.no-route", "race.same-route": "#difference"
        case "race.grounds": "#grounds"
        default: "#bids"
        }
    }
}
