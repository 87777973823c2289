package import Lifecycle
import Store

/// A viewer's turn at a step that waits for a statement.
struct StatementTurn: Sendable {
    let step: Step
    let href: String

    /// Nil where the step is not open, not the viewer's, or the viewer has done their part.
    init?(_ state: Standing.StepState, _ open: OpenCase, _ viewer: Viewer) {
        guard state.step.kind == .statement, case .open = state.state, let person = viewer.person,
            Self.isTheirs(state.step.by, open, viewer),
            !state.contributions.contains(where: { $0.person == person })
        else { return nil }
        step = state.step
        href = "/cases/\(open.record.id)/statements/\(state.step.id)"
    }

    /// Whether the viewer acts in the role on this dossier: by what they are to it, and for the university and finance
    /// by the role they hold there too.
    static func isTheirs(_ role: Role, _ open: OpenCase, _ viewer: Viewer) -> Bool {
        let relations = open.seen.relations
        return switch role {
        case .applicant: relations.contains(.owner)
        case .teamMember: relations.contains(.teamMember)
        case .researchOffice, .universityLeader: viewer.holds(role, in: open.record.university)
        case .programmeOfficer: relations.contains(.programmeOfficer)
        // Who signs for another funder reads as the leader does, and acts for the commission nowhere.
        case .commissionLeader: relations.contains(.commissionLeader) && viewer.holds(role)
        case .jointFunder: relations.contains(.commissionLeader) && viewer.holds(role)
        case .expert: relations.contains(.expert)
        case .recommender: relations.contains(.recommender)
        case .finalUser: relations.contains(.finalUser)
        case .partner: relations.contains(.partner)
        case .finance, .financeApprover: relations.contains(.finance) && viewer.holds(role)
        case .integrity: relations.contains(.integrity)
        case .auditor: relations.contains(.auditor)
        case .systemAdmin, .securityAdmin, .auditAdmin: false
        }
    }
}

/// Filling a statement.
package enum StatementActs {
    /// What was filled in.
    package struct Written: Sendable {
        package let answers: [String: String]
        package let outcome: StatementForm.Outcome
        package let reason: String
        package let isSigned: Bool

        package init(
            answers: [String: String], outcome: StatementForm.Outcome = .done, reason: String = "",
            isSigned: Bool = false
        ) {
            self.answers = answers
            self.outcome = outcome
            self.reason = reason
            self.isSigned = isSigned
        }
    }

    /// Takes a statement in: the step is open, it is this person's, nobody apart from whom they must be has acted, and
    /// the form is filled.
    @discardableResult
    package static func make(
        _ written: Written, at step: String, of application: ID<Application>, by viewer: Viewer,
        _ change: Change, _ house: House
    ) throws -> Fact {
        let store = change.store
        let open = try OpenCase.find(application, for: viewer, house, store)
        let (form, state) = try turn(step, open, viewer)
        try requireFree(state.step, open, viewer, store)
        let read = ApplicationForm(sections: []).reading(written.answers, section: form.section)
        guard read.problems.isEmpty else {
            throw Refused(
                read.problems.map {
                    Refusal("answer.\($0.code)", ["field": $0.field]).naming("label", $0.label)
                })
        }
        var answers = read.answers
        if !form.criteria.isEmpty {
            let found = try CriterionFinding.latest(at: step, of: application, store)
            for field in form.criteria {
                answers[field.id] = found[field.id].map { $0.state == .met ? "true" : "false" }
            }
        }
        var obstacles = form.obstacles(
            to: written.outcome, answers: answers, isSigned: written.isSigned,
            reason: written.reason, settings: open.call.settings)
        if written.outcome == .done, let rule = open.programme.partyRule(state.step.by)?.contributes,
            rule.statement == form.id
        {
            let others = try StatementRecord.counting(in: state, StatementRecord.all(of: application, store))
            if let over = rule.obstacle(
                to: answers, beside: others.map { Drafts.decode($0.answers) }, in: form)
            {
                obstacles.append(over)
            }
        }
        if written.outcome == .done, let roll = form.roll {
            let others = try RollEntry.standing(
                of: form, in: open.call.id, open.programme, besides: application, store)
            obstacles += roll.obstacles(
                to: answers, beside: others, in: form, settings: open.call.settings)
        }
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        let move = written.outcome.move(at: state.step)
        let fact = try change.append(
            StatementMade(form: form.id, outcome: written.outcome, answers: answers),
            about: .application(application), as: state.step.by, move: move,
            reason: written.outcome == .done ? nil : written.reason, clause: form.cites?.clause)
        if let tally = form.tally {
            try count(tally, at: state, of: application, change)
        }
        // What goes back to its writer can be written again.
        if move.outcome == .returned, let target = move.target,
            open.programme.procedure.step(target)?.kind == .draft
        {
            _ = try store.run("UPDATE draft SET submitted = \(false) WHERE id = \(application)")
        }
        return fact
    }

    /// Counts once the last voice is in. Each author's own words stay as they were written.
    private static func count(
        _ tally: StatementForm.Tally, at state: Standing.StepState, of application: ID<Application>,
        _ change: Change
    ) throws {
        guard state.contributions.count + 1 == state.step.needs else { return }
        let own = Set(state.contributions.compactMap(\.person) + [change.actor].compactMap(\.self))
        var voices: [String: Int] = [:]
        for record in try StatementRecord.all(of: application, change.store)
        where record.step == state.step.id && state.since.map({ record.at >= $0 }) ?? false {
            guard let person = record.person, own.contains(person),
                let choice = Drafts.decode(record.answers)[tally.field]
            else { continue }
            voices[choice, default: 0] += 1
        }
        let counted = StatementsCounted(step: state.step.id, voices: voices, tally: tally)
        try change.append(
            counted, about: .application(application), as: state.step.by,
            move: counted.carried ? nil : Move(state.step.id, .refused))
    }

    /// The form and the open step, or why it is not the viewer's turn.
    static func turn(_ step: String, _ open: OpenCase, _ viewer: Viewer) throws -> (
        StatementForm, Standing.StepState
    ) {
        guard let state = open.standing.steps.first(where: { $0.step.id == step }),
            state.step.kind == .statement, let form = open.programme.statement(of: state.step)
        else { throw Missing() }
        guard StatementTurn.isTheirs(state.step.by, open, viewer) else {
            throw Refused("step.not-yours", ["role": "role.\(state.step.by.rawValue)"])
        }
        guard case .open = state.state else {
            if open.standing.isRefused { throw Refused("step.ended") }
            guard let current = open.standing.open.first?.step.label.zh else {
                throw Refused("step.finished")
            }
            throw Refused(state.isSettled ? "step.done-already" : "step.not-open", ["current": current])
        }
        if state.contributions.contains(where: { $0.person == viewer.person }) {
            throw Refused("statement.made-already")
        }
        return (form, state)
    }

    /// Separation of duties binds everybody; a conflict of interest those who act for the commission or a university,
    /// and not who stands behind the dossier or was asked in to it.
    static func requireFree(_ step: Step, _ open: OpenCase, _ viewer: Viewer, _ store: Transaction) throws {
        guard let person = viewer.person else { throw Missing() }
        try Dossiers.requireApart(person, from: step.apartFrom, in: open.standing, citing: step.cites)
        guard !step.by.isOfDossier, step.by != .applicant, step.by != .teamMember else { return }
        try Dossiers.requireFree(person, as: step.by, on: open.record.id, store)
    }
}
