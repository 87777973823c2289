import Lifecycle

/// A checklist with the state of each item, from the first day on: what nobody looked at yet stands there as such.
struct ChecklistWords: Sendable {
    let title: String
    let summary: String
    let summaryKind: String
    let hint: String?
    let lines: [Line]
    /// Where the viewer may say what they found; nil for who may not.
    let href: String?

    struct Line: Sendable {
        let id: String
        let label: String
        let state: String
        let stateKind: String
        let finding: Finding?
    }

    /// Who said so, when and why.
    struct Finding: Sendable {
        let who: String
        let at: String
        let evidence: String?
        let file: String?
        let fileHref: String?
        let factHref: String
        let fact: String
    }

    /// - Parameter relations: the viewer's to the findings.
    init(
        _ form: StatementForm, _ found: [String: CriterionFinding], of application: ID<Application>,
        as relations: Set<Relation>, href: String? = nil, _ words: Words.Catalogue
    ) {
        title = form.label.text(in: words.language)
        hint = form.hint?.text(in: words.language)
        self.href = href
        var counts: [CriterionFound.State: Int] = [:]
        lines = form.criteria.map { field in
            let record = found[field.id]
            let seen = record.map { Seen($0, as: relations) }
            let state = seen.flatMap { $0[CriterionSight.state] }
            if let state { counts[state, default: 0] += 1 }
            return Line(
                id: field.id, label: field.label.text(in: words.language), state: Self.text(state, words),
                stateKind: Self.kind(state),
                finding: record.flatMap { record in
                    state == nil ? nil : Finding(record, of: application, as: relations, words)
                })
        }
        let (met, missing) = (counts[.met] ?? 0, counts[.missing] ?? 0)
        let open = lines.count - met - missing
        summary = words.filled(
            "criterion.summary", ["met": "\(met)", "missing": "\(missing)", "open": "\(open)"])
        summaryKind = missing > 0 ? "warn" : open > 0 ? "info" : "good"
    }

    private static func text(_ state: CriterionFound.State?, _ words: Words.Catalogue) -> String {
        switch state {
        case .met: words["criterion.state.met"]
        case .missing: words["criterion.state.missing"]
        case nil: words["criterion.state.open"]
        }
    }

    private static func kind(_ state: CriterionFound.State?) -> String {
        switch state {
        case .met: "good"
        case .missing: "bad"
        case nil: "muted"
        }
    }
}

extension ChecklistWords.Finding {
    init(
        _ record: CriterionFinding, of application: ID<Application>, as relations: Set<Relation>,
        _ words: Words.Catalogue
    ) {
        let seen = Seen(record, as: relations)
        let role = record.role.map { words["role.\($0.rawValue)"] } ?? "—"
        let name = CriterionSight.names(record, as: relations) ? seen[CriterionSight.author] ?? nil : nil
        who = name.map { "\($0) · \(role)" } ?? role
        at = record.at.text
        evidence = seen[CriterionSight.words] ?? nil
        let mayRead = !CriterionSight.file.seenBy.isDisjoint(with: relations)
        let fileName = seen[CriterionSight.file] ?? nil
        file = record.attachment == nil || !mayRead ? nil : fileName ?? words["criterion.fileGone"]
        fileHref = fileName.flatMap { _ in record.attachment.map { "/attachments/\(application)/\($0)" } }
        factHref = "/journal/facts/\(record.fact)"
        fact = words.filled("case.factNumber", ["n": "\(record.fact)"])
    }
}

/// The checklists of a procedure that a viewer reads.
extension ChecklistWords {
    /// - Parameter relations: the viewer's to the dossier.
    static func all(
        of programme: Programme, _ findings: [CriterionFinding], of application: ID<Application>,
        as relations: Set<Relation>, _ words: Words.Catalogue, href: (Step) -> String? = { _ in nil }
    ) -> [ChecklistWords] {
        programme.procedure.steps.compactMap { step in
            guard let form = programme.statement(of: step), !form.criteria.isEmpty else { return nil }
            let own = CriterionSight.relations(to: form, as: relations)
            guard !own.isEmpty else { return nil }
            return ChecklistWords(
                form, CriterionFinding.latest(at: step.id, among: findings), of: application, as: own,
                href: href(step), words)
        }
    }
}

/// What the page of one item's author asks: state, words and a file.
struct CriterionForm: Sendable {
    let line: ChecklistWords.Line
    let id: String
    let label: String
    let isMet: Bool
    let isMissing: Bool
    let words: String
    let files: [File]
    let hasFiles: Bool

    struct File: Sendable {
        let hash: String
        let name: String
        let selected: Bool
    }

    init(_ line: ChecklistWords.Line, _ files: [CriterionFile], typed: CriterionActs.Said?) {
        let own = typed?.criterion == line.id ? typed : nil
        self.line = line
        id = line.id
        label = line.label
        isMet = own?.state == .met
        isMissing = own?.state == .missing
        words = own?.words ?? ""
        self.files = files.map { File(hash: $0.hash, name: $0.name, selected: $0.hash == own?.attachment) }
        hasFiles = !files.isEmpty
    }
}
