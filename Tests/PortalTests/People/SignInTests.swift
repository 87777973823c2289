import Foundation
import HTTPTypes
import Lifecycle
import Portal
import Store
import Testing

private let password = "correct horse battery"
private let officer = "programme-officer@jiebang.example"

extension Season {
    /// Gives a member of the cast a password, by the way everybody gets one.
    func invite(_ key: String) async throws -> String {
        let person = cast.person(key)
        return try await house.change(by: nil, at: now) { try Invitations.make(for: person, $0) }
    }

    /// A season in which the officer has a password and nobody is signed in.
    static func withPassword(_ key: String = "programme-officer", demo: Bool = true) async throws -> Season {
        let season = try await Season(experts: 0, demo: demo)
        let token = try await season.invite(key)
        let browser = season.publicBrowser
        let page = try await browser.post(
            "/invitations/\(token)", [("password", password), ("again", password)])
        #expect(page.path.hasPrefix("/account"))
        return season
    }

    func signIn(
        _ browser: Browser, _ email: String, _ password: String, next: String = "", follow: Bool = false
    ) async throws -> Browser.Page {
        try await browser.post(
            "/sign-in", [("email", email), ("password", password), ("next", next)], follow: follow)
    }

    func isSignedIn(_ browser: Browser) async throws -> Bool {
        try await browser.get("/todo", follow: false).status == 200
    }
}

@Test func `an invitation is not used by opening it, only by sending its form, and once`() async throws {
    let season = try await Season(experts: 0)
    let token = try await season.invite("programme-officer")
    for _ in 0..<3 {
        let page = try await season.publicBrowser.get("/invitations/\(token)")
        #expect(page.status == 200)
        #expect(page.contains("何清扬"))
    }
    let person = season.publicBrowser
    let short = try await person.post("/invitations/\(token)", [("password", "short"), ("again", "short")])
    #expect(short.status == 422)
    let own = "programme-officer-2026"
    let personal = try await person.post("/invitations/\(token)", [("password", own), ("again", own)])
    #expect(personal.status == 422)
    let differs = try await person.post(
        "/invitations/\(token)", [("password", password), ("again", password + "!")])
    #expect(differs.status == 422)
    let done = try await person.post("/invitations/\(token)", [("password", password), ("again", password)])
    #expect(done.status == 200)
    #expect(done.path.hasPrefix("/account"))
    #expect(try await season.publicBrowser.get("/invitations/\(token)").status == 404)
    let again = try await season.publicBrowser.post(
        "/invitations/\(token)", [("password", "another good sentence"), ("again", "another good sentence")],
        from: "/sign-in")
    #expect(again.status == 404)
}

@Test func `an invitation runs out after seven days and a newer one takes its place`() async throws {
    let season = try await Season(experts: 0)
    let first = try await season.invite("auditor")
    let second = try await season.invite("auditor")
    #expect(try await season.publicBrowser.get("/invitations/\(first)").status == 404)
    season.pass(to: Season.start.adding(seconds: 7 * 86_400 - 1))
    #expect(try await season.publicBrowser.get("/invitations/\(second)").status == 200)
    season.pass(to: Season.start.adding(seconds: 7 * 86_400))
    #expect(try await season.publicBrowser.get("/invitations/\(second)").status == 404)
    let unknown = String(repeating: "0", count: 64)
    #expect(try await season.publicBrowser.get("/invitations/\(unknown)").status == 404)
}

@Test func `a wrong password and an unknown account read the same`() async throws {
    let season = try await Season.withPassword()
    let browser = season.publicBrowser
    let wrong = try await season.signIn(browser, officer, "not the password")
    let unknown = try await season.signIn(browser, "nobody@jiebang.example", "not the password")
    #expect(wrong.status == 422)
    #expect(unknown.status == 422)
    let strip = { (page: Browser.Page, email: String) in
        page.text.replacingOccurrences(of: email, with: "")
    }
    #expect(strip(wrong, officer) == strip(unknown, "nobody@jiebang.example"))
    // A demo person without a password has no way in by the form.
    #expect(try await season.signIn(browser, "expert@jiebang.example", "").status == 422)
    #expect(try await !season.isSignedIn(browser))
}

@Test func `signing in gives a new token, ends the old one and goes only to a path of ours`() async throws {
    let season = try await Season.withPassword()
    let browser = season.publicBrowser
    let first = try await season.signIn(browser, officer.uppercased(), password, next: "/account")
    #expect(first.status == 303)
    #expect(first.headers[.location] == "/account")
    let field = first.headers[values: .setCookie].first { $0.hasPrefix(Session.cookie) } ?? ""
    #expect(field.contains("HttpOnly") && field.contains("SameSite=Lax") && !field.contains("Secure"))
    let token = try #require(browser.cookie(Session.cookie))
    #expect(try await season.isSignedIn(browser))

    // The same browser signs in again: through a form opened before, as another window would.
    let other = season.publicBrowser
    _ = try await other.get("/sign-in")
    other.setCookie(Session.cookie, token)
    let form = try await other.get("/account")
    let again = try await other.post(
        "/sign-in", [("email", officer), ("password", password), ("csrf", form.csrf ?? "")], follow: false)
    #expect(again.status == 303)
    #expect(other.cookie(Session.cookie) != token)
    #expect(try await !season.isSignedIn(browser))
    #expect(try await season.isSignedIn(other))

    for next in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
    {
        let page = try await season.signIn(season.publicBrowser, officer, password, next: next)
        #expect(page.headers[.location] == "/todo", "\(next)")
    }
}

@Test func `behind a proxy with TLS the cookies are secure`() async throws {
    let season = try await Season.withPassword()
    let browser = season.publicBrowser
    let headers = ["x-forwarded-proto": "https", "x-forwarded-for": "203.0.113.7"]
    let form = try await browser.get("/sign-in", headers: headers)
    #expect(form.headers[values: .setCookie].allSatisfy { $0.contains("; Secure") })
    let page = try await browser.post(
        "/sign-in", [("email", officer), ("password", password)], follow: false, headers: headers)
    #expect(
        page.headers[values: .setCookie].contains { $0.hasPrefix(Session.cookie) && $0.contains("; Secure") })
}

@Test func `five failures pause an account, known or not, even for the right password`() async throws {
    let season = try await Season.withPassword()
    for email in [officer, "nobody@jiebang.example"] {
        let browser = season.publicBrowser
        for _ in 0..<5 { #expect(try await season.signIn(browser, email, "not the password").status == 422) }
        #expect(try await season.signIn(browser, email, password).status == 429)
    }
    season.pass(to: Season.start.adding(seconds: 15 * 60 - 1))
    #expect(try await season.signIn(season.publicBrowser, officer, password).status == 429)
    season.pass(to: Season.start.adding(seconds: 15 * 60 + 1))
    #expect(try await season.signIn(season.publicBrowser, officer, password).status == 303)
}

@Test func `a success starts the account's count anew`() async throws {
    let season = try await Season.withPassword()
    for _ in 0..<3 {
        for _ in 0..<4 {
            #expect(try await season.signIn(season.publicBrowser, officer, "not the password").status == 422)
        }
        #expect(try await season.signIn(season.publicBrowser, officer, password).status == 303)
    }
}

@Test func `one address is paused after fifty failures over many accounts`() async throws {
    let season = try await Season.withPassword()
    let headers = ["x-forwarded-for": "198.51.100.9"]
    for number in 0..<50 {
        let browser = season.publicBrowser
        let page = try await browser.post(
            "/sign-in", [("email", "guess\(number)@jiebang.example"), ("password", "not the password")],
            follow: false, headers: headers)
        #expect(page.status == 422)
    }
    let browser = season.publicBrowser
    let same = try await browser.post(
        "/sign-in", [("email", officer), ("password", password)], follow: false,
        headers: ["x-forwarded-for": "198.51.100.77"])
    #expect(same.status == 429)
    let elsewhere = try await browser.post(
        "/sign-in", [("email", officer), ("password", password)], follow: false,
        headers: ["x-forwarded-for": "192.0.2.1"])
    #expect(elsewhere.status == 303)
}

@Test func `an idle session ends after thirty minutes and a busy one after twelve hours`() async throws {
    let season = try await Season.withPassword()
    let browser = season.publicBrowser
    _ = try await season.signIn(browser, officer, password)
    season.pass(to: Season.start.adding(seconds: 29 * 60))
    #expect(try await season.isSignedIn(browser))
    season.pass(to: Season.start.adding(seconds: 58 * 60))
    #expect(try await season.isSignedIn(browser))
    season.pass(to: Season.start.adding(seconds: 89 * 60))
    #expect(try await !season.isSignedIn(browser))

    // A page that reads itself anew, without anybody before it, keeps no session alive.
    let left = season.publicBrowser
    _ = try await season.signIn(left, officer, password)
    let leaving = season.now
    for minute in [10, 20, 29] {
        season.pass(to: leaving.adding(seconds: Int64(minute) * 60))
        _ = try await left.get("/todo", headers: ["X-Requested-With": "jiebang-watch"])
    }
    season.pass(to: leaving.adding(seconds: 31 * 60))
    #expect(try await !season.isSignedIn(left))

    let busy = season.publicBrowser
    _ = try await season.signIn(busy, officer, password)
    let start = season.now
    for quarter in 1..<48 {
        season.pass(to: start.adding(seconds: Int64(quarter) * 15 * 60))
        #expect(try await season.isSignedIn(busy))
    }
    season.pass(to: start.adding(seconds: 12 * 3600))
    #expect(try await !season.isSignedIn(busy))
}

@Test func `signing out ends this session, signing out everywhere ends all`() async throws {
    let season = try await Season.withPassword()
    let (one, two, three) = (season.publicBrowser, season.publicBrowser, season.publicBrowser)
    for browser in [one, two, three] { _ = try await season.signIn(browser, officer, password) }
    let token = try #require(one.cookie(Session.cookie))
    _ = try await one.post("/sign-out", [], from: "/account")
    #expect(one.cookie(Session.cookie) == nil)
    one.setCookie(Session.cookie, token)
    #expect(try await !season.isSignedIn(one))
    #expect(try await season.isSignedIn(two))
    _ = try await two.post("/account/sign-out-everywhere", [], from: "/account")
    #expect(try await !season.isSignedIn(three))
}

@Test func `a change of password asks for the current one and ends the other sessions`() async throws {
    let season = try await Season.withPassword()
    let (one, two) = (season.publicBrowser, season.publicBrowser)
    for browser in [one, two] { _ = try await season.signIn(browser, officer, password) }
    let new = "a longer sentence than before"
    let wrong = try await one.post(
        "/account/password", [("current", "not the password"), ("password", new), ("again", new)],
        from: "/account")
    #expect(wrong.status == 422)
    let good = try await one.post(
        "/account/password", [("current", password), ("password", new), ("again", new)], from: "/account")
    #expect(good.status == 200)
    #expect(try await season.isSignedIn(one))
    #expect(try await !season.isSignedIn(two))
    #expect(try await season.signIn(season.publicBrowser, officer, password).status == 422)
    #expect(try await season.signIn(season.publicBrowser, officer, new).status == 303)
}

@Test func `with a second factor the password alone opens nothing, and a code works once`() async throws {
    let season = try await Season.withPassword()
    let browser = season.publicBrowser
    _ = try await season.signIn(browser, officer, password)
    let enrolment = try await browser.get("/account/second-factor")
    let text = try #require(enrolment.text.between("name=\"secret\" value=\"", "\""))
    let secret = try #require(OneTimeCode.bytes(base32: text))
    #expect(enrolment.contains("otpauth://totp/Jiebang:"))
    func code() -> String { OneTimeCode.code(secret: secret, step: OneTimeCode.step(at: season.now)) }
    func enrol(_ code: String, _ current: String) async throws -> Browser.Page {
        try await browser.post(
            "/account/second-factor", [("secret", text), ("code", code), ("current", current)],
            from: "/account")
    }
    #expect(try await enrol("000000", password).status == 422)
    #expect(try await enrol(code(), "not the password").status == 422)
    let used = code()
    #expect(try await enrol(used, password).status == 200)
    #expect(try await season.isSignedIn(browser))

    let half = season.publicBrowser
    let first = try await season.signIn(half, officer, password, next: "/account")
    #expect(first.headers[.location] == "/sign-in/code?next=%2Faccount")
    #expect(try await !season.isSignedIn(half))
    let halfToken = half.cookie(Session.cookie)
    func send(_ code: String) async throws -> Browser.Page {
        try await half.post("/sign-in/code", [("code", code), ("next", "/account")], follow: false)
    }
    #expect(try await send(used).status == 422)  // the code of the enrolment is used up
    season.pass(to: season.now.adding(seconds: 30))
    let second = try await send(code())
    #expect(second.headers[.location] == "/account")
    #expect(half.cookie(Session.cookie) != halfToken)
    #expect(try await season.isSignedIn(half))

    let replay = season.publicBrowser
    _ = try await season.signIn(replay, officer, password)
    let refused = try await replay.post("/sign-in/code", [("code", code())], follow: false)
    #expect(refused.status == 422)
    season.pass(to: season.now.adding(seconds: 5 * 60))
    let late = try await replay.post("/sign-in/code", [("code", code())], from: "/sign-in", follow: false)
    #expect(late.headers[.location] == "/sign-in")
}

@Test func `wrong codes are paused like wrong passwords`() async throws {
    let season = try await Season.withPassword()
    let person = season.cast.person("programme-officer")
    let secret = [UInt8](repeating: 7, count: 20)
    try season.house.database.writeNow { store in
        _ = try store.run("UPDATE credential SET totp_secret = \(secret) WHERE person = \(person)")
    }
    let browser = season.publicBrowser
    _ = try await season.signIn(browser, officer, password)
    for _ in 0..<5 {
        #expect(try await browser.post("/sign-in/code", [("code", "12345")], follow: false).status == 422)
    }
    let good = OneTimeCode.code(secret: secret, step: OneTimeCode.step(at: season.now))
    #expect(try await browser.post("/sign-in/code", [("code", good)], follow: false).status == 429)
}

@Test func `a form without its token, or from another site, changes nothing`() async throws {
    let season = try await Season.withPassword()
    let browser = season.publicBrowser
    let missing = try await browser.post(
        "/sign-in", [("email", officer), ("password", password), ("csrf", "0000")], follow: false)
    #expect(missing.status == 403)
    let foreign = try await browser.post(
        "/sign-in", [("email", officer), ("password", password)], follow: false,
        headers: ["sec-fetch-site": "cross-site"])
    #expect(foreign.status == 403)
    _ = try await season.signIn(browser, officer, password)
    for path in ["/sign-out", "/account/sign-out-everywhere", "/account/password", "/demo/clock"] {
        let refused = try await browser.post(
            path, [("csrf", String(repeating: "0", count: 32))], follow: false)
        #expect(refused.status == 403, "\(path)")
    }
    #expect(try await season.isSignedIn(browser))
}

@Test func `the language is kept by a cookie and goes back only to a path of ours`() async throws {
    let season = try await Season(experts: 0)
    let browser = season.publicBrowser
    let there = try await browser.get("/language?to=en&next=%2Fsign-in-not", follow: false)
    #expect(there.status == 303)
    #expect(try await browser.get("/").contains("<html lang=\"en\">"))
    let away = try await browser.get("/language?to=zh&next=https%3A%2F%2Fevil.example", follow: false)
    #expect(away.headers[.location] == "/")
    #expect(try await browser.get("/").contains("<html lang=\"zh-CN\">"))
}
