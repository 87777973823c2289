import Lifecycle

/// The officer's choice of experts for one dossier.
package struct AssignPage: Sendable {
    package let head: CaseFrame
    package let action: String
    package let releaseAction: String
    package let sendBackAction: String
    package let reviewsHref: String
    package let lede: String
    package let current: [Current]
    package let hasCurrent: Bool
    package let canAsk: Bool
    package let isClosed: Bool
    package let search: String
    package let free: [Row]
    package let hasFree: Bool
    package let barred: [Row]
    package let hasBarred: Bool
    package let more: String?
    package let moreBarred: String?
    package let grounds: [Ground]
    package let hasErrors: Bool
    package let errors: [String]

    package struct Current: Sendable {
        package let id: String
        package let name: String
        package let organisation: String
        package let state: String
        package let kind: String
        package let assignedAt: String
        package let answeredAt: String
        package let note: String
        package let hasNote: Bool
        package let mark: String
        package let isMarked: Bool
        package let markTone: String
        package let canRelease: Bool
        package let canSendBack: Bool
        package let hasAct: Bool
    }

    package struct Row: Sendable {
        package let id: String
        package let name: String
        package let organisation: String
        package let nearness: String
        package let shared: String
        package let load: String
        package let loadNow: Int
        package let loadMax: Int
        package let checked: Bool
        package let pick: String
        package let bid: String
        package let hasBid: Bool
        package let bidTone: String
        package let mark: String
        package let isMarked: Bool
        package let markTone: String
        package let reasons: [String]
    }

    package struct Ground: Sendable {
        package let id: String
        package let label: String
    }

    /// Rows of a table shown at most; the search narrows.
    static let most = 40

    package init(
        _ open: OpenCase, current: [(record: AssignmentRecord, name: String, organisation: String)],
        candidates: [Candidate], panels: [DrawnPanel], search: String, chosen: Set<String>,
        errors: [String], ask: Ask
    ) {
        let words = ask.words
        let base = "/cases/\(open.record.id)"
        head = open.head(tab: "assign", ask)
        action = "\(base)/assign"
        releaseAction = "\(base)/assign/release"
        sendBackAction = "\(base)/assign/send-back"
        reviewsHref = "\(base)/reviews"
        let marks = DrawnPanel.marks(panels)
        let needed = ReviewActs.needed(open.call, open.programme)
        let active = current.count { $0.record.state.counts }
        let isOpen = open.standing.open.contains { $0.step.kind == .review }
        let isBeforeDecision =
            isOpen || open.standing.open.contains { $0.step.kind == .decide }
        isClosed = !isOpen
        canAsk = isOpen && active < needed
        lede = words.filled(
            isOpen ? "review.assign.lede" : "review.assign.closed",
            [
                "needed": "\(needed)", "active": "\(active)", "missing": "\(max(0, needed - active))",
                "submitted": "\(current.count { $0.record.state == .submitted })",
            ])
        self.current = current.map { item in
            let state = item.record.state
            let note =
                item.record.sentBack.map {
                    words.filled("review.assign.sentBack", ["reason": $0])
                } ?? item.record.reason ?? ""
            let canRelease = isOpen && (state == .invited || state == .accepted)
            let canSendBack = isBeforeDecision && state == .submitted
            return Current(
                id: item.record.id.rawValue, name: item.name, organisation: item.organisation,
                state: words["review.state.\(state.rawValue)"], kind: Self.kind(state),
                assignedAt: item.record.assignedAt.text,
                answeredAt: (item.record.submittedAt ?? item.record.answeredAt)?.text ?? "—", note: note,
                hasNote: !note.isEmpty,
                mark: marks[item.record.expert].map { PanelMark.text($0, words) } ?? "",
                isMarked: marks[item.record.expert] != nil,
                markTone: marks[item.record.expert].map { PanelMark.tone($0.state) } ?? "",
                canRelease: canRelease, canSendBack: canSendBack, hasAct: canRelease || canSendBack)
        }
        hasCurrent = !current.isEmpty
        self.search = search
        let asked = Set(current.filter { $0.record.state != .released }.map(\.record.expert))
        let shown = candidates.filter { candidate in
            !asked.contains(candidate.expert.person)
                && (search.isEmpty
                    ? candidate.nearness < .far
                    : ExpertTable.finds(candidate.expert, by: search, ask.house.disciplineNames))
        }
        let names = ask.house.disciplineNames
        func row(_ candidate: Candidate) -> Row {
            let expert = candidate.expert
            let shared =
                candidate.sharedDisciplines.map { names[$0] ?? $0 } + candidate.sharedKeywords
            let own = expert.disciplineCodes.map { names[$0] ?? $0 }
            return Row(
                id: expert.person.rawValue, name: expert.name,
                organisation: expert.organisationName ?? "—",
                nearness: words["review.near.\(Self.key(candidate.nearness))"],
                shared: (shared.isEmpty ? own : shared).joined(separator: "、"),
                load: "\(expert.load) / \(expert.loadMax)", loadNow: expert.load, loadMax: expert.loadMax,
                checked: chosen.contains(expert.person.rawValue),
                pick: words.filled("review.assign.pick", ["name": expert.name]),
                bid: candidate.bid.map { words["bid.short.\($0.rawValue)"] } ?? "",
                hasBid: candidate.bid != nil, bidTone: candidate.bid.map(Self.tone) ?? "",
                mark: marks[expert.person].map { PanelMark.text($0, words) } ?? "",
                isMarked: marks[expert.person] != nil,
                markTone: marks[expert.person].map { PanelMark.tone($0.state) } ?? "",
                reasons: candidate.obstacles.map(words.sentence))
        }
        let free = shown.filter(\.obstacles.isEmpty)
        self.free = free.prefix(Self.most).map(row)
        hasFree = !free.isEmpty
        let barred = shown.filter { !$0.obstacles.isEmpty }
        self.barred = barred.prefix(Self.most).map(row)
        hasBarred = !barred.isEmpty
        more = ExpertTable.more(than: Self.most, of: free.count, words)
        moreBarred = ExpertTable.more(than: Self.most, of: barred.count, words)
        grounds = ReviewSentBack.Ground.allCases.map {
            Ground(id: $0.rawValue, label: words["review.ground.\($0.rawValue)"])
        }
        self.errors = errors
        hasErrors = !errors.isEmpty
    }

    private static func key(_ nearness: Nearness) -> String {
        switch nearness {
        case .discipline: "discipline"
        case .field: "field"
        case .keywords: "keywords"
        case .far: "far"
        }
    }

    private static func tone(_ willingness: Willingness) -> String {
        switch willingness {
        case .eager: "good"
        case .willing: "info"
        case .reluctant: "warn"
        }
    }

    static func kind(_ state: AssignmentRecord.State) -> String {
        switch state {
        case .invited: "warn"
        case .accepted: "info"
        case .submitted: "good"
        case .declined: "bad"
        case .released: "muted"
        }
    }
}

/// Dossiers of a call and how far their reviews are.
package struct AssignListPage: Sendable {
    package let title: String
    package let hasCall: Bool
    package let calls: [CallLink]
    package let hasCalls: Bool
    package let lackingOnly: Bool
    package let allHref: String
    package let lackingHref: String
    package let plansHref: String
    let gap: PlanGapNotice?
    let panels: [PanelPart]
    package let rows: [Row]
    package let hasRows: Bool
    package let count: String
    package let next: String?

    package struct CallLink: Sendable {
        package let href: String
        package let label: String
        package let current: Bool
    }

    package struct Row: Sendable {
        package let number: String
        package let title: String
        package let discipline: String
        package let university: String
        package let missing: String
        package let isMissing: Bool
        package let invited: String
        package let accepted: String
        package let submitted: String
        package let declined: String
        package let due: String
        package let href: String
    }

    init(
        _ progress: [ReviewQueries.Progress], lacks: [ReviewQueries.Lack], call: Call?, needed: Int,
        lackingOnly: Bool, gap: PlanGap?, panels: [PanelPart], ask: Ask
    ) {
        let words = ask.words
        title = call?.title ?? ""
        self.panels = panels
        self.gap = call.flatMap { call in gap.flatMap { PlanGapNotice($0, in: call.id, words) } }
        hasCall = call != nil
        calls = lacks.map {
            CallLink(
                href: "/office/assign?call=\($0.call.rawValue.percentEncoded)",
                label: words.filled(
                    "review.list.call",
                    ["title": $0.title, "lacking": "\($0.lacking)", "total": "\($0.total)"]),
                current: $0.call == call?.id)
        }
        hasCalls = !calls.isEmpty
        self.lackingOnly = lackingOnly
        let base = "/office/assign?call=\((call?.id.rawValue ?? "").percentEncoded)"
        lackingHref = base
        allHref = "\(base)&all=1"
        plansHref = "/office/assign/\(call?.id.rawValue ?? "")/plans"
        rows = progress.filter { !lackingOnly || $0.active < needed }.map { item in
            let seen = Seen(item.record, as: [.programmeOfficer])
            let code = seen[DossierSight.discipline] ?? ""
            let missing = max(0, needed - item.active)
            func count(_ state: AssignmentRecord.State) -> String { "\(item.counts[state] ?? 0)" }
            return Row(
                number: seen[DossierSight.number] ?? "", title: seen[DossierSight.title] ?? "",
                discipline: ask.house.disciplineNames[code] ?? code,
                university: seen[DossierSight.universityName] ?? "",
                missing: missing == 0
                    ? words["review.list.complete"]
                    : words.filled("review.list.missing", ["count": "\(missing)"]),
                isMissing: missing > 0, invited: count(.invited), accepted: count(.accepted),
                submitted: count(.submitted), declined: count(.declined),
                due: ask.due(item.record.dueAt), href: "/cases/\(item.record.id)/assign")
        }
        hasRows = !rows.isEmpty
        count = words.filled("review.list.count", ["count": "\(rows.count)", "needed": "\(needed)"])
        next =
            progress.count == ReviewQueries.pageSize
            ? progress.last.map {
                "\(base)\(lackingOnly ? "" : "&all=1")&after=\($0.record.number.percentEncoded)"
            } : nil
    }
}
