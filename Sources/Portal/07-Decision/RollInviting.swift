import Lifecycle

/// The form by which an officer enters who stands in a roll without a dossier, or mends it.
struct RollInviting: Sendable {
    let title: String
    let action: String
    let withdrawAction: String
    let problems: [Problem]
    let hasProblems: Bool
    let name: String
    let organisation: String
    let work: String
    let agreement: String
    let replaces: String
    /// Where the form is as empty as at first; nil where nothing is mended.
    let cancelHref: String?
    let controls: [FormControl]
    private let page: String

    struct Problem: Sendable {
        let href: String
        let text: String
    }

    init(
        _ form: StatementForm, _ roll: StatementRoll, in call: Call, _ programme: Programme,
        _ said: RollActs.Said?, refusals: [Refusal], _ ask: Ask
    ) {
        let words = ask.words
        page = "/calls/\(call.id)/rolls/\(form.id)"
        action = "\(page)/invited"
        withdrawAction = "\(page)/invited/withdraw"
        replaces = said?.replaces ?? ""
        cancelHref = replaces.isEmpty ? nil : page
        title = words.filled(
            replaces.isEmpty ? "roll.inviteTitle" : "roll.correctTitle",
            ["who": roll.invites?.text(in: ask.language) ?? ""])
        name = said?.name ?? ""
        organisation = said?.organisation ?? ""
        work = said?.title ?? ""
        agreement = said?.agreed ?? ""
        problems = refusals.map { refusal in
            Problem(href: "#\(Self.input(refusal))", text: words.sentence(refusal))
        }
        hasProblems = !problems.isEmpty
        let read = ApplicationForm(sections: []).reading(said?.answers ?? [:], section: form.section)
        controls =
            SectionFields(
                form.section, values: read.answers,
                problems: refusals.compactMap { refusal in
                    guard let id = refusal.values["field"], refusal.code.hasPrefix("answer."),
                        let field = form.fields.first(where: { $0.id == id })
                    else { return nil }
                    return AnswerProblem(
                        section: form.id, field: id, label: field.label,
                        code: String(refusal.code.dropFirst("answer.".count)), values: refusal.values)
                },
                programme: programme, disciplines: DisciplineList([]), disabled: false, ask
            ).fields
    }

    func correctHref(_ fact: Int64) -> String { "\(page)?corrects=\(fact)#invited" }

    /// The input that mends a refusal.
    private static func input(_ refusal: Refusal) -> String {
        switch refusal.code {
        case "roll.organisation": "invited-organisation"
        case "roll.title": "invited-title"
        case "roll.agreed": "invited-agreed"
        default: refusal.values["field"] ?? "invited-name"
        }
    }
}
