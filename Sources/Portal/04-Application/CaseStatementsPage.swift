import Lifecycle

/// `/cases/{id}/statements`: who was asked in, what waits to be written, and what was written.
struct CaseStatementsPage: Sendable {
    let head: CaseFrame
    let groups: [PartyGroup]
    let hasGroups: Bool
    let steps: [StepLine]
    let checklists: [ChecklistWords]
    let statements: [Line]
    let hasStatements: Bool
    /// Whether the words of somebody else show.
    let showsWords: Bool

    struct StepLine: Sendable {
        let label: String
        let by: String
        let state: String
        let stateKind: String
        let due: String
        let hasDue: Bool
        let href: String?
        let statement: String
        /// What the voices came to; nil where nothing was counted.
        let tally: String?
    }

    struct Line: Sendable {
        let title: String
        let step: String
        let who: String
        let at: String
        let outcome: String
        let outcomeKind: String
        let reason: String?
        let fields: [CaseProposalPage.Field]
        let isHidden: Bool
        let isErased: Bool
        /// Made before the dossier was sent back past its step.
        let isPast: Bool
        let factHref: String
        let fact: String
    }

    init(
        _ open: OpenCase, _ records: [StatementRecord], _ parties: [InvitedParty], counts: [StatementCount],
        findings: [CriterionFinding], _ ask: Ask
    ) {
        let words = ask.words
        let relations = open.seen.relations
        head = open.head(tab: "statements", ask)
        let insiders: Set<Relation> = [
            .owner, .teamMember, .researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor,
        ]
        let mayKnow = !relations.isDisjoint(with: insiders)
        groups =
            mayKnow
            ? (open.programme.parties ?? []).map { rule in
                PartyGroup(
                    rule, parties.filter { $0.role == rule.role }, as: relations,
                    action: rule.invitedBy == .programmeOfficer && relations.contains(.programmeOfficer)
                        && open.awaits(rule.role) ? "/cases/\(open.record.id)/parties" : nil,
                    against: PartyGroup.Held(
                        rule.role, open.seen[DossierSight.discipline] ?? "", in: open.call, open.programme),
                    words)
            } : []
        hasGroups = !groups.isEmpty
        steps = open.standing.steps.filter { $0.step.statement != nil }.compactMap { state in
            let turn = StatementTurn(state, open, ask.viewer)
            guard mayKnow || turn != nil else { return nil }
            return StepLine(
                state, turn, open.programme, mayKnow ? counts.last { $0.step == state.step.id } : nil, ask)
        }
        checklists = ChecklistWords.all(
            of: open.programme, findings, of: open.record.id, as: relations, words
        ) { step in
            (try? CriterionActs.turn(step.id, open, ask.viewer)) == nil
                ? nil : "/cases/\(open.record.id)/statements/\(step.id)"
        }
        let seen = records.filter {
            StatementSight.knows($0, as: relations) || $0.person == ask.viewer.person
                || !StatementSight.relations(
                    to: $0, open.programme.statement($0.form), as: relations, ask.viewer
                ).isEmpty
        }
        statements = seen.map { Line($0, open, ask) }
        hasStatements = !statements.isEmpty
        showsWords = zip(seen, statements).contains { record, line in
            !line.isHidden && record.person != ask.viewer.person
        }
    }
}

extension CaseStatementsPage.StepLine {
    init(
        _ state: Standing.StepState, _ turn: StatementTurn?, _ programme: Programme, _ count: StatementCount?,
        _ ask: Ask
    ) {
        let words = ask.words
        let step = state.step
        label = step.label.text(in: words.language)
        by = words["procedure.by.\(step.by.rawValue)"]
        statement = programme.statement(of: step)?.label.text(in: words.language) ?? ""
        href = turn?.href
        tally = count.map { Self.tally($0, programme.statement(of: step), words) }
        let made = Set(state.contributions.compactMap(\.person)).count
        var due: Instant?
        switch state.state {
        case .waiting: (self.state, stateKind) = (words["procedure.state.todo"], "muted")
        case .open(_, let until):
            due = until
            stateKind = "info"
            self.state =
                step.needs > 1
                ? words.filled("statement.needs", ["n": "\(step.needs)", "made": "\(made)"])
                : words["procedure.state.current"]
        case .done: (self.state, stateKind) = (words["procedure.state.done"], "good")
        case .refused: (self.state, stateKind) = (words["procedure.state.closed"], "bad")
        case .skipped: (self.state, stateKind) = (words["procedure.state.closed"], "muted")
        }
        hasDue = due != nil
        self.due = ask.due(due, none: "")
    }
}

extension CaseStatementsPage.StepLine {
    /// Each option with its voices, in the order of the form, and what it takes.
    private static func tally(
        _ count: StatementCount, _ form: StatementForm?, _ words: Words.Catalogue
    ) -> String {
        let field = form?.fields.first { $0.id == form?.tally?.field }
        let voices = Drafts.counts(count.voices)
        let told = (field?.options ?? []).map {
            "\($0.label.text(in: words.language)) \(voices[$0.id] ?? 0)"
        }.joined(separator: " · ")
        return words.filled(
            count.carried ? "statement.carried" : "statement.notCarried",
            ["voices": told, "least": "\(count.least)"])
    }
}

extension CaseStatementsPage.Line {
    init(_ record: StatementRecord, _ open: OpenCase, _ ask: Ask) {
        let words = ask.words
        // What was written of a candidate on whom too few voted moved nothing, and so names no step.
        let state = open.standing.steps.first {
            record.step.isEmpty ? $0.step.statement == record.form : $0.step.id == record.step
        }
        let form = open.programme.statement(record.form)
        let stepForm = state.flatMap { open.programme.statement(of: $0.step) }
        let relations = StatementSight.relations(
            to: record, form ?? stepForm, as: open.seen.relations, ask.viewer)
        let seen = Seen(record, as: relations)
        title = (form ?? stepForm)?.label.text(in: ask.language) ?? ""
        step = state?.step.label.text(in: ask.language) ?? record.step
        let role = record.role.map { words["role.\($0.rawValue)"] } ?? "—"
        // That somebody acted is known to whoever reads the timeline; who, as the timeline has it, or whoever reads it.
        let mayName =
            StatementSight.names(record, as: open.seen.relations, ask.viewer)
            && (seen[StatementSight.author] != nil
                || FactSight.names(actorIn: record.role, as: open.seen.relations))
        who = mayName ? record.name.map { "\($0) · \(role)" } ?? role : role
        at = record.at.text
        outcome = words["statement.outcome.\(record.outcome.rawValue)"]
        switch record.outcome {
        case .done: outcomeKind = "good"
        case .returned: outcomeKind = "warn"
        case .refused: outcomeKind = "bad"
        }
        reason = seen[StatementSight.reason]
        let answers = seen[StatementSight.answers].map(Drafts.decode)
        isErased = record.form.isEmpty
        isHidden = answers == nil && !isErased
        fields =
            isErased
            ? []
            : answers.map { answers in
                (form?.fields ?? []).map {
                    CaseProposalPage.Field($0, answers[$0.id] ?? "", alone: false, ask)
                }
            } ?? []
        let isOver =
            switch state?.state {
            case .done, .open: true
            case .refused, .waiting, .skipped, .none: false
            }
        isPast =
            record.outcome == .done && isOver
            ? !(state?.contributions.contains { $0.at == record.at && $0.person == record.person } ?? false)
            : record.outcome == .done && state?.state == .waiting
        factHref = "/journal/facts/\(record.fact)"
        fact = words.filled("case.factNumber", ["n": "\(record.fact)"])
    }
}
