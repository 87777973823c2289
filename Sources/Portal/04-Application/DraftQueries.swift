import Crypto
import Foundation
import Lifecycle
import Store

/// How far a draft has come: what may still be done with it.
enum DraftStage: Sendable, Hashable {
    /// Never submitted.
    case writing
    /// Sent back by the university; to be submitted again.
    case mending(DraftReturn)
    case submitted(mayWithdraw: Bool)
    /// Withdrawn, refused or finished.
    case ended

    var isEditable: Bool {
        switch self {
        case .writing, .mending: true
        case .submitted, .ended: false
        }
    }
}

/// Why and where the research office wants a draft mended.
struct DraftReturn: Sendable, Hashable {
    let at: Instant
    let reason: String
    let sections: [String]
}

/// A draft opened for its owner, with everything its pages show.
struct OpenDraft: Sendable {
    let draft: Draft
    let call: Call
    let programme: Programme
    let stage: DraftStage
    let sections: [String: DraftSection]
    let members: [Drafts.MemberRow]
    let asked: [Drafts.AskedRow]
    /// Whom the dossier asks in by name.
    let parties: [InvitedParty]
    let attachments: [AttachmentReference]
    let exclusions: [Exclusion]
    let continues: [Continuation]
    let verdicts: [Verdict]
    /// What was found of the items of the procedure's checklists.
    let findings: [CriterionFinding]
    /// What the call lets; empty where it lets none.
    let topics: [TopicOffer]
    /// The last moment at which it can be submitted.
    let deadline: Instant

    var answers: [String: String] { Drafts.answers(sections) }

    /// The programme's form, with the choice of a topic that the call adds to it, what the chosen topic asks, and the
    /// section that unmet rules “in principle” add.
    var form: ApplicationForm {
        ApplicationForm(
            adding: verdicts, to: ApplicationForm(of: programme, choosing: topics, answers: answers))
    }

    /// Whether the applicant asks anybody in by name.
    var asksParties: Bool { programme.parties?.contains { $0.invitedBy == .applicant } == true }

    /// What was written in a section, by field.
    func values(of section: String) -> [String: String] { sections[section]?.values ?? [:] }

    var title: String { answers["title"] ?? "" }

    /// Stands for all that handing in would sign, and changes with any of it: SHA-256, hexadecimal.
    var content: String {
        var lines = sections.values.map { "section \($0.section) \($0.version)" }.sorted()
        lines += members.map { "member \($0.person) \($0.organisation) \($0.task)" }
        lines += attachments.map { "file \($0.hash) \($0.name)" }
        lines += exclusions.map { "exclusion \($0.person) \($0.reason)" }
        lines += continues.map { "continues \($0.reference)" }
        return Canonical.hex(SHA256.hash(data: Array(lines.joined(separator: "\n").utf8)))
    }

    /// Missing for everybody but the owner.
    static func find(_ id: ID<Application>, of person: ID<Person>?, _ house: House, _ store: Transaction)
        throws
        -> OpenDraft
    {
        let draft = try Drafts.find(id, of: person, store)
        let (call, programme) = try Calls.found(draft.call, house, store)
        let stage = try stage(of: draft, call, programme, house, store)
        return OpenDraft(
            draft: draft, call: call, programme: programme, stage: stage,
            sections: try Drafts.sections(id, store), members: try Drafts.members(id, store),
            asked: try Drafts.asked(id, store),
            parties: programme.parties == nil ? [] : try InvitedParty.all(of: id, store),
            attachments: try Drafts.attachments(id, store), exclusions: try Drafts.exclusions(id, store),
            continues: try Drafts.continuations(id, store),
            verdicts: try EligibilityFacts.verdicts(
                for: draft.owner, in: call, programme, besides: draft.id, house, store),
            findings: programme.checklists.isEmpty ? [] : try CriterionFinding.all(of: id, store),
            topics: try TopicQueries.offers(in: call, store),
            deadline: try deadline(stage, of: draft, call, store))
    }

    /// The problems of one section.
    func problems(in section: String, _ disciplines: Set<String>) -> [AnswerProblem] {
        guard let own = form.section(section) else { return [] }
        return ApplicationForm(sections: [own]).problems(
            in: values(of: section), disciplines: disciplines, settings: call.settings)
            + form.ceilingProblems(in: answers, topics: topics).filter { $0.section == section }
    }

    private static func stage(
        of draft: Draft, _ call: Call, _ programme: Programme, _ house: House, _ store: Transaction
    ) throws -> DraftStage {
        guard try store.value("SELECT 1 FROM application WHERE id = \(draft.id)", as: Int.self) != nil
        else { return .writing }
        let standing = try Dossiers.standing(of: draft.id, in: call, programme, house, store)
        guard let open = standing.open.first else { return .ended }
        switch open.step.kind {
        case .draft: return .mending(try returned(draft.id, store))
        case .endorse, .screen: return .submitted(mayWithdraw: true)
        case .statement:
            let decided = programme.procedure.step(of: .decide).map { standing.isDone($0.id) } ?? false
            return .submitted(mayWithdraw: !decided)
        case .review, .appraise, .meet, .decide, .publicise, .contract, .preparePayment, .approvePayment,
            .pay:
            return .submitted(mayWithdraw: false)
        }
    }

    private static func returned(_ id: ID<Application>, _ store: Transaction) throws -> DraftReturn {
        struct FactRow: Decodable, Sendable {
            let number: Int64
            let at: Instant
            let body: String?
        }
        // Sent back by the university, or by a step that looked at it later, which names no sections.
        let row = try store.row(
            """
            SELECT fact.number AS number, fact.at AS at,
              CASE WHEN fact.kind = 'application.returned' THEN payload.body ELSE NULL END AS body FROM fact
            LEFT JOIN payload ON payload.number = fact.number
            WHERE fact.subject_kind = 'application' AND fact.subject_id = \(id) AND fact.outcome = 'returned'
            ORDER BY fact.number DESC LIMIT 1
            """, as: FactRow.self)
        let body = try row?.body.map {
            try JSONDecoder().decode(ApplicationReturned.self, from: Data($0.utf8))
        }
        let reason = try row.flatMap { try Reason.of([$0.number], store)[$0.number] }
        return DraftReturn(
            at: row?.at ?? Instant(milliseconds: 0), reason: reason?.text ?? "",
            sections: body?.sections ?? [])
    }

    /// A returned application may come back until the university's own time is over.
    private static func deadline(_ stage: DraftStage, of draft: Draft, _ call: Call, _ store: Transaction)
        throws
        -> Instant
    {
        guard case .mending = stage else { return call.closes }
        return try store.value("SELECT due_at FROM application WHERE id = \(draft.id)", as: Instant.self)
            ?? call.closes
    }
}

extension Drafts {
    /// The draft if its owner may still change it. Asked inside the transaction that changes it.
    static func editable(_ id: ID<Application>, of person: ID<Person>?, _ store: Transaction) throws -> Draft
    {
        let draft = try find(id, of: person, store)
        let closed = try store.value(
            "SELECT 1 FROM application WHERE id = \(id) AND NOT (step_kind = 'draft' AND state = 'open')",
            as: Int.self)
        guard closed == nil else { throw Refused("draft.submitted") }
        return draft
    }
}
