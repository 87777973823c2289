import Foundation
import HTTPTypes
import Lifecycle
import Portal
import Store
import Testing

private struct DemoEntry: Decodable {
    let role: String
    let name: String
    let href: String
}

@Test func `the demo lists its people and signs each of them in`() async throws {
    let season = try await Season(experts: 0)
    let json = try await season.publicBrowser.get("/demo?format=json")
    #expect(json.headers[.contentType]?.hasPrefix("application/json") == true)
    let entries = try JSONDecoder().decode([DemoEntry].self, from: Data(json.bytes))
    let wanted: Set<String> = [
        "applicant", "team-member", "research-office", "programme-officer", "commission-leader", "expert",
        "finance", "finance-approver", "auditor", "integrity", "system-admin", "security-admin",
        "audit-admin",
    ]
    #expect(wanted.isSubset(of: entries.map(\.role)))
    for entry in entries {
        let browser = season.publicBrowser
        let page = try await browser.get(entry.href)
        #expect(page.status == 200)
        #expect(page.path == "/todo")
        #expect(page.contains(entry.name))
    }
    let next = try await season.publicBrowser.get("/demo/sign-in/auditor?next=/account")
    #expect(next.path == "/account")
}

@Test func `the demo's people and clock are missing without the demo and from elsewhere`() async throws {
    let real = try await Season(experts: 0, demo: false)
    let demo = try await Season(experts: 0)
    let elsewhere = ["x-forwarded-for": "203.0.113.7"]
    for path in ["/demo", "/demo?format=json", "/demo/sign-in/auditor"] {
        #expect(try await real.browser(as: "auditor").get(path).status == 404)
        #expect(try await demo.browser(as: "auditor").get(path, headers: elsewhere).status == 404)
        #expect(try await demo.publicBrowser.get(path, follow: false, headers: elsewhere).status == 303)
    }
    #expect(try await demo.browser(as: "auditor").get("/demo/sign-in/nobody").status == 404)
    let clock = try await real.browser(as: "auditor").post("/demo/clock", [("days", "1")], from: "/account")
    #expect(clock.status == 404)
    let cross = try await demo.browser(as: "auditor").get(
        "/demo/sign-in/finance", headers: ["sec-fetch-site": "cross-site"])
    #expect(cross.status == 404)
}

@Test func `the demo's clock goes forward, by a fact, and never back`() async throws {
    let season = try await Season(experts: 0)
    let browser = season.publicBrowser
    let before = season.house.now
    _ = try await browser.post("/demo/clock", [("days", "30")], from: "/demo")
    #expect(season.house.now == before.adding(seconds: 30 * 86_400))
    _ = try await browser.post("/demo/clock", [("to", "2026-08-01T16:00")], from: "/demo")
    #expect(season.house.now.text == "2026-08-01 16:00")
    for field in [("to", "2026-07-31T16:00"), ("to", "soon"), ("days", "0"), ("days", "-3")] {
        #expect(try await browser.post("/demo/clock", [field], from: "/demo").status == 422)
    }
    let moves = try season.house.database.readNow { store in
        try store.value("SELECT COUNT(*) FROM fact WHERE kind = 'clock.moved'", as: Int.self)
    }
    #expect(moves == 2)
}

@Test func `the home page shows open calls to everybody`() async throws {
    let season = try await Season(experts: 0)
    let page = try await season.publicBrowser.get("/")
    #expect(page.status == 200)
    #expect(page.contains(season.call.title))
    #expect(page.contains("data-countdown"))
    #expect(page.contains("/calls/\(season.call.id)"))
}

@Test func `assets are served by name for ever, and nothing else is`() async throws {
    let season = try await Season(experts: 0)
    let home = try await season.publicBrowser.get("/")
    let version = try #require(home.text.between("/assets/", "/"))
    for (file, type) in [
        ("jiebang.css", "text/css; charset=utf-8"), ("jiebang.js", "text/javascript; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
    ] {
        let asset = try await season.publicBrowser.get("/assets/\(version)/\(file)")
        #expect(asset.status == 200)
        #expect(asset.headers[.contentType] == type)
        #expect(asset.headers[.cacheControl]?.contains("immutable") == true)
    }
    let old = try await season.publicBrowser.get("/assets/0000/jiebang.css")
    #expect(old.headers[.cacheControl] == "no-cache")
    for path in ["/assets/\(version)/other.css", "/assets/\(version)/..%2FWords%2Fpeople.yaml"] {
        #expect(try await season.publicBrowser.get(path).status == 404)
    }
    #expect(try await season.publicBrowser.get("/favicon.ico").headers[.contentType] == "image/svg+xml")
}

@Test func `a to-do that does not list everything says how many more there are and leads to them`()
    async throws
{
    let season = try await Season(experts: 0)
    let expert = season.cast.person("expert")
    let browser = try season.browser(as: "expert")
    func call(_ numbers: Range<Int>) throws {
        try season.house.database.writeNow { store in
            for number in numbers {
                _ = try store.run(
                    """
                    INSERT INTO meeting (id, call, title, at, place, chair, quorum, majority, state, item, minutes)
                    VALUES (\("m\(number)"), \(season.call.id), \("第 \(number) 次会议"), \(season.now), '会议室', 'x', 1,
                      50, 'called', '', '')
                    """)
                _ = try store.run(
                    "INSERT INTO meeting_member (meeting, person, present) VALUES (\("m\(number)"), \(expert), \(false))"
                )
            }
        }
    }
    try call(0..<50)
    let whole = try await browser.get("/todo")
    #expect(whole.contains("轮到您办理的事项 50 件") && !whole.contains("打开清单"))
    try call(50..<53)
    let cut = try await browser.get("/todo")
    #expect(cut.contains("轮到您办理的事项 53 件") && cut.contains("“参加评审会议”另有 3 件未在此列出"))
    #expect(cut.contains("href=\"/meetings\" aria-label=\"打开清单"))
    // All of them stand there, page by page.
    var (found, path): (Set<String>, String?) = ([], "/meetings")
    while let next = path {
        let page = try await browser.get(next)
        found.formUnion(page.text.matches(of: /href="\/meetings\/(m[0-9]+)"/).map { String($0.1) })
        path = page.text.firstMatch(of: /rel="next" href="([^"]+)"/).map {
            String($0.1).replacing("&amp;", with: "&")
        }
    }
    #expect(found.count == 53)
}

@Test func `the to-do page is for who is signed in and says when nothing waits`() async throws {
    let season = try await Season(experts: 0)
    #expect(try await season.publicBrowser.get("/todo").path.hasPrefix("/sign-in"))
    let page = try await season.browser(as: "auditor").get("/todo")
    #expect(page.status == 200)
    #expect(page.contains("没有待办"))
    let audit = season.cast.person("audit-admin")
    _ = try await season.house.change(by: season.cast.person("system-admin"), at: season.now) {
        try Administration.propose(.invite, .auditAdmin, of: audit, in: ID("commission000000"), $0)
    }
    #expect(try await season.browser(as: "security-admin").get("/todo").contains("申明察"))
    #expect(try await !season.browser(as: "system-admin").get("/todo").contains("申明察"))
}
