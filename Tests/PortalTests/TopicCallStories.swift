import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// Calls that let topics, and applications that bid for one.
struct TopicCallStories {
    private let programmeID = "research-plan-natural-general"

    private func callForm(_ programme: Programme, _ more: [String: String] = [:]) -> [(String, String)] {
        var values = [
            "title": "揭榜征集减振降噪", "number": "2026-JB", "year": "2026", "opens-day": "2026-07-20",
            "opens-time": "09:00", "closes-day": "2026-08-20", "closes-time": "16:00",
            "guide": "一、说明\n本通知带题目，申请人选择榜单上的题目，按题目的目标和指标提出方案。",
        ]
        for parameter in programme.parameters {
            let demo = parameter.demo ?? ""
            values["p-\(parameter.id)"] = parameter.kind == .money ? "\((Int64(demo) ?? 0) / 100)" : demo
        }
        values["p-grantAmount"] = "1000000"
        for item in programme.defaults { values["d-\(item.id)"] = "\(item.value)" }
        values.merge(more) { $1 }
        return values.map { ($0.key, $0.value) }
    }

    /// A published topic, and a call of the natural sciences that lets it; both addresses.
    private func letting(_ season: Season) async throws -> (topic: String, call: String, officer: Browser) {
        let stage = PoolStage(season: season)
        let problem = try await stage.putIn(season.browser(as: "applicant"))
        let officer = try season.browser(as: "programme-officer")
        let topic = try await stage.open(officer, from: [problem])
        let programme = try #require(season.house.plan.programme(programmeID))
        let begun = try await officer.post("/office/calls/new", [("programme", programmeID)], follow: false)
        let path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
        let id = topic.split(separator: "/").last.map(String.init) ?? ""
        // Not published yet, so it is neither offered nor taken.
        #expect(try await officer.get(path).contains("目前没有可以列入的题目"))
        _ = try await officer.post(
            path, callForm(programme) + [("topics", id), ("base", "1")], from: path, follow: false)
        #expect(try await officer.get(path).contains("尚未公布或不存在"))
        try await stage.carry(topic)
        _ = try await officer.post(
            path, callForm(programme) + [("topics", id), ("base", "2")], from: path, follow: false)
        let published = try await officer.post("\(path)/publish", [("base", "3")], from: path, follow: false)
        #expect(published.status == 303)
        return (topic, path.replacing("/office", with: ""), officer)
    }

    @Test func `a programme without topics lets none, and a topic is let by one call at a time`() async throws
    {
        let season = try await Season(experts: 0)
        let officer = try season.browser(as: "programme-officer")
        let begun = try await officer.post(
            "/office/calls/new", [("programme", season.programme.id)], follow: false)
        let path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
        #expect(try await officer.get(path).contains("name=\"topics\"") == false)
        #expect(
            season.call.obstacles(in: season.programme, at: season.now).contains {
                $0.code == "call.topics-none"
            }
                == false)
        let (topic, call, _) = try await letting(season)
        let second = try await officer.post("/office/calls/new", [("programme", programmeID)], follow: false)
        let other = try #require(second.headers[.location]?.split(separator: "?").first.map(String.init))
        let programme = try #require(season.house.plan.programme(programmeID))
        let id = topic.split(separator: "/").last.map(String.init) ?? ""
        _ = try await officer.post(
            other, callForm(programme, ["number": "2026-JB2"]) + [("topics", id), ("base", "1")], from: other,
            follow: false)
        #expect(try await officer.get(other).contains("已列入另一份通知"))
        let page = try await season.publicBrowser.get(call)
        #expect(page.contains("href=\"\(topic)/chain\""))
        for says in ["既有高架段减振降噪成套技术", "不高于 55 分贝", "签订后第 18 个月", "某轨道公司", "80 万元", "题目不设限制"] {
            #expect(page.contains(says), "\(says)")
        }
    }

    @Test func `money and test stand with the topic, from the programme where it says nothing`() async throws
    {
        let season = try await Season(experts: 0)
        let (topic, call, _) = try await letting(season)
        let programme = try #require(season.house.plan.programme(programmeID))
        let silent = try await season.publicBrowser.get(call)
        #expect(silent.contains("题目没有另行写明，按项目规定"))
        for part in programme.funding.instalments { #expect(silent.contains(part.label.zh), "\(part.id)") }
        #expect(silent.contains("题目和项目都没有写明"))
        #expect(try await season.publicBrowser.get(topic).contains("按列入的通知所属项目的规定"))

        let stage = PoolStage(season: season)
        let problem = try await stage.putIn(season.browser(as: "applicant"), ["title": "另一处高架段的噪声怎样降低"])
        let officer = try season.browser(as: "programme-officer")
        let other = try await stage.open(
            officer, from: [problem],
            [
                "payments": "0 | 40%\n18 ｜ 60", "test": "yes", "test-of": "夜间噪声，连续 30 天",
                "test-by": "某环境监测站",
            ])
        // What was typed stands in the form again, to be changed.
        let form = try await officer.get("\(other)/edit")
        #expect(form.contains("18 | 60") && form.contains("value=\"yes\" checked"))
        try await stage.carry(other)
        let own = try await season.publicBrowser.get(other)
        for says in ["由题目写明", "第 18 个月的节点验收通过", "60%", "夜间噪声，连续 30 天", "某环境监测站"] {
            #expect(own.contains(says), "\(says)")
        }
        // A call whose projects end before the last payment's node does not let it.
        let begun = try await officer.post("/office/calls/new", [("programme", programmeID)], follow: false)
        let path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
        let id = other.split(separator: "/").last.map(String.init) ?? ""
        _ = try await officer.post(
            path,
            callForm(programme, ["number": "2026-JB9", "p-projectYears": "1"]) + [
                ("topics", id), ("base", "1"),
            ], from: path, follow: false)
        #expect(try await officer.get(path).contains("最后一笔要等第 18 个月的节点"))
    }

    @Test func `an application names its topic and asks for no more than its ceiling`() async throws {
        let season = try await Season(experts: 0)
        let (topic, call, officer) = try await letting(season)
        let topicID = topic.split(separator: "/").last.map(String.init) ?? ""
        season.move(to: Instant(Season.day("2026-07-22"), hour: 10))
        let browser = try season.browser(as: "applicant")
        let started = try await browser.post("\(call)/apply", [], from: "/journal-none")
        let draft = try #require(
            started.path.split(separator: "/").last.map { String($0.prefix { $0 != "?" }) })
        let programme = try #require(season.house.plan.programme(programmeID))
        for section in programme.form.sections {
            var fields = Writing.fields(section).filter { $0.0 != "amount" }
            if section.fields.contains(where: { $0.id == "amount" }) { fields.append(("amount", "800001")) }
            _ = try await browser.post("/drafts/\(draft)/sections/\(section.id)", fields, follow: false)
        }
        func submit() async throws -> Browser.Page {
            try await browser.post(
                "/drafts/\(draft)/submit",
                [("commit", "yes"), ("content", try await Writing.looked(browser, draft))],
                from: "/drafts/\(draft)/team", follow: false)
        }
        let nameless = try await submit()
        #expect(nameless.status == 422 && nameless.contains("揭哪一个榜"))
        let wrong = try await browser.post(
            "/drafts/\(draft)/sections/topic", [("topic", "zzzz"), ("base", "0")], follow: false)
        #expect(wrong.headers[.location]?.contains("check=1") == true)
        _ = try await browser.post(
            "/drafts/\(draft)/sections/topic", [("topic", topicID), ("base", "1")], follow: false)
        let greedy = try await submit()
        #expect(greedy.status == 422 && greedy.contains("经费上限"))
        #expect(try await browser.get("/drafts/\(draft)/sections/budget?check=1").contains("不能超过题目"))
        let budget = try #require(programme.form.section("budget"))
        _ = try await browser.post(
            "/drafts/\(draft)/sections/budget",
            Writing.fields(budget, base: 1).filter { $0.0 != "amount" } + [("amount", "800000")],
            follow: false)
        let taken = try await submit()
        #expect(taken.status == 303, "\(taken.text.prefix(2000))")

        // The relation shows on the case, and the list is narrowed by it.
        let page = try await browser.get("/cases/\(draft)")
        #expect(page.contains("某轨道公司") && page.contains("既有高架段减振降噪成套技术") && page.contains("\(topic)/chain"))
        #expect(try await browser.get("/cases/\(draft)/proposal").contains("（上限 80 万元）"))
        #expect(try await officer.get("/cases?topic=\(topicID)").contains("/cases/\(draft)"))
        #expect(try await officer.get("/cases?topic=zzzz").contains("/cases/\(draft)") == false)
        let round = try await officer.get("/rounds/\(call.split(separator: "/").last ?? "")?topic=\(topicID)")
        #expect(round.status == 200 && round.contains("按题目查看"))

        // The chain: each sees their own part.
        let chain = "\(topic)/chain"
        let mine = try await browser.get(chain)
        #expect(mine.contains("/problems/") && mine.contains("/cases/\(draft)") && mine.contains(call))
        let others = try await season.browser(as: "applicant-central").get(chain)
        #expect(
            others.contains(call) && !others.contains("/cases/") && !others.contains("href=\"/problems/q"))
        let anybody = try await season.publicBrowser.get(chain)
        #expect(anybody.status == 200 && !anybody.contains("/cases/") && anybody.contains("还没有公示的项目"))
    }

    @Test func `an open call keeps the topics it has let`() async throws {
        let season = try await Season(experts: 0)
        let (topic, call, officer) = try await letting(season)
        season.move(to: Instant(Season.day("2026-07-22"), hour: 10))
        let office = "/office\(call)"
        _ = try await officer.post("\(office)/amend", [], from: office, follow: false)
        let programme = try #require(season.house.plan.programme(programmeID))
        let opened = try await officer.get(office)
        #expect(opened.contains("value=\"\(topic.split(separator: "/").last ?? "")\" checked"))
        _ = try await officer.post(office, callForm(programme) + [("base", "1")], from: office, follow: false)
        #expect(try await officer.get(office).contains("不能再撤下"))
        let answer = try await officer.post("\(office)/publish", [("base", "2")], from: office, follow: false)
        #expect(answer.status == 422)
    }
}
