import Foundation
import Lifecycle
import Portal
import Store
import Testing

private let old = "correct horse battery"
private let new = "another good sentence"

/// Who makes a way into somebody's account, and who can use it.
struct WayInTests {
    private static func waiting(_ season: Season) throws -> [Int64] {
        try season.house.database.readNow { try Administration.proposals($0).map(\.fact) }
    }

    /// Proposed by the system administrator and confirmed by the security administrator: each one's half.
    private static func halves(_ season: Season, for key: String) async throws -> (code: String, link: String)
    {
        let person = season.cast.person(key)
        let system = try season.browser(as: "system-admin")
        let proposed = try await system.post("/admin/people/\(person)/invitation", [])
        let code = try #require(proposed.text.between("<span class=\"hash\">", "</span>"))
        let number = try #require(try waiting(season).first)
        let security = try season.browser(as: "security-admin")
        let confirmed = try await security.post("/admin/proposals/\(number)/confirm", [], from: "/admin")
        let link = try #require(confirmed.text.between("http://127.0.0.1", "<"))
        #expect(!proposed.contains("/invitations/") && !confirmed.contains(code))
        return (code, link)
    }

    private static func accepts(_ season: Season, _ password: String) async throws -> Bool {
        let page = try await season.signIn(season.publicBrowser, DemoCast.email(of: "auditor"), password)
        return page.status == 303
    }

    @Test func `no administrator alone makes a new link for whoever can sign in`() async throws {
        let season = try await Season.withPassword("auditor")
        let person = season.cast.person("auditor")
        let home = ID<Organisation>("commission000000")
        #expect(
            await season.code("system-admin") { _ = try Invitations.issue(to: person, $0) }
                == ["invitation.two-needed"])
        for key in ["security-admin", "audit-admin", "programme-officer"] {
            let codes = await season.code(key) {
                try Administration.propose(.invite, nil, of: person, in: home, $0)
            }
            #expect(codes == [key == "programme-officer" ? "admin.only-administrators" : "admin.needs"])
        }
        for action in [AdministratorChange.grant, .end] {
            #expect(
                await season.code("system-admin") {
                    try Administration.propose(action, nil, of: person, in: home, $0)
                } == ["role.unknown"])
        }
        let system = try season.browser(as: "system-admin")
        #expect(try await system.post("/admin/people/\(person)/invitation", []).status == 200)
        let again = try await system.post("/admin/people/\(person)/invitation", [])
        #expect(again.status == 422 && again.contains("正等待确认"))
        let number = try #require(try Self.waiting(season).first)
        // The proposer may not confirm, and the audit administrator only looks on.
        for key in ["system-admin", "audit-admin"] {
            #expect(
                await season.code(key) { try Administration.confirm(number, $0) } == ["role.other-confirms"])
        }
        #expect(
            try season.house.database.readNow {
                try $0.value("SELECT COUNT(*) FROM invitation WHERE used_at IS NULL", as: Int.self)
            } == 0)
        #expect(try await season.browser(as: "security-admin").get("/todo").contains("严正衡"))
        #expect(await season.code("audit-admin") { try Administration.decline(number, $0) } == [])
        #expect(try await Self.accepts(season, old))
        #expect(
            try season.house.database.readNow {
                try $0.value("SELECT COUNT(*) FROM invitation_code", as: Int.self)
            } == 0)
    }

    @Test func `neither who proposed nor who confirmed can use the link alone`() async throws {
        let season = try await Season.withPassword("auditor")
        let (code, link) = try await Self.halves(season, for: "auditor")
        let fields = [("password", new), ("again", new)]
        for wrong in ["", "AAAA AAAA AAAA AAAA", String(code.dropLast())] {
            let page = try await season.publicBrowser.post(link, fields + [("code", wrong)])
            #expect(page.status == 422 && page.contains("核对码不正确"))
        }
        #expect(try await Self.accepts(season, old))
        let person = season.publicBrowser
        let done = try await person.post(
            link, fields + [("code", code.lowercased().replacing(" ", with: "-"))])
        #expect(done.path.hasPrefix("/account"))
        #expect(try await !Self.accepts(season, old))
        #expect(try await Self.accepts(season, new))
        // The account's owner reads who had a hand in it.
        for words in ["提出重新发出一次性链接", "纪维安", "安致远", "持有链接的人"] {
            #expect(done.contains(words), "\(words)")
        }
        #expect(!done.contains("核对码不正确"))
    }

    @Test func `a first link takes one administrator, and whoever used it, the person learns of it`()
        async throws
    {
        let season = try await Season(experts: 0)
        let person = season.cast.person("auditor")
        let system = try season.browser(as: "system-admin")
        let made = try await system.post("/admin/people/\(person)/invitation", [])
        let link = try #require(made.text.between("http://127.0.0.1", "<"))
        // A system administrator keeps the link for the own use …
        let taken = try await season.publicBrowser.post(link, [("password", old), ("again", old)])
        #expect(taken.path.hasPrefix("/account"))
        // … the person's own copy says that it was used, and when …
        let late = try await season.publicBrowser.get(link)
        #expect(late.status == 404 && late.contains("已于 \(season.now.text) 使用过"))
        // … the way back in takes two, and then the account tells of the first link.
        season.pass(seconds: 3600)
        let (code, second) = try await Self.halves(season, for: "auditor")
        let own = try await season.publicBrowser.post(
            second, [("password", new), ("again", new), ("code", code)])
        #expect(own.text.components(separatedBy: "用一次性链接设置了密码").count == 3)
        #expect(own.contains(Season.start.text))
        #expect(try await !Self.accepts(season, old))
        // An unknown token tells nothing.
        let unknown = try await season.publicBrowser.get("/invitations/\(String(repeating: "0", count: 64))")
        #expect(unknown.status == 404 && !unknown.contains("使用过"))
    }
}
