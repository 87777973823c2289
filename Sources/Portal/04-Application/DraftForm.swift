import Lifecycle

/// One section's controls, with what stands in them and what is wrong with it.
struct SectionFields: Sendable {
    let fields: [FormControl]

    init(
        _ section: ApplicationForm.Section, values: [String: String], problems: [AnswerProblem],
        programme: Programme, disciplines: DisciplineList, disabled: Bool, _ ask: Ask
    ) {
        fields = section.fields.map { field in
            let stored = values[field.id] ?? ""
            let problem = problems.first { $0.field == field.id }
            return FormControl(
                field, value: field.shown(stored),
                error: problem.map { ask.words.filled("answer.\($0.code)", $0.values) },
                groups: field.kind == .discipline
                    ? disciplines.groups(first: programme.nature, chosen: stored) : [],
                disabled: disabled, ask)
        }
    }
}

extension ApplicationForm.Field {
    /// The stored answer as it stands in its control: money in yuan. What could not be read stands as typed.
    func shown(_ stored: String) -> String {
        guard kind == .money, let fen = Int64(stored) else { return stored }
        let cents = fen % 100
        return cents == 0 ? "\(fen / 100)" : "\(fen / 100).\(String(cents.magnitude + 100).dropFirst())"
    }

    /// The stored answer as a reader reads it.
    func read(_ stored: String, _ disciplineNames: [String: String], _ words: Words.Catalogue) -> String {
        if stored.isEmpty { return "" }
        switch kind {
        case .line, .prose, .keywords, .count, .day, .time: return stored
        case .money:
            guard let fen = Int64(stored) else { return stored }
            return "\(Money(fen: fen).yuanText) \(words["draft.yuan"])"
        case .choice: return options.first { $0.id == stored }?.label.text(in: words.language) ?? stored
        case .discipline: return disciplineNames[stored].map { "\(stored) \($0)" } ?? stored
        case .flag: return words.has("draft.flag.\(stored)") ? words["draft.flag.\(stored)"] : stored
        }
    }
}

/// Second-level disciplines under their first level, read once when the routes are made.
struct DisciplineList: Sendable {
    private struct Family: Sendable {
        let category: String
        let label: String
        let members: [(code: String, name: String)]
    }

    private let families: [Family]

    init(_ records: [DisciplineRecord]) {
        let members = Dictionary(grouping: records.filter { $0.level == 2 }) { $0.parent ?? "" }
        families = records.filter { $0.level == 1 }.map { first in
            Family(
                category: first.category, label: "\(first.code) \(first.name)",
                members: (members[first.code] ?? []).map { ($0.code, $0.name) })
        }
    }

    /// All of them: some first levels (psychology, management, statistics) belong to both natures, so none is
    /// kept from anybody; the programme's own come first.
    func groups(first nature: Programme.Nature, chosen: String) -> [FormControl.Group] {
        let own: (Family) -> Bool = { ($0.category == "E") == (nature == .humanities) }
        return (families.filter(own) + families.filter { !own($0) }).map { family in
            FormControl.Group(
                label: family.label,
                options: family.members.map {
                    FormControl.Option(
                        code: $0.code, label: "\($0.code) \($0.name)", selected: $0.code == chosen)
                })
        }
    }
}
