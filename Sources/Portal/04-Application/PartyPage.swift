import Lifecycle

/// Whom one rule asks in, how many and under what ground, with the invitations that are out.
struct PartyGroup: Sendable {
    let role: String
    let rule: PartyRuleWords
    let lines: [Line]
    let hasLines: Bool
    /// Where the viewer invites; nil for who does not.
    let action: String?
    let mayAsk: Bool

    struct Line: Sendable {
        let id: String
        let who: String
        let organisation: String
        let state: String
        let stateKind: String
        let release: String?
    }

    init(
        _ rule: PartyRule, _ records: [InvitedParty], as relations: Set<Relation>, action: String?,
        _ words: Words.Catalogue
    ) {
        role = rule.role.rawValue
        self.rule = PartyRuleWords(rule, words)
        lines = records.filter { $0.state != .released }.map { record in
            let seen = Seen(record, as: relations)
            let state = seen[PartySight.state] ?? .invited
            return Line(
                id: "\(record.invitation)",
                who: seen[PartySight.name] ?? seen[PartySight.email] ?? words["party.unnamed"],
                organisation: seen[PartySight.organisation] ?? "—",
                state: words["party.state.\(state.rawValue)"],
                stateKind: ["invited": "warn", "accepted": "good"][state.rawValue] ?? "muted",
                release: action != nil && state == .invited ? "\(action ?? "")/release" : nil)
        }
        hasLines = !lines.isEmpty
        self.action = action
        mayAsk = action != nil && records.count { $0.state.counts } < rule.most
    }
}

/// `/drafts/{id}/parties`: whom the applicant asks in.
struct DraftPartiesPage: Sendable {
    let head: DraftFrame
    let groups: [PartyGroup]
    let errors: [String]
    let hasErrors: Bool
    let email: String

    init(_ open: OpenDraft, _ records: [InvitedParty], errors: [String], _ ask: Ask) {
        head = DraftFrame(open, at: "parties", ask)
        let action = open.stage.isEditable ? "/drafts/\(open.draft.id)/parties" : nil
        groups = (open.programme.parties ?? []).filter { $0.invitedBy == .applicant }.map { rule in
            PartyGroup(
                rule, records.filter { $0.role == rule.role }, as: [.owner], action: action, ask.words)
        }
        self.errors = errors
        hasErrors = !errors.isEmpty
        email = errors.isEmpty ? "" : ask.form.text("email")
    }
}

/// `/parties/{invitation}`: what somebody is asked, and what agreeing means.
struct PartyPage: Sendable {
    let title: String
    let applicant: String
    let call: String
    let closes: String
    let role: String
    let heading: String
    let rule: PartyRuleWords
    let isAsked: Bool
    let state: String
    let stateKind: String
    let accept: String
    let decline: String
    let mayDecline: Bool
    let mayStepBack: Bool
    /// Where to read and write, once the dossier is in.
    let caseHref: String?
    let errors: [String]
    let hasErrors: Bool

    init(_ asked: AskedParty, errors: [String], _ ask: Ask) {
        let words = ask.words
        let relation = Relation(rawValue: asked.record.role.rawValue)
        let seen = Seen(asked, as: Set([relation].compactMap(\.self)))
        let known = seen[PartySight.title] ?? ""
        title = known.isEmpty ? words["draft.untitled"] : known
        applicant = seen[PartySight.applicant] ?? ""
        call = seen[PartySight.call] ?? ""
        closes = ask.due(asked.closes)
        role = words["role.\(asked.record.role.rawValue)"]
        heading = words.filled("party.asked", ["role": "\(role)"])
        rule = PartyRuleWords(asked.rule, words)
        isAsked = asked.record.state == .invited
        state = words["party.mine.\(asked.record.state.rawValue)"]
        stateKind = asked.record.state == .accepted ? "good" : "info"
        accept = "/parties/\(asked.record.invitation)/accept"
        decline = "/parties/\(asked.record.invitation)/decline"
        mayStepBack = asked.record.state == .accepted && !asked.isSubmitted
        mayDecline = isAsked || mayStepBack
        caseHref =
            asked.record.state == .accepted && asked.isSubmitted
            ? "/cases/\(asked.record.application)/statements" : nil
        self.errors = errors
        hasErrors = !errors.isEmpty
    }
}
