import Foundation
import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// Quotas that move with earlier rounds: from a round that is decided to the next call.
struct QuotaStories {
    /// Sixteen applications, eleven of them of one university; some are funded and past their notice.
    private struct Stage {
        let decided: DecisionSeason
        let home: UniversityRecord
        /// A municipal university that put nothing forward, or too little to count.
        let other: UniversityRecord

        var season: Season { decided.season }

        init(funding count: Int = 8, closed: Bool = true) async throws {
            decided = try await DecisionSeason(applications: 12, asking: 1)
            try decided.decide(funding: count)
            let notice = try decided.publicise()
            if closed { try decided.close(notice) }
            let homes = decided.season.register.universities.filter { $0.group == "市属" }
            home = try #require(homes.first)
            other = try #require(homes.last)
        }

        func office(of university: UniversityRecord) throws -> Browser {
            let person = try #require(season.register.officers[university.institutionCode])
            return try decided.browser(of: person)
        }

        func form(_ more: [String: String] = [:]) -> [(String, String)] {
            var values = [
                "title": "科研计划一般项目下一轮", "number": "2027-SY", "year": "2027",
                "opens-day": "2026-10-20", "opens-time": "09:00", "closes-day": "2026-11-20",
                "closes-time": "16:00", "guide": "一、说明\n本通知面向市属高校专任教师，支持自由探索，请按要求填写申请书。",
            ]
            values.merge(season.callSettings) { _, new in new }
            values.merge(more) { _, new in new }
            return values.map { ($0.key, $0.value) }
        }

        /// The next call as a saved draft; its version is 2.
        func draft(_ more: [String: String] = [:]) async throws -> (officer: Browser, path: String) {
            let officer = try season.browser(as: "programme-officer")
            let begun = try await officer.post(
                "/office/calls/new", [("programme", season.programme.id)], follow: false)
            let path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
            let saved = try await officer.post(path, form(more) + [("base", "1")], follow: false)
            #expect(saved.status == 303)
            return (officer, path)
        }

        /// Takes the formula's quotas over, with a line changed perhaps, and publishes; the call's id.
        func publish(changing line: (String) -> String = { $0 }) async throws -> ID<Call> {
            let (officer, path) = try await draft()
            let taken = try await officer.post(
                "\(path)/quotas", form() + [("base", "2")], from: path, follow: false)
            #expect(taken.status == 303)
            let quotas = try quotas(of: path)
            _ = try await officer.post(path, form(["quotas": line(quotas)]) + [("base", "3")])
            let published = try await officer.post(
                "\(path)/publish", [("base", "4")], from: path, follow: false)
            #expect(published.status == 303, "\(published.text)")
            return ID(path.replacing("/office/calls/", with: ""))
        }

        func quotas(of path: String) throws -> String {
            let id = ID<Call>(path.replacing("/office/calls/", with: ""))
            return try decided.read { try CallDrafts.find(id, $0)?.values["quotas"] ?? "" }
        }

        func facts() throws -> Int {
            try decided.read {
                try $0.value("SELECT COUNT(*) FROM fact WHERE kind = 'quota.set'", as: Int.self) ?? 0
            }
        }

        /// The formula's sum for the university of eleven, done again from the tables.
        func byHand() throws -> Int {
            struct Row: Decodable, Sendable {
                let forward: Int
                let funded: Int
                let hundredths: Int
            }
            let id = DemoRegister.university(home.institutionCode)
            let row = try #require(
                try decided.read { store in
                    try store.row(
                        """
                        SELECT COUNT(*) AS forward, SUM(decision.funded) AS funded,
                          SUM(CASE WHEN decision.funded THEN decision.mean_hundredths ELSE 0 END) AS hundredths
                        FROM application JOIN decision ON decision.application = application.id
                        WHERE application.university = \(id)
                        """, as: Row.self)
                })
            #expect(row.forward == 11)
            let share = row.funded * 100 / row.forward
            var sum = 15 + (share >= 50 ? 2 : share >= 30 ? 1 : share >= 15 ? 0 : -2)
            if row.funded >= 3 {
                // Points from 1 to 8: a mean of 1 is nothing of the range, and one of 8 the whole.
                let quality = (row.hundredths - 100 * row.funded) * 100
                let whole = 700 * row.funded
                sum += quality >= 75 * whole ? 1 : quality >= 50 * whole ? 0 : -1
            }
            return min(max(sum, 12), 18)
        }
    }

    @Test func `whoever is not a programme officer takes no quotas over`() async throws {
        let stage = try await Stage()
        let (_, path) = try await stage.draft()
        for key in ["commission-leader", "research-office", "applicant", "auditor", "integrity"] {
            let browser = try stage.season.browser(as: key)
            let answer = try await browser.post(
                "\(path)/quotas", [("base", "2")], from: "/calls/\(stage.season.call.id)", follow: false)
            #expect(answer.status == 404, "\(key)")
        }
        #expect(try stage.quotas(of: path).isEmpty)
    }

    @Test func `a programme without a formula has nothing to take over, and a line with words is refused`()
        async throws
    {
        let stage = try await Stage()
        let officer = try stage.season.browser(as: "programme-officer")
        let begun = try await officer.post(
            "/office/calls/new", [("programme", "research-plan-natural-general")], follow: false)
        let path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
        #expect(
            try await officer.post("\(path)/quotas", [("base", "1")], from: path, follow: false).status == 404
        )
        _ = try await officer.post(path, [("quotas", "10011 20 新增学科"), ("base", "1")])
        let page = try await officer.get(path)
        #expect(page.contains("看不懂") && !page.contains("quota-formula"))
    }

    @Test func `without a base nothing is reckoned, and a late save overwrites nobody`() async throws {
        let stage = try await Stage()
        let (officer, path) = try await stage.draft(["p-quotaEach": ""])
        #expect(try await officer.get(path).contains("先填写基数"))
        // What was typed is kept all the same, and the page says what is missing.
        let typed = stage.form(["p-quotaEach": "", "guide": "改过的指南正文"])
        let none = try await officer.post("\(path)/quotas", typed + [("base", "2")], from: path)
        #expect(none.status == 200 && none.contains("改过的指南正文") && none.contains("先填写基数"))
        let late = try await officer.post(
            "\(path)/quotas", stage.form() + [("base", "1")], from: path, follow: false)
        #expect(late.status == 409)
        #expect(try stage.quotas(of: path).isEmpty)
    }

    @Test func `a quota that is not the formula's is not published without a reason`() async throws {
        let stage = try await Stage()
        let expected = try stage.byHand()
        let code = stage.home.institutionCode
        let wrong = expected + 4
        for line in [
            "\(code) \(wrong)", "\(code) \(wrong) 短",
            "\(code) \(wrong) \(String(repeating: "长", count: 301))",
        ] {
            let (officer, path) = try await stage.draft(["quotas": line])
            let page = try await officer.get(path)
            #expect(page.contains("href=\"#quotas\""))
            if line.count < 50 { #expect(page.contains("\(wrong)≠\(expected)")) }
            let answer = try await officer.post("\(path)/publish", [("base", "2")], from: path, follow: false)
            #expect(answer.status == 422)
        }
        #expect(try stage.facts() == 0)
    }

    @Test func `a round of which something waits for its end counts for nothing`() async throws {
        let stage = try await Stage(closed: false)
        let (officer, path) = try await stage.draft()
        let page = try await officer.get(path)
        #expect(page.contains("所学校都没有可用的指标") && !page.contains("formaction"))
        let answer = try await officer.post("\(path)/publish", [("base", "2")], from: path, follow: false)
        #expect(answer.status == 303)
        #expect(try stage.facts() == 0)
    }

    @Test func `quotas are taken over in one act, with every number of the sum, and frozen with the call`()
        async throws
    {
        let stage = try await Stage()
        let expected = try stage.byHand()
        let (officer, path) = try await stage.draft()
        let page = try await officer.get(path)
        #expect(page.contains("立项率") && page.contains(" / 11 项") && page.contains("2026-SY"))
        #expect(page.contains("不知道：还没有期限已满的项目"))
        #expect(page.contains("formaction=\"\(path)/quotas\"") && page.contains("演示"))

        let call = try await stage.publish()
        let ground = try #require(
            try stage.decided.read {
                try QuotaGround.find(
                    call, of: DemoRegister.university(stage.home.institutionCode), $0)
            })
        #expect(ground.body.granted == expected && ground.body.verdict.quota == expected)
        #expect(ground.body.version == 1 && ground.reason == nil && !ground.body.departs)
        // Of the others too little was put forward to say anything.
        #expect(try stage.facts() == 1)
        let formula = try #require(stage.season.programme.quotaFormula)
        #expect(formula.verdict(base: 15, for: ground.body.verdict.history) == ground.body.verdict)
    }

    @Test func `a university reads on what its own quota stands, and nobody reads another's`() async throws {
        let stage = try await Stage()
        let call = try await stage.publish()
        let own = try await stage.office(of: stage.home).get("/lists/\(call)")
        #expect(own.status == 200)
        #expect(own.contains("本校限额的由来") && own.contains(" / 11 项") && own.contains("15 + "))
        let others = try await stage.office(of: stage.other).get("/lists/\(call)")
        #expect(others.status == 200)
        #expect(!others.contains("本校限额的由来") && !others.contains(" / 11 项"))
        let open = try await stage.season.publicBrowser.get("/calls/\(call)")
        #expect(open.contains("限额怎样调整") && !open.contains(" / 11 项"))
        let number = try stage.decided.read {
            try $0.value("SELECT number FROM fact WHERE kind = 'quota.set'", as: Int64.self) ?? 0
        }
        for key in ["commission-leader", "research-office", "applicant"] {
            let answer = try await stage.season.browser(as: key).get("/journal/facts/\(number)")
            #expect(!answer.contains("verdict"), "\(key)")
        }
        #expect(
            try await stage.season.browser(as: "auditor").get("/journal/facts/\(number)").contains(
                "确定一所学校的限额"))
    }

    @Test func `a departure has its reason, which the university reads and which can be erased`() async throws
    {
        let stage = try await Stage()
        let expected = try stage.byHand()
        let code = stage.home.institutionCode
        let call = try await stage.publish { quotas in
            quotas.replacing("\(code) \(expected)", with: "\(code) \(expected + 1) 今年新增两个学科点，QX")
        }
        let office = try stage.office(of: stage.home)
        let page = try await office.get("/lists/\(call)")
        #expect(page.contains("与公式不同") && page.contains("今年新增两个学科点，QX"))
        #expect(page.contains("限额 \(expected + 1) 项"))
        let house = stage.season.house
        let number = try stage.decided.read {
            try $0.value("SELECT number FROM fact WHERE kind = 'quota.set'", as: Int64.self) ?? 0
        }
        _ = try house.changeNow(by: nil, at: house.now) { change in
            try Erasure.erase([.reason], of: [number], reason: "本人申请", change, house.projections)
        }
        let after = try await office.get("/lists/\(call)")
        #expect(!after.contains("QX") && after.contains("erased"))
    }

    @Test func `an amendment keeps what was looked at, and says nothing twice`() async throws {
        let stage = try await Stage()
        let expected = try stage.byHand()
        let code = stage.home.institutionCode
        let call = try await stage.publish { quotas in
            quotas.replacing("\(code) \(expected)", with: "\(code) \(expected + 1) 今年新增两个学科点")
        }
        let officer = try stage.season.browser(as: "programme-officer")
        let path = "/office/calls/\(call)"
        // What the round behind it says changes meanwhile, past every act.
        try stage.season.house.database.writeNow { store in
            _ = try store.run("UPDATE decision SET funded = \(false)")
        }
        _ = try await officer.post("\(path)/amend", [], from: path)
        let page = try await officer.get(path)
        #expect(page.contains(" / 11 项") && !page.contains("\(expected + 1)≠"))
        #expect(
            try await officer.post("\(path)/publish", [("base", "1")], from: path, follow: false).status
                == 303)
        #expect(try stage.facts() == 1)
        // Another number is another departure.
        _ = try await officer.post("\(path)/amend", [], from: path)
        let values = try stage.decided.read { try CallDrafts.find(call, $0)?.values ?? [:] }
        let other = values.merging(["quotas": "\(code) \(expected + 2)"]) { $1 }
        _ = try await officer.post(path, other.map { ($0.key, $0.value) } + [("base", "1")])
        #expect(try await officer.get(path).contains("\(expected + 2)≠\(expected)"))
        let reasoned = values.merging(["quotas": "\(code) \(expected + 2) 又增加了一个学科点"]) { $1 }
        _ = try await officer.post(path, reasoned.map { ($0.key, $0.value) } + [("base", "2")])
        #expect(
            try await officer.post("\(path)/publish", [("base", "3")], from: path, follow: false).status
                == 303)
        #expect(try stage.facts() == 2)
        #expect(
            try await stage.office(of: stage.home).get("/lists/\(call)").contains("又增加了一个学科点"))
    }

    @Test func `terms that are over are unknown as long as no conclusion is on record`() async throws {
        let stage = try await Stage()
        let home = DemoRegister.university(stage.home.institutionCode)
        let funded = try #require(
            try stage.decided.read { store in
                try store.value(
                    """
                    SELECT application.id FROM application JOIN decision ON decision.application = application.id
                    WHERE decision.funded AND application.university = \(home) ORDER BY application.id
                    """, as: ID<Application>.self)
            })
        try stage.decided.contract(funded)
        stage.season.move(to: DecisionSeason.at("2029-02-01"))
        let (officer, path) = try await stage.draft()
        let page = try await officer.get(path)
        #expect(page.contains("不知道：有项目期限已满，本系统没有结项记录"))
    }

    @Test func `the terminal's words hold the whole sum`() async throws {
        let stage = try await Stage()
        let expected = try stage.byHand()
        let call = try await stage.publish()
        let home = DemoRegister.university(stage.home.institutionCode)
        let ground = try #require(try stage.decided.read { try QuotaGround.find(call, of: home, $0) })
        let zh = ground.explained(stage.season.house.words(in: .zh)).joined(separator: "\n")
        let en = ground.explained(stage.season.house.words(in: .en)).joined(separator: "\n")
        #expect(zh.contains("15 + ") && zh.contains("立项率") && zh.contains("公式结果 \(expected)"))
        #expect(en.contains("Share funded") && !en.contains("{"))
        #expect(!zh.contains("{") && !zh.contains("quota."))
    }
}
