import Lifecycle

/// One section's controls, with what stands in them and what is wrong with it.
struct SectionFields: Sendable {
    let fields: [Control]

    struct Control: Sendable {
        let id: String
        let label: String
        let hint: String
        let hasHint: Bool
        let optional: Bool
        let value: String
        let error: String
        let isInvalid: Bool
        /// Ids of hint and error, for `aria-describedby`.
        let describedBy: String
        let isDescribed: Bool
        let isLine: Bool
        let isProse: Bool
        let isNumber: Bool
        let isMoney: Bool
        let isDay: Bool
        let isRadio: Bool
        let isSelect: Bool
        let isDiscipline: Bool
        /// For the counter of a text; empty where there is no bound.
        let least: String
        let hasLeast: Bool
        let most: String
        let options: [Option]
        let groups: [Group]
        let disabled: Bool
    }

    struct Option: Sendable {
        let code: String
        let label: String
        let selected: Bool
    }

    struct Group: Sendable {
        let label: String
        let options: [Option]
    }

    init(
        _ section: ApplicationForm.Section, values: [String: String], problems: [AnswerProblem],
        programme: Programme, disciplines: DisciplineList, disabled: Bool, _ ask: Ask
    ) {
        fields = section.fields.map { field in
            Self.control(
                field, stored: values[field.id] ?? "", problem: problems.first { $0.field == field.id },
                nature: programme.nature, disciplines: disciplines, disabled: disabled, ask)
        }
    }

    private static func control(
        _ field: ApplicationForm.Field, stored: String, problem: AnswerProblem?, nature: Programme.Nature,
        disciplines: DisciplineList, disabled: Bool, _ ask: Ask
    ) -> Control {
        let error = problem.map { ask.words.filled("answer.\($0.code)", $0.values) } ?? ""
        var options: [Option] = []
        switch field.kind {
        case .choice:
            options = field.options.map {
                Option(code: $0.id, label: $0.label.text(in: ask.language), selected: $0.id == stored)
            }
        case .flag:
            options = ["true", "false"].map {
                Option(code: $0, label: ask.words["draft.flag.\($0)"], selected: $0 == stored)
            }
        case .line, .prose, .count, .money, .day, .discipline, .keywords: break
        }
        let parts = [field.hint.map { _ in "\(field.id)-hint" }, problem.map { _ in "\(field.id)-error" }]
        let described = parts.compactMap(\.self).joined(separator: " ")
        let few = options.count <= 5
        let counts = field.kind == .prose || field.kind == .line
        return Control(
            id: field.id, label: field.label.text(in: ask.language),
            hint: field.hint?.text(in: ask.language) ?? "", hasHint: field.hint != nil,
            optional: !field.required, value: field.shown(stored), error: error, isInvalid: problem != nil,
            describedBy: described, isDescribed: !described.isEmpty,
            isLine: field.kind == .line || field.kind == .keywords, isProse: field.kind == .prose,
            isNumber: field.kind == .count, isMoney: field.kind == .money, isDay: field.kind == .day,
            isRadio: (field.kind == .choice && few) || field.kind == .flag,
            isSelect: field.kind == .choice && !few, isDiscipline: field.kind == .discipline,
            least: counts ? field.least.map(String.init) ?? "0" : "", hasLeast: counts && field.most != nil,
            most: counts ? field.most.map(String.init) ?? "" : "", options: options,
            groups: field.kind == .discipline ? disciplines.groups(first: nature, chosen: stored) : [],
            disabled: disabled)
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
        case .line, .prose, .keywords, .count, .day: return stored
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
    func groups(first nature: Programme.Nature, chosen: String) -> [SectionFields.Group] {
        let own: (Family) -> Bool = { ($0.category == "E") == (nature == .humanities) }
        return (families.filter(own) + families.filter { !own($0) }).map { family in
            SectionFields.Group(
                label: family.label,
                options: family.members.map {
                    SectionFields.Option(
                        code: $0.code, label: "\($0.code) \($0.name)", selected: $0.code == chosen)
                })
        }
    }
}
