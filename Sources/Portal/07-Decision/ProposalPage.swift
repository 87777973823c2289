import Lifecycle

/// The page before a proposal is made: what goes to the leader, and what follows.
struct ProposalPage: Sendable {
    let number: String
    let title: String
    let action: String
    let backAction: String
    let summary: String
    let givesMoney: Bool
    let total: String
    let left: String
    let departures: [Line]
    let hasDepartures: Bool
    /// What goes by the route for proposals that experts disagree about.
    let championed: [ChampionedLine]
    let hasChampioned: Bool
    let races: [RaceBlock]
    let hasRaces: Bool
    let funded: [Line]
    let hidden: [Hidden]

    struct Line: Sendable {
        let place: Int
        let number: String
        let title: String
        let university: String
        let amount: String
        let what: String
        let reason: String
        /// The appraisals side by side, for whoever has them.
        let appraisals: String?
    }

    struct Hidden: Sendable {
        let name: String
        let value: String
    }

    init(_ picture: RoundPicture, _ form: RoundForm, _ reckoning: Reckoning, _ ask: Ask) {
        let words = ask.words
        number = picture.outline.number
        title = picture.outline.title
        action = "/rounds/\(picture.outline.id)/propose"
        backAction = "/rounds/\(picture.outline.id)/reckon"
        let chosen = reckoning.selection.lines.filter(\.funded)
        givesMoney = picture.givesMoney
        summary = words.filled(
            "round.chosen",
            [
                "count": "\(chosen.count)", "all": "\(reckoning.selection.lines.count)",
                "departures": "\(reckoning.departures.count)",
            ])
        total = reckoning.selection.total.wanText
        left = reckoning.left.wanText
        func line(_ line: Selection.Line) -> Line {
            Line(line, picture, words)
        }
        departures = reckoning.selection.lines.filter { reckoning.departures.contains($0.application) }
            .map(line)
        hasDepartures = !departures.isEmpty
        championed = ChampionedLine.all(in: reckoning.selection, picture, words)
        hasChampioned = !championed.isEmpty
        races = picture.blocks(in: reckoning.selection, ask)
        hasRaces = !races.isEmpty
        funded = chosen.map(line)
        var hidden: [Hidden] = []
        for line in reckoning.selection.lines {
            hidden.append(Hidden(name: "line", value: line.application.rawValue))
            if line.funded {
                hidden.append(Hidden(name: "fund", value: line.application.rawValue))
                hidden.append(Hidden(name: "amount-\(line.application)", value: line.amount.plainYuan))
            }
            if line.route != nil { hidden.append(Hidden(name: "route", value: line.application.rawValue)) }
            if let reason = line.departure {
                hidden.append(Hidden(name: "why-\(line.application)", value: reason))
            }
        }
        self.hidden = hidden
    }
}

extension ProposalPage.Line {
    init(_ line: Selection.Line, _ picture: RoundPicture, _ words: Words.Catalogue) {
        let seen = picture.seen(line.application)
        place = line.place
        number = seen?[DossierSight.number] ?? ""
        title = seen?[DossierSight.title] ?? ""
        university = seen?[DossierSight.universityName] ?? ""
        amount = line.funded ? line.amount.wanText : "—"
        what = words[line.funded ? "round.departsIn" : "round.departsOut"]
        reason = line.departure ?? ""
        appraisals =
            picture.programme.procedure.step(of: .appraise) == nil
                || picture.relations.isDisjoint(with: AppraisalSight.tab)
            ? nil : picture.opinions(on: line.application)
    }
}
