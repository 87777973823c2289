import Lifecycle

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
    let fields: [FormControl]
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

    init(_ form: ProblemForm, typed: ProblemTyped?, refusals: [Refusal], _ ask: Ask) {
        let words = ask.words
        fields = form.fields.map { field in
            FormControl(
                field, value: typed?.values[field.id] ?? "",
                error: refusals.first { $0.values["field"] == field.id }.map(words.sentence), ask)
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
