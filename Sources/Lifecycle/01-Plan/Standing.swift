/// Where a dossier stands: derived by replaying its moves over its procedure, never stored as truth.
package struct Standing: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        case waiting
        case open(since: Instant, due: Instant?)
        case done(at: Instant)
        case refused(at: Instant)
        /// Not reached because the dossier ended before.
        case skipped
    }

    package struct StepState: Sendable, Hashable {
        package let step: Step
        package var state: State
        /// Who contributed so far, in order, with the role they acted in.
        package var contributions: [Contribution]
    }

    package struct Contribution: Sendable, Hashable {
        package let person: ID<Person>?
        package let role: Role?
        package let at: Instant
    }

    package private(set) var steps: [StepState]

    /// The steps whose turn it is.
    package var open: [StepState] {
        steps.filter { if case .open = $0.state { true } else { false } }
    }

    package var isRefused: Bool {
        steps.contains { if case .refused = $0.state { true } else { false } }
    }

    package var isFinished: Bool {
        steps.allSatisfy { if case .done = $0.state { true } else { false } }
    }

    /// The procedure it went by, as it is for this dossier.
    package var procedure: Procedure { Procedure(steps: steps.map(\.step)) }

    package func isOpen(_ step: String) -> Bool { open.contains { $0.step.id == step } }

    package func isDone(_ step: String) -> Bool {
        steps.contains {
            guard $0.step.id == step, case .done = $0.state else { return false }
            return true
        }
    }

    /// The people who acted on a step, for separation of duties.
    package func actors(of step: String) -> Set<ID<Person>> {
        Set(steps.first { $0.step.id == step }?.contributions.compactMap(\.person) ?? [])
    }

    /// One move with the envelope it came in.
    package struct Event: Sendable, Hashable {
        package let move: Move
        package let at: Instant
        package let person: ID<Person>?
        package let role: Role?
        /// Of a submission: who had accepted to be a party of the dossier by then, which fixes what its procedure is
        /// until it is submitted again; nil for every other move.
        package let parties: AcceptedParties?

        package init(
            _ move: Move, at: Instant, person: ID<Person>?, role: Role?, parties: AcceptedParties? = nil
        ) {
            self.move = move
            self.at = at
            self.person = person
            self.role = role
            self.parties = parties
        }
    }

    /// What terms count from and by.
    private struct Clock {
        let published: Instant?
        let closing: Instant?
        let calendar: WorkCalendar
    }

    /// Replays `events`, in order, from the moment the dossier began.
    ///
    /// - Parameters:
    ///   - procedure: as the call has it for every dossier; see ``Event/parties``.
    ///   - published: when the call was first published; steps may count from it.
    ///   - closing: when the call closes; steps may count from it.
    package init(
        _ procedure: Procedure, began: Instant, published: Instant? = nil, closing: Instant?,
        events: [Event], calendar: WorkCalendar
    ) {
        let clock = Clock(published: published, closing: closing, calendar: calendar)
        steps = procedure.steps.map { StepState(step: $0, state: .waiting, contributions: []) }
        openReady(at: began, clock)
        for event in events {
            if let parties = event.parties { take(procedure.fitting(parties)) }
            guard let index = steps.firstIndex(where: { $0.step.id == event.move.step }) else { continue }
            let contribution = Contribution(person: event.person, role: event.role, at: event.at)
            switch event.move.outcome {
            case .contributed:
                steps[index].contributions.append(contribution)
                if isComplete(steps[index]) {
                    steps[index].state = .done(at: event.at)
                    openReady(at: event.at, clock)
                }
            case .done:
                steps[index].contributions.append(contribution)
                steps[index].state = .done(at: event.at)
                openReady(at: event.at, clock)
            case .returned:
                let due = steps[index].due
                reopen(event.move.target ?? event.move.step)
                // What was sent back after the closing has as long as whoever sent it back.
                let extended = [closing, due].compactMap(\.self).max()
                openReady(at: event.at, clock, reopened: extended)
            case .retracted:
                let kept = steps[index].contributions.filter { $0.person?.rawValue != event.move.target }
                // The panel of an appraisal is of one opening: it goes on without the one, and nobody else is unseated.
                if steps[index].step.kind == .appraise, case .open = steps[index].state {
                    steps[index].contributions = kept
                    continue
                }
                reopen(event.move.step)
                steps[index].contributions = kept
                openReady(at: event.at, clock)
            case .refused:
                steps[index].contributions.append(contribution)
                steps[index].state = .refused(at: event.at)
                for other in steps.indices where !steps[other].isSettled { steps[other].state = .skipped }
            }
        }
    }

    /// Goes on by another fitting of the procedure. At a submission everything that follows on it waits, so that a step
    /// that comes or goes has nothing to lose.
    private mutating func take(_ fitted: Procedure) {
        let known = Dictionary(steps.map { ($0.step.id, $0) }, uniquingKeysWith: { first, _ in first })
        steps = fitted.steps.map { step in
            StepState(
                step: step, state: known[step.id]?.state ?? .waiting,
                contributions: known[step.id]?.contributions ?? [])
        }
    }

    private func isComplete(_ state: StepState) -> Bool {
        // However many have answered, nothing follows before the answers are opened.
        if state.step.kind == .appraise { return false }
        if !state.step.parties.isEmpty {
            return Set(state.step.parties).isSubset(of: Set(state.contributions.compactMap(\.role)))
        }
        return Set(state.contributions.compactMap(\.person)).count >= state.step.needs
    }

    /// Puts the target and everything that follows from it back to waiting.
    private mutating func reopen(_ target: String) {
        var again: Set<String> = [target]
        var grew = true
        while grew {
            grew = false
            for state in steps where !again.contains(state.step.id) {
                if state.step.after.contains(where: again.contains) {
                    again.insert(state.step.id)
                    grew = true
                }
            }
        }
        for index in steps.indices where again.contains(steps[index].step.id) {
            steps[index].state = .waiting
            steps[index].contributions = []
        }
    }

    /// - Parameter reopened: when a step that ends with the call ends, if it was sent back.
    private mutating func openReady(at now: Instant, _ clock: Clock, reopened: Instant? = nil) {
        let done = Set(
            steps.compactMap { state -> String? in
                guard case .done = state.state else { return nil }
                return state.step.id
            })
        for index in steps.indices where steps[index].state == .waiting {
            let step = steps[index].step
            guard step.after.allSatisfy(done.contains) else { continue }
            let due: Instant? =
                switch step.within {
                case .none: nil
                case .some(.term(let term)): term.end(from: now, in: clock.calendar)
                case .some(.callClosing): reopened ?? clock.closing
                case .some(.afterClosing(let term)):
                    clock.closing.map { term.end(from: $0, in: clock.calendar) }
                case .some(.afterPublication(let term)):
                    clock.published.map { term.end(from: $0, in: clock.calendar) }
                }
            steps[index].state = .open(since: now, due: due)
        }
    }
}

extension Standing.StepState {
    /// When an open step should be done.
    package var due: Instant? {
        if case .open(_, let due) = state { due } else { nil }
    }

    /// Since when an open step is open.
    package var since: Instant? {
        if case .open(let since, _) = state { since } else { nil }
    }

    package var isSettled: Bool {
        switch state {
        case .done, .refused: true
        case .waiting, .open, .skipped: false
        }
    }
}
