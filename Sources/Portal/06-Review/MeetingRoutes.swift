import Lifecycle
import Store

/// Meetings of panels: called and led by officers, sat through by experts.
enum MeetingRoutes {
    static func add(to routes: Routes) {
        routes.get("/meetings") { ask in try await list(ask) }
        routes.get("/office/meetings/new/{call}") { ask in try await form(ask) }
        routes.post("/office/meetings/new/{call}") { ask in try await call(ask) }
        routes.get("/meetings/{meeting}") { ask in try await show(ask) }
        routes.get("/cases/{id}/meetings") { ask in
            let id = ask.id("id", Application.self)
            let page = try await ask.read { store in
                let open = try OpenCase.find(id, for: ask.viewer, as: MeetingSight.tab, ask.house, store)
                return MeetingTabPage(
                    open, try MeetingQueries.votes(on: id, store), try MeetingSummons.all(of: id, store), ask)
            }
            return try await ask.page("meeting/tab", page)
        }
        act(routes, "open", .programmeOfficer, done: "meeting-opened") { id, person, ask, change in
            try MeetingActs.open(
                id, present: ask.form.all("present").map { ID<Person>($0) }, by: person, change)
        }
        act(routes, "begin", .programmeOfficer, done: "meeting-begun") { id, person, ask, change in
            try MeetingActs.begin(
                id, ID<Application>(ask.form.text("application")), by: person, change, ask.house)
        }
        act(routes, "hear", .programmeOfficer, done: "meeting-hearing") { id, person, ask, change in
            try MeetingActs.isTurn(of: ID(ask.form.text("application")), in: id, change.store)
            try MeetingActs.hear(id, by: person, change)
        }
        act(routes, "dismiss", .programmeOfficer, done: "meeting-heard") { id, person, ask, change in
            try MeetingActs.isTurn(of: ID(ask.form.text("application")), in: id, change.store)
            try MeetingActs.dismiss(id, by: person, change)
        }
        act(routes, "put-off", .programmeOfficer, done: "meeting-put-off") { id, person, ask, change in
            try MeetingActs.isTurn(of: ID(ask.form.text("application")), in: id, change.store)
            try MeetingActs.putOff(id, reason: ask.form.text("reason"), by: person, change, ask.house)
        }
        act(routes, "count", .programmeOfficer, done: "meeting-counted") { id, person, ask, change in
            try MeetingActs.isTurn(of: ID(ask.form.text("application")), in: id, change.store)
            try MeetingActs.count(
                id, early: ask.form.text("early") == "yes", notes: typed(ask), by: person, change, ask.house)
        }
        act(routes, "close", .programmeOfficer, done: "meeting-closed") { id, person, ask, change in
            try MeetingActs.isTurn(of: ID(ask.form.text("application")), in: id, change.store)
            try MeetingActs.count(id, notes: typed(ask), by: person, change, ask.house)
        }
        act(routes, "end", .programmeOfficer, done: "meeting-ended") { id, person, ask, change in
            try MeetingActs.end(id, by: person, change, ask.house)
        }
        act(routes, "vote", nil, done: "meeting-voted") { id, person, ask, change in
            guard let vote = MeetingVote(rawValue: ask.form.text("vote")) else {
                throw Refused("meeting.choose")
            }
            try MeetingActs.isTurn(of: ID(ask.form.text("application")), in: id, change.store)
            try MeetingActs.vote(id, vote, by: person, change)
        }
        act(routes, "leave", nil, done: "meeting-left") { id, person, ask, change in
            try MeetingActs.isTurn(of: ID(ask.form.text("application")), in: id, change.store)
            try MeetingActs.leave(id, by: person, reason: ask.form.text("reason"), change)
        }
        act(routes, "sign", nil, done: "meeting-signed") { id, person, _, change in
            try MeetingActs.sign(id, by: person, change)
        }
    }

    /// What was typed beside the page's own fields.
    private static func typed(_ ask: Ask) -> [String: String] {
        var typed: [String: String] = [:]
        for pair in ask.form.pairs where !StatementForm.reserved.contains(pair.name) {
            typed[pair.name] = pair.value
        }
        return typed
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        guard !DrawSight.relations(ask.viewer).isEmpty || ask.viewer.holds(.expert) else { throw Missing() }
        let page = try await ask.read { store in
            MeetingListPage(
                ask.viewer.holds(.programmeOfficer) ? try MeetingQueries.waiting(for: person, store) : [],
                try MeetingSight.list(
                    for: ask.viewer, after: ListPlace(text: ask.query.text("after")), store), ask.words)
        }
        return try await ask.page("meeting/list", page)
    }

    private static func form(_ ask: Ask, refusals: [Refusal] = []) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let person = try ask.signedIn()
        let id: ID<Call> = ask.id("call")
        let search = String(ask.query.text("q").prefix(60))
        let (page, namesPanel) = try await ask.read { store in
            let (call, programme) = try Calls.found(id, ask.house, store)
            guard programme.procedure.step(of: .meet) != nil else { throw Missing() }
            let drawn = try DrawnPanel.all(for: id, store).first?.members.filter {
                $0.state == .drawn || $0.state == .standsIn
            }.compactMap {
                try store.value("SELECT email FROM person WHERE id = \($0.person)", as: String.self)
            }
            let page = MeetingFormPage(
                call, terms: try MeetingActs.terms(call, programme),
                try MeetingQueries.candidates(
                    in: id, for: person, words: search, chosen: Set(ask.form.all("agenda")), store),
                search: search, drawn: drawn ?? [], refusals: refusals, ask)
            return (page, drawn?.isEmpty == false)
        }
        if namesPanel { try await Reads.note(.reviewers, about: .call(id), ask) }
        return try await ask.page("meeting/new", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func call(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer)
        let officer = try ask.signedIn()
        let callID: ID<Call> = ask.id("call")
        let id = ask.house.world.id(Meeting.self)
        do {
            try await ask.change { change in
                let (call, programme) = try Calls.found(callID, ask.house, change.store)
                guard programme.procedure.step(of: .meet) != nil else { throw Missing() }
                let terms = try MeetingActs.terms(call, programme)
                let meeting = try MeetingForm.read(
                    ask.form, as: id, of: callID, terms, change.store)
                try MeetingActs.call(meeting, by: officer, change, ask.house)
            }
        } catch let refused as Refused {
            return try await form(ask, refusals: refused.refusals)
        }
        return .see("/meetings/\(id)?done=meeting-called")
    }

    private static func show(_ ask: Ask, refusals: [Refusal] = []) async throws -> Answer {
        let id: ID<Meeting> = ask.id("meeting")
        let (open, ahead, written) = try await ask.read { store in
            let open = try MeetingSight.open(id, for: ask.viewer, store)
            return (
                open, try MeetingSight.ahead(of: open, in: ask.language, ask.house, store),
                try MeetingPage.Written(open.record, typed: typed(ask), ask.house, store)
            )
        }
        try await Reads.note(.meeting, about: .meeting(id), ask)
        return try await ask.page(
            "meeting/show", MeetingPage(open, ahead, written, refusals: refusals, ask),
            status: refusals.isEmpty ? 200 : 422)
    }

    /// - Parameter role: that the act needs; nil where being of the panel is what counts.
    private static func act(
        _ routes: Routes, _ verb: String, _ role: Role?, done: String,
        _ body: @escaping @Sendable (ID<Meeting>, ID<Person>, Ask, Change) throws -> Void
    ) {
        routes.post("/meetings/{meeting}/\(verb)") { ask in
            let id: ID<Meeting> = ask.id("meeting")
            let person = try ask.signedIn()
            do {
                try await ask.change { change in
                    let open = try MeetingSight.open(id, for: ask.viewer, change.store)
                    if let role {
                        guard ask.viewer.holds(role), open.relations.contains(.programmeOfficer) else {
                            throw Missing()
                        }
                    } else if !open.isMember {
                        throw Missing()
                    }
                    try body(id, person, ask, change)
                }
            } catch let refused as Refused {
                return try await show(ask, refusals: refused.refusals)
            }
            return .see("/meetings/\(id)?done=\(done)")
        }
    }
}
