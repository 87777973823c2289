import Lifecycle

/// A question of the form with what was typed and what is wrong with it; the shape that `draft/field` places.
struct ProblemField: Sendable {
    let id: String
    let label: String
    let hint: String
    let hasHint: Bool
    let optional: Bool
    let value: String
    let error: String
    let isInvalid: Bool
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

    /// None: no list of the register stands in this form.
    struct Group: Sendable {
        let label: String
        let options: [Option]
    }

    init(_ field: ApplicationForm.Field, typed: String, refusal: Refusal?, _ ask: Ask) {
        let words = ask.words
        id = field.id
        label = field.label.text(in: ask.language)
        hint = field.hint?.text(in: ask.language) ?? ""
        hasHint = field.hint != nil
        optional = !field.required
        value = typed
        error = refusal.map(words.sentence) ?? ""
        isInvalid = refusal != nil
        let parts = [field.hint.map { _ in "\(field.id)-hint" }, refusal.map { _ in "\(field.id)-error" }]
        describedBy = parts.compactMap(\.self).joined(separator: " ")
        isDescribed = !describedBy.isEmpty
        isLine = field.kind == .line || field.kind == .keywords
        isProse = field.kind == .prose
        isNumber = field.kind == .count
        isMoney = field.kind == .money
        isDay = field.kind == .day
        isRadio = field.kind == .flag
        isSelect = false
        isDiscipline = false
        let counts = field.kind == .line || field.kind == .prose
        least = counts ? field.least.map(String.init) ?? "0" : ""
        hasLeast = counts && field.most != nil
        most = counts ? field.most.map(String.init) ?? "" : ""
        options =
            field.kind == .flag
            ? ["true", "false"].map {
                Option(code: $0, label: words[$0 == "true" ? "call.yes" : "call.no"], selected: $0 == typed)
            } : []
        groups = []
        disabled = false
    }
}

/// What was typed into the form of problems.
struct ProblemTyped: Sendable {
    let values: [String: String]
    let name: String
    let contact: String

    init(_ form: FormFields, _ fields: [ApplicationForm.Field]) {
        var values: [String: String] = [:]
        for field in fields {
            let text = form[field.id] ?? ""
            values[field.id] = field.kind == .line ? text.replacing("\n", with: " ") : text
        }
        self.values = values
        name = form.text("contact-name")
        contact = form.text("contact")
    }

    /// Canonical answers; what cannot be read is said by the act that checks them.
    func answers(_ form: ProblemForm) -> [String: String] {
        ApplicationForm(sections: [form.section]).reading(values, section: form.section).answers
    }
}

/// `/problems/new`.
struct ProblemFormPage: Sendable {
    let fields: [ProblemField]
    let isCitizen: Bool
    let name: String
    let contact: String
    let badName: Bool
    let nameError: String
    let badContact: Bool
    let contactError: String
    let errors: [ErrorLine]
    let hasErrors: Bool
    let signInHref: String

    struct ErrorLine: Sendable {
        let href: String
        let text: String
    }

    init(_ form: ProblemForm, typed: ProblemTyped?, refusals: [Refusal], _ ask: Ask) {
        let words = ask.words
        fields = form.fields.map { field in
            ProblemField(
                field, typed: typed?.values[field.id] ?? "",
                refusal: refusals.first { $0.values["field"] == field.id }, ask)
        }
        isCitizen = ask.viewer.person == nil
        name = typed?.name ?? ""
        contact = typed?.contact ?? ""
        func error(_ code: String) -> String? { refusals.first { $0.code == code }.map(words.sentence) }
        nameError = error("problem.name") ?? ""
        badName = !nameError.isEmpty
        contactError = error("problem.contact") ?? ""
        badContact = !contactError.isEmpty
        errors = refusals.map { refusal in
            let anchor =
                switch refusal.code {
                case "problem.name": "contact-name"
                case "problem.contact": "contact"
                default: refusal.values["field"] ?? "main"
                }
            return ErrorLine(href: "#\(anchor)", text: words.sentence(refusal))
        }
        hasErrors = !errors.isEmpty
        signInHref = "/sign-in?next=%2Fproblems%2Fnew"
    }
}
