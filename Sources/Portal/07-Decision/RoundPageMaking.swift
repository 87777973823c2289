import Lifecycle

extension RoundPage {
    /// - Parameters:
    ///   - form: what the officer chose so far; nil on a first look.
    ///   - refusals: what stops the proposal, where it was tried.
    init(_ picture: RoundPicture, form: RoundForm?, refusals: [Refusal] = [], _ ask: Ask) {
        let words = ask.words
        let outline = picture.outline
        number = outline.number
        title = outline.title
        closes = outline.closes.text
        let state = RoundState.word(of: outline, at: ask.now)
        self.state = words["round.state.\(state.word)"]
        stateKind = state.kind
        steps =
            picture.programme.procedure.steps.map { step in
                StepCount(
                    label: step.label.text(in: ask.language), count: outline.count([step.kind.rawValue]))
            } + [
                StepCount(
                    label: words["round.ended"],
                    count: outline.counts.filter { $0.state == "refused" }.reduce(0) { $0 + $1.count }),
                StepCount(
                    label: words["round.finished"],
                    count: outline.counts.filter { $0.state == "finished" }.reduce(0) { $0 + $1.count }),
            ]
        money = MoneyTiles(
            total: outline.money.total.wanText, left: outline.money.left.wanText,
            reserved: outline.money.reserved.wanText, obligated: outline.money.obligated.wanText,
            paid: outline.money.paid.wanText)
        unfinished = Self.links(
            picture.unfinished.prefix(RoundPicture.mostUnfinished).compactMap { picture.dossiers[$0] },
            picture, ask
        )
        hasUnfinished = !picture.unfinished.isEmpty
        unfinishedText = words.filled("round.unfinished", ["count": "\(picture.unfinished.count)"])
        moreUnfinished = words.filled(
            "round.more", ["count": "\(picture.unfinished.count - RoundPicture.mostUnfinished)"])
        hasMoreUnfinished = picture.unfinished.count > RoundPicture.mostUnfinished

        let selection = outline.selection
        isPending = selection?.state == "proposed"
        pendingText = words.filled(
            picture.givesMoney ? "round.pending" : "round.pendingFree",
            ["at": selection?.proposedAt.text ?? "", "total": picture.earlier?.total.wanText ?? ""])
        joint = isPending ? picture.joint?.state(ask) : nil
        let joinsNext = picture.joint?.waitsForViewer ?? false
        maySign = isPending && (ask.viewer.holds(.commissionLeader) || joinsNext)
        signHref = "/rounds/\(outline.id)/sign"
        wasSentBack = selection?.state == "sent-back"
        sentBackText = words.filled("round.sentBack", ["at": selection?.settledAt?.text ?? ""])
        sentBackReason = selection?.reason ?? ""
        isBarred = picture.isBarred
        let round = "/rounds/\(outline.id)"
        topics =
            [TopicLink(href: round, label: words["call.any"], current: picture.topic == nil)]
            + picture.topics.map {
                TopicLink(
                    href: "\(round)?topic=\($0.id)", label: "\($0.number) \($0.title)",
                    current: $0.id == picture.topic)
            }
        hasTopics = !picture.topics.isEmpty
        isNarrowed = picture.topic != nil
        compareHref = picture.topic.map { "\(round)/topics/\($0)" }
        races = picture.blocks(of: .proposed, ask)
        hasRaces = !races.isEmpty
        opened = picture.blocks(of: .opened, ask)
        hasOpened = !opened.isEmpty
        nonConsensus = picture.nonConsensus.map {
            NonConsensusBlock(
                $0, waiting: picture.ranking.map(\.row.application), used: picture.routeUsed, ask)
        }
        mayChoose =
            ask.viewer.holds(.programmeOfficer) && !isPending && !isBarred && !picture.ranking.isEmpty
            && picture.topic == nil
        action = "/rounds/\(outline.id)"
        fillHref = "/rounds/\(outline.id)?fill=rank"

        let untouched =
            (selection?.state == "signed" ? nil : picture.earlier.map { RoundForm($0) })
            ?? RoundForm(funded: [], amounts: [:], reasons: [:])
        let chosen = form ?? untouched.including(isPending ? [] : picture.proposedRaces)
        let budget = outline.money.left
        lists = ListRuleBlock.all(picture, words)
        hasLists = !lists.isEmpty
        isRolling = picture.programme.isRolling
        givesMoney = picture.givesMoney
        placesText = picture.places.map { words.filled("round.places", ["places": "\($0)"]) } ?? ""
        let reckoning = Reckoning(
            chosen, picture.ranking, budget: budget, most: picture.most, isRolling: isRolling,
            givesMoney: givesMoney, cases: picture.caseFacts)
        let refused = !refusals.isEmpty
        rows = Self.rows(picture, chosen, reckoning, marking: refused, words)
        hasRows = !rows.isEmpty
        reckoned = form != nil || isPending || wasSentBack
        chosenText = words.filled(
            "round.chosen",
            [
                "count": "\(reckoning.selection.lines.filter(\.funded).count)",
                "all": "\(reckoning.selection.lines.count)", "departures": "\(reckoning.departures.count)",
            ])
        totalText = reckoning.selection.total.wanText
        isOver = reckoning.left < .zero
        leftText = isOver ? (-reckoning.left).wanText : reckoning.left.wanText
        budgetNumber = "\(max(1, budget.rawValue))"
        totalNumber = "\(min(budget.rawValue, reckoning.selection.total.rawValue))"
        errors = refusals.map { ErrorLine(href: Self.anchor($0, reckoning), text: words.sentence($0)) }
        hasErrors = refused
        mostText = picture.most.map { words.filled("round.most", ["amount": $0.yuanText]) } ?? ""
        results = Self.results(picture, words)
        hasResults = !results.isEmpty
        resultsText = words.filled(
            "round.results",
            [
                "funded": "\(picture.decisions.filter(\.funded).count)", "all": "\(picture.decisions.count)",
            ])
        noticeHref = picture.notice.map { "/notices/\($0)" } ?? ""
        hasNotice = picture.notice != nil
        mayPublish = picture.waitingForNotice > 0 && ask.viewer.holds(.programmeOfficer)
        publishText = words.filled("round.toPublish", ["count": "\(picture.waitingForNotice)"])
    }

    private static func links(_ records: [DossierRecord], _ picture: RoundPicture, _ ask: Ask) -> [CaseLink] {
        records.map { record in
            let seen = Seen(record, as: picture.relations)
            return CaseLink(
                href: "/cases/\(record.id)", number: seen[DossierSight.number] ?? "",
                title: seen[DossierSight.title] ?? "",
                step: seen[DossierSight.standing].flatMap { picture.programme.procedure.step($0) }?
                    .label.text(in: ask.language) ?? "")
        }
    }

    private static func rows(
        _ picture: RoundPicture, _ form: RoundForm, _ reckoning: Reckoning, marking: Bool,
        _ words: Words.Catalogue
    ) -> [Row] {
        let wide = picture.wideSpread
        let lanes = Dictionary(
            picture.proposedRaces.flatMap { race in race.lanes.map { ($0, race.terms.topicNumber) } },
            uniquingKeysWith: { first, _ in first })
        return picture.ranking.map { place, row in
            let id = row.application
            let seen = picture.seen(id)
            let ranked = picture.ranked(place, row)
            let funded = form.funded.contains(id)
            let departs = reckoning.departures.contains(id)
            let byRoute = form.routed.contains(id)
            let why = form.reasons[id] ?? ""
            let spread = ranked[DecisionSight.spread] ?? 0
            return Row(
                id: id.rawValue, place: ranked[DecisionSight.place] ?? 0,
                number: seen?[DossierSight.number] ?? "", title: seen?[DossierSight.title] ?? "",
                href: picture.opinions(on: id), university: seen?[DossierSight.universityName] ?? "",
                mean: ranked[DecisionSight.mean] ?? "", spread: spread, isWide: spread >= wide,
                lane: lanes[id],
                reviews: ranked[DecisionSight.reviews] ?? [],
                vote: picture.votes[id].flatMap { vote($0, picture, words) },
                dissent: dissent(id, seen?[DossierSight.number] ?? "", isChosen: byRoute, picture, words),
                requested: seen?[DossierSight.amount]?.wanText ?? "",
                isProposed: form.lines.contains(id), funded: funded,
                amount: form.amounts[id].flatMap { $0.isEmpty ? nil : $0 }
                    ?? RoundForm.usual(row, most: picture.most).plainYuan,
                departs: departs, departsText: words[funded ? "round.departsIn" : "round.departsOut"],
                asksWhy: departs || byRoute || !why.isEmpty,
                whyLabel: words[byRoute ? "champion.grounds" : "round.why"], why: why,
                badWhy: marking && (departs || byRoute) && why.trimmedCount < Selection.groundsLeast,
                badAmount: reckoning.unreadable.contains(id))
        }
    }

    private static func dissent(
        _ id: ID<Application>, _ number: String, isChosen: Bool, _ picture: RoundPicture,
        _ words: Words.Catalogue
    ) -> Dissent? {
        guard let about = picture.nonConsensus, let found = about.disagreements[id], found.isNonConsensus,
            let text = DisagreementWords.text(Seen(found, as: picture.relations), words)
        else { return nil }
        let cases = about.cases[id]?.count ?? 0
        return Dissent(
            id: id.rawValue, number: number, text: text,
            cases: cases == 0
                ? words["champion.notCased"] : words.filled("champion.cased", ["count": "\(cases)"]),
            isOffered: cases > 0, isChosen: isChosen)
    }

    private static func vote(
        _ item: MeetingItem, _ picture: RoundPicture, _ words: Words.Catalogue
    ) -> Vote? {
        let seen = Seen(item, as: picture.relations)
        guard let outcome = seen[MeetingSight.outcome] else { return nil }
        let step = picture.programme.procedure.step(of: .meet)
        let short =
            step?.hears == true
            ? "meeting.heardShort" : item.tally == nil ? "meeting.saidShort" : "meeting.short"
        return Vote(
            short: words[short],
            outcome: words["meeting.outcome.\(outcome.rawValue)"], badge: MeetingPage.badge(outcome),
            tally: MeetingPage.tally(seen[MeetingSight.tally], words),
            notesHref: step?.statement != nil ? "/cases/\(item.application)/statements" : nil)
    }

    private static func results(_ picture: RoundPicture, _ words: Words.Catalogue) -> [ResultRow] {
        picture.decisions.map { decision in
            let seen = picture.seen(decision.application)
            let decided = Seen(decision, as: picture.relations)
            let outcome = DecisionWords.outcome(decision)
            let reason = decided[DecisionSight.reason] ?? ""
            return ResultRow(
                place: decided[DecisionSight.decidedPlace] ?? 0, number: seen?[DossierSight.number] ?? "",
                title: seen?[DossierSight.title] ?? "", href: "/cases/\(decision.application)/decision",
                university: seen?[DossierSight.universityName] ?? "",
                mean: decided[DecisionSight.ownMean].map(DecisionWords.mean) ?? "",
                outcome: words["decision.outcome.\(outcome.word)"], outcomeKind: outcome.kind,
                amount: decision.funded ? decided[DecisionSight.amount]?.wanText ?? "" : "—",
                reason: reason, departs: !reason.isEmpty,
                route: decided[DecisionSight.route].flatMap { $0 }.map { _ in words["champion.badge"] })
        }
    }

    /// The row an error speaks of, so that its link leads there.
    private static func anchor(_ refusal: Refusal, _ reckoning: Reckoning) -> String {
        let most = refusal.values["most"].flatMap(Money.init(yuanText:))
        let isOfRoute = refusal.code.hasPrefix("selection.route-")
        guard let place = refusal.values["place"],
            let line = reckoning.selection.lines.first(where: { line in
                guard "\(line.place)" == place else { return false }
                if isOfRoute { return line.route != nil }
                return refusal.code == "selection.departure"
                    ? reckoning.departures.contains(line.application)
                        && (line.departure ?? "").trimmedCount < Selection.groundsLeast
                    : line.funded && (most.map { line.amount > $0 } ?? (line.amount <= .zero))
            })
        else { return "#ranking" }
        return refusal.code == "selection.departure" || isOfRoute
            ? "#why-\(line.application)" : "#amount-\(line.application)"
    }
}

/// How a decision is worded.
enum DecisionWords {
    static func outcome(_ decision: DecisionRecord) -> (word: String, kind: String) {
        if decision.overturnedAt != nil { return ("overturned", "bad") }
        if !decision.funded { return ("declined", "neutral") }
        return decision.confirmedAt == nil ? ("proposed", "info") : ("funded", "good")
    }

    static func mean(_ hundredths: Int) -> String {
        "\(hundredths / 100).\(String(String(hundredths % 100 + 100).dropFirst()))"
    }
}

extension Money {
    /// Yuan as an input field shows it: without separators, without `.00`.
    package var plainYuan: String {
        let text = yuanText.filter { $0 != "," }
        return text.hasSuffix(".00") ? String(text.dropLast(3)) : text
    }
}
