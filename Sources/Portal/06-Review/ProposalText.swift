package import Lifecycle

/// A proposal as submitted, in words, for whoever reads it beside a form.
package struct ProposalText: Sendable {
    package let sections: [Section]
    package let members: [Member]
    package let hasMembers: Bool
    package let files: [File]
    package let hasFiles: Bool

    package struct Section: Sendable {
        package let label: String
        package let fields: [Field]
    }

    package struct Field: Sendable {
        package let label: String
        /// False where the section says the same word.
        package let hasLabel: Bool
        package let paragraphs: [String]
    }

    package struct Member: Sendable {
        package let name: String
        package let organisation: String
        package let task: String
    }

    package struct File: Sendable {
        package let name: String
        package let href: String
        package let size: String
    }

    package init(
        _ application: Application, form: ApplicationForm, disciplines: [String: String],
        words: Words.Catalogue
    ) {
        let language = words.language
        sections = form.sections.map { section in
            Section(
                label: section.label.text(in: language),
                fields: section.fields.compactMap { field in
                    guard let answer = application.answers[field.id], !answer.isEmpty else { return nil }
                    return Field(
                        label: field.label.text(in: language), hasLabel: field.label != section.label,
                        paragraphs: Self.readable(answer, field, disciplines, words)
                            .split(separator: "\n").map(String.init))
                })
        }.filter { !$0.fields.isEmpty }
        members = application.members.map {
            Member(name: $0.name, organisation: $0.organisationName, task: $0.task)
        }
        hasMembers = !members.isEmpty
        files = application.attachments.map {
            File(
                name: $0.name, href: "/attachments/\(application.id)/\($0.hash)",
                size: "\(max(1, $0.size / 1024)) KB")
        }
        hasFiles = !files.isEmpty
    }

    private static func readable(
        _ answer: String, _ field: ApplicationForm.Field, _ disciplines: [String: String],
        _ words: Words.Catalogue
    ) -> String {
        switch field.kind {
        case .line, .prose, .count, .day, .time, .keywords: answer
        case .money:
            Int64(answer).map { words.filled("review.yuan", ["amount": Money(fen: $0).yuanText]) } ?? answer
        case .choice:
            field.options.first { $0.id == answer }?.label.text(in: words.language) ?? answer
        case .discipline: "\(disciplines[answer] ?? "")（\(answer)）"
        case .flag: words[answer == "true" ? "review.flagYes" : "review.flagNo"]
        }
    }
}
