import Lifecycle
import Store

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
    /// One for each item of a checklist that the viewer may look at now.
    let criteria: [CriterionForm]
    let hasCriteria: Bool
    let criteriaAction: String
    /// Whether there is anything to fill in.
    let hasForms: Bool
    let needs: String?
    let ground: GroundWords
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

    /// What the items of a checklist are looked at with.
    struct Checklist: Sendable {
        let found: [String: CriterionFinding]
        let files: [CriterionFile]
        /// What was refused.
        let said: CriterionActs.Said?

        /// Nil where the step has none, or nothing more is said of it by this viewer.
        init?(
            _ step: String, _ open: OpenCase, _ said: CriterionActs.Said?, _ viewer: Viewer,
            _ store: Transaction
        ) throws {
            guard let (_, state) = try? CriterionActs.turn(step, open, viewer),
                (try? StatementActs.requireFree(state.step, open, viewer, store)) != nil
            else { return nil }
            found = try CriterionFinding.latest(at: step, of: open.record.id, store)
            let mayRead = !ProposalSight.attachments.seenBy.isDisjoint(with: open.seen.relations)
            files = mayRead ? try CriterionFile.all(of: open.record.id, store) : []
            self.said = said
        }
    }

    init(
        _ open: OpenCase, _ step: Step, _ form: StatementForm, typed: StatementActs.Written?,
        checklist: Checklist? = nil, refusals: [Refusal], isShut: Bool = false, _ ask: Ask
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
            let field = refusal.values["field"].flatMap { id in form.fields.first { $0.id == id } }
            return field.map { refusal.naming("label", $0.label) } ?? refusal
        }
        problems = refusals.map { refusal in
            if let criterion = refusal.values["criterion"] {
                let part =
                    switch refusal.code {
                    case "criterion.no-state": "state"
                    case "criterion.no-file": "file"
                    default: "words"
                    }
                return Problem(href: "#\(part)-\(criterion)", text: words.sentence(named(refusal)))
            }
            let isItem = form.criteria.contains { $0.id == refusal.values["field"] }
            let place =
                (isItem ? refusal.values["field"].map { "state-\($0)" } : refusal.values["field"])
                ?? (refusal.code == "statement.not-signed" ? "signed" : "reason")
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
        // Whoever says what is found reads what was found before.
        criteria =
            checklist.map { checklist in
                let own = CriterionSight.relations(to: form, as: open.seen.relations).union(
                    open.seen.relations.intersection(CriterionSight.state.seenBy))
                return ChecklistWords(form, checklist.found, of: open.record.id, as: own, words).lines.map {
                    CriterionForm($0, checklist.files, typed: checklist.said)
                }
            } ?? []
        hasCriteria = !criteria.isEmpty
        hasForms = !isShut || hasCriteria
        criteriaAction = "\(action)/criteria"
        let state = open.standing.steps.first { $0.step.id == step.id }
        let made = Set(state?.contributions.compactMap(\.person) ?? []).count
        needs =
            step.needs > 1
            ? words.filled("statement.needs", ["n": "\(step.needs)", "made": "\(made)"]) : nil
        ground = GroundWords(form.standing, form.verified, form.cites ?? step.cites, words)
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
    /// Also where the viewer may see nothing of this page, but there is another.
    let pager: Pager?

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

    init(
        _ page: Paged<WaitingStatement>, _ waiting: [(row: WaitingStatement, open: OpenCase)], _ ask: Ask
    ) {
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
        pager =
            hasRows || page.next != nil || !page.isFirst
            ? Pager(
                page, ListAddress("/statements"),
                count: ask.words.filled("table.shown", ["count": "\(rows.count)"]), ask.words) : nil
    }
}
