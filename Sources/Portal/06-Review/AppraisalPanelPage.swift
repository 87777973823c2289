import Lifecycle

/// A step of appraisal while it is open: who sits, whom one could ask, and what is lacking before it can be closed.
/// Nothing of what was handed in.
struct AppraisalPanelPage: Sendable {
    let head: CaseFrame
    let title: String
    let lede: String
    let action: String
    let searchAction: String
    let search: String
    let rule: [String]
    let cite: String
    let standing: String
    let standingKind: String
    let lenses: [Lens]
    let mayArrange: Bool
    /// Somebody can still be asked, so that candidates are listed.
    let maySearch: Bool
    let mayClose: Bool
    let lacking: [String]
    let consequence: String
    let hasErrors: Bool
    let errors: [String]

    struct Lens: Sendable {
        let id: String
        let label: String
        let about: String
        let progress: String
        let seats: [Seat]
        let hasSeats: Bool
        let mayAsk: Bool
        let free: [Row]
        let hasFree: Bool
        let more: String?
        let barred: [Row]
        let hasBarred: Bool
        let moreBarred: String?
    }

    struct Seat: Sendable {
        let id: String
        let name: String
        let organisation: String
        let state: String
        let kind: String
        let seatedAt: String
        let settledAt: String
        let note: String
        let hasNote: Bool
        let mayRelease: Bool
        let mayRecuse: Bool
    }

    struct Row: Sendable {
        let id: String
        let name: String
        let organisation: String
        let kinds: String
        let nearness: String
        let load: String
        let pick: String
        let reasons: [String]
    }

    /// Rows shown at most of a lens; the search narrows.
    static let most = 20

    init(
        _ open: OpenCase, _ opened: AppraisalActs.Opened, seats: [Seen<PanelSeat>], ids: [SeatRecord],
        candidates: [String: [AppraiserPool.Candidate]], search: String, errors: [String], ask: Ask
    ) {
        let words = ask.words
        let language = ask.language
        let instrument = opened.instrument
        let texts = AppraisalWords(instrument: instrument, words: words)
        head = open.head(tab: "appraisals", ask)
        title = opened.step.label.text(in: language)
        let written = instrument.lenses.reduce(0) { $0 + opened.written($1) }
        lede = words.filled(
            "appraisal.panel.lede",
            [
                "experts": "\(instrument.lenses.reduce(0) { $0 + $1.experts })",
                "live": "\(instrument.lenses.reduce(0) { $0 + opened.live($1).count })",
                "written": "\(written)",
            ])
        let base = "/cases/\(open.record.id)/appraisals/\(opened.step.id)"
        action = base
        searchAction = base
        self.search = search
        rule = texts.rule
        cite = instrument.cites.text(in: language)
        standing = words["rule.standing.\(instrument.standing.rawValue)"]
        standingKind = instrument.standing.rawValue
        let arranging = open.seen.relations.contains(.programmeOfficer)
        mayArrange = arranging
        let lackingNow = opened.lacking
        mayClose = arranging && lackingNow.isEmpty
        lacking = lackingNow.map { refusal in
            let lens = instrument.lenses.first { $0.label.zh == refusal.values["lens"] }
            return words.filled(
                "appraisal.panel.lacks",
                refusal.values.merging(["lens": lens?.label.text(in: language) ?? ""]) { $1 })
        }
        consequence = words["appraisal.close.\(instrument.combination.otherwise.rawValue)"]
        lenses = instrument.lenses.map { lens in
            let own = zip(ids, seats).filter { $0.0.lens == lens.id }.map { Self.seat($0, arranging, words) }
            let shown = (candidates[lens.id] ?? []).filter { candidate in
                !opened.panel.contains {
                    $0.expert == candidate.expert.person && $0.lens == lens.id && $0.state.counts
                }
                    && (search.isEmpty
                        ? candidate.kinds.contains(lens.of)
                        : ExpertTable.finds(candidate.expert, by: search, ask.house.disciplineNames))
            }
            let free = shown.filter(\.obstacles.isEmpty)
            let barred = shown.filter { !$0.obstacles.isEmpty }
            let live = opened.live(lens).count
            return Lens(
                id: lens.id, label: lens.label.text(in: language),
                about: words.filled(
                    "appraisal.panel.about",
                    [
                        "weight": "\(lens.weight)", "kind": words["appraisal.kind.\(lens.of.rawValue)"],
                        "labels": instrument.conclusions(of: lens).map { $0.label.text(in: language) }
                            .joined(separator: language == .zh ? "、" : ", "),
                    ]),
                progress: words.filled(
                    "appraisal.panel.progress",
                    [
                        "live": "\(live)", "experts": "\(lens.experts)",
                        "written": "\(opened.written(lens))", "quorum": "\(lens.quorum)",
                    ]),
                seats: own, hasSeats: !own.isEmpty, mayAsk: arranging && live < lens.experts,
                free: free.prefix(Self.most).map { Self.row($0, words) }, hasFree: !free.isEmpty,
                more: ExpertTable.more(than: Self.most, of: free.count, words),
                barred: barred.prefix(Self.most).map { Self.row($0, words) }, hasBarred: !barred.isEmpty,
                moreBarred: ExpertTable.more(than: Self.most, of: barred.count, words))
        }
        maySearch = lenses.contains(where: \.mayAsk)
        self.errors = errors
        hasErrors = !errors.isEmpty
    }

    private static func seat(
        _ pair: (SeatRecord, Seen<PanelSeat>), _ arranging: Bool, _ words: Words.Catalogue
    ) -> Seat {
        let (record, seen) = pair
        let state = seen[AppraisalSight.state]
        let note = seen[AppraisalSight.reason] ?? ""
        return Seat(
            id: record.id.rawValue, name: seen[AppraisalSight.expertName] ?? "",
            organisation: seen[AppraisalSight.expertOrganisation] ?? "",
            state: state.map { words["appraisal.seat.\($0.rawValue)"] } ?? "",
            kind: state.map(kind) ?? "muted", seatedAt: seen[AppraisalSight.seatedAt]?.text ?? "",
            settledAt: seen[AppraisalSight.settledAt]?.text ?? "—", note: note, hasNote: !note.isEmpty,
            mayRelease: arranging && (state == .invited || state == .accepted),
            mayRecuse: arranging && state?.counts == true)
    }

    private static func row(_ candidate: AppraiserPool.Candidate, _ words: Words.Catalogue) -> Row {
        let expert = candidate.expert
        let nearness =
            switch candidate.nearness {
            case .discipline: "discipline"
            case .field: "field"
            case .keywords: "keywords"
            case .far: "far"
            }
        return Row(
            id: expert.person.rawValue, name: expert.name, organisation: expert.organisationName ?? "—",
            kinds: candidate.kinds.map { words["appraisal.kind.\($0.rawValue)"] }
                .joined(separator: words.language == .zh ? "、" : ", "),
            nearness: words["review.near.\(nearness)"], load: "\(expert.load) / \(expert.loadMax)",
            pick: words.filled("review.assign.pick", ["name": expert.name]),
            reasons: candidate.obstacles.map(words.sentence))
    }

    static func kind(_ state: SeatRecord.State) -> String {
        switch state {
        case .invited: "warn"
        case .accepted: "info"
        case .written: "good"
        case .declined, .recused: "bad"
        case .released: "muted"
        }
    }
}
