package import Lifecycle
package import Store

/// What officers do in an appraisal: seat experts, take them off, and break the seals.
package enum AppraisalActs {
    /// A step of appraisal whose turn it is.
    package struct Opened: Sendable {
        package let step: Step
        package let instrument: Appraisal
        package let since: Instant
        package let standing: Standing
        package let call: Call
        package let programme: Programme
        /// Seats of the present panel, whatever became of them.
        package let panel: [SeatRecord]
        /// Who sits, without having written yet, in panels beside this one that are to be of other people.
        package let elsewhere: [SeatRecord]
        /// By step, who sat over the dossier at a meeting from which this step is kept apart.
        package let sat: [String: Set<ID<Person>>]

        package func live(_ lens: Appraisal.Lens) -> [SeatRecord] {
            panel.filter { $0.lens == lens.id && $0.state.counts }
        }

        package func written(_ lens: Appraisal.Lens) -> Int {
            panel.count { $0.lens == lens.id && $0.state == .written }
        }

        /// The lenses that may not be closed yet, with what they lack.
        package var lacking: [Refusal] {
            instrument.lenses.compactMap { lens in
                let written = written(lens)
                guard written < lens.quorum else { return nil }
                return Refusal(
                    "appraisal.no-quorum",
                    ["lens": lens.label.zh, "written": "\(written)", "quorum": "\(lens.quorum)"])
            }
        }
    }

    /// The step, if its turn has come; missing where the dossier has no such step.
    package static func opened(
        _ step: String, of application: ID<Application>, _ house: House, _ store: Transaction
    ) throws -> Opened {
        guard
            let id = try store.value(
                "SELECT call FROM application WHERE id = \(application)", as: ID<Call>.self)
        else { throw Missing() }
        let (call, programme) = try Calls.found(id, house, store)
        let standing = try Dossiers.standing(of: application, in: call, programme, house, store)
        guard let state = standing.steps.first(where: { $0.step.id == step && $0.step.kind == .appraise }),
            let instrument = programme.appraisal(of: state.step)
        else { throw Missing() }
        guard let since = state.since else {
            throw Refused(state.isSettled || standing.isRefused ? "appraisal.over" : "appraisal.not-yet")
        }
        let elsewhere = try standing.open.filter { other in
            other.step.kind == .appraise && state.step.apartFrom.contains(other.step.id)
        }.flatMap { other in
            try AppraiserSeats.panel(of: application, other.step.id, since: other.since ?? since, store)
        }
        return Opened(
            step: state.step, instrument: instrument, since: since, standing: standing, call: call,
            programme: programme,
            panel: try AppraiserSeats.panel(of: application, step, since: since, store),
            elsewhere: elsewhere.filter { $0.state == .invited || $0.state == .accepted },
            sat: try MeetingQueries.sat(
                over: application, at: state.step.apartFrom, in: standing, store))
    }

    /// The same for an officer who arranges it. Separation of duties binds who appraises and not who arranges; conflicts
    /// of interest bind both.
    private static func arranging(
        _ step: String, of application: ID<Application>, by officer: ID<Person>?, _ house: House,
        _ store: Transaction
    ) throws -> Opened {
        let opened = try opened(step, of: application, house, store)
        if let officer { try Dossiers.requireFree(officer, as: .programmeOfficer, on: application, store) }
        return opened
    }

    /// Asks an expert to sit for a lens. What stands against it refuses, with the reason.
    package static func seat(
        _ expert: ID<Person>, for lensID: String, in step: String, of application: ID<Application>,
        id: ID<AppraiserSeat>, by officer: ID<Person>?, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        let opened = try arranging(step, of: application, by: officer, house, store)
        guard let lens = opened.instrument.lens(lensID) else { throw Refused("appraisal.no-lens") }
        guard let record = try Candidates.record(of: expert, in: opened.call.id, at: change.at, store) else {
            throw Refused("review.not-expert")
        }
        let obstacles = AppraiserPool.obstacles(
            record, kinds: try AppraiserPool.kinds(of: expert, store), lens: lens, opened,
            seats: try AppraiserPool.loads(in: opened.call.id, of: expert, store)[expert] ?? 0,
            parties: try Parties.withRivals(application, among: expert, store))
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        if opened.live(lens).count >= lens.experts {
            throw Refused("appraisal.lens-full", ["lens": lens.label.zh, "count": "\(lens.experts)"])
        }
        try change.append(
            AppraiserSeated(
                seat: id, application: application, step: step, lens: lens.id, expert: expert),
            about: .application(application), as: .programmeOfficer)
    }

    /// The seat of this panel that an officer means.
    private static func seat(_ id: ID<AppraiserSeat>, in opened: Opened) throws -> SeatRecord {
        guard let seat = opened.panel.first(where: { $0.id == id }) else { throw Missing() }
        return seat
    }

    /// Takes an expert off who has not handed in, on a ground of procedure.
    package static func release(
        _ id: ID<AppraiserSeat>, in step: String, of application: ID<Application>, by officer: ID<Person>,
        reason: String, _ change: Change, _ house: House
    ) throws {
        let opened = try arranging(step, of: application, by: officer, house, change.store)
        let seat = try seat(id, in: opened)
        guard seat.state == .invited || seat.state == .accepted else {
            throw Refused(seat.state == .written ? "appraisal.handed-in" : "review.answered")
        }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        try change.append(
            AppraiserReleased(seat: id), about: .application(application), as: .programmeOfficer,
            reason: reason)
    }

    /// Records that an expert of the panel is conflicted, with the relation; what they handed in counts no more.
    package static func recuse(
        _ id: ID<AppraiserSeat>, in step: String, of application: ID<Application>, by officer: ID<Person>,
        reason: String, _ change: Change, _ house: House
    ) throws {
        let opened = try arranging(step, of: application, by: officer, house, change.store)
        let seat = try seat(id, in: opened)
        guard seat.state.counts else { throw Refused("review.answered") }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        try recuse(seat, as: .programmeOfficer, reason: reason, change)
    }

    /// - Parameter role: of whoever says so: an officer, or the expert.
    static func recuse(_ seat: SeatRecord, as role: Role, reason: String, _ change: Change) throws {
        try change.append(
            AppraiserRecused(seat: seat.id), about: .application(seat.application), as: role,
            move: seat.state == .written
                ? Move(seat.step, .retracted, target: seat.expert.rawValue) : nil, reason: reason)
        let subject = Subject.application(seat.application)
        let known = try change.store.value(
            """
            SELECT 1 FROM declared_conflict WHERE person = \(seat.expert) AND subject_kind = \(subject.kind)
              AND subject_id = \(subject.id)
            """, as: Int.self)
        if known == nil {
            try change.append(
                ConflictDeclared(person: seat.expert, about: subject), about: .person(seat.expert), as: role,
                reason: reason)
        }
        try AppraisalDrafts.discard(seat.id, change.store)
    }

    /// Breaks the seals: counts the answers, and moves the dossier as the published rule says.
    @discardableResult
    package static func close(
        _ step: String, of application: ID<Application>, by officer: ID<Person>, _ change: Change,
        _ house: House
    ) throws -> AppraisalResult {
        let store = change.store
        let opened = try arranging(step, of: application, by: officer, house, store)
        guard opened.lacking.isEmpty else { throw Refused(opened.lacking) }
        let counted = AppraisalQueries.shuffled(opened.panel.filter { $0.state == .written })
        let parties = try Parties.withRivals(application, store)
        for seat in counted {
            // Handed in before the relation became known: an officer looks, and records the recusal by name.
            let against = parties.reasonsAgainstReview(
                by: seat.expert, of: try AppraisalQueries.entity(of: seat.expert, store))
            if let reason = against.first {
                let lens = opened.instrument.lens(seat.lens)?.label.zh ?? seat.lens
                let against = reason.refusal(in: opened.programme)
                throw Refused([
                    Refusal(
                        "appraisal.conflict-known", ["lens": lens], citation: against.citation,
                        standing: against.standing)
                ])
            }
        }
        let votes = try counted.map { seat in
            guard let appraisal = try AppraiserSeats.appraisal(seat, store) else { throw Missing() }
            return AppraisalVote(lens: seat.lens, answers: appraisal.answers)
        }
        let result = opened.instrument.result(of: votes)
        let move: Move =
            if result.isPositive {
                Move(step, .done)
            } else {
                switch opened.instrument.combination.otherwise {
                case .refused: Move(step, .refused)
                case .returned: Move(step, .returned, target: opened.step.returnsTo.first ?? step)
                case .noted: Move(step, .done)
                }
            }
        try change.append(
            AppraisalClosed(
                step: step, appraisal: opened.instrument.id, seats: counted.map(\.id), result: result),
            about: .application(application), as: .programmeOfficer, move: move,
            clause: opened.instrument.cites.clause)
        return result
    }
}
