import Lifecycle
import Store

/// An expert's own seats: answering, writing, handing in under seal.
enum AppraiserRoutes {
    static func add(to routes: Routes) {
        routes.get("/appraisals") { ask in try await desk(ask) }
        routes.get("/appraisals/{seat}") { ask in try await seat(ask, errors: []) }
        routes.post("/appraisals/{seat}/accept") { ask in try await accept(ask) }
        routes.post("/appraisals/{seat}/decline") { ask in try await decline(ask) }
        routes.post("/appraisals/{seat}/recuse") { ask in try await recuse(ask) }
        routes.post("/appraisals/{seat}/draft") { ask in try await save(ask) }
        routes.get("/appraisals/{seat}/confirm") { ask in try await confirm(ask) }
        routes.post("/appraisals/{seat}/write") { ask in try await write(ask) }
    }

    private static func desk(_ ask: Ask) async throws -> Answer {
        try ask.require(.expert)
        let expert = try ask.signedIn()
        let page = try await ask.read { store in
            AppraiserDeskPage(try AppraisalQueries.mine(expert, ask.house, store), ask: ask)
        }
        return try await ask.page("appraisal/desk", page)
    }

    private enum Shown: Sendable {
        case invited(AppraisalInvitationPage)
        case writing(AppraisalDesk)
        case own(OwnAppraisalPage)
        case ended(EndedSeatPage)
    }

    /// The page of a seat, by its state.
    private static func seat(_ ask: Ask, errors: [String]) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("seat", AppraiserSeat.self)
        let shown: Shown = try await ask.read { store in
            let seat = try AppraiserSeats.mine(id, expert, store)
            guard let mine = try AppraisalQueries.mySeat(seat, ask.house, store) else { throw Missing() }
            switch seat.state {
            case .invited where mine.isSitting:
                let members = try ApplicationSubmitted.find(fact: mine.dossier.fact, store)?.application
                    .members
                return .invited(
                    AppraisalInvitationPage(mine, members: members ?? [], errors: errors, ask: ask))
            case .accepted where mine.isSitting: return .writing(try opened(ask, store))
            case .written: return .own(try own(seat, ask, store))
            case .invited, .accepted, .declined, .recused, .released:
                return .ended(EndedSeatPage(mine, ask: ask))
            }
        }
        let status = errors.isEmpty ? 200 : 422
        switch shown {
        case .invited(let page): return try await ask.page("appraisal/invited", page, status: status)
        case .writing(let desk):
            try await desk.open.note(.proposal, of: ProposalSight.members, ask)
            return try await page(
                ask, desk, desk.draft?.values ?? [:], version: desk.draft?.version ?? 0,
                savedAt: desk.draft?.savedAt, errors: [], theirs: [], status: 200)
        case .own(let page): return try await ask.page("appraisal/own", page)
        case .ended(let page): return try await ask.page("appraisal/ended", page)
        }
    }

    /// The expert's own, with what the panel came to once it is closed.
    private static func own(_ seat: SeatRecord, _ ask: Ask, _ store: Transaction) throws -> OwnAppraisalPage {
        let open = try OpenCase.find(seat.application, for: ask.viewer, as: [.expert], ask.house, store)
        guard let step = open.programme.procedure.step(seat.step),
            let instrument = open.programme.appraisal(of: step), let lens = instrument.lens(seat.lens),
            let appraisal = try AppraiserSeats.appraisal(seat, store)
        else { throw Missing() }
        let closed = try AppraisalQueries.closed(seat.application, store).first { $0.fact == seat.closedFact }
        let outcome = try closed.flatMap {
            try AppraisalQueries.outcome($0, instrument: instrument, store)
        }
        return OwnAppraisalPage(
            seat, open, step: step, lens: lens, instrument: instrument, appraisal, version: 0,
            outcome: outcome.map { Seen($0, as: [.expert]) }, ask: ask)
    }

    private static func opened(_ ask: Ask, _ store: Transaction) throws -> AppraisalDesk {
        let expert = try ask.signedIn()
        let (seat, opened) = try AppraiserActs.sitting(ask.id("seat"), expert, ask.house, store)
        guard seat.state == .accepted else {
            throw Refused(seat.state == .written ? "appraisal.written-already" : "appraisal.not-accepted")
        }
        let open = try OpenCase.find(seat.application, for: ask.viewer, as: [.expert], ask.house, store)
        guard let application = try ApplicationSubmitted.find(fact: open.record.fact, store)?.application,
            let lens = opened.instrument.lens(seat.lens)
        else { throw Missing() }
        return AppraisalDesk(
            seat: seat, opened: opened, lens: lens, open: open, application: application,
            draft: try AppraisalDrafts.find(seat.id, store))
    }

    private static func act(
        _ ask: Ask, done: String, to place: String = "",
        _ body: @escaping @Sendable (ID<AppraiserSeat>, ID<Person>, Change) throws -> Void
    ) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("seat", AppraiserSeat.self)
        let state = try await ask.read { store in try AppraiserSeats.mine(id, expert, store).state }
        do {
            try await ask.change { change in try body(id, expert, change) }
        } catch let refused as Refused where state == .invited {
            return try await seat(ask, errors: refused.refusals.map(ask.words.sentence))
        }
        return .see("\(place.isEmpty ? "/appraisals/\(id)" : place)?done=\(done)")
    }

    private static func accept(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "appraisal-accepted") { id, expert, change in
            try AppraiserActs.accept(id, by: expert, change, ask.house)
        }
    }

    private static func decline(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "appraisal-declined", to: "/appraisals") { id, expert, change in
            try AppraiserActs.decline(id, by: expert, reason: ask.form.text("reason"), change, ask.house)
        }
    }

    private static func recuse(_ ask: Ask) async throws -> Answer {
        try await act(ask, done: "conflict-declared", to: "/appraisals") { id, expert, change in
            try AppraiserActs.recuse(id, by: expert, nature: ask.form.text("nature"), change, ask.house)
        }
    }

    /// Saves the draft. Script sends it every few seconds; without script it is a button, and another goes on to the
    /// last look.
    private static func save(_ ask: Ask) async throws -> Answer {
        let id = ask.id("seat", AppraiserSeat.self)
        let desk = try await ask.read { store in try opened(ask, store) }
        let (lens, instrument) = (desk.lens, desk.opened.instrument)
        let answers = try AppraisalForm.reading(ask.form, for: lens, of: instrument)
        let base = Int(ask.form.text("base")) ?? 0
        let saved = try await ask.house.database.write(.relaxed) { store in
            // Looked at again under the write's lock: the step may have been closed meanwhile.
            _ = try opened(ask, store)
            return try AppraisalDrafts.save(id, base: base, answers: answers, at: ask.now, store)
        }
        let byScript = ask.headers["x-requested-with"] == "jiebang"
        switch saved {
        case .conflict(let current):
            let differing = ExpertAppraisal.names(instrument, lens).filter {
                answers[$0] != current.values[$0]
            }
            if byScript {
                return try .json(
                    ClashAnswer(
                        message: ask.words["review.write.conflict"], version: current.version,
                        fields: differing.map {
                            ClashAnswer.Field(
                                id: $0, label: AppraisalForm.label($0, lens, instrument, ask.words),
                                mine: answers[$0] ?? "", theirs: current.values[$0] ?? "")
                        }), status: 409)
            }
            return try await page(
                ask, desk, answers, version: current.version, savedAt: current.savedAt, errors: [],
                theirs: differing.map {
                    (AppraisalForm.label($0, lens, instrument, ask.words), current.values[$0] ?? "")
                }, status: 409)
        case .saved(let version):
            if byScript { return try .json(SavedAnswer(version: version, savedAt: ask.now.iso)) }
            guard ask.form["then"] == "confirm" else { return .see("/appraisals/\(id)?done=review-saved") }
            if case .failure(let refused) = ExpertAppraisal.reading(answers, for: lens, of: instrument) {
                return try await page(
                    ask, desk, answers, version: version, savedAt: ask.now, errors: refused.refusals,
                    theirs: [], status: 422)
            }
            return .see("/appraisals/\(id)/confirm")
        }
    }

    private static func page(
        _ ask: Ask, _ desk: AppraisalDesk, _ answers: [String: String], version: Int, savedAt: Instant?,
        errors: [Refusal], theirs: [(label: String, text: String)], status: Int
    ) async throws -> Answer {
        try await ask.page(
            "appraisal/write",
            AppraisalWritingPage(
                desk, answers: answers, version: version, savedAt: savedAt, errors: errors, theirs: theirs,
                ask: ask), status: status)
    }

    /// The last look at what is saved.
    private static func confirm(_ ask: Ask) async throws -> Answer {
        let desk = try await ask.read { store in try opened(ask, store) }
        guard let draft = desk.draft else { return .see("/appraisals/\(desk.seat.id)") }
        switch ExpertAppraisal.reading(draft.values, for: desk.lens, of: desk.opened.instrument) {
        case .failure(let refused):
            return try await page(
                ask, desk, draft.values, version: draft.version, savedAt: draft.savedAt,
                errors: refused.refusals, theirs: [], status: 422)
        case .success(let appraisal):
            return try await ask.page(
                "appraisal/own",
                OwnAppraisalPage(
                    desk.seat, desk.open, step: desk.opened.step, lens: desk.lens,
                    instrument: desk.opened.instrument, appraisal, version: draft.version, outcome: nil,
                    ask: ask))
        }
    }

    /// Hands in the draft that was looked at, and no other.
    private static func write(_ ask: Ask) async throws -> Answer {
        let expert = try ask.signedIn()
        let id = ask.id("seat", AppraiserSeat.self)
        let base = Int(ask.form.text("base"))
        try await ask.change { change in
            _ = try AppraiserSeats.mine(id, expert, change.store)
            guard let draft = try AppraisalDrafts.find(id, change.store) else {
                // Without a draft the act says what stands against it.
                return try AppraiserActs.write(id, [:], by: expert, change, ask.house)
            }
            guard draft.version == base else { throw Refused("review.changed") }
            try AppraiserActs.write(id, draft.values, by: expert, change, ask.house)
        }
        return .see("/appraisals/\(id)?done=appraisal-written")
    }
}
