import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// From a disagreement between experts to a signed selection: the route for non-consensus proposals.
@Suite struct ChampionStories {
    // MARK: - refusals

    @Test
    func
        `a case is refused to who did not review it, who was against, where experts agree, and out of measure`()
        async throws
    {
        let stage = try await ChampionStage()
        let stranger = stage.person("expert")
        let assignment = stage.played.assignments[2][0]
        #expect(
            try stage.codes(stranger) {
                try ChampionActs.write(assignment, ChampionStage.text, by: stranger, $0, stage.house)
            } == ["missing"])
        #expect(try stage.champion(2, by: 1) == ["champion.not-top-marks"])
        #expect(try stage.champion(2, by: 2) == ["champion.not-top-marks"])
        #expect(try stage.champion(0, by: 0) == ["champion.agreed"])
        #expect(try stage.champion(2, by: 0, "值得一试") == ["champion.short"])
        #expect(
            try stage.champion(2, by: 0, String(repeating: "新", count: 2001)) == ["champion.long"])
        // A relation that becomes known after the review keeps its author from championing.
        let expert = stage.experts[0]
        let last = stage.played.proposals[3]
        #expect(
            try stage.codes(expert) {
                try ConflictActs.declare(
                    .application(last), nature: "曾共同发表论文", by: expert, as: .expert, $0)
            } == [])
        #expect(try stage.champion(3, by: 0) == ["conflict.declared"])
        #expect(try stage.champion(2, by: 0) == [])
        #expect(try stage.champion(2, by: 0) == ["champion.written"])
        // Nobody reads the page of another's case.
        for viewer in [stage.experts[1], try stage.owner(stage.apart), stage.person("programme-officer")] {
            #expect(try await stage.browser(of: viewer).get("/reviews/\(assignment)/case").status == 404)
        }
    }

    @Test func `while a selection is proposed no case is written, and once it is sent back one is`()
        async throws
    {
        let stage = try await ChampionStage()
        #expect(try stage.propose([0], byRoute: []) == [])
        #expect(try stage.champion(2, by: 0) == ["champion.not-now"])
        let page = try await stage.browser(of: stage.experts[0]).get(
            "/reviews/\(stage.played.assignments[2][0])/case")
        #expect(page.contains("现在不能写举荐意见：只在") && !page.contains("名单已经") && !page.contains("<textarea"))
        let (leader, call) = (stage.person("commission-leader"), stage.call)
        #expect(
            try stage.codes(leader) {
                try DecisionActs.sendBack(call, by: leader, reason: "请再看意见分歧的申请", $0)
            } == [])
        #expect(try stage.champion(2, by: 0) == [])
    }

    @Test
    func
        `a selection by the route is refused without disagreement, case, grounds or need, and over the call's number`()
        async throws
    {
        let stage = try await ChampionStage()
        #expect(try stage.propose([0], byRoute: [1]) == ["selection.route-agreed"])
        #expect(try stage.propose([0], byRoute: [2]) == ["selection.route-no-case"])
        #expect(try stage.champion(2, by: 0) == [])
        #expect(try stage.champion(3, by: 0) == [])
        #expect(try stage.propose([0], byRoute: [2], grounds: nil) == ["selection.route-grounds"])
        #expect(try stage.propose([0], byRoute: [2], grounds: "看好") == ["selection.route-grounds"])
        #expect(try stage.propose([0, 1], byRoute: [2]) == ["selection.route-needless"])
        #expect(try stage.propose([0], byRoute: [2, 3]) == ["selection.route-most"])
        // An officer who is bound to the proposal proposes nothing.
        let officer = stage.person("programme-officer")
        let apart = stage.apart
        #expect(
            try stage.codes(officer) {
                try ConflictActs.declare(
                    .application(apart), nature: "申请人是本人的导师", by: officer, as: .programmeOfficer, $0)
            } == [])
        #expect(try stage.propose([0], byRoute: [2]) == ["conflict.declared"])
        let nothing = try stage.read {
            try $0.value("SELECT COUNT(*) FROM selection", as: Int.self)
        }
        #expect(nothing == 0)
    }

    @Test func `a programme without the route refuses it and shows nothing of it`() async throws {
        let it = try await DecisionSeason(applications: 3)
        let ranking = try it.ranking()
        let round = "/rounds/\(it.call)"
        let officer = try it.browser(as: "programme-officer")
        let page = try await officer.post(
            "\(round)/propose",
            [0, 2].map { ("fund", ranking[$0].rawValue) } + [("route", ranking[2].rawValue)], from: round)
        #expect(page.status == 422 && page.contains("本方案没有非共识通道"))
        #expect(!(try await officer.get(round)).contains("非共识"))
    }

    @Test func `a case falls with the marks it stood on`() async throws {
        let stage = try await ChampionStage()
        #expect(try stage.champion(2, by: 0) == [])
        func cases() throws -> Int {
            let (call, apart) = (stage.played.call, stage.apart)
            let house = stage.house
            return try stage.read { store in
                let (_, programme) = try Calls.found(call.id, house, store)
                return try ChampionQueries.picture(of: call, programme, store)?.cases[apart]?.count ?? 0
            }
        }
        #expect(try cases() == 1)
        let officer = stage.person("programme-officer")
        let (id, expert, house) = (stage.played.assignments[2][0], stage.experts[0], stage.house)
        #expect(
            try stage.codes(officer) {
                try ReviewActs.sendBack(
                    id, ground: .identity, reason: "意见里写明了身份", by: officer, $0, house)
            } == [])
        #expect(try cases() == 0)
        let programme = try #require(house.plan.programmes.first { $0.nonConsensus != nil })
        #expect(
            try stage.codes(expert) {
                try ReviewActs.submit(
                    id, ChampionPlay.answers("BA", programme.review), by: expert, $0, house)
            } == [])
        #expect(try cases() == 0)
        #expect(try stage.propose([0], byRoute: [2]) == ["selection.route-agreed"])
    }

    // MARK: - the story

    @Test
    func
        `a proposal that experts disagree about is seen, championed, proposed with grounds, signed and told`()
        async throws
    {
        let stage = try await ChampionStage()
        let (apart, round) = (stage.apart, "/rounds/\(stage.call)")
        let page = "/reviews/\(stage.played.assignments[2][0])/case"
        let officer = try stage.browser(as: "programme-officer")
        let leader = try stage.browser(as: "commission-leader")
        let applicant = try stage.browser(of: try stage.owner(apart))
        let author = try stage.browser(of: stage.experts[0])
        let secret = String(ChampionStage.text.prefix(20))
        let name = "贺独见"

        // The signal, with its numbers, and nothing to choose yet.
        let before = try await officer.get(round)
        #expect(before.contains("有 2 项意见分歧，其中 0 项有举荐意见。至多 1 项"))
        #expect(before.contains("等级最高 A、最低 D，相差 3 分（2 分以上算分歧）"))
        #expect(before.contains("还没有举荐意见") && !before.contains("name=\"route\""))
        #expect(before.contains("行动计划 3.1.2") && before.contains("standing demo"))

        // Who marked it at the top finds it in the to-do; who was against does not.
        #expect(try await author.get("/todo").contains(page))
        let other = try await stage.browser(of: stage.experts[1]).get("/todo")
        #expect(!other.contains("/case"))
        #expect(try await author.get(String(page.dropLast(5))).contains(page))
        let form = try await author.get(page)
        #expect(form.contains("相差 2 分以上") && !form.contains("相差 3 分"))
        let short = try await author.post(page, [("case", "值得一试")], from: page)
        #expect(short.status == 422 && short.contains("至少 100 个字") && short.contains("值得一试"))
        let written = try await author.post(page, [("case", ChampionStage.text)], from: page)
        #expect(written.status == 200 && written.contains("任何人都不能再修改") && written.contains(secret))
        #expect(!written.contains("<textarea"))
        #expect(!(try await author.get("/todo")).contains(page))

        // Officials read it with its author; those who applied do not know of it.
        let reviews = try await officer.get("/cases/\(apart)/reviews")
        #expect(reviews.contains(secret) && reviews.contains(name) && reviews.contains("意见分歧"))
        for path in ["reviews", "timeline", "decision"] {
            let seen = try await applicant.get("/cases/\(apart)/\(path)")
            #expect(seen.status == 200 && !seen.contains(secret) && !seen.contains("举荐意见"), "\(path)")
        }

        // The officer proposes it out of the ranking's order, with grounds.
        let fields = [
            ("fund", stage.played.proposals[0].rawValue), ("fund", apart.rawValue),
            ("route", apart.rawValue), ("amount-\(apart)", "30000"),
        ]
        let torn = try await officer.post(
            "\(round)/propose", fields.filter { $0 != ("fund", apart.rawValue) }, from: round)
        #expect(torn.status == 422 && torn.contains("没有勾选立项"))
        let reckoned = try await officer.post("\(round)/reckon", fields, from: round)
        #expect(reckoned.contains("拟立项 2 项，共 4 项；与排序不一致 0 项"))
        #expect(reckoned.contains("由非共识通道立项的依据"))
        let bare = try await officer.post("\(round)/propose", fields, from: round)
        #expect(bare.status == 422 && bare.contains("href=\"#why-\(apart)\""))
        let full = fields + [("why-\(apart)", ChampionStage.grounds)]
        let confirm = try await officer.post("\(round)/propose", full, from: round)
        #expect(confirm.contains("确认拟立项名单") && confirm.contains(secret))
        #expect(confirm.contains("name=\"route\" value=\"\(apart)\""))
        let proposed = try await officer.post(
            "\(round)/propose", full + [("confirmed", "yes")], from: round)
        #expect(proposed.contains("名单已提交"))

        // The leader reads grounds, numbers and case, and signs.
        let sheet = try await leader.get("\(round)/sign")
        #expect(sheet.contains(ChampionStage.grounds) && sheet.contains(secret) && sheet.contains("相差 3 分"))
        #expect(sheet.contains("没有偏离评审排序的申请"))
        let read = try #require(sheet.text.between("name=\"proposal\" value=\"", "\""))
        let signed = try await leader.post("\(round)/sign", [("proposal", read)], from: "\(round)/sign")
        #expect(signed.contains("名单已签批"))
        try checkDecision(stage)

        // What the applicant learns: how it was chosen, on what grounds, and the case without its author.
        let decision = try await applicant.get("/cases/\(apart)/decision")
        #expect(decision.contains("由非共识通道选出") && decision.contains(ChampionStage.grounds))
        let told = try await applicant.get("/cases/\(apart)/reviews")
        #expect(told.contains(secret) && !told.contains(name))
        #expect(!(try await applicant.get("/cases/\(apart)/timeline")).contains("举荐意见"))
        let passed = try await stage.browser(of: try stage.owner(stage.played.proposals[1])).get(
            "/cases/\(stage.played.proposals[1])/decision")
        #expect(!passed.contains("非共识"))

        // And everybody: by which route, and nobody's name.
        let opened = try await officer.post("\(round)/notice", [], from: round)
        let notice = try await stage.season.publicBrowser.get(String(opened.path.prefix { $0 != "?" }))
        #expect(notice.contains("<span class=\"badge info\">非共识</span>"))
        #expect(notice.contains("没有按评审平均分排序选出") && notice.contains("行动计划 3.1.2"))
        #expect(notice.text.components(separatedBy: ">非共识</span>").count == 2, "one project of two")
        #expect(!notice.contains(name) && !notice.contains(secret) && !notice.contains(ChampionStage.grounds))
    }

    private struct Decided: Decodable, Sendable {
        let body: String
        let reason: String?
    }

    /// The fact that decided a proposal, with its reason.
    private func decided(_ id: ID<Application>, _ stage: ChampionStage) throws -> (
        fact: ApplicationDecided, reason: String?
    ) {
        let found: Decided? = try stage.read { store in
            try store.row(
                """
                SELECT payload.body AS body, reason.text AS reason FROM fact
                JOIN payload ON payload.number = fact.number
                LEFT JOIN reason ON reason.number = fact.number
                WHERE fact.kind = 'application.decided' AND fact.subject_id = \(id)
                """)
        }
        guard let found else { throw Missing() }
        let fact = try JSONDecoder().decode(ApplicationDecided.self, from: Data(found.body.utf8))
        return (fact, found.reason)
    }

    /// The decision's fact holds the route, the case it stands on and the grounds; the other has none of it.
    private func checkDecision(_ stage: ChampionStage) throws {
        let routed = try decided(stage.apart, stage)
        let written = try stage.read { store in
            try store.values("SELECT fact FROM champion_case", as: Int64.self)
        }
        #expect(routed.fact.funded && routed.fact.route == Selection.Route(.nonConsensus, cases: written))
        #expect(written.count == 1 && routed.reason == ChampionStage.grounds)
        let plain = try decided(stage.played.proposals[0], stage)
        #expect(plain.fact.funded && plain.fact.route == nil && plain.reason == nil)
    }
}
