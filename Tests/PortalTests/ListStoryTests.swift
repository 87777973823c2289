import Foundation
import Lifecycle
import Portal
import Store
import Testing

@Suite struct ListStoryTests {
    /// Three applications of one university, the call just closed.
    private struct Closed {
        let city: Season
        let applicant: Browser
        let office: Browser
        let applications: [String]
        var path: String { "/lists/\(city.call.id)" }

        init(closed: Bool = true) async throws {
            city = try await Season(experts: 0)
            let house = city.house
            let register = city.register
            let start = city.now
            let home = try #require(register.universities.first { $0.institutionCode == "10011" })
            let others = try house.changeNow(by: nil, at: start) { change in
                var chance = SplitMix64(seed: 21)
                return try (1...2).map {
                    try register.addApplicant(
                        at: home, born: Season.day("1995-03-0\($0)"), senior: false, number: 900 + $0, change,
                        using: &chance)
                }
            }
            applicant = try city.browser(as: "applicant")
            office = try city.browser(as: "research-office")
            var found: [String] = []
            for person in [city.cast.person("applicant")] + others {
                let browser = Browser(house)
                try browser.signIn(person, house)
                let draft = try await Writing.start(city, browser)
                try await Writing.fill(city, browser, draft)
                #expect(try await Writing.submit(browser, draft).status == 303)
                found.append(draft)
            }
            applications = found
            if closed { try move(to: Instant(Season.day("2026-07-01"), hour: 10)) }
        }

        func move(to instant: Instant) throws {
            try Writing.move(
                city, to: instant,
                [(applicant, city.cast.person("applicant")), (office, city.cast.person("research-office"))])
        }

        func query(_ ranks: [String]) -> String {
            var text = "?checked=1"
            for (id, rank) in zip(applications, ranks) where rank != "-" {
                text += "&go=\(id)&rank.\(id)=\(rank)"
            }
            return text
        }

        var endorsed: Int {
            get throws {
                try city.house.database.readNow {
                    try $0.value("SELECT COUNT(*) FROM application WHERE list_rank IS NOT NULL", as: Int.self)
                        ?? 0
                }
            }
        }
    }

    @Test func `only the research office of the university finds the list`() async throws {
        let closed = try await Closed()
        for key in DemoCast.members.map(\.key) where key != "research-office" {
            let browser = try closed.city.browser(as: key)
            for path in ["/lists", closed.path, "\(closed.path)/confirm", "\(closed.path)/export.csv"] {
                #expect(try await browser.get(path, follow: false).status == 404, "\(key) \(path)")
            }
            let sent = try await browser.post(
                "\(closed.path)/endorse", [("ranked", closed.applications[0])], from: "/nothing")
            #expect(sent.status == 404)
        }
        let elsewhere = try await closed.office.get("\(closed.path)?university=university-10001")
        #expect(elsewhere.status == 404)
    }

    @Test func `ranks that repeat or are missing are refused with the numbers concerned`() async throws {
        let closed = try await Closed()
        let twice = try await closed.office.get("\(closed.path)/confirm\(closed.query(["1", "1", "2"]))")
        #expect(twice.status == 422 && twice.contains("名次不能重复"))
        let missing = try await closed.office.get("\(closed.path)/confirm\(closed.query(["1", "", "x"]))")
        #expect(missing.status == 422 && missing.contains("请填写名次") && missing.contains("1 至 9999"))
        let forged = try await closed.office.post(
            "\(closed.path)/endorse",
            [("ranked", closed.applications[0]), ("ranked", closed.applications[0])], from: "/nothing")
        #expect(forged.status == 422 && forged.contains("出现了两次"))
        #expect(try closed.endorsed == 0)
    }

    @Test func `a list goes whole or not at all`() async throws {
        let closed = try await Closed()
        // The second was sent back meanwhile: it stops the whole list.
        let back = try await closed.office.post(
            "\(closed.path)/return/\(closed.applications[1])", [("reason", "研究方案太简略"), ("section", "method")])
        #expect(back.contains("已退回申请人修改"))
        let order = closed.applications.map { ("ranked", $0) }
        let stopped = try await closed.office.post("\(closed.path)/endorse", order, from: "/nothing")
        #expect(stopped.status == 422)
        #expect(try closed.endorsed == 0)
        let facts = try closed.city.house.database.readNow {
            try $0.value("SELECT COUNT(*) FROM fact WHERE kind = 'list.endorsed'", as: Int.self)
        }
        #expect(facts == 0)
    }

    @Test func `before the call has closed the list cannot go`() async throws {
        let closed = try await Closed(closed: false)
        let page = try await closed.office.get("\(closed.path)/confirm\(closed.query(["1", "2", "3"]))")
        #expect(page.status == 422 && page.contains("2026-06-30 16:00"))
    }

    @Test func `the office checks, confirms and puts its list forward once`() async throws {
        let closed = try await Closed()
        let overview = try await closed.office.get("/lists")
        #expect(overview.contains("待推荐"))
        let checked = try await closed.office.get("\(closed.path)\(closed.query(["2", "1", "-"]))")
        #expect(checked.contains("2 / 15"))
        #expect(checked.contains("不少于90%") || checked.contains("青年"))
        let confirm = try await closed.office.get("\(closed.path)/confirm\(closed.query(["2", "1", "-"]))")
        #expect(confirm.status == 200 && confirm.contains("不推荐的申请"))
        let order = [("ranked", closed.applications[1]), ("ranked", closed.applications[0])]
        let short = try await closed.office.post(
            "\(closed.path)/endorse", order, from: "\(closed.path)/confirm\(closed.query(["2", "1", "-"]))")
        #expect(short.status == 422)
        #expect(try closed.endorsed == 0)
        let gone = try await closed.office.post(
            "\(closed.path)/endorse", order + [("reason", "校内评议排名靠后")],
            from: "\(closed.path)/confirm\(closed.query(["2", "1", "-"]))")
        #expect(gone.status == 200 && gone.contains("名单已整批推荐"))
        #expect(try closed.endorsed == 2)
        struct Row: Decodable, Sendable {
            let state: String
            let stepKind: String
        }
        let left = closed.applications[2]
        let row = try closed.city.house.database.readNow {
            try $0.row("SELECT state, step_kind FROM application WHERE id = \(left)", as: Row.self)
        }
        #expect(row?.state == "refused")
        let again = try await closed.office.post("\(closed.path)/endorse", order, from: "/nothing")
        #expect(again.status == 422 && again.contains("已经推荐"))
    }

    @Test func `an application sent back shows why, and comes again`() async throws {
        let closed = try await Closed()
        let id = closed.applications[0]
        let silent = try await closed.office.post("\(closed.path)/return/\(id)", [("reason", "改")])
        #expect(silent.status == 422)
        _ = try await closed.office.post(
            "\(closed.path)/return/\(id)", [("reason", "研究方案太简略，请补充步骤"), ("section", "method")])
        let page = try await closed.applicant.get("/drafts/\(id)")
        #expect(page.contains("研究方案太简略，请补充步骤") && page.contains("已退回，待重新提交"))
        let section = try #require(closed.city.programme.form.section("method"))
        let saved = try await closed.applicant.post(
            "/drafts/\(id)/sections/method", Writing.fields(section, base: 1), follow: false)
        #expect(saved.status == 303)
        #expect(try await Writing.submit(closed.applicant, id).status == 303)
        // After the university's own time, it is too late.
        _ = try await closed.office.post("\(closed.path)/return/\(id)", [("reason", "还要再改一处")])
        try closed.move(to: Instant(Season.day("2026-07-20"), hour: 10))
        let late = try await Writing.submit(closed.applicant, id)
        #expect(late.status == 422 && late.contains("已过截止时间 2026-07-"))
    }

    @Test func `the export says its encoding and cannot smuggle a formula`() async throws {
        let closed = try await Closed()
        let id = closed.applications[0]
        _ = try await closed.office.post("\(closed.path)/return/\(id)", [("reason", "请改题目再报")])
        let basics = try #require(closed.city.programme.form.section("basics"))
        let fields = Writing.fields(basics, base: 1).map { $0.0 == "title" ? ("title", "=SUM(A1)研究") : $0 }
        _ = try await closed.applicant.post("/drafts/\(id)/sections/basics", fields)
        #expect(try await Writing.submit(closed.applicant, id).status == 303)
        let file = try await closed.office.get("\(closed.path)/export.csv")
        #expect(file.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(file.contains(",'=SUM(A1)研究,"))
        #expect(file.text.components(separatedBy: "\r\n").count == 5)
    }

    @Test func `a withdrawal needs a reason and ends the application`() async throws {
        let (_, browser, draft) = try await Writing.submitted()
        let silent = try await browser.post(
            "/drafts/\(draft)/withdraw", [("reason", "不")], from: "/drafts/\(draft)")
        #expect(silent.status == 422 && silent.contains("请写明撤回理由"))
        let done = try await browser.post(
            "/drafts/\(draft)/withdraw", [("reason", "工作调动，不再申报")], from: "/drafts/\(draft)", follow: false)
        #expect(done.status == 303)
        let page = try await browser.get("/drafts/\(draft)")
        #expect(page.contains("已终止"))
    }
}
