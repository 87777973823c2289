import Lifecycle

/// The form in which anybody objects, and what came of it.
struct ObjectionPage: Sendable {
    let noticeHref: String
    let action: String
    let number: String
    let title: String
    let applicant: String
    let university: String
    let ends: String
    let endsISO: String
    let now: String
    let name: String
    let contact: String
    let text: String
    let least: Int
    let nameError: String
    let contactError: String
    let textError: String
    let badName: Bool
    let badContact: Bool
    let badText: Bool
    let errors: [ErrorLine]
    let hasErrors: Bool
    let dueDays: String
    let evidenceHint: String
    let evidenceErrors: [String]
    let badEvidence: Bool
    /// Files were chosen, and no browser offers them again.
    let evidenceAgain: Bool
    let maxBytes: Int

    /// What was sent in and refused.
    struct Typed: Sendable {
        let statement: ObjectionStated
        let hadFiles: Bool
        let refusals: [Refusal]
    }

    init(_ notice: NoticeRecord, _ line: NoticeLine, due: Instant, typed: Typed?, _ ask: Ask) {
        let words = ask.words
        let seen = Seen(line, as: [])
        noticeHref = "/notices/\(notice.id)"
        action = "/notices/\(notice.id)/objections/\(line.application)"
        number = seen[NoticeSight.number] ?? ""
        title = seen[NoticeSight.title] ?? ""
        applicant = seen[NoticeSight.applicant] ?? ""
        university = seen[NoticeSight.university] ?? ""
        ends = ask.due(notice.endsAt)
        endsISO = notice.endsAt.iso
        now = ask.now.iso
        name = typed?.statement.name ?? ""
        contact = typed?.statement.contact ?? ""
        text = typed?.statement.text ?? ""
        let refusals = typed?.refusals ?? []
        least = ObjectionStated.leastText
        func error(_ code: String) -> String? {
            refusals.first { $0.code == code || $0.code == "\(code)-long" }.map(words.sentence)
        }
        nameError = error("objection.name") ?? ""
        contactError = error("objection.contact") ?? ""
        textError = error("objection.text") ?? ""
        badName = !nameError.isEmpty
        badContact = !contactError.isEmpty
        badText = !textError.isEmpty
        let evidence = refusals.filter {
            $0.code.hasPrefix("attachment.") || $0.code.hasPrefix("objection.evidence")
        }
        evidenceErrors = evidence.map(words.sentence)
        badEvidence = !evidence.isEmpty
        evidenceAgain = typed?.hadFiles ?? false
        evidenceHint = words.filled(
            "notice.evidenceHint",
            [
                "most": "\(Evidence.most)", "each": FileSize.text(Evidence.largest),
                "together": FileSize.text(Evidence.largestTogether),
            ])
        maxBytes = Evidence.largest
        let anchors = [
            "objection.name": "#name", "objection.contact": "#contact", "objection.text": "#text",
        ]
        errors = refusals.map {
            ErrorLine(
                href: anchors[$0.code.replacing("-long", with: "")]
                    ?? (evidence.contains($0) ? "#evidence" : "#name"),
                text: words.sentence($0))
        }
        hasErrors = !errors.isEmpty
        dueDays = words.filled("notice.answeredBy", ["due": ask.dueDay(due)])
    }
}

/// What an objector keeps. Files go by their place: whoever has this page's address need not learn their names.
struct ObjectionReceiptPage: Sendable {
    let objection: String
    let filedAt: String
    let due: String
    let number: String
    let title: String
    let files: [File]
    let hasFiles: Bool
    let noticeHref: String

    struct File: Sendable {
        let label: String
        let hash: String
    }

    init(
        _ objection: ObjectionRecord, _ evidence: EvidenceAttached?, _ notice: NoticeRecord,
        _ line: NoticeLine,
        _ ask: Ask
    ) {
        let seen = Seen(line, as: [])
        self.objection = objection.id.rawValue
        filedAt = objection.filedAt.text
        due = ask.dueDay(objection.dueAt)
        number = seen[NoticeSight.number] ?? ""
        title = seen[NoticeSight.title] ?? ""
        files = (evidence?.attachments ?? []).enumerated().map { place, file in
            File(
                label: ask.words.filled(
                    "notice.receivedFile", ["n": "\(place + 1)", "size": FileSize.text(file.size)]),
                hash: file.hash)
        }
        hasFiles = !files.isEmpty
        noticeHref = "/notices/\(notice.id)"
    }
}
