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
        /// How the person's registered disciplines lie to the application's; nil where no rule asks, or not for this viewer.
        let field: String?
        let release: String?
    }

    /// What a rule holds registered disciplines against.
    struct Held: Sendable {
        let level: DisciplineLevel
        /// Of the application.
        let discipline: String

        /// Nil where no rule of the day asks for the role's field.
        init?(_ role: Role, _ discipline: String, in call: Call, _ programme: Programme) {
            let levels = programme.rules.compactMap { rule -> DisciplineLevel? in
                guard case .sameField(role, _, let level)? = rule.version(on: call.rulesDay)?.demand else {
                    return nil
                }
                return level
            }
            guard let level = levels.first else { return nil }
            self.level = level
            self.discipline = discipline
        }

        func key(of disciplines: [String]) -> String {
            if disciplines.isEmpty { return "party.field.unknown" }
            let own = level.part(of: discipline)
            return disciplines.contains { level.part(of: $0) == own }
                ? "party.field.same" : "party.field.other"
        }
    }

    init(
        _ rule: PartyRule, _ records: [InvitedParty], as relations: Set<Relation>, action: String?,
        against held: Held? = nil, _ words: Words.Catalogue
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
                field: state == .accepted
                    ? held.flatMap { held in
                        seen[PartySight.disciplines].map {
                            words.filled(held.key(of: $0), ["codes": $0.joined(separator: "、")])
                        }
                    } : nil,
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
