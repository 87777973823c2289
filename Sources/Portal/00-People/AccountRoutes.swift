import Foundation
import Lifecycle
import Store

/// `/account`: one's own data, sessions, password and second factor.
enum AccountRoutes {
    static func add(to routes: Routes) {
        routes.get("/account") { ask in try await page(ask) }
        routes.post("/account/password", limit: 1 << 14, changePassword)
        routes.get("/account/second-factor") { ask in
            _ = try ask.signedIn()
            let secret = ask.house.world.secretBytes(OneTimeCode.secretBytes)
            return try await factorPage(ask, secret: secret, [])
        }
        routes.post("/account/second-factor", limit: 1 << 14, enrol)
        routes.post("/account/second-factor/remove", limit: 1 << 14, removeFactor)
        routes.post("/account/sign-out-everywhere", limit: 1 << 14) { ask in
            let person = try ask.signedIn()
            try await ask.house.database.write { store in
                _ = try store.run("DELETE FROM session WHERE person = \(person)")
            }
            var answer = Answer.see("/sign-in?done=signed-out-everywhere")
            answer.add("Set-Cookie", Session.endedCookieField(ask))
            return answer
        }
    }

    private static func changePassword(_ ask: Ask) async throws -> Answer {
        guard let session = ask.session else { throw Missing() }
        let house = ask.house
        let person = try await ask.read { store in try PersonRecord.find(session.person, store) }
        let password = ask.form["password"] ?? ""
        var refusals = PasswordRules.refusals(password, name: person.name, email: person.email)
        if password != ask.form["again"] { refusals.append(Refusal("password.differs")) }
        if refusals.isEmpty, let refusal = try await refusalOfCurrent(ask, session) { refusals = [refusal] }
        guard refusals.isEmpty else { return try await page(ask, refusals) }
        let encoded = try await house.passwords.hash(password, salt: house.world.secretBytes(16))
        let token = try await ask.change { change in
            try Credentials.setPassword(encoded, keeping: session, change)
            _ = try change.store.run("DELETE FROM session WHERE token_hash = \(session.tokenHash)")
            return try Session.open(
                session.person, secondFactor: session.secondFactor, world: house.world, change.store)
        }
        var answer = Answer.see("/account?done=password-changed")
        answer.add("Set-Cookie", Session.cookieField(token, ask))
        return answer
    }

    private static func enrol(_ ask: Ask) async throws -> Answer {
        guard let session = ask.session else { throw Missing() }
        guard let secret = OneTimeCode.bytes(base32: ask.form.text("secret")),
            secret.count == OneTimeCode.secretBytes
        else { return .see("/account/second-factor") }
        if let refusal = try await refusalOfCurrent(ask, session) {
            return try await factorPage(ask, secret: secret, [refusal])
        }
        guard
            let step = OneTimeCode.match(
                ask.form.text("code"), secret: secret, lastStep: nil, at: ask.house.world.now())
        else { return try await factorPage(ask, secret: secret, [Refusal("second-factor.code")]) }
        try await ask.change { change in
            try Credentials.setFactor(secret, step: step, keeping: session, change)
        }
        return .see("/account?done=second-factor-set")
    }

    private static func removeFactor(_ ask: Ask) async throws -> Answer {
        guard let session = ask.session else { throw Missing() }
        if let refusal = try await refusalOfCurrent(ask, session) { return try await page(ask, [refusal]) }
        if ask.viewer.roles.contains(where: \.isAdministrator) {
            return try await page(ask, [Refusal("second-factor.administrators")])
        }
        try await ask.change { change in try Credentials.removeFactor(keeping: session, change) }
        return .see("/account?done=second-factor-removed")
    }

    /// A stolen session must not become a stolen account: what changes the way in asks for the password again,
    /// and wrong ones count as failures.
    private static func refusalOfCurrent(_ ask: Ask, _ session: Session) async throws -> Refusal? {
        let house = ask.house
        let now = house.world.now()
        let (email, encoded) = try await ask.read { store in
            (
                try PersonRecord.find(session.person, store).email,
                try Credentials.password(of: session.person, store)
            )
        }
        guard let encoded else { return Refusal("password.none") }
        let names: [Attempts.Name] = [.account(email)]
        guard try await house.database.write(.relaxed, { try Attempts.begin(names, at: now, $0) }) else {
            return Refusal("password.locked")
        }
        guard
            try await house.passwords.verify(
                ask.form["current"] ?? "", encoded: encoded, salt: house.world.secretBytes(16))
        else { return Refusal("password.wrong") }
        try await house.database.write(.relaxed) { try Attempts.succeed(names, $0) }
        return nil
    }

    private static func page(_ ask: Ask, _ refusals: [Refusal] = []) async throws -> Answer {
        guard let session = ask.session else { throw Missing() }
        let now = ask.house.world.now()
        let (person, outline, tenures, sessions, ways, track) = try await ask.read { store in
            (
                try PersonRecord.find(session.person, store),
                try Credentials.outline(of: session.person, store),
                try TenureLine.now(of: session.person, at: ask.now, store),
                try AccountPage.sessions(session, at: now, store), try WaysIn.of(session.person, store),
                TrackLines(
                    try TrackEntry.all(of: [session.person], store),
                    try KnownEntry.all(of: [session.person], store), as: [.owner], ask.words)
            )
        }
        let seen = Seen(person, as: [.owner])
        return try await ask.page(
            "account/account",
            AccountPage(seen, outline, tenures, sessions, ways, track, refusals, ask),
            status: refusals.isEmpty ? 200 : 422
        )
    }

    private static func factorPage(_ ask: Ask, secret: [UInt8], _ refusals: [Refusal]) async throws -> Answer
    {
        guard let session = ask.session else { throw Missing() }
        let (person, outline) = try await ask.read { store in
            (try PersonRecord.find(session.person, store), try Credentials.outline(of: session.person, store))
        }
        let text = OneTimeCode.base32(secret)
        let troubles = Troubles(refusals, ask.words) { $0.code == "second-factor.code" ? "code" : "current" }
        return try await ask.page(
            "account/second-factor",
            FactorPage(
                secret: text, grouped: OneTimeCode.grouped(text),
                uri: OneTimeCode.uri(secret: secret, account: person.email, issuer: "Jiebang"),
                isPossible: outline?.hasPassword ?? false, replaces: outline?.hasFactor ?? false,
                troubles: troubles),
            status: refusals.isEmpty ? 200 : 422)
    }
}

struct FactorPage: Sendable {
    let secret: String
    let grouped: String
    let uri: String
    let isPossible: Bool
    let replaces: Bool
    let troubles: Troubles
}
