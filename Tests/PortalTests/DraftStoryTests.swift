import Foundation
import HTTPTypes
import Lifecycle
import Portal
import Store
import Testing

/// What an applicant types, and how far a story has brought it.
enum Writing {
    /// Moves the clock; sessions that ended on the way are opened anew.
    static func move(_ city: Season, to instant: Instant, _ browsers: [(Browser, ID<Person>)]) throws {
        city.move(to: instant)
        for (browser, person) in browsers { try browser.signIn(person, city.house) }
    }

    /// Text for every field of a section, long enough for the programme's form.
    static func fields(_ section: ApplicationForm.Section, base: Int = 0) -> [(String, String)] {
        section.fields.map { field in
            let text: String =
                switch field.kind {
                case .line: "北京城市更新中的公共文化空间研究"
                case .prose: String(repeating: "本研究考察北京公共文化空间的形成与使用。", count: 5)
                case .count: "3"
                case .money: "30,000.50"
                case .day: "2027-01-01"
                case .time: "09:30"
                case .choice: field.options.first?.id ?? ""
                case .discipline: "84011"
                case .keywords: "城市更新、公共文化、空间"
                case .flag: "true"
                }
            return (field.id, text)
        } + [("base", "\(base)")]
    }

    /// Starts a draft in the season's call and gives its id.
    static func start(_ city: Season, _ browser: Browser) async throws -> String {
        let page = try await browser.post("/calls/\(city.call.id)/apply", [], from: "/journal-none")
        return try #require(page.path.split(separator: "/").last.map { String($0.prefix { $0 != "?" }) })
    }

    static func fill(_ city: Season, _ browser: Browser, _ draft: String) async throws {
        for section in city.programme.form.sections {
            let path = "/drafts/\(draft)/sections/\(section.id)"
            let page = try await browser.post(path, fields(section), follow: false)
            #expect(page.status == 303, "\(section.id): \(page.text.prefix(400))")
        }
    }

    static func submit(_ browser: Browser, _ draft: String) async throws -> Browser.Page {
        try await browser.post(
            "/drafts/\(draft)/submit", [("commit", "yes"), ("content", try await looked(browser, draft))],
            from: "/drafts/\(draft)/team", follow: false)
    }

    /// What the page for submitting sends back of what it showed.
    static func looked(_ browser: Browser, _ draft: String) async throws -> String {
        try await browser.get("/drafts/\(draft)/submit").text.between("name=\"content\" value=\"", "\"") ?? ""
    }

    /// A season whose applicant has submitted.
    static func submitted() async throws -> (Season, Browser, String) {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await start(city, browser)
        try await fill(city, browser, draft)
        let page = try await submit(browser, draft)
        #expect(page.status == 303)
        return (city, browser, draft)
    }
}

@Suite struct DraftStoryTests {
    @Test func `an applicant of a central university is refused with the rule and its citation`() async throws
    {
        let city = try await Season()
        let browser = try city.browser(as: "applicant-central")
        let page = try await browser.post("/calls/\(city.call.id)/apply", [], from: "/nothing")
        #expect(page.status == 422)
        #expect(page.contains("申请人所在单位须为市属高校"))
        #expect(page.contains("<p class=\"cite\">"))
        #expect(page.contains("不符合"))
        let drafts = try city.house.database.readNow {
            try $0.value("SELECT COUNT(*) FROM draft", as: Int.self)
        }
        #expect(drafts == 0)
    }

    @Test func `who is no applicant and who comes too early or too late is told why`() async throws {
        let city = try await Season()
        let expert = try await city.browser(as: "expert").post(
            "/calls/\(city.call.id)/apply", [], from: "/nothing")
        #expect(expert.status == 422)
        #expect(expert.contains("没有申请人身份"))
        let applicant = try city.browser(as: "applicant")
        try Writing.move(
            city, to: Instant(Season.day("2026-05-20"), hour: 9), [(applicant, city.cast.person("applicant"))]
        )
        let early = try await applicant.post("/calls/\(city.call.id)/apply", [], from: "/nothing")
        #expect(early.status == 422 && early.contains("2026-06-01 09:00"))
        try Writing.move(
            city, to: Instant(Season.day("2026-06-30"), hour: 16).adding(milliseconds: 1),
            [(applicant, city.cast.person("applicant"))])
        let late = try await applicant.post("/calls/\(city.call.id)/apply", [], from: "/nothing")
        #expect(late.status == 422 && late.contains("2026-06-30 16:00"))
    }

    @Test func `another person's draft is missing on every route, and so is one that does not exist`()
        async throws
    {
        let city = try await Season()
        let draft = try await Writing.start(city, try city.browser(as: "applicant"))
        for key in DemoCast.members.map(\.key) where key != "applicant" {
            let browser = try city.browser(as: key)
            for part in [
                "", "/sections/basics", "/verdicts", "/team", "/attachments", "/continues", "/exclusions",
                "/submit",
            ] {
                let theirs = try await browser.get("/drafts/\(draft)\(part)", follow: false)
                let none = try await browser.get("/drafts/0000000000000000\(part)", follow: false)
                #expect(theirs.status == 404, "\(key) \(part)")
                #expect(
                    theirs.text.replacing(draft, with: "")
                        == none.text.replacing("0000000000000000", with: ""))
            }
            let saved = try await browser.post(
                "/drafts/\(draft)/sections/basics", [("title", "改掉"), ("base", "0")], from: "/nothing")
            #expect(saved.status == 404)
        }
        let stranger = try await city.publicBrowser.get("/drafts/\(draft)", follow: false)
        #expect(stranger.status == 303)
    }

    @Test func `a draft cannot be taken for a submission`() async throws {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let page = try await browser.get("/drafts/\(draft)")
        #expect(page.contains("草稿，尚未提交"))
        #expect(page.contains("未填"))
        #expect(page.contains("data-server-now="))
        try await Writing.fill(city, browser, draft)
        let filled = try await browser.get("/drafts/\(draft)")
        #expect(filled.contains("已完成") && filled.contains("草稿，尚未提交"))
        #expect(!filled.contains("未填<"))
    }

    @Test func `what was typed is kept whatever is wrong with it, and the summary links to the field`()
        async throws
    {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let money = try #require(
            city.programme.form.sections.first { $0.fields.contains { $0.kind == .money } })
        let field = try #require(money.fields.first { $0.kind == .money })
        let page = try await browser.post(
            "/drafts/\(draft)/sections/\(money.id)", [(field.id, "五万 <b>元</b>"), ("base", "0")])
        #expect(page.contains("value=\"五万 &lt;b&gt;元&lt;/b&gt;\""))
        #expect(page.contains("href=\"#\(field.id)\""))
        #expect(page.contains("以元为单位"))
        let huge = try await browser.post(
            "/drafts/\(draft)/sections/\(money.id)", [(field.id, "99999999999999"), ("base", "1")])
        #expect(huge.contains("以元为单位"))
        let good = try await browser.post(
            "/drafts/\(draft)/sections/\(money.id)",
            [(field.id, "50,000.50"), ("base", "2"), ("then", "stay")])
        #expect(good.contains("value=\"50000.50\""))
    }

    @Test func `an autosave never overwrites a newer edit, and the conflict shows both`() async throws {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let path = "/drafts/\(draft)/sections/basics"
        func autosave(_ title: String, base: Int) async throws -> Browser.Page {
            try await browser.post(
                "\(path)/autosave", [("title", title), ("base", "\(base)")], from: path,
                headers: ["X-Requested-With": "jiebang"])
        }
        let first = try await autosave("第一扇窗的题目", base: 0)
        #expect(first.status == 200)
        #expect(first.contains("\"version\":1"))
        let again = try await autosave("第一扇窗的题目", base: 0)
        #expect(again.status == 200, "the same text sent again is no conflict")
        let other = try await autosave("第二扇窗的题目", base: 0)
        #expect(other.status == 409)
        #expect(other.contains("\"mine\":\"第二扇窗的题目\"") && other.contains("\"theirs\":\"第一扇窗的题目\""))
        let kept = try await browser.get(path)
        #expect(kept.contains("value=\"第一扇窗的题目\""))

        let page = try await browser.post(path, [("title", "第二扇窗的题目"), ("base", "0")])
        #expect(page.status == 409)
        #expect(page.contains("第一扇窗的题目") && page.contains("第二扇窗的题目"))
        let chosen = try await browser.post(
            path,
            [
                ("title", "第二扇窗的题目"), ("base", "1"), ("resolve", "1"), ("take.title", "theirs"),
                ("then", "stay"),
            ])
        #expect(chosen.contains("value=\"第一扇窗的题目\""))
        let mine = try await browser.post(
            path,
            [("title", "第二扇窗的题目"), ("base", "2"), ("resolve", "1"), ("take.title", "mine"), ("then", "stay")])
        #expect(mine.contains("value=\"第二扇窗的题目\""))
    }

    @Test func `a late submission is refused with the deadline it missed`() async throws {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        try await Writing.fill(city, browser, draft)
        try Writing.move(
            city, to: Instant(Season.day("2026-06-30"), hour: 16).adding(milliseconds: 1),
            [(browser, city.cast.person("applicant"))])
        let late = try await Writing.submit(browser, draft)
        #expect(late.status == 422)
        #expect(late.contains("已过截止时间 2026-06-30 16:00"))
        let over = try await browser.get("/drafts/\(draft)")
        #expect(over.contains("已过截止时间，没有提交") && !over.contains("href=\"/drafts/\(draft)/submit\" class"))
        #expect(!over.contains("button primary large") && !over.contains("才算提交"))
        #expect(try await browser.get("/calls/\(city.call.id)").contains("查看我的申请"))
        try Writing.move(
            city, to: Instant(Season.day("2026-06-30"), hour: 16), [(browser, city.cast.person("applicant"))])
        let inTime = try await Writing.submit(browser, draft)
        #expect(inTime.status == 303)
        #expect(inTime.headers[.location]?.hasPrefix("/cases/\(draft)/receipt") == true)
    }

    @Test
    func
        `an unfinished draft is refused with a link to each field, and without the commitments nothing goes`()
        async throws
    {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let page = try await Writing.submit(browser, draft)
        #expect(page.status == 422)
        for section in city.programme.form.sections {
            for field in section.fields where field.required {
                #expect(page.contains("/drafts/\(draft)/sections/\(section.id)?check=1#\(field.id)"))
            }
        }
        try await Writing.fill(city, browser, draft)
        let unticked = try await browser.post("/drafts/\(draft)/submit", [], follow: false)
        #expect(unticked.status == 422 && unticked.contains("申请人承诺"))
        let count = try city.house.database.readNow {
            try $0.value("SELECT COUNT(*) FROM application", as: Int.self)
        }
        #expect(count == 0)
    }

    @Test func `nothing is handed in but what was looked at`() async throws {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        try await Writing.fill(city, browser, draft)
        let looked = try await Writing.looked(browser, draft)
        let section = try #require(city.programme.form.sections.first)
        var fields = Writing.fields(section)
        fields.removeAll { $0.0 == "base" || $0.0 == "title" }
        let other = try await browser.post(
            "/drafts/\(draft)/sections/\(section.id)",
            fields + [("title", "另一个窗口里改过的项目名称"), ("base", "1")], follow: false)
        #expect(other.status == 303)
        let path = "/drafts/\(draft)/submit"
        let refused = try await browser.post(
            path, [("commit", "yes"), ("content", looked)], from: "/drafts/\(draft)/team", follow: false)
        #expect(refused.status == 422 && refused.contains("内容刚刚改动过"))
        #expect(refused.contains("另一个窗口里改过的项目名称"), "what it would sign is shown")
        #expect(try await Writing.submit(browser, draft).status == 303)
    }

    @Test func `after submission nothing of the draft can be changed`() async throws {
        let (_, browser, draft) = try await Writing.submitted()
        let save = try await browser.post(
            "/drafts/\(draft)/sections/basics", [("title", "偷偷改"), ("base", "1")], from: "/drafts/\(draft)")
        #expect(save.status == 422 && save.contains("不能再改"))
        let member = try await browser.post(
            "/drafts/\(draft)/team", [("email", "a@b.cn"), ("task", "调研")], from: "/drafts/\(draft)")
        #expect(member.status == 422)
        let again = try await browser.post(
            "/drafts/\(draft)/submit", [("commit", "yes")], from: "/drafts/\(draft)")
        #expect(again.status != 500)
        let page = try await browser.get("/drafts/\(draft)")
        #expect(page.contains("已提交") && !page.contains("草稿，尚未提交"))
    }

    @Test func `asking an address shows the same whether or not anybody has an account under it`()
        async throws
    {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let (somebody, nobody) = (DemoCast.email(of: "team-member"), "nobody@jiebang.example")
        func team(_ part: String, _ fields: [(String, String)]) async throws -> Browser.Page {
            try await browser.post("/drafts/\(draft)/team\(part)", fields, from: "/drafts/\(draft)/team")
        }
        let own = try await team("", [("email", DemoCast.email(of: "applicant")), ("task", "实地调研")])
        #expect(own.status == 422 && own.contains("您本人的邮箱"))
        // Asked one at a time, so that the two pages differ in the address only.
        var pages: [String] = []
        for address in [somebody, nobody] {
            let page = try await team("", [("email", address.uppercased()), ("task", "实地调研")])
            #expect(page.status == 200 && page.contains(address) && page.contains("等待确认"))
            pages.append(page.text.replacing(address, with: "…"))
            pages.append(try await browser.get("/drafts/\(draft)/submit").text.replacing(address, with: "…"))
            _ = try await team("/remove", [("email", address)])
        }
        #expect(pages[0] == pages[2])
        #expect(pages[1] == pages[3])
        #expect(try await !browser.get("/drafts/\(draft)/team").contains("@"))
    }

    @Test func `a member's name shows once that person has agreed, and a new task is agreed to anew`()
        async throws
    {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let address = DemoCast.email(of: "team-member")
        func ask(_ task: String) async throws -> Browser.Page {
            try await browser.post("/drafts/\(draft)/team", [("email", address), ("task", task)])
        }
        #expect(try await !ask("实地调研").contains("周亦然"))
        try await Writing.fill(city, browser, draft)
        let stopped = try await Writing.submit(browser, draft)
        #expect(stopped.status == 422 && stopped.contains("\(address) 尚未确认参加"))
        #expect(try await city.browser(as: "expert").get("/consents/\(draft)").status == 404)
        let theirs = try city.browser(as: "team-member")
        #expect(try await theirs.get("/todo").contains("/consents/\(draft)"))
        let asked = try await theirs.get("/consents/\(draft)")
        #expect(asked.status == 200 && asked.contains("实地调研"))
        #expect(try await theirs.post("/consents/\(draft)", []).contains("已确认参加"))
        #expect(try await !theirs.get("/todo").contains("/consents/\(draft)"))
        let team = try await browser.get("/drafts/\(draft)/team")
        #expect(team.contains("周亦然") && !team.contains(address))

        let there = try await ask("撰写报告")
        #expect(there.status == 422 && there.contains("此人已在成员中"))
        let member = city.cast.person("team-member")
        _ = try await browser.post(
            "/drafts/\(draft)/team/remove", [("person", member.rawValue)], from: "/drafts/\(draft)/team")
        #expect(try await theirs.get("/consents/\(draft)").status == 404)
        #expect(try await !ask("撰写报告").contains("周亦然"))
        #expect(try await Writing.submit(browser, draft).status == 422)
        #expect(try await theirs.post("/consents/\(draft)", []).contains("撰写报告"))
        #expect(try await Writing.submit(browser, draft).status == 303)
    }

    @Test func `three experts may be excluded, and a fourth is refused with the article`() async throws {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        struct PersonRow: Decodable, Sendable {
            let name: String
            let home: String
        }
        let people = try city.house.database.readNow {
            try $0.rows(
                """
                SELECT person.name AS name, own.legal_entity AS home FROM expert
                JOIN person ON person.id = expert.person JOIN organisation AS own ON own.id = person.organisation
                ORDER BY person.id LIMIT 4
                """, as: PersonRow.self)
        }
        var last: Browser.Page?
        for (index, person) in people.enumerated() {
            last = try await browser.post(
                "/drafts/\(draft)/exclusions",
                [("name", person.name), ("organisation", person.home), ("reason", "曾有学术争议，不宜评审")],
                from: "/drafts/\(draft)", follow: false)
            #expect(last?.status == (index < 3 ? 303 : 422))
        }
        #expect(last?.contains("国家自然科学基金条例") == true)
        let nobody = try await browser.post(
            "/drafts/\(draft)/exclusions",
            [("name", "查无此人"), ("organisation", people[0].home), ("reason", "曾有学术争议")],
            from: "/drafts/\(draft)", follow: false)
        #expect(nobody.status == 422)
    }

    @Test func `a field of ten megabytes and text that is not UTF-8 are refused as such`() async throws {
        let city = try await Season()
        let browser = try city.browser(as: "applicant")
        let draft = try await Writing.start(city, browser)
        let path = "/drafts/\(draft)/sections/basics"
        let large = try await browser.post(path, [("title", String(repeating: "a", count: 10_000_000))])
        #expect(large.status == 413)
        let token = try #require(try await browser.get(path).csrf)
        let broken = try await browser.send(
            "POST", path, body: Array("csrf=\(token)&base=0&title=%FF%FE".utf8),
            type: "application/x-www-form-urlencoded", follow: false, headers: [:])
        #expect(broken.status == 400)
        #expect(broken.contains("UTF-8"))
    }
}
