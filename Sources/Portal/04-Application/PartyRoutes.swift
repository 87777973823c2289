import Lifecycle
import Store

/// Asking people in by name, and answering.
enum PartyRoutes {
    static func add(to routes: Routes) {
        routes.get("/drafts/{id}/parties") { ask in try await draft(ask) }
        routes.post("/drafts/{id}/parties") { ask in
            try await invite(ask, at: "/drafts/\(ask.parameter("id"))/parties") { try await draft(ask, $0) }
        }
        routes.post("/drafts/{id}/parties/release") { ask in
            try await release(ask, at: "/drafts/\(ask.parameter("id"))/parties")
        }
        routes.post("/cases/{id}/parties") { ask in
            try await invite(ask, at: "/cases/\(ask.parameter("id"))/statements", orElse: nil)
        }
        routes.post("/cases/{id}/parties/release") { ask in
            try await release(ask, at: "/cases/\(ask.parameter("id"))/statements")
        }
        routes.get("/parties/{invitation}") { ask in try await show(ask, []) }
        routes.post("/parties/{invitation}/accept") { ask in
            let (number, isConfirmed) = (try number(ask), ask.form["confirmed"] == "yes")
            return try await answer(ask, "party-accepted") { change in
                try PartyActs.accept(
                    number, by: ask.viewer, isConfirmed: isConfirmed, change, ask.house)
            }
        }
        routes.post("/parties/{invitation}/decline") { ask in
            let (number, reason) = (try number(ask), ask.form.text("reason"))
            return try await answer(ask, "party-declined") { change in
                try PartyActs.decline(number, by: ask.viewer, reason: reason, change, ask.house)
            }
        }
    }

    private static func number(_ ask: Ask) throws -> Int64 {
        guard let number = Int64(ask.parameter("invitation")) else { throw Missing() }
        return number
    }

    private static func draft(_ ask: Ask, _ refusals: [Refusal] = []) async throws -> Answer {
        let id = ask.id("id", Application.self)
        let page = try await ask.read { store in
            let open = try OpenDraft.find(id, of: ask.viewer.person, ask.house, store)
            guard open.programme.parties?.contains(where: { $0.invitedBy == .applicant }) == true else {
                throw Missing()
            }
            return DraftPartiesPage(
                open, try InvitedParty.all(of: id, store), errors: refusals.map(ask.words.sentence), ask)
        }
        return try await ask.page("draft/parties", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func invite(
        _ ask: Ask, at place: String, orElse again: (@Sendable ([Refusal]) async throws -> Answer)?
    ) async throws -> Answer {
        let id = ask.id("id", Application.self)
        _ = try ask.signedIn()
        guard let role = Role(rawValue: ask.form.text("role")) else { throw Missing() }
        let email = ask.form.text("email")
        do {
            try await ask.change { change in
                _ = try PartyActs.invite(email, as: role, to: id, by: ask.viewer, change, ask.house)
            }
        } catch let refused as Refused {
            guard let again else { throw refused }
            return try await again(refused.refusals)
        }
        return .see("\(place)?done=party-invited")
    }

    private static func release(_ ask: Ask, at place: String) async throws -> Answer {
        let id = ask.id("id", Application.self)
        _ = try ask.signedIn()
        guard let invitation = Int64(ask.form.text("invitation")) else { throw Missing() }
        try await ask.change { change in
            try PartyActs.release(invitation, of: id, by: ask.viewer, change, ask.house)
        }
        return .see("\(place)?done=party-released")
    }

    private static func show(_ ask: Ask, _ refusals: [Refusal]) async throws -> Answer {
        let number = try number(ask)
        let page = try await ask.read { store in
            PartyPage(
                try PartyQueries.invitation(number, for: ask.viewer, ask.house, store),
                errors: refusals.map(ask.words.sentence), ask)
        }
        return try await ask.page("party/invitation", page, status: refusals.isEmpty ? 200 : 422)
    }

    private static func answer(
        _ ask: Ask, _ done: String, _ act: @escaping @Sendable (Change) throws -> Void
    ) async throws -> Answer {
        _ = try ask.signedIn()
        do {
            try await ask.change { change in try act(change) }
        } catch let refused as Refused {
            return try await show(ask, refused.refusals)
        }
        return .see("/parties/\(try number(ask))?done=\(done)")
    }
}
