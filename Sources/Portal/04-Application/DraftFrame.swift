import Lifecycle

/// The head of every page of a draft: what it is, that it is not submitted, until when, and its parts.
struct DraftFrame: Sendable {
    let id: String
    let title: String
    let call: String
    let callHref: String
    let badge: String
    let badgeKind: String
    let isEditable: Bool
    let isDraft: Bool
    let isSubmitted: Bool
    let deadline: String
    let deadlineISO: String
    let now: String
    let isOver: Bool
    let maySubmit: Bool
    let sections: [SectionLink]
    let extras: [SectionLink]

    struct SectionLink: Sendable {
        let href: String
        let label: String
        let current: Bool
        let state: String
        let stateKind: String
    }

    /// What a page of the draft is: a section's id, or one of `team`, `attachments`, `continues`, `exclusions`,
    /// `submit`.
    init(_ open: OpenDraft, at place: String, _ ask: Ask) {
        let words = ask.words
        let base = "/drafts/\(open.draft.id)"
        id = open.draft.id.rawValue
        title = open.title.isEmpty ? words["draft.untitled"] : open.title
        call = open.call.title
        callHref = "/calls/\(open.call.id)"
        switch open.stage {
        case .writing:
            badge = words["draft.badge.writing"]
            badgeKind = "warn"
        case .mending:
            badge = words["draft.badge.mending"]
            badgeKind = "warn"
        case .submitted:
            badge = words["draft.badge.submitted"]
            badgeKind = "good"
        case .ended:
            badge = words["draft.badge.ended"]
            badgeKind = "muted"
        }
        isEditable = open.stage.isEditable
        isDraft = isEditable
        isSubmitted = !isEditable
        deadline = ask.due(open.deadline)
        deadlineISO = open.deadline.iso
        now = ask.now.iso
        isOver = isEditable && ask.now > open.deadline
        maySubmit = isEditable && !isOver
        sections = open.form.sections.map { section in
            let state = SectionState(open, section, ask)
            return SectionLink(
                href: "\(base)/sections/\(section.id)\(state.query)",
                label: section.label.text(in: ask.language),
                current: place == section.id, state: state.short, stateKind: state.kind)
        }
        let parties = open.parties.count { $0.state.counts }
        extras = [
            ("team", "\(open.members.count + open.asked.count)"),
            ("parties", open.asksParties ? "\(parties)" : nil),
            ("attachments", "\(open.attachments.count)"),
            ("continues", "\(open.continues.count)"), ("exclusions", "\(open.exclusions.count)"),
            ("submit", ""),
        ].compactMap { (part: String, count: String?) in
            guard let count else { return nil }
            return SectionLink(
                href: "\(base)/\(part)", label: words["draft.part.\(part)"], current: place == part,
                state: count == "0" ? "" : count, stateKind: "neutral")
        }
    }
}

/// 未填, 填写中 or 已完成.
struct SectionState: Sendable {
    let word: String
    /// For the narrow list beside a form.
    let short: String
    let kind: String
    /// Problems are shown at once where the section was begun.
    let query: String
    let problems: Int

    init(_ open: OpenDraft, _ section: ApplicationForm.Section, _ ask: Ask) {
        let values = open.sections[section.id]?.values ?? [:]
        problems = open.problems(in: section.id, ask.house.disciplines).count
        if problems == 0 {
            word = ask.words["draft.state.done"]
            short = word
            kind = "good"
            query = ""
        } else if values.values.allSatisfy(\.isEmpty) {
            word = ask.words["draft.state.empty"]
            short = word
            kind = "muted"
            query = ""
        } else {
            word = ask.words.filled("draft.state.begun", ["count": "\(problems)"])
            short = ask.words.filled("draft.state.short", ["count": "\(problems)"])
            kind = "warn"
            query = "?check=1"
        }
    }
}
