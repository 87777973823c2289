import Lifecycle
import Store

/// `/invitations/{token}`: reading shows whose link it is, sending the form uses it up.
enum InvitationRoutes {
    static func add(to routes: Routes) {
        routes.get("/invitations/{token}") { ask in try await page(ask, []) }
        routes.post("/invitations/{token}", limit: 1 << 14, accept)
    }

    private static func accept(_ ask: Ask) async throws -> Answer {
        guard let invited = try await invited(ask) else { return try await gone(ask) }
        let password = ask.form["password"] ?? ""
        var refusals = PasswordRules.refusals(password, name: invited.name, email: invited.email)
        if password != ask.form["again"] { refusals.append(Refusal("password.differs")) }
        let code = ask.form.text("code")
        if !invited.isOpened(by: code) { refusals.append(Refusal("invitation.code")) }
        guard refusals.isEmpty else { return try await page(ask, refusals) }
        let house = ask.house
        let encoded = try await house.passwords.hash(password, salt: house.world.secretBytes(16))
        let token = ask.parameter("token")
        let old = ask.session?.tokenHash
        do {
            // The person acts, though not signed in yet: the link is what shows who it is.
            let session = try await house.change(by: invited.person, at: ask.now) { change in
                let person = try Invitations.consume(token, code: code, encoded: encoded, change)
                if let old { _ = try change.store.run("DELETE FROM session WHERE token_hash = \(old)") }
                return try Session.open(person, secondFactor: false, world: house.world, change.store)
            }
            var answer = Answer.see("/account?done=password-set")
            answer.add("Set-Cookie", Session.cookieField(session, ask))
            return answer
        } catch is Missing {
            return try await gone(ask)
        }
    }

    private static func invited(_ ask: Ask) async throws -> Invitations.Invited? {
        let token = ask.parameter("token")
        let now = ask.house.world.now()
        return try await ask.read { store in try Invitations.find(token, at: now, store) }
    }

    private static func page(_ ask: Ask, _ refusals: [Refusal]) async throws -> Answer {
        guard let invited = try await invited(ask) else { return try await gone(ask) }
        let troubles = Troubles(refusals, ask.words) {
            switch $0.code {
            case "password.differs": "again"
            case "invitation.code": "code"
            default: "password"
            }
        }
        return try await ask.page(
            "account/invitation",
            FirstPasswordPage(
                name: invited.name, email: invited.email, organisation: invited.organisationName,
                action: ask.path, needsCode: invited.needsCode,
                least: ask.words.filled("account.password.hint", ["least": String(PasswordRules.least)]),
                troubles: troubles),
            status: refusals.isEmpty ? 200 : 422)
    }

    /// Unknown and run out: the same words. Who holds a link that was used learns when: if somebody else was
    /// quicker, it shows here.
    private static func gone(_ ask: Ask) async throws -> Answer {
        let token = ask.parameter("token")
        let used = try await ask.read { store in try Invitations.used(token, store) }
        return try await ask.page(
            "account/invitation-gone",
            GonePage(
                wasUsed: used != nil,
                used: used.map { ask.words.filled("invitation.used", ["time": $0.text]) } ?? ""),
            status: 404)
    }
}

struct FirstPasswordPage: Sendable {
    let name: String
    let email: String
    let organisation: String
    let action: String
    let needsCode: Bool
    let least: String
    let troubles: Troubles
}

struct GonePage: Sendable {
    let wasUsed: Bool
    let used: String
}
