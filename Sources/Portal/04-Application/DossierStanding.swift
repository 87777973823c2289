package import Lifecycle
package import Store

extension Subject {
    package static func application(_ id: ID<Application>) -> Subject {
        Subject(kind: "application", id: id.rawValue)
    }
}

/// A dossier's standing, replayed from its facts; `application.step …` caches its outline.
package enum Dossiers {
    private struct MoveRow: Decodable, Sendable {
        let number: Int64
        let kind: FactKind
        let at: Instant
        let actor: ID<Person>?
        let role: Role?
        let step: String
        let outcome: Move.Outcome
        let target: String?
    }

    /// Replays the dossier's moves over its call's procedure.
    package static func standing(
        of application: ID<Application>, in call: Call, _ programme: Programme, _ house: House,
        _ store: Transaction
    ) throws -> Standing {
        try standing(of: application, in: call, programme, house.definitions, store)
    }

    /// The same where there is no house at hand.
    static func standing(
        of application: ID<Application>, in call: Call, _ programme: Programme, _ definitions: Definitions,
        _ store: Transaction
    ) throws -> Standing {
        let moves = try moves(of: application, upTo: .max, store)
        return Standing(
            call.procedure(of: programme), began: moves.first?.at ?? call.opens,
            published: try Calls.published(call.id, store), closing: call.closes, events: moves,
            calendar: try definitions.calendar(store))
    }

    /// A dossier's moves in the facts up to a number.
    static func moves(of application: ID<Application>, upTo number: Int64, _ store: Transaction) throws
        -> [Standing.Event]
    {
        let parties = try SubmittedParties.all(of: application, store)
        return try store.rows(
            """
            SELECT number, kind, at, actor, role, step, outcome, target FROM fact
            WHERE subject_kind = 'application' AND subject_id = \(application) AND step IS NOT NULL
              AND number <= \(number) ORDER BY number
            """, as: MoveRow.self
        ).map { row in
            Standing.Event(
                Move(row.step, row.outcome, target: row.target), at: row.at, person: row.actor,
                role: row.role,
                parties: row.kind == ApplicationSubmitted.kind
                    ? parties[row.number] ?? AcceptedParties.none : nil)
        }
    }

    /// Refreshes the cached outline after a fact that moved a dossier.
    static func refresh(_ store: Transaction, _ fact: Fact, _ definitions: Definitions) throws {
        guard fact.move != nil, fact.subject.kind == "application" else { return }
        let id = ID<Application>(fact.subject.id)
        guard let call = try store.value("SELECT call FROM application WHERE id = \(id)", as: ID<Call>.self),
            let found = try Calls.find(call, store),
            let programme = try definitions.programme(found.digest, store)
        else { return }
        try refresh(id, in: found, programme, after: fact, definitions, store)
    }

    /// Refreshes the cached outline of one dossier as it is after a fact.
    static func refresh(
        _ id: ID<Application>, in call: Call, _ programme: Programme, after fact: Fact,
        _ definitions: Definitions, _ store: Transaction
    ) throws {
        let moves = try moves(of: id, upTo: fact.number, store)
        let standing = Standing(
            call.procedure(of: programme), began: moves.first?.at ?? fact.at,
            published: try Calls.published(call.id, store), closing: call.closes, events: moves,
            calendar: try definitions.calendar(store))
        let outline = Outline(standing)
        try OpenSteps.write(standing, of: id, in: call.id, store)
        try ApplicationCounts.moving(id, store) {
            _ = try store.run(
                """
                UPDATE application SET step = \(outline.step), step_kind = \(outline.kind), holder = \(outline.holder),
                  state = \(outline.state), due_at = \(outline.due) WHERE id = \(id)
                """)
        }
    }

    /// The first open step, or how the dossier ended.
    package struct Outline: Sendable, Hashable {
        package let step: String
        package let kind: String
        package let holder: String
        /// `open`, `refused` or `finished`.
        package let state: String
        package let due: Instant?

        package init(_ standing: Standing) {
            if let first = standing.open.first, case .open(_, let due) = first.state {
                step = first.step.id
                kind = first.step.kind.rawValue
                holder = first.step.by.rawValue
                state = "open"
                self.due = due
            } else {
                let last = standing.steps.last {
                    switch $0.state {
                    case .done, .refused: true
                    case .waiting, .open, .skipped: false
                    }
                }
                step = last?.step.id ?? ""
                kind = last?.step.kind.rawValue ?? ""
                holder = ""
                state = standing.isRefused ? "refused" : "finished"
                due = nil
            }
        }
    }

    /// Refuses unless the step of the kind is open and this person may act on it here.
    ///
    /// Separation of duties and conflicts of interest bind whatever role is held.
    @discardableResult
    package static func require(
        _ kind: Step.Kind, of application: ID<Application>, by person: ID<Person>?, as role: Role,
        house: House,
        _ store: Transaction
    ) throws -> (Step, Standing, Call, Programme) {
        guard
            let call = try store.value(
                "SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        else { throw Missing() }
        let (found, programme) = try Calls.found(call, house, store)
        let standing = try standing(of: application, in: found, programme, house, store)
        guard let state = standing.open.first(where: { $0.step.kind == kind }) else {
            throw Refused(Self.notOpen(kind, in: standing))
        }
        let step = state.step
        guard step.by == role || step.parties.contains(role) else {
            throw Refused("step.not-yours", ["role": step.by.rawValue])
        }
        if let person {
            try requireApart(person, from: step.apartFrom, in: standing, citing: step.cites)
            if role != .applicant { try requireFree(person, as: role, on: application, store) }
        }
        return (step, standing, found, programme)
    }

    /// Why a step cannot be taken: its turn has not come, it is done, or the whole dossier is over.
    static func notOpen(_ kind: Step.Kind, in standing: Standing) -> [Refusal] {
        if standing.isRefused { return [Refusal("step.ended")] }
        guard let current = standing.open.first?.step.label.zh else { return [Refusal("step.finished")] }
        let isDone = standing.steps.contains { $0.step.kind == kind && $0.isSettled }
        return [Refusal(isDone ? "step.done-already" : "step.not-open", ["current": current])]
    }

    /// The same for what is left to an official to do about a step that is over.
    ///
    /// - Returns: the step.
    package static func requireSettled(
        _ kind: Step.Kind, of application: ID<Application>, by person: ID<Person>, house: House,
        _ store: Transaction
    ) throws -> Step {
        guard
            let call = try store.value(
                "SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        else { throw Missing() }
        let (found, programme) = try Calls.found(call, house, store)
        let standing = try standing(of: application, in: found, programme, house, store)
        guard let step = standing.steps.first(where: { $0.step.kind == kind })?.step else { throw Missing() }
        try requireApart(person, from: step.apartFrom, in: standing, citing: step.cites)
        try requireFree(person, as: .programmeOfficer, on: application, store)
        return step
    }

    /// Separation of duties: refuses who acted on one of the steps of this dossier.
    package static func requireApart(
        _ person: ID<Person>, from steps: [String], in standing: Standing, citing: Citation?
    ) throws {
        for other in steps where standing.actors(of: other).contains(person) {
            throw Refused(
                "step.apart",
                ["step": standing.steps.first { $0.step.id == other }?.step.label.zh ?? other],
                citation: citing)
        }
    }

    /// Refuses whom a conflict of interest keeps from the dossier.
    ///
    /// - Parameter role: in which the person acts: more stands against an official of the commission than against the
    ///   applicant's own university.
    package static func requireFree(
        _ person: ID<Person>, as role: Role, on application: ID<Application>, _ store: Transaction
    ) throws {
        if let reason = try Parties.reasons(against: person, as: role, on: application, store).first {
            throw Refused([reason.refusal()])
        }
    }
}
