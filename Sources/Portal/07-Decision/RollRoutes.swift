import Lifecycle

/// `/calls/{call}/rolls/{statement}`: anybody reads the roll; an officer enters, mends and takes out who is invited.
enum RollRoutes {
    /// What begins the names of inputs beside those of the form's fields.
    private static let ownInput = "invited-"

    static func add(to routes: Routes) {
        routes.get("/calls/{call}/rolls/{statement}") { ask in try await show(ask) }
        routes.post("/calls/{call}/rolls/{statement}/invited") { ask in try await invite(ask) }
        routes.post("/calls/{call}/rolls/{statement}/invited/withdraw") { ask in
            _ = try ask.signedIn()
            let (call, statement) = (ask.id("call", Call.self), ask.parameter("statement"))
            let fact = ask.form.text("fact")
            try await ask.change { change in
                try RollActs.withdraw(fact, from: statement, of: call, by: ask.viewer, change, ask.house)
            }
            return .see("/calls/\(call)/rolls/\(statement)?done=roll-invitation-withdrawn")
        }
    }

    private static func show(
        _ ask: Ask, typed: RollActs.Said? = nil, refusals: [Refusal] = []
    ) async throws -> Answer {
        let id = ask.id("call", Call.self)
        let (statement, corrects) = (ask.parameter("statement"), ask.query.text("corrects"))
        let page = try await ask.read { store in
            let (call, programme) = try Calls.found(id, ask.house, store)
            guard let form = programme.statement(statement), let roll = form.roll else { throw Missing() }
            let relations = try RollSight.relations(ask.viewer, in: id, store)
            var inviting: RollInviting?
            if roll.invites != nil, relations.contains(.programmeOfficer) {
                let corrected = try RollInvite.standing(of: form, in: id, store).first {
                    "\($0.fact)" == corrects
                }.map { RollActs.Said(Seen($0, as: relations), replaces: corrects) }
                inviting = RollInviting(
                    form, roll, in: call, programme, typed ?? corrected, refusals: refusals, ask)
            }
            return RollPage(
                try RollLine.all(of: roll, form, in: id, programme, store), roll, form, call,
                as: relations, inviting: inviting, ask)
        }
        return try await ask.page("notice/roll", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func invite(_ ask: Ask) async throws -> Answer {
        _ = try ask.signedIn()
        let (call, statement) = (ask.id("call", Call.self), ask.parameter("statement"))
        let form = ask.form
        var answers: [String: String] = [:]
        for pair in form.pairs where pair.name != "csrf" && !pair.name.hasPrefix(ownInput) {
            answers[pair.name] = pair.value
        }
        let said = RollActs.Said(
            name: form.text("invited-name"), organisation: form.text("invited-organisation"),
            title: form.text("invited-title"), answers: answers, agreed: form.text("invited-agreed"),
            replaces: form.text("invited-replaces"))
        do {
            try await ask.change { [said] change in
                _ = try RollActs.invite(said, to: statement, of: call, by: ask.viewer, change, ask.house)
            }
        } catch let refused as Refused {
            // Who applies in the call has no form to come back to.
            if refused.refusals.contains(where: { $0.code == "roll.applies" }) { throw refused }
            return try await show(ask, typed: said, refusals: refused.refusals)
        }
        return .see("/calls/\(call)/rolls/\(statement)?done=roll-invited")
    }
}

extension RollActs.Said {
    /// As it was entered, to be mended.
    fileprivate init(_ seen: Seen<RollInvite>, replaces: String) {
        self.init(
            name: seen[RollInviteSight.name] ?? "", organisation: seen[RollInviteSight.organisation] ?? "",
            title: seen[RollInviteSight.title] ?? "",
            answers: Drafts.decode(seen[RollInviteSight.answers] ?? "{}"),
            agreed: seen[RollInviteSight.agreed] ?? "", replaces: replaces)
    }
}
