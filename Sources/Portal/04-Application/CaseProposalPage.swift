import Lifecycle

/// `/cases/{id}/proposal`: what was submitted, by section, ready to print.
struct CaseProposalPage: Sendable {
    let head: CaseFrame
    let received: String?
    let applicant: String
    let applicantTitle: String?
    let university: String
    let isErased: Bool
    let sections: [Section]
    let members: [Member]
    let hasMembers: Bool
    let files: [File]
    let hasFiles: Bool
    let exclusions: [Exclusion]
    let hasExclusions: Bool
    let continues: [ContinuationLine]
    let hasContinues: Bool

    struct Section: Sendable {
        let id: String
        let label: String
        let fields: [Field]
    }

    struct Field: Sendable {
        let label: String
        /// Nil where the section's heading says it already.
        let heading: String?
        let isProse: Bool
        let isEmpty: Bool
        let value: String
        let paragraphs: [String]
    }

    struct Member: Sendable {
        let name: String
        let organisation: String
        let task: String
    }

    struct File: Sendable {
        let href: String
        let name: String
        let size: String
        let hash: String
    }

    struct Exclusion: Sendable {
        let name: String
        let reason: String
    }

    /// - Parameter application: nil where its payload was erased.
    init(
        _ open: OpenCase, _ application: Application?, _ asked: [Lifecycle.Exclusion],
        _ continues: [ContinuationLine], _ ask: Ask
    ) {
        let words = ask.words
        let seen = application.map { Seen($0, as: open.seen.relations) }
        head = open.head(tab: "proposal", ask)
        received = open.seen[DossierSight.submittedAt].map {
            words.filled("case.received", ["time": $0.text, "n": "\(open.record.version)"])
        }
        applicant = open.seen[DossierSight.ownerName] ?? ""
        applicantTitle = seen?[ProposalSight.applicantTitle]
        university = open.seen[DossierSight.universityName] ?? ""
        isErased = application == nil
        let answers = seen?[ProposalSight.answers]
        sections =
            answers.map { answers in
                open.form.sections.map { section in
                    Section(
                        id: section.id, label: section.label.text(in: ask.language),
                        fields: section.fields.map {
                            Field($0, answers[$0.id] ?? "", alone: section.fields.count == 1, ask)
                        })
                }
            } ?? []
        members = (seen?[ProposalSight.members] ?? []).map {
            Member(name: $0.name, organisation: $0.organisationName, task: $0.task)
        }
        hasMembers = !members.isEmpty
        files = (seen?[ProposalSight.attachments] ?? []).map {
            File(
                href: "/attachments/\(open.record.id)/\($0.hash)", name: $0.name,
                size: FileSize.text($0.size),
                hash: $0.hash)
        }
        hasFiles = !files.isEmpty
        exclusions = (Seen(asked, as: open.seen.relations)[ProposalSight.exclusions] ?? []).map {
            Exclusion(name: $0.name, reason: $0.reason)
        }
        hasExclusions = !exclusions.isEmpty
        self.continues = continues
        hasContinues = !continues.isEmpty
    }
}

extension CaseProposalPage.Field {
    /// - Parameter alone: the only field of its section, whose heading names it already.
    init(_ field: ApplicationForm.Field, _ answer: String, alone: Bool, _ ask: Ask) {
        let words = ask.words
        label = field.label.text(in: ask.language)
        heading = alone ? nil : label
        isEmpty = answer.isEmpty
        isProse = field.kind == .prose
        paragraphs = answer.split(separator: "\n").map { String($0).trimmed }.filter { !$0.isEmpty }
        switch field.kind {
        case .line, .prose, .count, .day, .time, .keywords: value = answer
        case .money:
            value =
                Int64(answer).map(Money.init(fen:)).map {
                    words.filled("case.money", ["wan": $0.wanText, "yuan": $0.yuanText])
                } ?? answer
        case .choice:
            value = field.options.first { $0.id == answer }?.label.text(in: ask.language) ?? answer
        case .discipline: value = "\(answer) \(ask.house.disciplineNames[answer] ?? "")".trimmed
        case .flag: value = words[answer == "true" ? "call.yes" : "call.no"]
        }
    }
}
