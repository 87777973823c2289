import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// A call that grades in its own way: what the officer writes, what everybody reads, what experts and rankings go by.
struct ScaleStories {
    private static func day(_ text: String, hour: Int = 10) -> Instant {
        Instant(Season.day(text), hour: hour)
    }

    private static func grades(_ lines: String) -> [ReviewInstrument.Grade] { ScaleText.read(lines).grades }

    private static let own = ReviewScale(
        grades: grades("A 10 卓越 | Outstanding\nB 6 良好\nC 3 一般\nD 0 不足"),
        advice: grades("A 5 力荐\nB 2 可以\nC 0 不宜"))

    private static let advice = "A 4 优先资助\nC 0 不予资助"

    @Test func `lines are read as people write them, and what is none is told by its number`() {
        let (grades, unread) = ScaleText.read("Ａ，４，优 ｜ Excellent\r\n\r\n B 3 良\n坏的一行\nC x 中\n")
        #expect(grades.map(\.id) == ["A", "B"] && grades.map(\.points) == [4, 3])
        #expect(grades.first?.label == Label("优", "Excellent") && grades.last?.label == Label("良", "良"))
        #expect(unread.map(\.line) == [4, 5])
        #expect(ScaleText.read(ScaleText.lines(Self.own.grades)).grades == Self.own.grades)
    }

    @Test func `an officer changes the grades, errors are said at their field, and the public page says so`()
        async throws
    {
        let season = try await Season()
        let officer = try season.browser(as: "programme-officer")
        let begun = try await officer.post(
            "/office/calls/new", [("programme", season.programme.id)], follow: false)
        let path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
        // It starts from the programme's, with its standing.
        #expect(try await officer.get(path).contains("B 3 良 | Good"))
        func form(_ grades: String?, base: Int) -> [(String, String)] {
            var values = [
                "title": "科研计划一般项目补充征集", "number": "2026-BC", "year": "2026",
                "opens-day": "2026-07-20", "opens-time": "09:00", "closes-day": "2026-08-20",
                "closes-time": "16:00", "guide": "一、说明\n本通知面向市属高校专任教师，支持自由探索，请按要求填写申请书。",
                "quotas": "10011 20", "advice": Self.advice, "base": "\(base)",
            ]
            values.merge(season.callSettings) { _, new in new }
            values["grades"] = grades
            return values.map { ($0.key, $0.value) }
        }
        var base = 1
        for (typed, told) in [
            ("A 4 优", "至少要有两项"), ("A 4 优\nA 3 良", "重复了"), ("A 3 优\nB 4 良", "须由高到低"),
            ("A 4 优\n看不懂", "第 2 行“看不懂”看不懂"), ("甲 4 优\nB 3 良", "“甲”不能用"),
        ] {
            _ = try await officer.post(path, form(typed, base: base), follow: false)
            base += 1
            let page = try await officer.get(path)
            #expect(page.contains("href=\"#grades\"") && page.contains(told), "\(typed)")
            let refused = try await officer.post(
                "\(path)/publish", [("base", "\(base)")], from: path, follow: false)
            #expect(refused.status == 422, "\(typed)")
        }
        _ = try await officer.post(path, form("P 2 通过 | Pass\nF 0 不通过 | Fail", base: base), follow: false)
        let published = try await officer.post(
            "\(path)/publish", [("base", "\(base + 1)")], from: path, follow: false)
        #expect(published.status == 303)
        let id = ID<Call>(String(path.split(separator: "/").last ?? ""))
        let call = try #require(try season.house.database.readNow { try Calls.find(id, $0) })
        #expect(call.scale?.grades.map(\.id) == ["P", "F"] && call.scale?.advice.count == 2)
        let page = try await season.publicBrowser.get("/calls/\(id)")
        #expect(page.contains("P 通过 2 分；F 不通过 0 分"))
        #expect(page.contains("（本通知已调整，来源为 A 优 4 分；B 良 3 分；C 中 2 分；D 差 1 分）"))
        #expect(page.contains("国家自然科学基金通讯评审惯例") && page.contains("class=\"standing borrowed\""))
        #expect(try await season.publicBrowser.get("/calls/\(id)?lang=en").contains("P Pass 2; F Fail 0"))
        // The season's own call says nothing of it and keeps the programme's.
        #expect(season.call.scale == nil)
        #expect(
            try await season.publicBrowser.get("/calls/\(season.call.id)?lang=zh").contains("A 优 4 分；B 良 3 分")
        )
    }

    @Test func `experts, rankings and reasons go by the call's own scale, and once open it stands`()
        async throws
    {
        let season = try await Season(experts: 30)
        let (house, officer) = (season.house, season.cast.person("programme-officer"))
        var round = DemoRound(
            house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 33))
        let plain = try round.publish(
            season.programme, number: "2026-BC", title: "科研计划一般项目补充征集",
            published: Self.day("2026-04-20"), opens: Self.day("2026-06-01"),
            closes: Self.day("2026-06-30", hour: 16))
        func graded(_ scale: ReviewScale?) -> Call {
            Call(
                id: plain.id, programme: plain.programme, digest: plain.digest, number: plain.number,
                title: plain.title, year: plain.year, opens: plain.opens, closes: plain.closes,
                guide: plain.guide, settings: plain.settings, quotas: plain.quotas, scale: scale)
        }
        let call = graded(Self.own)
        try house.changeNow(by: officer, at: Self.day("2026-04-22")) {
            try CallActs.publish(call, $0, house)
        }
        let diff = try await season.publicBrowser.get("/calls/\(call.id)/versions/2")
        #expect(diff.contains("A 卓越 10 分；B 良好 6 分") && diff.contains("A 优 4 分；B 良 3 分"))
        let refused = try refusals {
            try house.changeNow(by: officer, at: Self.day("2026-06-02")) {
                try CallActs.publish(graded(nil), $0, house)
            }
        }
        #expect(refused == ["call.scale-fixed", "call.scale-fixed"])

        let lists = try round.applications(
            call, season.programme, count: 2, asking: 0, from: Self.day("2026-06-02"), prefix: 5)
        try round.endorseAll(lists, in: call, at: Self.day("2026-07-02"))
        let ids = lists.flatMap(\.applications)
        _ = try round.screen(ids, at: Self.day("2026-07-10"))
        try round.review(ids, in: call, season.programme, at: Self.day("2026-07-15"), answered: 100)
        season.move(to: Self.day("2026-07-27"))
        let grades = Dictionary(uniqueKeysWithValues: Self.own.grades.map { ($0.id, $0.points) })
        let advice = Dictionary(uniqueKeysWithValues: Self.own.advice.map { ($0.id, $0.points) })
        var worst = Int.max
        for id in ids {
            let assignments = try house.database.readNow { try ReviewActs.of(id, $0) }
            #expect(assignments.count == 3)
            for one in assignments {
                let points = (grades[one.grade ?? ""] ?? -1) + (advice[one.advice ?? ""] ?? -1)
                #expect(one.points == points)
                worst = min(worst, points)
            }
        }
        let first = try #require(ids.first)
        let reviews = try await season.browser(as: "auditor").get("/cases/\(first)/reviews")
        #expect(Self.own.grades.contains { reviews.contains("\($0.id) \($0.label.zh)") })
        let why = try await season.browser(as: "auditor").get("/cases/\(first)/why")
        #expect(why.contains("A 卓越 10 分") && why.contains("（本通知已调整，来源为 A 优 4 分"))
        let ranking = try house.database.readNow { try DecisionActs.ranking(of: call.id, $0) }
        #expect(ranking.count == 2 && ranking.allSatisfy { $0.row.meanHundredths >= worst * 100 })
    }
}
