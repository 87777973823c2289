import Lifecycle
import Store

/// The way in: password, then the second factor where the person has one. Each step gives a new token.
enum SignIn {
    enum Outcome: Sendable {
        case signedIn(token: String)
        /// The password was right; the token is good for the second factor's page only.
        case half(token: String)
        /// Which part was wrong is not told.
        case refused
        case locked
    }

    private struct Account: Decodable, Sendable {
        let person: ID<Person>
        let password: String?
        let hasFactor: Bool
    }

    static func attempt(email typed: String, password: String, _ ask: Ask) async throws -> Outcome {
        let house = ask.house
        let now = house.world.now()
        let email = String(typed.trimmed.lowercased().prefix(254))
        let names: [Attempts.Name] = [.account(email), .address(ask.address)]
        guard
            try await house.database.write(
                .relaxed, { store in try Attempts.begin(names, at: now, store) })
        else { return .locked }
        let account = try await ask.read { store in
            try store.row(
                """
                SELECT person.id AS person, credential.password AS password,
                  credential.totp_secret IS NOT NULL AS has_factor
                FROM person JOIN credential ON credential.person = person.id
                WHERE person.email = \(email) AND person.email <> ''
                """, as: Account.self)
        }
        let salt = house.world.secretBytes(16)
        let typedPassword = String(password.prefix(PasswordRules.most + 1))
        let good = try await house.passwords.verify(
            typedPassword, encoded: account?.password, salt: salt)
        guard good, let account else { return .refused }
        var renewed: String?
        if let encoded = account.password, house.passwords.isDated(encoded) {
            renewed = try await house.passwords.hash(typedPassword, salt: salt)
        }
        let encoded = renewed
        let old = ask.cookie(Session.cookie).map(Session.hash)
        let token: String? = try await house.database.write { store in
            // A password that was changed while this one was hashed is not undone by it.
            let stands = try store.value(
                "SELECT 1 FROM credential WHERE person = \(account.person) AND password = \(account.password)",
                as: Int.self)
            guard stands != nil else { return nil }
            try Attempts.succeed(names, store)
            try Session.forgetOld(at: now, store)
            if let old { _ = try store.run("DELETE FROM session WHERE token_hash = \(old)") }
            if let encoded {
                _ = try store.run(
                    "UPDATE credential SET password = \(encoded) WHERE person = \(account.person)")
            }
            return try Session.open(account.person, secondFactor: false, world: house.world, store)
        }
        guard let token else { return .refused }
        return account.hasFactor ? .half(token: token) : .signedIn(token: token)
    }

    /// The second step. The half session ends; a whole one with a new token begins.
    static func attempt(code: String, half token: String, _ ask: Ask) async throws -> Outcome {
        let house = ask.house
        let now = house.world.now()
        return try await house.database.write { store in
            guard let person = try Session.findHalf(token: token, at: now, store) else { return .refused }
            let names: [Attempts.Name] = [.code(person), .address(ask.address)]
            guard try Attempts.begin(names, at: now, store) else {
                _ = try store.run("DELETE FROM session WHERE token_hash = \(Session.hash(token))")
                return .locked
            }
            guard try Credentials.use(code, of: person, at: now, store) else { return .refused }
            try Attempts.succeed(names, store)
            _ = try store.run("DELETE FROM session WHERE token_hash = \(Session.hash(token))")
            return .signedIn(
                token: try Session.open(person, secondFactor: true, world: house.world, store))
        }
    }

    /// Only a path of this house is gone on to: no other site, no script, no sign-in page again.
    static func local(_ next: String) -> String? {
        guard next.hasPrefix("/"), !next.hasPrefix("//"), !next.hasPrefix("/sign-in"),
            next.utf8.count <= 1000,
            next.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 && $0 != "\\" })
        else { return nil }
        return next
    }
}

extension Session {
    /// Lax, not Strict: a link in a letter has to find the reader signed in. Changes carry a token besides.
    static func cookieField(_ token: String, _ ask: Ask) -> String {
        "\(cookie)=\(token); Path=/; HttpOnly; SameSite=Lax\(ask.isSecure ? "; Secure" : "")"
    }

    static func endedCookieField(_ ask: Ask) -> String {
        "\(cookie)=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\(ask.isSecure ? "; Secure" : "")"
    }

    /// Ends what has run out, and forgets old failures.
    static func forgetOld(at now: Instant, _ store: Transaction) throws {
        _ = try store.run(
            """
            DELETE FROM session WHERE created_at < \(now.adding(seconds: -absoluteSeconds))
              OR seen_at < \(now.adding(seconds: -idleSeconds))
            """)
        _ = try store.run("DELETE FROM attempt WHERE last_at < \(now.adding(seconds: -2 * 86_400))")
    }
}
