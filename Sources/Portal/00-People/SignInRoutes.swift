import Lifecycle
import Store

/// `/sign-in`, `/sign-out`, `/language`.
enum SignInRoutes {
    static func add(to routes: Routes) {
        routes.get("/sign-in") { ask in
            let next = SignIn.local(ask.query.text("next"))
            if ask.viewer.person != nil { return .see(next ?? "/todo") }
            return try await page(ask, email: "", next: next, failure: nil)
        }
        routes.post("/sign-in", limit: 1 << 14, signIn)
        routes.get("/sign-in/code") { ask in
            guard try await half(ask) else { return .see("/sign-in") }
            return try await codePage(ask, failure: nil)
        }
        routes.post("/sign-in/code", limit: 1 << 14, code)
        routes.post("/sign-out", limit: 1 << 14) { ask in
            if let session = ask.session {
                try await ask.house.database.write { store in
                    _ = try store.run("DELETE FROM session WHERE token_hash = \(session.tokenHash)")
                }
            }
            var answer = Answer.see("/?done=signed-out")
            answer.add("Set-Cookie", Session.endedCookieField(ask))
            return answer
        }
        routes.get("/language") { ask in
            guard let language = Language(rawValue: ask.query.text("to")) else { throw Missing() }
            var answer = Answer.see(SignIn.local(ask.query.text("next")) ?? "/")
            let secure = ask.isSecure ? "; Secure" : ""
            answer.add(
                "Set-Cookie",
                "\(Session.languageCookie)=\(language.rawValue); Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000\(secure)"
            )
            return answer
        }
    }

    private static func signIn(_ ask: Ask) async throws -> Answer {
        let next = SignIn.local(ask.form.text("next"))
        let email = ask.form.text("email")
        let outcome = try await SignIn.attempt(
            email: email, password: ask.form["password"] ?? "", ask)
        return try await answer(outcome, next, ask) { failure in
            try await page(ask, email: String(email.prefix(254)), next: next, failure: failure)
        }
    }

    private static func code(_ ask: Ask) async throws -> Answer {
        guard let token = ask.cookie(Session.cookie), try await half(ask) else { return .see("/sign-in") }
        let outcome = try await SignIn.attempt(code: ask.form.text("code"), half: token, ask)
        return try await answer(outcome, SignIn.local(ask.form.text("next")), ask) { failure in
            try await codePage(ask, failure: failure)
        }
    }

    private static func answer(
        _ outcome: SignIn.Outcome, _ next: String?, _ ask: Ask,
        again: (_ failure: String) async throws -> Answer
    ) async throws -> Answer {
        switch outcome {
        case .signedIn(let token):
            var answer = Answer.see(next ?? "/todo")
            answer.add("Set-Cookie", Session.cookieField(token, ask))
            return answer
        case .half(let token):
            var answer = Answer.see("/sign-in/code" + (next.map { "?next=\($0.percentEncoded)" } ?? ""))
            answer.add("Set-Cookie", Session.cookieField(token, ask))
            return answer
        case .refused: return try await again("refused")
        case .locked:
            var answer = try await again("locked")
            answer.status = 429
            answer.set("Retry-After", String(Attempts.lockSeconds))
            return answer
        }
    }

    private static func half(_ ask: Ask) async throws -> Bool {
        guard let token = ask.cookie(Session.cookie) else { return false }
        let now = ask.house.world.now()
        return try await ask.read { store in try Session.findHalf(token: token, at: now, store) } != nil
    }

    private static func page(_ ask: Ask, email: String, next: String?, failure: String?) async throws
        -> Answer
    {
        let troubles = Troubles(
            failure.map { [Troubles.Item(field: "email", text: ask.words["signin.\($0)"])] } ?? [])
        return try await ask.page(
            "account/sign-in",
            SignInPage(
                email: email, next: next ?? "", troubles: troubles,
                isDemo: ask.house.options.demo && ask.isLocal),
            status: failure == nil ? 200 : 422)
    }

    private static func codePage(_ ask: Ask, failure: String?) async throws -> Answer {
        let next = SignIn.local(ask.query.text("next")) ?? SignIn.local(ask.form.text("next"))
        let troubles = Troubles(
            failure.map { [Troubles.Item(field: "code", text: ask.words["signin.code-\($0)"])] } ?? [])
        return try await ask.page(
            "account/code", CodePage(next: next ?? "", troubles: troubles),
            status: failure == nil ? 200 : 422)
    }
}

struct SignInPage: Sendable {
    let email: String
    let next: String
    let troubles: Troubles
    let isDemo: Bool
}

struct CodePage: Sendable {
    let next: String
    let troubles: Troubles
}
