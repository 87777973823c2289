import Lifecycle
import Store

/// The table of a draft's parts: what is done, what is missing, until when.
struct DraftWorkspacePage: Sendable {
    let head: DraftFrame
    let rows: [Row]
    let eligibility: EligibilityPanel
    /// How the own university stands.
    let unit: UnitOutlookWords?
    let checklists: [ChecklistWords]
    let liveHref: String
    let isReturned: Bool
    let returnReason: String
    let returnAt: String
    let returnSections: [SectionLink]
    let hasReturnSections: Bool
    let caseHref: String
    let mayWithdraw: Bool
    let submitHref: String
    let withdrawHref: String
    let withdrawReason: String
    let hasWithdrawProblem: Bool
    let withdrawProblem: String

    struct Row: Sendable {
        let href: String
        let label: String
        let hint: String
        let state: String
        let stateKind: String
        let saved: String
        let verb: String
    }

    struct SectionLink: Sendable {
        let href: String
        let label: String
    }

    /// - Parameters:
    ///   - unit: how the applicant's university stands in the call.
    ///   - withdrawing: what was typed as reason of a withdrawal that was refused.
    init(
        _ open: OpenDraft, in unit: UnitOutlook?, _ ask: Ask, withdrawing: String = "", problem: String? = nil
    ) {
        let words = ask.words
        let base = "/drafts/\(open.draft.id)"
        head = DraftFrame(open, at: "", ask)
        var rows = open.form.sections.map { section in
            let state = SectionState(open, section, ask)
            return Row(
                href: "\(base)/sections/\(section.id)\(state.query)",
                label: section.label.text(in: ask.language),
                hint: section.hint?.text(in: ask.language) ?? "", state: state.word, stateKind: state.kind,
                saved: open.sections[section.id]?.savedAt.text ?? "—",
                verb: words[
                    !open.stage.isEditable
                        ? "draft.verb.look" : state.problems == 0 ? "draft.verb.change" : "draft.verb.fill"])
        }
        rows += Self.extraRows(open, base, words)
        self.rows = rows
        eligibility = EligibilityPanel(open, ask)
        self.unit = UnitOutlookWords(
            unit.map { Seen($0, as: [.owner]) }, of: open.programme, at: "/calls/\(open.call.id)#quota", words
        )
        checklists = ChecklistWords.all(
            of: open.programme, open.findings, of: open.draft.id, as: [.owner], words)
        liveHref = "\(base)/verdicts"
        var reason = ""
        var at = ""
        var named: [SectionLink] = []
        if case .mending(let back) = open.stage {
            reason = back.reason
            at = back.at.text
            named = back.sections.compactMap { open.form.section($0) }.map {
                SectionLink(href: "\(base)/sections/\($0.id)?check=1", label: $0.label.text(in: ask.language))
            }
            isReturned = true
        } else {
            isReturned = false
        }
        returnReason = reason
        returnAt = at
        returnSections = named
        hasReturnSections = !named.isEmpty
        caseHref = "/cases/\(open.draft.id)"
        switch open.stage {
        case .submitted(let may): mayWithdraw = may
        case .mending: mayWithdraw = true
        case .writing, .ended: mayWithdraw = false
        }
        submitHref = "\(base)/submit"
        withdrawHref = "\(base)/withdraw"
        withdrawReason = withdrawing
        hasWithdrawProblem = problem != nil
        withdrawProblem = problem ?? ""
    }

    private static func extraRows(_ open: OpenDraft, _ base: String, _ words: Words.Catalogue) -> [Row] {
        let team: (String, String) =
            if !open.asked.isEmpty {
                (words.filled("draft.state.waiting", ["count": "\(open.asked.count)"]), "warn")
            } else if open.members.isEmpty {
                (words["draft.state.none"], "muted")
            } else {
                (words.filled("draft.state.people", ["count": "\(open.members.count)"]), "good")
            }
        let verb = words[open.stage.isEditable ? "draft.verb.open" : "draft.verb.look"]
        func row(_ part: String, _ state: (String, String)) -> Row {
            Row(
                href: "\(base)/\(part)", label: words["draft.part.\(part)"],
                hint: words["draft.hint.\(part)"],
                state: state.0, stateKind: state.1, saved: "—", verb: verb)
        }
        let files =
            open.attachments.isEmpty
            ? words["draft.state.none"]
            : words.filled("draft.state.files", ["count": "\(open.attachments.count)"])
        let excluded =
            open.exclusions.isEmpty
            ? words["draft.state.none"]
            : words.filled("draft.state.people", ["count": "\(open.exclusions.count)"])
        let continued =
            open.continues.isEmpty
            ? words["draft.state.none"]
            : words.filled("draft.state.continued", ["count": "\(open.continues.count)"])
        let parties = open.asksParties ? [row("parties", partyState(open, words))] : []
        return [row("team", team)] + parties + [
            row("attachments", (files, open.attachments.isEmpty ? "muted" : "good")),
            row("continues", (continued, open.continues.isEmpty ? "muted" : "good")),
            row("exclusions", (excluded, open.exclusions.isEmpty ? "muted" : "good")),
        ]
    }

    /// How many accepted, and whether that is enough.
    private static func partyState(_ open: OpenDraft, _ words: Words.Catalogue) -> (String, String) {
        let accepted = open.parties.filter { $0.state == .accepted }
        let isEnough = (open.programme.parties ?? []).filter { $0.invitedBy == .applicant }.allSatisfy {
            rule in
            accepted.count { $0.role == rule.role } >= rule.least
        }
        return (
            words.filled("party.acceptedCount", ["count": "\(accepted.count)"]), isEnough ? "good" : "warn"
        )
    }
}
