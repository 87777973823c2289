import Lifecycle

/// `/rounds/{call}/sign`: the whole proposal as the leader reads it, departures first.
struct SignPage: Sendable {
    let number: String
    let title: String
    let action: String
    let backAction: String
    let proposal: String
    let proposedAt: String
    let summary: String
    let givesMoney: Bool
    let total: String
    let left: String
    let departures: [ProposalPage.Line]
    let hasDepartures: Bool
    /// What goes by the route for proposals that experts disagree about.
    let championed: [ChampionedLine]
    let hasChampioned: Bool
    /// Races that the signature opens.
    let races: [RaceBlock]
    let hasRaces: Bool
    /// What rules of lists said of what universities put forward.
    let lists: [ListRuleBlock]
    let hasLists: Bool
    let universities: [Share]
    let disciplines: [Share]
    let funded: [ProposalPage.Line]
    let declined: [ProposalPage.Line]
    let hasDeclined: Bool
    /// What who funds the call too says; nil where the commission funds it alone.
    let joint: String?
    /// The viewer signs for them and has not agreed yet.
    let mayJoin: Bool
    let joinAction: String
    /// The leader's turn has not come: the other funder has not agreed.
    let awaitsJoint: Bool
    let maySendBack: Bool
    let maySign: Bool
    let isOwn: Bool
    let isBarred: Bool
    let reason: String
    let errors: [ErrorLine]
    let hasErrors: Bool

    struct Share: Sendable {
        let name: String
        let applied: Int
        let count: Int
        let amount: String
    }

    init(
        _ picture: RoundPicture, _ selection: Selection, _ record: SelectionRecord, reason: String = "",
        refusals: [Refusal] = [], _ ask: Ask
    ) {
        let words = ask.words
        number = picture.outline.number
        title = picture.outline.title
        action = "/rounds/\(picture.outline.id)/sign"
        backAction = "/rounds/\(picture.outline.id)/send-back"
        proposal = "\(record.fact)"
        proposedAt = record.proposedAt.text
        let departing = selection.departures
        let lines = selection.lines.filter { picture.dossiers[$0.application] != nil }
        let funded = lines.filter(\.funded)
        givesMoney = picture.givesMoney
        summary = words.filled(
            "round.chosen",
            ["count": "\(funded.count)", "all": "\(lines.count)", "departures": "\(departing.count)"])
        total = selection.total.wanText
        left = (picture.outline.money.left - selection.total).wanText
        departures = lines.filter { departing.contains($0.application) }.map {
            ProposalPage.Line($0, picture, words)
        }
        hasDepartures = !departures.isEmpty
        championed = ChampionedLine.all(in: selection, picture, words)
        hasChampioned = !championed.isEmpty
        races = picture.blocks(in: selection, ask)
        hasRaces = !races.isEmpty
        lists = ListRuleBlock.all(picture, words)
        hasLists = !lists.isEmpty
        universities = Self.shares(lines) { picture.seen($0)?[DossierSight.universityName] ?? "" }
        disciplines = Self.shares(lines) {
            let code = picture.seen($0)?[DossierSight.discipline] ?? ""
            return ask.house.disciplineNames[code].map { "\($0)（\(code)）" } ?? code
        }
        self.funded = funded.map { ProposalPage.Line($0, picture, words) }
        declined = lines.filter { !$0.funded }.map { ProposalPage.Line($0, picture, words) }
        hasDeclined = !declined.isEmpty
        isOwn = record.proposer == ask.viewer.person
        isBarred = picture.isBarred
        joint = picture.joint?.state(ask)
        joinAction = "/rounds/\(picture.outline.id)/join"
        mayJoin = picture.joint?.waitsForViewer ?? false && !isOwn && !isBarred
        let isLeader = ask.viewer.holds(.commissionLeader)
        let waits = picture.joint?.waits ?? false
        awaitsJoint = isLeader && waits
        maySign = isLeader && !waits && !isOwn && !isBarred
        maySendBack = (isLeader || mayJoin) && !isOwn && !isBarred
        self.reason = reason
        errors = refusals.map { ErrorLine(href: "#reason", text: words.sentence($0)) }
        hasErrors = !errors.isEmpty
    }

    private static func shares(
        _ lines: [Selection.Line], _ name: (ID<Application>) -> String
    ) -> [Share] {
        Dictionary(grouping: lines) { name($0.application) }.map { name, lines in
            let funded = lines.filter(\.funded)
            return (
                funded.reduce(Money.zero) { $0 + $1.amount },
                Share(
                    name: name, applied: lines.count, count: funded.count,
                    amount: funded.reduce(Money.zero) { $0 + $1.amount }.wanText)
            )
        }
        .sorted { ($1.0, $0.1.name) < ($0.0, $1.1.name) }.map(\.1)
    }
}
