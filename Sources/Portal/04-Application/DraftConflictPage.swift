import Lifecycle
import Store

/// Two versions of a section, side by side, with a choice for each field that differs. Nothing was
/// overwritten, nothing typed is lost.
struct DraftConflictPage: Sendable {
    let head: DraftFrame
    let label: String
    let action: String
    let version: Int
    let theirsAt: String
    let differing: [Differing]
    let same: [Same]

    struct Differing: Sendable {
        let id: String
        let label: String
        /// As typed, to be sent again.
        let typed: String
        let mine: String
        let mineIsEmpty: Bool
        let theirs: String
        let theirsIsEmpty: Bool
    }

    struct Same: Sendable {
        let id: String
        let typed: String
    }

    /// - Parameters:
    ///   - typed: what the reader sent, as typed; `mine` the same as it would be stored.
    ///   - current: what is stored now.
    init(
        _ open: OpenDraft, _ section: ApplicationForm.Section, typed: [String: String],
        mine: [String: String], current: DraftSection, _ ask: Ask
    ) {
        head = DraftFrame(open, at: section.id, ask)
        label = section.label.text(in: ask.language)
        action = "/drafts/\(open.draft.id)/sections/\(section.id)"
        version = current.version
        theirsAt = current.savedAt.text
        let stored = current.values
        let names = ask.house.disciplineNames
        var differing: [Differing] = []
        var same: [Same] = []
        for field in section.fields {
            let (left, right) = (mine[field.id, default: ""], stored[field.id, default: ""])
            if left == right {
                same.append(Same(id: field.id, typed: typed[field.id, default: ""]))
            } else {
                differing.append(
                    Differing(
                        id: field.id, label: field.label.text(in: ask.language),
                        typed: typed[field.id, default: ""], mine: field.read(left, names, ask.words),
                        mineIsEmpty: left.isEmpty, theirs: field.read(right, names, ask.words),
                        theirsIsEmpty: right.isEmpty))
            }
        }
        self.differing = differing
        self.same = same
    }
}
