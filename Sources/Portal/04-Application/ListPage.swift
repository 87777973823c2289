import Lifecycle

/// The head of a list's pages and its figures for what is chosen now.
struct ListHead: Sendable {
    let title: String
    let number: String
    let href: String
    let university: String
    let universityID: String
    let badge: String
    let badgeKind: String
    let end: String
    let endISO: String
    let hasEnd: Bool
    let now: String
    let csvHref: String
    let closes: String

    init(_ list: UniversityList, _ ask: Ask) {
        let words = ask.words
        title = list.call.title
        number = list.call.number
        href = "/lists/\(list.call.id)"
        university = list.universityName
        universityID = list.university.rawValue
        let isOpen = ask.now <= list.call.closes
        let isLate = list.end.map { ask.now > $0 } ?? false
        let state = list.endorsed != nil ? "endorsed" : isOpen ? "early" : isLate ? "late" : "open"
        badge = words["list.state.\(state)"]
        badgeKind = ["endorsed": "good", "early": "info", "late": "bad", "open": "warn"][state] ?? "info"
        end = ask.due(list.end, none: "")
        endISO = list.end?.iso ?? ""
        hasEnd = list.end != nil && list.endorsed == nil
        now = ask.now.iso
        csvHref = "/lists/\(list.call.id)/export.csv?university=\(list.university.rawValue.percentEncoded)"
        closes = list.call.closes.text
    }
}

/// Quota and share of the young for the applications chosen.
struct ListFigures: Sendable {
    let chosen: Int
    let quota: String
    let hasQuota: Bool
    let quotaMost: Int
    let quotaKind: String
    let young: Int
    let hasYoung: Bool
    let share: String
    let verdicts: EligibilityPanel

    init(_ list: UniversityList, _ ranked: [ID<Application>], _ verdicts: [Verdict], _ ask: Ask) {
        let rows = ranked.compactMap { id in (list.candidates + list.others).first { $0.dossier.id == id } }
        chosen = rows.count
        let most = list.quota
        hasQuota = most != nil
        quotaMost = max(most ?? 0, 1)
        quota = most.map { "\(rows.count) / \($0)" } ?? "\(rows.count)"
        quotaKind = most.map { rows.count > $0 ? "bad" : "good" } ?? ""
        hasYoung = rows.contains { $0.isYoung != nil }
        young = rows.count { $0.isYoung == true }
        share = rows.isEmpty ? "—" : "\(young) / \(rows.count)（\(young * 100 / rows.count)%）"
        self.verdicts = EligibilityPanel(verdicts, of: "list", ask)
    }
}

struct ListPage: Sendable {
    let head: ListHead
    let figures: ListFigures
    let rows: [Row]
    let hasRows: Bool
    let others: [Other]
    let hasOthers: Bool
    let othersTitle: String
    let isEndorsed: Bool
    let endorsed: String
    let factHref: String
    let isEarly: Bool
    let mayChoose: Bool
    let isChecked: Bool
    let problems: [Problem]
    let hasProblems: Bool
    let ground: QuotaGroundWords?
    let unit: UnitOutlookWords?
    let formula: QuotaFormulaWords?

    struct Problem: Sendable {
        let href: String
        let text: String
    }

    struct Row: Sendable {
        let id: String
        let number: String
        let title: String
        let href: String
        let applicant: String
        let born: String
        let young: Bool
        let amount: String
        let goes: Bool
        let rank: String
        let isInvalid: Bool
        let verdict: String
        let verdictKind: String
        let reasons: [String]
        let requests: [String]
        let returnHref: String
    }

    struct Other: Sendable {
        let number: String
        let title: String
        let href: String
        let applicant: String
        let rank: String
        let state: String
        let stateKind: String
    }

    init(
        _ list: UniversityList, _ form: ListForm, _ verdicts: [Verdict], problems: [FieldProblem] = [],
        refusals: [Refusal] = [], _ ask: Ask
    ) {
        let words = ask.words
        let head = ListHead(list, ask)
        self.head = head
        let forwarded = list.others.filter { $0.dossier.listRank != nil }.map(\.dossier.id)
        figures = ListFigures(list, list.endorsed == nil ? form.ranked : forwarded, verdicts, ask)
        isEndorsed = list.endorsed != nil
        isEarly = ask.now <= list.call.closes
        mayChoose = list.endorsed == nil
        isChecked = ask.query["checked"] != nil
        let invalid = Set(problems.map(\.field))
        rows = zip(list.candidates, form.rows).map { candidate, row in
            Self.row(
                candidate, row, head.href, list.university, isInvalid: invalid.contains("rank-\(row.id)"), ask
            )
        }
        hasRows = !rows.isEmpty
        others = list.others.map { Self.other($0, ask) }
        hasOthers = !others.isEmpty
        othersTitle = words[list.endorsed == nil ? "list.others" : "list.gone"]
        endorsed =
            list.endorsed.map {
                words.filled(
                    "list.endorsed",
                    ["time": $0.at.text, "officer": $0.officer ?? "—", "fact": "\($0.fact)"])
            } ?? ""
        factHref = "/journal/facts/\(list.endorsed?.fact ?? 0)"
        self.problems =
            problems.map { Problem(href: "#\($0.field)", text: words.filled($0.key, $0.values)) }
            + refusals.map { Problem(href: "#list", text: Self.sentence($0, words)) }
        hasProblems = !self.problems.isEmpty
        ground = QuotaGroundWords(list.ground.map { Seen($0, as: [.researchOffice]) }, words)
        unit = UnitOutlookWords(
            list.unit.map { Seen($0, as: [.researchOffice]) }, of: list.programme,
            at: "/calls/\(list.call.id)#quota", words)
        formula = list.programme.quotaFormula.map { QuotaFormulaWords($0, of: list.programme, words) }
    }

    /// The refusal, before it the application it is about.
    static func sentence(_ refusal: Refusal, _ words: Words.Catalogue) -> String {
        guard let number = refusal.values["number"] else { return words.sentence(refusal) }
        return "\(number)：\(words.sentence(refusal))"
    }

    private static func row(
        _ candidate: UniversityList.Candidate, _ row: ListForm.Row, _ base: String,
        _ university: ID<Organisation>, isInvalid: Bool, _ ask: Ask
    ) -> Row {
        let words = ask.words
        let seen = candidate.seen
        let unmet = candidate.verdicts.filter { $0.result == .unmet }
        let unknown = candidate.verdicts.count { $0.result == .unknown }
        let key =
            unmet.contains(where: \.stops)
            ? "unmet" : unmet.isEmpty ? unknown > 0 ? "unknown" : "met" : "soft"
        return Row(
            id: row.id.rawValue, number: seen[DossierSight.number] ?? "",
            title: seen[DossierSight.title] ?? "",
            href: "/cases/\(row.id)", applicant: seen[DossierSight.ownerName] ?? "",
            born: seen[DossierSight.born]?.text ?? "—", young: candidate.isYoung == true,
            amount: seen[DossierSight.amount].map { $0 == .zero ? "—" : $0.wanText } ?? "", goes: row.goes,
            rank: row.rank,
            isInvalid: isInvalid,
            verdict: words.filled(
                "list.verdict.\(key)", ["unmet": "\(unmet.count)", "unknown": "\(unknown)"]),
            verdictKind: ["unmet": "bad", "soft": "warn", "unknown": "warn", "met": "good"][key] ?? "muted",
            reasons: unmet.map { $0.label.text(in: ask.language) }, requests: candidate.requests(words),
            returnHref: "\(base)/return/\(row.id)?university=\(university.rawValue.percentEncoded)")
    }

    private static func other(_ candidate: UniversityList.Candidate, _ ask: Ask) -> Other {
        let seen = candidate.seen
        let dossier = candidate.dossier
        let key =
            dossier.state == "refused"
            ? "ended" : dossier.stepKind == Step.Kind.draft.rawValue ? "mending" : "forwarded"
        return Other(
            number: seen[DossierSight.number] ?? "", title: seen[DossierSight.title] ?? "",
            href: "/cases/\(dossier.id)", applicant: seen[DossierSight.ownerName] ?? "",
            rank: seen[DossierSight.listRank].map { "\($0)" } ?? "—", state: ask.words["list.other.\(key)"],
            stateKind: ["ended": "muted", "mending": "warn", "forwarded": "good"][key] ?? "muted")
    }
}

/// The overview of a research office.
struct ListsPage: Sendable {
    let rows: [Row]
    let hasRows: Bool

    struct Row: Sendable {
        let href: String
        let number: String
        let title: String
        let university: String
        let received: Int
        let waiting: Int
        let quota: String
        let closes: String
        let end: String
        let state: String
        let stateKind: String
    }

    init(_ found: [(ListSummary, Call, Instant?)], _ ask: Ask) {
        let words = ask.words
        rows = found.map { summary, call, end in
            let state =
                summary.endorsedAt != nil
                ? "endorsed"
                : ask.now <= call.closes ? "early" : end.map { ask.now > $0 } ?? false ? "late" : "open"
            return Row(
                href: "/lists/\(call.id)?university=\(summary.university.rawValue.percentEncoded)",
                number: call.number, title: call.title, university: summary.universityName,
                received: summary.received, waiting: summary.waiting,
                quota: call.quota(for: summary.university).map(String.init) ?? "—", closes: call.closes.text,
                end: ask.due(end), state: words["list.state.\(state)"],
                stateKind: ["endorsed": "good", "early": "info", "late": "bad", "open": "warn"][state]
                    ?? "info")
        }
        hasRows = !rows.isEmpty
    }
}
