import Lifecycle

/// The tab of a dossier: its steps of appraisal, where each stands, and what each came to.
struct AppraisalTabPage: Sendable {
    let head: CaseFrame
    let steps: [Line]
    let isOfficial: Bool

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

    init(_ open: OpenCase, closed: [AppraisalQueries.ClosedRecord], _ ask: Ask) {
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
}
