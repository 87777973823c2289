import Lifecycle

/// The tab of a dossier: its steps of appraisal, where each stands, and what each came to.
struct AppraisalTabPage: Sendable {
    let head: CaseFrame
    let steps: [Line]
    let isOfficial: Bool
    /// How the steps stand together; nil where there is one.
    let together: [String]
    let hasTogether: Bool
    /// What each step that is closed came to, so that whoever decides has all of them on one page.
    let results: [AppraisalResultPage]
    let hasResults: Bool
    /// Panels that ended before they were closed; for officials.
    let ended: [Ended]
    let hasEnded: Bool

    struct Ended: Sendable {
        let title: String
        let text: String
        let opinions: [AppraisalResultPage.Opinion]
        let hasOpinions: Bool
    }

    struct Line: Sendable {
        let href: String
        let label: String
        let state: String
        let kind: String
        let due: String
        let hasDue: Bool
        let lenses: String
        /// Shown as a link: there is something to read or to do.
        let isOpenable: Bool
        /// The opinion on paper of what it came to last.
        let paper: String
        let paperHref: String
        let hasPaper: Bool
        let earlier: [Earlier]
        let hasEarlier: Bool
    }

    struct Earlier: Sendable {
        let text: String
        let paper: String
        let paperHref: String
    }

    /// - Parameters:
    ///   - results: of the steps that are closed and not open again, in their order.
    ///   - ended: as the viewer sees them; none where they may not.
    init(
        _ open: OpenCase, closed: [AppraisalQueries.ClosedRecord], results: [AppraisalResultPage],
        ended: [Ended],
        _ ask: Ask
    ) {
        let words = ask.words
        head = open.head(tab: "appraisals", ask)
        let relations = open.seen.relations
        func paper(_ closed: AppraisalQueries.ClosedRecord) -> (number: String, href: String)? {
            let seen = Seen(closed, as: relations)
            guard let number = seen[AppraisalSight.number], let fact = seen[AppraisalSight.fact] else {
                return nil
            }
            return (number, AppraisalDocuments.href(fact, of: open.record.id))
        }
        let official = !open.seen.relations.isDisjoint(with: AppraisalSight.officials)
        isOfficial = official
        self.results = results
        hasResults = !results.isEmpty
        self.ended = ended
        hasEnded = !ended.isEmpty
        together = Self.together(open, closed, words)
        hasTogether = !together.isEmpty
        steps = open.standing.steps.filter { $0.step.kind == .appraise }.map { state in
            let instrument = open.programme.appraisal(of: state.step)
            let own = closed.filter { $0.step == state.step.id }
            let isOpen = state.since != nil
            let last = isOpen ? nil : own.first
            let paperOfLast = last.flatMap(paper)
            let word: String
            let kind: String
            if let last {
                word = words[last.positive ? "appraisal.state.passed" : "appraisal.state.failed"]
                kind = last.positive ? "good" : "bad"
            } else if isOpen {
                word = words["appraisal.state.open"]
                kind = "info"
            } else {
                word = words[open.standing.isRefused ? "appraisal.state.skipped" : "appraisal.state.waiting"]
                kind = "muted"
            }
            return Line(
                href: "/cases/\(open.record.id)/appraisals/\(state.step.id)",
                label: state.step.label.text(in: ask.language), state: word, kind: kind,
                due: ask.due(state.due, none: ""), hasDue: state.due != nil,
                lenses: (instrument?.lenses ?? []).map {
                    words.filled(
                        "appraisal.rule.weight",
                        ["lens": $0.label.text(in: ask.language), "weight": "\($0.weight)"])
                }.joined(separator: ask.language == .zh ? "、" : ", "),
                isOpenable: last != nil || isOpen && official,
                paper: paperOfLast?.number ?? "", paperHref: paperOfLast?.href ?? "",
                hasPaper: paperOfLast != nil,
                earlier: (isOpen ? own : Array(own.dropFirst())).map {
                    let own = paper($0)
                    return Earlier(
                        text: words.filled(
                            "appraisal.tab.earlier",
                            [
                                "at": $0.at.text,
                                "state": words[
                                    $0.positive ? "appraisal.state.passed" : "appraisal.state.failed"],
                            ]), paper: own?.number ?? "", paperHref: own?.href ?? "")
                }, hasEarlier: isOpen ? !own.isEmpty : own.count > 1)
        }
    }

    /// The count of those passed, and which ones sit at the same time.
    private static func together(
        _ open: OpenCase, _ closed: [AppraisalQueries.ClosedRecord], _ words: Words.Catalogue
    ) -> [String] {
        let states = open.standing.steps.filter { $0.step.kind == .appraise }
        guard states.count > 1 else { return [] }
        let last = states.compactMap { state in
            state.since == nil ? closed.first { $0.step == state.step.id } : nil
        }
        let count = words.filled(
            "appraisal.tab.together",
            [
                "all": "\(states.count)", "passed": "\(last.count(where: \.positive))",
                "failed": "\(last.count { !$0.positive })", "rest": "\(states.count - last.count)",
            ])
        let beside = states.filter { !open.standing.procedure.appraisals(beside: $0.step.id).isEmpty }
        guard beside.count > 1 else { return [count] }
        return [
            count,
            words.filled(
                "appraisal.tab.beside",
                [
                    "steps": beside.map { $0.step.label.text(in: words.language) }
                        .joined(separator: words.language == .zh ? "、" : ", ")
                ]),
        ]
    }
}

extension AppraisalTabPage.Ended {
    /// Nil where the viewer is no official: what counted for nothing is for those who answer for the procedure.
    init?(_ panel: AppraisalQueries.EndedPanel, _ open: OpenCase, _ ask: Ask) {
        guard !open.seen.relations.isDisjoint(with: AppraisalSight.officials),
            let step = open.programme.procedure.step(panel.step),
            let instrument = open.programme.appraisal(of: step)
        else { return nil }
        let words = ask.words
        let texts = AppraisalWords(instrument: instrument, words: words)
        let by = open.programme.procedure.step(panel.ender)?.label.text(in: ask.language) ?? panel.ender
        title = step.label.text(in: ask.language)
        text = words.filled(
            panel.outcome == .refused ? "appraisal.tab.endedRefused" : "appraisal.tab.endedReturned",
            ["at": panel.at.text, "step": by, "count": "\(panel.opinions.count)"])
        let seen = panel.opinions.map { Seen($0, as: open.seen.relations) }
        let lenses = seen.map { $0[AppraisalSight.lens] ?? "" }
        opinions = seen.indices.compactMap { index in
            let seat = Seen(panel.opinions[index].seat, as: open.seen.relations)
            return AppraisalResultPage.opinion(
                seen[index], heading: texts.place(index, in: lenses), name: seat[AppraisalSight.expertName],
                writtenAt: seat[AppraisalSight.settledAt]?.text, instrument, texts)
        }
        hasOpinions = !opinions.isEmpty
    }
}
