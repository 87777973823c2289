import Lifecycle

/// One field of a form that is data, with what stands in it and what is wrong with it, as `draft/field` places it.
struct FormControl: Sendable {
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
    let isTime: Bool
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

    struct Option: Sendable {
        let code: String
        let label: String
        let selected: Bool
    }

    struct Group: Sendable {
        let label: String
        let options: [Option]
    }

    /// - Parameters:
    ///   - value: as it stands in the control: money in yuan.
    ///   - error: what is wrong with it, in words; nil for nothing.
    ///   - groups: the register's disciplines, for a field that asks for one.
    init(
        _ field: ApplicationForm.Field, value: String, error: String?, groups: [Group] = [],
        disabled: Bool = false, _ ask: Ask
    ) {
        options =
            switch field.kind {
            case .choice:
                field.options.map {
                    Option(code: $0.id, label: $0.label.text(in: ask.language), selected: $0.id == value)
                }
            case .flag:
                ["true", "false"].map {
                    Option(code: $0, label: ask.words["draft.flag.\($0)"], selected: $0 == value)
                }
            case .line, .prose, .count, .money, .day, .time, .discipline, .keywords: []
            }
        let few = options.count <= 5
        let counts = field.kind == .prose || field.kind == .line
        let parts = [field.hint.map { _ in "\(field.id)-hint" }, error.map { _ in "\(field.id)-error" }]
        id = field.id
        label = field.label.text(in: ask.language)
        hint = field.hint?.text(in: ask.language) ?? ""
        hasHint = field.hint != nil
        optional = !field.required
        self.value = value
        self.error = error ?? ""
        isInvalid = error != nil
        describedBy = parts.compactMap(\.self).joined(separator: " ")
        isDescribed = !describedBy.isEmpty
        isLine = field.kind == .line || field.kind == .keywords
        isProse = field.kind == .prose
        isNumber = field.kind == .count
        isMoney = field.kind == .money
        isDay = field.kind == .day
        isTime = field.kind == .time
        isRadio = (field.kind == .choice && few) || field.kind == .flag
        isSelect = field.kind == .choice && !few
        isDiscipline = field.kind == .discipline
        least = counts ? field.least.map(String.init) ?? "0" : ""
        hasLeast = counts && field.most != nil
        most = counts ? field.most.map(String.init) ?? "" : ""
        self.groups = groups
        self.disabled = disabled
    }
}
