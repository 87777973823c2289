import Lifecycle
import Store

/// The form of one section.
struct DraftSectionPage: Sendable {
    let head: DraftFrame
    let section: String
    let label: String
    let hint: String
    let hasHint: Bool
    let action: String
    let autosave: String
    let formID: String
    let version: Int
    let savedWords: String
    let fields: SectionFields
    let problems: [Problem]
    let hasProblems: Bool
    let problemsTitle: String
    let nextHref: String
    let nextLabel: String
    let liveHref: String
    let eligibility: EligibilityPanel
    let returnReason: String
    let isNamedInReturn: Bool

    struct Problem: Sendable {
        let href: String
        let text: String
    }

    init(
        _ open: OpenDraft, _ section: ApplicationForm.Section, _ disciplines: DisciplineList, _ ask: Ask
    ) {
        let words = ask.words
        let base = "/drafts/\(open.draft.id)"
        let saved = open.sections[section.id]
        head = DraftFrame(open, at: section.id, ask)
        self.section = section.id
        label = section.label.text(in: ask.language)
        hint = section.hint?.text(in: ask.language) ?? ""
        hasHint = section.hint != nil
        action = "\(base)/sections/\(section.id)"
        autosave = "\(base)/sections/\(section.id)/autosave"
        formID = "section-\(section.id)"
        version = saved?.version ?? 0
        savedWords =
            saved.map { words.filled("draft.saved-at", ["time": $0.savedAt.text]) } ?? words["draft.unsaved"]
        let found =
            open.stage.isEditable && ask.query["check"] != nil
            ? open.problems(in: section.id, ask.house.disciplines) : []
        fields = SectionFields(
            section, values: saved?.values ?? [:], problems: found, programme: open.programme,
            disciplines: disciplines, disabled: !open.stage.isEditable, ask)
        problems = found.map {
            Problem(
                href: "#\($0.field)",
                text: words.filled(
                    "draft.problem",
                    [
                        "label": $0.label.text(in: ask.language),
                        "problem": words.filled("answer.\($0.code)", $0.values),
                    ]))
        }
        hasProblems = !found.isEmpty
        problemsTitle = words.filled("draft.problems", ["count": "\(found.count)"])
        let sections = open.form.sections
        let next = sections.firstIndex { $0.id == section.id }.map { $0 + 1 }
        if let next, next < sections.count {
            nextHref = "\(base)/sections/\(sections[next].id)"
            nextLabel = sections[next].label.text(in: ask.language)
        } else {
            nextHref = base
            nextLabel = words["draft.overview"]
        }
        liveHref = "\(base)/verdicts"
        eligibility = EligibilityPanel(open, ask)
        if case .mending(let back) = open.stage, back.sections.isEmpty || back.sections.contains(section.id) {
            isNamedInReturn = true
            returnReason = back.reason
        } else {
            isNamedInReturn = false
            returnReason = ""
        }
    }
}
