import Lifecycle
import Store

/// `/cases/{id}/decision`.
struct DecisionPage: Sendable {
    let head: CaseFrame
    let isDecided: Bool
    let outcome: String
    let outcomeKind: String
    let amount: String
    let amountYuan: String
    let hasAmount: Bool
    let decidedAt: String
    let decidedBy: String
    let place: String
    let hasPlace: Bool
    let mean: String
    let hasMean: Bool
    let reason: String
    let hasReason: Bool
    /// How it was chosen otherwise than by the ranking.
    let route: String?
    let pending: String
    let isPending: Bool
    let roundHref: String
    let seesRound: Bool
    let noticeText: String
    let noticeHref: String
    let hasNotice: Bool
    let objections: [Objected]
    let hasObjections: Bool
    let grounds: String
    let withheldAt: String
    let isWithheld: Bool
    let mayWithhold: Bool
    let withholdAction: String
    let typedGrounds: String
    let errors: [String]
    let hasErrors: Bool
    let clause: String

    struct Objected: Sendable {
        let filedAt: String
        let due: String
        let outcome: String
        let outcomeKind: String
        let answer: String
        let hasAnswer: Bool
    }

    /// What the page reads.
    struct Picture: Sendable {
        let opened: OpenCase
        let decision: DecisionRecord?
        let notice: NoticeRecord?
        let objections: [ObjectionRecord]
        /// The line of a proposal not yet signed; officials only.
        let proposed: Selection.Line?
        /// That it was not put on notice, and why.
        let withheld: WithheldRecord?
    }

    /// - Parameter typed: grounds that were refused, with the refusals.
    init(_ picture: Picture, typed: (grounds: String, refusals: [Refusal])? = nil, _ ask: Ask) {
        let words = ask.words
        let opened = picture.opened
        let relations = opened.seen.relations
        head = opened.head(tab: "decision", ask)
        clause = opened.programme.clauses.first?.rawValue ?? ""
        seesRound = !relations.isDisjoint(with: DecisionSight.officials)
        roundHref = "/rounds/\(opened.call.id)"
        let seen = picture.decision.map { Seen($0, as: relations) }
        isDecided = seen?[DecisionSight.funded] != nil
        let worded = picture.decision.map(DecisionWords.outcome) ?? (word: "waiting", kind: "neutral")
        outcome = words["decision.outcome.\(worded.word)"]
        outcomeKind = worded.kind
        let funded = seen?[DecisionSight.funded] ?? false
        hasAmount = funded && opened.programme.givesMoney
        amount = funded ? seen?[DecisionSight.amount]?.wanText ?? "" : ""
        amountYuan = funded ? seen?[DecisionSight.amount]?.yuanText ?? "" : ""
        decidedAt = picture.decision?.at.text ?? ""
        decidedBy = words["role.commission-leader"]
        hasPlace = seen?[DecisionSight.decidedPlace] != nil
        place = seen?[DecisionSight.decidedPlace].map(String.init) ?? ""
        hasMean = seen?[DecisionSight.ownMean] != nil
        mean = seen?[DecisionSight.ownMean].map(DecisionWords.mean) ?? ""
        reason = seen?[DecisionSight.reason] ?? ""
        hasReason = !reason.isEmpty
        route = seen?[DecisionSight.route].flatMap { $0 }.map { _ in words["champion.chosen"] }
        isPending = picture.proposed != nil
        pending =
            picture.proposed.map {
                words.filled(
                    !$0.funded
                        ? "decision.proposedNot"
                        : opened.programme.givesMoney
                            ? "decision.proposedFunded" : "decision.proposedChosen",
                    ["place": "\($0.place)", "amount": $0.amount.wanText])
                    + ($0.route == nil ? "" : words["champion.alsoChosen"])
            } ?? ""
        hasNotice = picture.notice != nil
        noticeHref = picture.notice.map { "/notices/\($0.id)" } ?? ""
        noticeText =
            picture.notice.map {
                words.filled(
                    "notice.period", ["from": $0.openedAt.day.text, "to": $0.endsAt.day.text])
            } ?? ""
        objections = picture.objections.map { objection in
            let about = Seen(objection, as: relations)
            let upheld = about[DecisionSight.objectionOutcome]
            let answer = about[DecisionSight.objectionAnswer]
            return Objected(
                filedAt: objection.filedAt.text, due: ask.due(objection.dueAt),
                outcome: words[
                    upheld.map { $0 ? "notice.upheld" : "notice.rejected" } ?? "notice.unanswered"],
                outcomeKind: upheld == true ? "bad" : upheld == nil ? "warn" : "neutral",
                answer: answer ?? "", hasAnswer: answer != nil)
        }
        hasObjections = !objections.isEmpty
        let withheld = picture.withheld.map { Seen($0, as: relations) }
        grounds = withheld?[DecisionSight.grounds] ?? ""
        withheldAt = picture.withheld?.at.text ?? ""
        isWithheld = withheld?[DecisionSight.grounds] != nil
        mayWithhold =
            relations.contains(.programmeOfficer) && picture.notice == nil
            && opened.standing.open.contains { $0.step.kind == .publicise && $0.step.mayWithhold == true }
        withholdAction = "/cases/\(opened.record.id)/decision/withhold"
        typedGrounds = typed?.grounds ?? ""
        errors = (typed?.refusals ?? []).map(words.sentence)
        hasErrors = !errors.isEmpty
    }
}

extension DecisionPage {
    static let relations: Set<Relation> = DecisionSight.officials.union([
        .owner, .teamMember, .researchOffice,
    ])

    static func add(to routes: Routes) {
        routes.get("/cases/{id}/decision") { ask in
            let id = ask.id("id", Application.self)
            let picture = try await ask.read { store in
                let opened = try OpenCase.find(
                    id, for: ask.viewer, as: relations, ask.house, store)
                return try Picture.read(opened, store)
            }
            return try await ask.page("round/decision", DecisionPage(picture, ask))
        }
        routes.post("/cases/{id}/decision/withhold") { ask in try await withhold(ask) }
    }

    private static func withhold(_ ask: Ask) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let person = try ask.signedIn()
        let grounds = ask.form.text("grounds")
        do {
            try await ask.change { change in
                _ = try OpenCase.find(id, for: ask.viewer, as: [.programmeOfficer], ask.house, change.store)
                try NoticeActs.withhold(id, grounds: grounds, by: person, change, ask.house)
            }
        } catch let refused as Refused {
            let picture = try await ask.read { store in
                try Picture.read(
                    OpenCase.find(id, for: ask.viewer, as: relations, ask.house, store), store)
            }
            return try await ask.page(
                "round/decision", DecisionPage(picture, typed: (grounds, refused.refusals), ask), status: 422)
        }
        return .see("/cases/\(id)/decision?done=notice-withheld")
    }
}

extension DecisionPage.Picture {
    static func read(_ opened: OpenCase, _ store: Transaction) throws -> Self {
        let id = opened.record.id
        var proposed: Selection.Line?
        if !opened.seen.relations.isDisjoint(with: DecisionSight.officials),
            let pending = try DecisionActs.pending(opened.call.id, store)
        {
            proposed = try DecisionActs.selection(fact: pending.fact, store)?
                .lines.first { $0.application == id }
        }
        let notice = try store.row(
            """
            SELECT notice.id, notice.call, notice.opened_at, notice.ends_at, notice.closed_at
            FROM notice_application JOIN notice ON notice.id = notice_application.notice
            WHERE notice_application.application = \(id) ORDER BY notice.opened_at DESC
            """, as: NoticeRecord.self)
        return Self(
            opened: opened, decision: try Rounds.decision(id, store), notice: notice,
            objections: try Notices.objections(to: id, store), proposed: proposed,
            withheld: try store.row(
                "SELECT at, grounds FROM withheld_notice WHERE application = \(id)", as: WithheldRecord.self))
    }
}
