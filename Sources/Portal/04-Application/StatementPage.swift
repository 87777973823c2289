import Lifecycle

/// `/cases/{id}/statements/{step}`: the form, or why it is not the viewer's turn.
struct StatementPage: Sendable {
    let head: CaseFrame
    let label: String
    let step: String
    let hint: String
    let hasHint: Bool
    let action: String
    let back: String
    let proposal: String
    let fields: SectionFields
    let problems: [Problem]
    let hasProblems: Bool
    let isShut: Bool
    let isOpen: Bool
    let outcomes: [Outcome]
    /// Whoever fills it also decides.
    let decides: Bool
    let reason: String
    let isPledge: Bool
    let isChecklist: Bool
    let needs: String?
    let source: CitationLine
    let standingKind: String
    let standing: String
    let isUnverified: Bool
    let readers: String

    struct Problem: Sendable {
        let href: String
        let text: String
    }

    struct Outcome: Sendable {
        let value: String
        let label: String
        let checked: Bool
    }

    init(
        _ open: OpenCase, _ step: Step, _ form: StatementForm, typed: StatementActs.Written?,
        refusals: [Refusal], isShut: Bool = false, _ ask: Ask
    ) {
        let words = ask.words
        let language = ask.language
        head = open.head(tab: "statements", ask)
        label = form.label.text(in: language)
        self.step = step.label.text(in: language)
        hint = form.hint?.text(in: language) ?? ""
        hasHint = form.hint != nil
        back = "/cases/\(open.record.id)/statements"
        proposal = "/cases/\(open.record.id)/proposal"
        action = "\(back)/\(step.id)"
        self.isShut = isShut
        isOpen = !isShut
        func named(_ refusal: Refusal) -> Refusal {
            guard let id = refusal.values["field"], let field = form.fields.first(where: { $0.id == id })
            else {
                return refusal
            }
            let values = refusal.values.merging(["label": field.label.text(in: language)]) { _, new in new }
            return Refusal(refusal.code, values, citation: refusal.citation)
        }
        problems = refusals.map { refusal in
            let place =
                refusal.values["field"] ?? (refusal.code == "statement.not-signed" ? "signed" : "reason")
            return Problem(href: "#\(place)", text: words.sentence(named(refusal)))
        }
        hasProblems = !problems.isEmpty
        let canonical = ApplicationForm(sections: []).reading(typed?.answers ?? [:], section: form.section)
        fields = SectionFields(
            form.section, values: canonical.answers,
            problems: refusals.compactMap { refusal in
                guard let id = refusal.values["field"], refusal.code.hasPrefix("answer."),
                    let field = form.fields.first(where: { $0.id == id })
                else { return nil }
                return AnswerProblem(
                    section: form.id, field: id, label: field.label, code: String(refusal.code.dropFirst(7)),
                    values: refusal.values)
            },
            programme: open.programme, disciplines: DisciplineList([]), disabled: false, ask)
        decides = form.outcomes.count > 1
        outcomes = form.outcomes.map {
            Outcome(
                value: $0.rawValue, label: words["statement.outcome.\($0.rawValue)"],
                checked: (typed?.outcome ?? .done) == $0)
        }
        reason = typed?.reason ?? ""
        isPledge = form.nature == .pledge
        isChecklist = form.nature == .checklist
        let state = open.standing.steps.first { $0.step.id == step.id }
        let made = Set(state?.contributions.compactMap(\.person) ?? []).count
        needs =
            step.needs > 1
            ? words.filled("statement.needs", ["n": "\(step.needs)", "made": "\(made)"]) : nil
        source = CitationLine(form.cites ?? step.cites, words)
        standingKind = form.standing.rawValue
        standing = words["rule.standing.\(form.standing.rawValue)"]
        isUnverified = !form.verified
        readers = StatementReaders.text(form, words)
    }
}

/// Who will read a statement, in words, for whoever writes it.
enum StatementReaders {
    static func text(_ form: StatementForm, _ words: Words.Catalogue) -> String {
        let named = form.seenBy.map { words["statement.reader.\($0.rawValue)"] }
        let all = named.joined(separator: words.language == .zh ? "、" : ", ")
        return named.isEmpty
            ? words["statement.readByNobody"] : words.filled("statement.readBy", ["who": all])
    }
}

/// `/statements`: what waits for the viewer to write.
struct StatementListPage: Sendable {
    let rows: [Row]
    let hasRows: Bool

    struct Row: Sendable {
        let number: String
        let title: String
        let applicant: String
        let university: String
        let label: String
        let call: String
        let due: String
        let href: String
    }

    init(_ waiting: [(row: WaitingStatement, open: OpenCase)], _ ask: Ask) {
        rows = waiting.compactMap { row, open in
            guard let state = open.standing.open.first(where: { $0.step.id == row.step }),
                let turn = StatementTurn(state, open, ask.viewer)
            else { return nil }
            return Row(
                number: open.seen[DossierSight.number] ?? "", title: open.seen[DossierSight.title] ?? "",
                applicant: open.seen[DossierSight.ownerName] ?? "",
                university: open.seen[DossierSight.universityName] ?? "",
                label: turn.step.label.text(in: ask.language), call: open.call.title,
                due: ask.due(row.dueAt), href: turn.href)
        }
        hasRows = !rows.isEmpty
    }
}
