import Lifecycle

/// `/notices/{notice}/office`: objections with their deadlines and answers, and the notice's end.
struct NoticeOfficePage: Sendable {
    let number: String
    let title: String
    let noticeHref: String
    let state: String
    let stateKind: String
    let period: String
    let objections: [Item]
    let isEmpty: Bool
    let closeAction: String
    let mayClose: Bool
    let whyNotClose: String
    let isClosed: Bool
    let closedAt: String
    let isOfficer: Bool
    let errors: [ErrorLine]
    let hasErrors: Bool

    struct Item: Sendable {
        let id: String
        let caseHref: String
        let number: String
        let caseTitle: String
        let filedAt: String
        let due: String
        let dueISO: String
        let now: String
        let isLate: Bool
        let objector: String
        let contact: String
        let knowsObjector: Bool
        let text: String
        let files: [File]
        let hasFiles: Bool
        let filesErased: Bool
        let answered: Bool
        let answeredAt: String
        let outcome: String
        let outcomeKind: String
        let answer: String
        let mayAnswer: Bool
        let action: String
        let typed: String
        let upheldChecked: Bool
        let rejectedChecked: Bool
    }

    struct File: Sendable {
        let href: String
        let name: String
        let size: String
        let hash: String
    }

    /// What was typed in an answer that was refused.
    struct Typed: Sendable {
        let objection: ID<Objection>
        let upheld: Bool?
        let text: String
        let refusals: [Refusal]
    }

    /// An objection with the dossier it is about and what the objector wrote.
    struct Entry: Sendable {
        let objection: ObjectionRecord
        let statement: ObjectionStated
        let evidence: EvidenceAttached?
        let dossier: DossierRecord
    }

    init(_ notice: PublicNotice, _ entries: [Entry], typed: Typed?, _ ask: Ask) {
        let words = ask.words
        let relations = DossierSight.officialRelations(of: ask.viewer)
        let record = notice.record
        let state = NoticeWords.state(closed: record.closedAt, ends: record.endsAt, ask.now)
        number = notice.callNumber
        title = notice.callTitle
        noticeHref = "/notices/\(record.id)"
        self.state = words["notice.state.\(state.word)"]
        stateKind = state.kind
        period = words.filled(
            "notice.period", ["from": record.openedAt.day.text, "to": record.endsAt.day.text])
        let officer = ask.viewer.holds(.programmeOfficer)
        isOfficer = officer
        objections = entries.map { entry in
            let dossier = Seen(entry.dossier, as: relations)
            let stated = Seen(entry.statement, as: relations)
            let seen = Seen(entry.objection, as: relations)
            let upheld = seen[DecisionSight.objectionOutcome]
            let mine = typed.flatMap { $0.objection == entry.objection.id ? $0 : nil }
            let objector = stated[DecisionSight.objector]
            let office = "/notices/\(record.id)/office/\(entry.objection.id)"
            let evidence = entry.evidence.flatMap { Seen($0, as: relations)[DecisionSight.evidence] }
            return Item(
                id: entry.objection.id.rawValue, caseHref: "/cases/\(entry.dossier.id)",
                number: dossier[DossierSight.number] ?? "", caseTitle: dossier[DossierSight.title] ?? "",
                filedAt: entry.objection.filedAt.text, due: ask.due(entry.objection.dueAt),
                dueISO: entry.objection.dueAt.iso, now: ask.now.iso,
                isLate: entry.objection.answeredAt == nil && entry.objection.dueAt < ask.now,
                objector: objector ?? "", contact: stated[DecisionSight.contact] ?? "",
                knowsObjector: objector != nil, text: stated[DecisionSight.objectionText] ?? "",
                files: (evidence ?? []).map {
                    File(
                        href: "\(office)/evidence/\($0.hash)", name: $0.name, size: FileSize.text($0.size),
                        hash: $0.hash)
                }, hasFiles: evidence?.isEmpty == false, filesErased: evidence?.isEmpty == true,
                answered: entry.objection.answeredAt != nil,
                answeredAt: entry.objection.answeredAt?.text ?? "",
                outcome: upheld.map { words[$0 ? "notice.upheld" : "notice.rejected"] } ?? "",
                outcomeKind: upheld == true ? "bad" : "neutral",
                answer: seen[DecisionSight.objectionAnswer] ?? "",
                mayAnswer: officer && entry.objection.answeredAt == nil,
                action: office, typed: mine?.text ?? "",
                upheldChecked: mine?.upheld == true, rejectedChecked: mine?.upheld == false)
        }
        isEmpty = entries.isEmpty
        closeAction = "/notices/\(record.id)/close"
        isClosed = record.closedAt != nil
        closedAt = record.closedAt?.text ?? ""
        let open = entries.filter { $0.objection.answeredAt == nil }.count
        mayClose = officer && record.closedAt == nil && ask.now > record.endsAt && open == 0
        if ask.now <= record.endsAt {
            whyNotClose = words.filled("refusal.notice.running", ["ends": record.endsAt.text])
        } else {
            whyNotClose = words.filled("refusal.notice.objections", ["count": "\(open)"])
        }
        errors =
            typed?.refusals.map {
                ErrorLine(
                    href: "#answer-\(typed?.objection.rawValue ?? "")", text: words.sentence($0))
            } ?? []
        hasErrors = !errors.isEmpty
    }
}
