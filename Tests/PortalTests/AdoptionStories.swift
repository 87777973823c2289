import Lifecycle
import Store
import Testing

@testable import Portal

/// Whether a project's result was taken up: the final user says so, the office where a programme asks none in, and the
/// chain tells anybody who uses it.
struct AdoptionStories {
    private static let user = ID<Person>("demo-race-user")
    private static let evidence = "采购合同和试运行三个月的记录。"

    private static func used(_ more: [String: String] = [:]) -> [(String, String)] {
        [
            "extent": "part", "organisation": "再生建材采用单位", "place": "二号破碎线", "since": "2026-06-20",
            "evidence": evidence,
        ].merging(more) { $1 }.map { ($0.key, $0.value) }
    }

    private static let notYet = [("extent", "not-yet"), ("evidence", "样机尚在第三方检验，结果出来再定。")]

    /// A stage with one lane's contract in force, the lane's address and its chain's.
    private func contracted() async throws -> (stage: RaceStage, path: String, chain: String) {
        let stage = try await RaceStage()
        try await stage.established()
        try stage.contract(stage.lanes[0])
        return (stage, "/cases/\(stage.lanes[0])/adoption", "/topics/\(stage.played.topic)/chain")
    }

    private func facts(_ stage: RaceStage) throws -> [Int64] {
        try stage.read { try $0.values("SELECT fact FROM adoption ORDER BY fact", as: Int64.self) }
    }

    @Test func `nobody outside reads of it, and whoever reads it without using the result does not write it`()
        async throws
    {
        let (it, path, _) = try await contracted()
        for key in ["applicant", "expert", "system-admin"] {
            #expect(try await it.browser(as: key).get(path).status == 404, "\(key)")
            let sent = try await it.browser(as: key).post(path, Self.used(), from: "/notices")
            #expect(sent.status == 404, "\(key)")
        }
        let (owner, office) = (try it.owner(it.lanes[0]), try it.office(it.lanes[0]))
        for person in [owner, office, it.person("programme-officer"), it.person("finance")] {
            let browser = try it.browser(of: person)
            let page = try await browser.get(path)
            #expect(page.status == 200 && page.contains("尚无采用记录") && !page.contains("name=\"extent\""))
            let sent = try await browser.post(path, Self.used(), from: "/todo")
            #expect(sent.status == 422 && sent.contains("采用情况由最终用户填写"), "\(person)")
        }
        #expect(try facts(it) == [])
    }

    @Test func `before the contract binds there is nothing to say`() async throws {
        let it = try await RaceStage()
        try await it.established()
        let path = "/cases/\(it.lanes[0])/adoption"
        let user = try it.browser(of: Self.user)
        let page = try await user.get(path)
        #expect(page.contains("任务书生效之后才能填写采用情况") && !page.contains("name=\"extent\""))
        #expect(try await user.post(path, Self.used(), from: "/todo").status == 422)
        #expect(try facts(it) == [])
    }

    @Test(
        arguments: [
            (["extent": ""], "请选择成果是否采用"), (["organisation": "某"], "请填写采用单位"), (["place": ""], "请填写在哪里用"),
            (["since": "2036-01-01"], "不能晚于今天"), (["since": "昨天"], "不能晚于今天"), (["evidence": "在用"], "请写明依据"),
            (["extent": "not-yet"], "须留空"), (["corrects": "1"], "不在本项目中"),
        ] as [([String: String], String)])
    func `what is wrong is said, and what was typed comes back`(more: [String: String], says: String)
        async throws
    {
        let (it, path, _) = try await contracted()
        let page = try await it.browser(of: Self.user).post(path, Self.used(more), from: path)
        #expect(page.status == 422 && page.contains(says))
        for (name, value) in Self.used(more) where ["organisation", "place", "since"].contains(name) {
            #expect(page.contains("name=\"\(name)\"") && page.contains("value=\"\(value)\""), "\(name)")
        }
        #expect(try facts(it) == [])
    }

    @Test func `it is said several times and corrected, and the chain tells anybody who uses it`()
        async throws
    {
        let (it, path, chain) = try await contracted()
        let user = try it.browser(of: Self.user)
        #expect(try await it.season.publicBrowser.get(chain).contains("尚无采用记录"))
        // Not in use: the people of the dossier read why, and the public nothing.
        let first = try await user.post(path, Self.notYet, from: path)
        #expect(first.status == 200 && first.contains("尚未采用") && first.contains("样机尚在第三方检验"))
        #expect(try await it.season.publicBrowser.get(chain).contains("尚无采用记录"))

        let second = try await user.post(path, Self.used(), from: path)
        #expect(second.status == 200)
        for says in ["已部分采用", "再生建材采用单位", "二号破碎线", "2026-06-20", Self.evidence] {
            #expect(second.contains(says), "\(says)")
        }
        let anybody = try await it.season.publicBrowser.get(chain)
        #expect(anybody.contains("再生建材采用单位 自 2026-06-20 起部分采用"))
        for sealed in ["二号破碎线", Self.evidence, "样机尚在第三方检验", path] {
            #expect(!anybody.contains(sealed), "\(sealed)")
        }
        #expect(try await user.get(chain).contains(path))
        #expect(try await it.browser(as: "programme-officer").get(path).contains(chain))
        // Finance pays and needs no evidence.
        let paying = try await it.browser(as: "finance").get(path)
        #expect(paying.contains("再生建材采用单位") && !paying.contains(Self.evidence))

        let wrong = try #require(try facts(it).last)
        let whole = Self.used(["extent": "whole", "organisation": "另一家采用单位", "corrects": "\(wrong)"])
        #expect(try await user.post(path, whole, from: path).contains("已于"))
        let told = try await it.season.publicBrowser.get(chain)
        #expect(told.contains("另一家采用单位 自 2026-06-20 起全部采用") && !told.contains("再生建材采用单位"))
        #expect(try await user.get(path).contains("再生建材采用单位"))
        #expect(try await user.post(path, whole, from: path).status == 422)
        #expect(try facts(it).count == 3)
        // It moved nothing.
        let lane = it.lanes[0]
        let step = try it.read { store in
            try store.value("SELECT step_kind FROM application WHERE id = \(lane)", as: String.self)
        }
        #expect(step == "prepare-payment")

        try it.house.changeNow(by: nil, at: it.season.now) { change in
            _ = try Erasure.erase([.reason], of: [wrong], reason: "含商业秘密，删去", change, it.house.projections)
        }
        let erased = try await user.get(path)
        #expect(erased.contains("再生建材采用单位") && erased.contains("（已删除"))
    }

    @Test func `what was said can be erased, and erasing a correction does not bring back what it corrected`()
        async throws
    {
        let (it, path, chain) = try await contracted()
        let user = try it.browser(of: Self.user)
        #expect(try await user.post(path, Self.used(["extent": "erased"]), from: path).status == 422)
        #expect(try await user.post(path, Self.used(), from: path).status == 200)
        let wrong = try #require(try facts(it).last)
        let right = Self.used(["organisation": "另一家采用单位", "place": "三号破碎线", "corrects": "\(wrong)"])
        #expect(try await user.post(path, right, from: path).status == 200)
        let correction = try #require(try facts(it).last)
        #expect(try await it.season.publicBrowser.get(chain).contains("另一家采用单位"))

        try it.house.changeNow(by: nil, at: it.season.now) { change in
            _ = try Erasure.erase(
                [.payload], of: [correction], reason: "采用单位要求删去", change, it.house.projections)
        }
        #expect(try facts(it) == [wrong, correction])
        let told = try await it.season.publicBrowser.get(chain)
        #expect(told.contains("（已删除）"))
        #expect(!told.contains("再生建材采用单位") && !told.contains("另一家采用单位"))
        let page = try await user.get(path)
        #expect(page.contains("（已删除）") && page.contains("已于") && page.contains("再生建材采用单位"))
        #expect(!page.contains("另一家采用单位") && !page.contains("三号破碎线"))
    }

    @Test func `where no final user is asked in, the university's office says it`() async throws {
        var it = try await PartnerStage()
        let candidate = try it.submitted(1, with: ["firm"])
        #expect(try it.say("firm", of: candidate.id, PartnerStage.answers(20)) == [])
        it.season.move(to: PartnerStage.at("2026-07-02"))
        #expect(try it.endorse([candidate.id]) == [])
        try it.funded(candidate.id, Money(yuan: 100_000))
        try it.agreed(candidate)
        let path = "/cases/\(candidate.id)/adoption"
        let firm = try it.browser(of: PartnerStage.person(of: "firm"))
        #expect(try await firm.get(path).status == 200)
        #expect(try await it.browser(of: PartnerStage.person(of: "institute")).get(path).status == 404)
        for browser in [firm, try it.browser(of: candidate.person)] {
            #expect(try await browser.post(path, Self.used(), from: "/todo").status == 422)
        }
        let office = try it.browser(as: "research-office")
        let said = try await office.post(path, Self.used(), from: path)
        #expect(said.status == 200 && said.contains("二号破碎线"))
        #expect(try await firm.get(path).contains(Self.evidence))
        #expect(try await office.get("/cases/\(candidate.id)/timeline").contains("填写成果采用情况"))
    }
}
