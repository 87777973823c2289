import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// Calls: what the public reads, what officers write.
struct CallStories {
    private func form(_ season: Season, _ more: [String: String] = [:]) -> [(String, String)] {
        var values = [
            "title": "科研计划一般项目补充征集", "number": "2026-BC", "year": "2026", "opens-day": "2026-07-20",
            "opens-time": "09:00", "closes-day": "2026-08-20", "closes-time": "16:00",
            "guide": "一、说明\n本通知面向市属高校专任教师，支持自由探索，请按要求填写申请书。",
            "quotas": "10011 20",
        ]
        values.merge(season.callSettings) { _, new in new }
        values.merge(more) { _, new in new }
        return values.map { ($0.key, $0.value) }
    }

    /// A draft with the form's fields saved; its path and the officer's browser.
    private func drafted(_ season: Season, _ more: [String: String] = [:]) async throws -> (Browser, String) {
        let officer = try season.browser(as: "programme-officer")
        let begun = try await officer.post(
            "/office/calls/new", [("programme", season.programme.id)], follow: false)
        let path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
        let saved = try await officer.post(path, form(season, more) + [("base", "1")], follow: false)
        #expect(saved.status == 303)
        return (officer, path)
    }

    @Test func `whoever is not a programme officer finds nothing under the office's addresses`() async throws
    {
        let season = try await Season()
        for member in DemoCast.members where member.role != .programmeOfficer {
            let browser = try season.browser(as: member.key)
            for path in ["/office/calls", "/office/calls/new", "/office/calls/\(season.call.id)"] {
                #expect(try await browser.get(path).status == 404, "\(member.key) \(path)")
            }
            let post = try await browser.post(
                "/office/calls/\(season.call.id)/amend", [], from: "/calls/\(season.call.id)", follow: false)
            #expect(post.status == 404)
        }
        let stranger = try await season.publicBrowser.get("/office/calls", follow: false)
        #expect(stranger.headers[.location]?.hasPrefix("/sign-in") == true)
    }

    @Test func `a line of the quotas may speak of a group, and a university's own line counts before it`()
        async throws
    {
        let season = try await Season()
        let (officer, path) = try await drafted(season, ["quotas": "市属 12\n10011 20\n专科 3"])
        // Colleges that are municipal too: which of the two lines counts is not guessed.
        #expect(try await officer.get(path).contains("第 3 行：这所学校重复了"))
        let saved = try await officer.post(
            path, form(season, ["quotas": "市属 12\n10011 20"]) + [("base", "2")], follow: false)
        #expect(saved.status == 303)
        let published = try await officer.post(
            "\(path)/publish", [("base", "3")], from: path, follow: false)
        #expect(published.status == 303)
        let id = ID<Call>(String(path.split(separator: "/").last ?? ""))
        let call = try #require(try season.house.database.readNow { try Calls.find(id, $0) })
        for university in season.register.universities {
            let quota = call.quotas["university-\(university.institutionCode)"]
            let expected = university.group == "市属" ? (university.institutionCode == "10011" ? 20 : 12) : nil
            #expect(quota == expected, "\(university.name)")
        }
    }

    @Test func `a call with gaps is not published, and each gap is said with its place`() async throws {
        let season = try await Season()
        let (officer, path) = try await drafted(
            season, ["title": "短", "p-roundBudget": "许多", "opens-day": "2026-06-15", "quotas": "99999 3\n甲"])
        let page = try await officer.get(path)
        for anchor in ["#title", "#p-roundBudget", "#opens-day", "#quotas"] {
            #expect(page.contains("href=\"\(anchor)\""), "\(anchor)")
        }
        #expect(page.contains("30 天") && page.contains("国家自然科学基金条例"))
        let answer = try await officer.post("\(path)/publish", [("base", "2")], from: path, follow: false)
        #expect(answer.status == 422)
        #expect(try await season.publicBrowser.get("/calls").contains("2026-BC") == false)
    }

    @Test(arguments: ["9223372036854775807", "-1", "100001", "99999999999999999999999"])
    func `a number that nobody can reckon with is refused, and the draft still opens`(typed: String)
        async throws
    {
        let season = try await Season()
        for name in [
            "d-guideDays", "d-screeningDays", "d-noticeWorkingDays", "d-objectionAnswerDays",
            "p-projectYears",
        ] {
            let (officer, path) = try await drafted(season, [name: typed])
            let page = try await officer.get(path)
            #expect(page.status == 200, "\(name)")
            #expect(page.contains("href=\"#\(name)\""), "\(name)")
            #expect(
                try await officer.post("\(path)/publish", [("base", "2")], from: path, follow: false).status
                    == 422)
        }
    }

    @Test func `a call that could not be carried out is not published`() async throws {
        let season = try await Season()
        let wrong = [
            "d-reviewers": "0", "d-noticeWorkingDays": "0", "d-objectionAnswerDays": "0",
            "p-projectYears": "0",
            "p-grantAmount": "20000000", "p-projectStart": "2020-01-01", "p-quotaEach": "0", "quotas": "",
        ]
        let (officer, path) = try await drafted(season, wrong)
        let page = try await officer.get(path)
        for name in wrong.keys where name != "quotas" {
            #expect(page.contains("href=\"#\(name)\""), "\(name)")
        }
        #expect(page.contains("在 1 至 15 之间"))
        #expect(
            try await officer.post("\(path)/publish", [("base", "2")], from: path, follow: false).status
                == 422)
    }

    @Test func `two officers who save the same draft see both versions, and neither is lost`() async throws {
        let season = try await Season()
        let (officer, path) = try await drafted(season)
        let late = try await officer.post(
            path, form(season, ["title": "同事看不到的标题"]) + [("base", "1")], follow: false)
        #expect(late.status == 409)
        #expect(late.contains("同事看不到的标题") && late.contains("科研计划一般项目补充征集"))
        #expect(try await officer.get(path).contains("value=\"科研计划一般项目补充征集\""))
        // The same text again, after an answer that was lost, is no conflict.
        #expect(try await officer.post(path, form(season) + [("base", "1")], follow: false).status == 303)
    }

    @Test func `a published call is public with sources, quota and the hour it closes`() async throws {
        let season = try await Season()
        let (officer, path) = try await drafted(season)
        #expect(try await officer.get(path).contains("data-confirm"))
        let published = try await officer.post("\(path)/publish", [("base", "2")], from: path)
        #expect(published.status == 200)
        let page = try await season.publicBrowser.get(path.replacing("/office", with: ""))
        #expect(page.contains("2026-08-20 16:00"))
        #expect(page.contains("待核") && page.contains("借鉴"))
        #expect(page.contains("<svg class=\"drawing\"") && page.contains("1 所学校另有限额"))
        #expect(!page.contains("/apply"), "nobody applies before the opening")
        #expect(try await season.publicBrowser.get("/calls?q=补充征集&phase=announced").contains("2026-BC"))
        #expect(try await season.publicBrowser.get("/calls?q=没有这种词").contains("没有符合条件的通知"))
        #expect(try await season.publicBrowser.get("/calls?phase=closed").contains("2026-BC") == false)
    }

    @Test func `an amendment that cuts what was promised is refused, one that extends shows its difference`()
        async throws
    {
        let season = try await Season()
        let officer = try season.browser(as: "programme-officer")
        let path = "/office/calls/\(season.call.id)"
        _ = try await officer.post("\(path)/amend", [], from: path)
        let original = CallForm.values(of: season.call, season.programme, codes: [:])
        var values = original
        values["closes-day"] = "2026-06-20"
        _ = try await officer.post(path, values.map { ($0.key, $0.value) } + [("base", "1")])
        let blocked = try await officer.get(path)
        #expect(blocked.contains("不能早于原定的 2026-06-30 16:00"))
        #expect(
            try await officer.post("\(path)/publish", [("base", "2")], from: path, follow: false).status
                == 422)

        values["closes-day"] = "2026-07-08"
        values["guide"] = (original["guide"] ?? "").replacing("尽量提前", with: "务必提前")
        _ = try await officer.post(path, values.map { ($0.key, $0.value) } + [("base", "2")])
        #expect(
            try await officer.post("\(path)/publish", [("base", "3")], from: path, follow: false).status
                == 303)
        let diff = try await season.publicBrowser.get("/calls/\(season.call.id)/versions/2")
        #expect(diff.contains("<del>2026-06-30 16:00</del>") && diff.contains("<ins>2026-07-08 16:00</ins>"))
        #expect(diff.contains("尽量</del>") && diff.contains("务必</ins>"))
        #expect(
            try await season.publicBrowser.get("/calls/\(season.call.id)/versions/3", follow: false).status
                != 200)
        #expect(try await season.publicBrowser.get("/calls/\(season.call.id)/versions/1").status == 200)
    }

    @Test func `what is published is what was seen: a draft saved anew meanwhile is not published`()
        async throws
    {
        let season = try await Season()
        let (officer, path) = try await drafted(season)
        let answer = try await officer.post("\(path)/publish", [("base", "1")], from: path, follow: false)
        #expect(answer.status == 422 && answer.contains("重新打开"))
    }

    @Test func `an applicant of a central university reads on the call why it cannot apply`() async throws {
        let season = try await Season()
        let central = try await season.browser(as: "applicant-central").get("/calls/\(season.call.id)")
        #expect(central.contains("申请人所在单位须为市属高校") && central.contains("不符合"))
        #expect(!central.contains("action=\"/calls/\(season.call.id)/apply\""))
        let local = try await season.browser(as: "applicant").get("/calls/\(season.call.id)")
        #expect(local.contains("action=\"/calls/\(season.call.id)/apply\""))
        let expert = try await season.browser(as: "expert").get("/calls/\(season.call.id)")
        #expect(!expert.contains("/apply\""))
    }
}
