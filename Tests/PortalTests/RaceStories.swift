import Lifecycle
import Store
import Testing

@testable import Portal

/// Near-tied bids for one topic that become a race, from the comparison to the first money.
struct RaceStories {
    @Test func `bids are compared by officials alone, and nobody else learns that there are any`()
        async throws
    {
        let it = try await RaceStage()
        for key in [
            "applicant", "team-member", "research-office", "expert", "finance", "system-admin",
            "university-leader",
        ] {
            #expect(try await it.browser(as: key).get(it.compare).status == 404, "\(key)")
            let sent = try await it.browser(as: key).post("\(it.compare)/race", it.form(), from: "/notices")
            #expect(sent.status == 404, "\(key)")
        }
        #expect(try await it.browser(of: it.owner(it.lanes[0])).get(it.compare).status == 404)
        for key in ["auditor", "commission-leader", "integrity"] {
            let page = try await it.browser(as: key).get(it.compare)
            #expect(page.status == 200, "\(key)")
            #expect(page.contains("赛马由项目主管提出") && !page.contains("name=\"lane\""))
            let sent = try await it.browser(as: key).post("\(it.compare)/race", it.form(), from: it.compare)
            #expect(sent.status == 404, "\(key)")
        }
        #expect(
            try await it.browser(as: "programme-officer").get("/rounds/\(it.call)/topics/none").status == 404)
    }

    @Test func `the comparison shows each indicator with each bid's answer, and routes side by side`()
        async throws
    {
        let it = try await RaceStage()
        let officer = try it.browser(as: "programme-officer")
        // Whatever the topic says of payments, its lanes are paid otherwise.
        let call = try await officer.get("/calls/\(it.call)")
        #expect(call.contains("进入赛马的各赛道不按此拨付"))
        // What a gate may say of a lane is known before anybody bids.
        #expect(call.contains("赛马裁决：终止") && call.contains("须各团队同意，任务书合为一份"))
        let round = try await officer.get("/rounds/\(it.call)?topic=\(it.played.topic)")
        #expect(round.contains(it.compare))
        let page = try await officer.get(it.compare)
        #expect(page.status == 200)
        for says in [
            "与标准试验的一致率", "不低于 95%", "第三方盲样 200 批", "一致率 96%", "一致率 95%", "一致率 88%", "每吨 0.4 元",
            "近红外光谱为主线", "由共振频率和衰减率", "双目相机", "8.00", "7.67", "7.33", "得分相近", "文字重合（仅供参考）",
            "不超过每道资助额的 30%", "桂科计字〔2022〕125号", "借鉴其他办法",
        ] {
            #expect(page.contains(says), "\(says)")
        }
        // The three that are near are ticked, the one that is not is there to be ticked and is not.
        for lane in it.lanes { #expect(page.contains("value=\"\(lane)\" checked"), "\(lane)") }
        #expect(page.contains("value=\"\(it.far)\"") && !page.contains("value=\"\(it.far)\" checked"))
        #expect(page.contains("value=\"360000\"") && page.contains("value=\"2028-01-01\""))
    }

    @Test(
        arguments: [
            (["first": "360001"], "超过每道资助额的 30%"), (["grant": "1200001"], "超过上限 1,200,000.00 元"),
            (["gate": "2026-12-31"], "须在项目执行期之内"), (["gate": "明年"], "的格式填写阶段考核日"),
            (["assessor": "没有这家公司"], "没有唯一叫这个名称"), (["assessor": "北京工业大学"], "不是第三方"),
            (["difference": "不同"], "技术路线为何不同，至少 20 个字"), (["grounds": "值得"], "开赛理由，至少 20 个字"),
            (["first": "许多"], "大于零、以元为单位的金额"),
        ] as [([String: String], String)])
    func `what is wrong is said with its source, and nothing is opened`(
        more: [String: String], says: String
    ) async throws {
        let it = try await RaceStage()
        let officer = try it.browser(as: "programme-officer")
        let page = try await officer.post("\(it.compare)/race", it.form(more), from: it.compare)
        #expect(page.status == 422)
        #expect(page.contains(says), "\(page.text.prefix(4000))")
        if more["gate"] != "明年" { #expect(page.contains("依据：行动计划 3.6.1；关于在广西")) }
        // What was typed comes back.
        for (name, value) in more where !["difference", "grounds"].contains(name) {
            #expect(page.contains("name=\"\(name)\" value=\"\(value)\""), "\(name)")
        }
        let call = it.call
        #expect(try it.read { try Races.standing(in: call, $0).count } == 0)
    }

    @Test func `scores that are not near, one lane, and more money than the round has are refused`()
        async throws
    {
        let it = try await RaceStage()
        let officer = try it.browser(as: "programme-officer")
        let far = try await officer.post(
            "\(it.compare)/race",
            it.form(["grant": "300000", "first": "90000"], lanes: [it.lanes[0], it.far]),
            from: it.compare)
        #expect(far.status == 422 && far.contains("不算相近"))
        let one = try await officer.post(
            "\(it.compare)/race", it.form(lanes: [it.lanes[0]]), from: it.compare)
        #expect(one.status == 422 && one.contains("至少选择 2 条赛道"))
        let all = try await officer.post(
            "\(it.compare)/race", it.form(["grant": "300000", "first": "90000"], lanes: it.played.bids),
            from: it.compare)
        #expect(all.status == 422 && all.contains("至多 3 条赛道"))
        let gone = try await officer.post(
            "\(it.compare)/race", it.form(lanes: it.lanes + [ID("nothing")]), from: it.compare)
        #expect(gone.status == 422 && gone.contains("已不在等待决定"))
        let budget = Account.budget(call: it.call.rawValue)
        try it.house.database.writeNow { store in
            _ = try store.run(
                "UPDATE account_balance SET balance = \(Money(yuan: 1_000_000)) WHERE account = \(budget.rawValue)"
            )
        }
        let poor = try await officer.post("\(it.compare)/race", it.form(), from: it.compare)
        #expect(poor.status == 422 && poor.contains("超出本轮可用经费 100 万元"))
    }

    @Test func `who has a stake in any bid for the topic opens no race`() async throws {
        let it = try await RaceStage()
        let (officer, far) = (it.person("programme-officer"), it.far)
        #expect(
            try it.codes(by: officer) { change, _ in
                try ConflictActs.declare(
                    .application(far), nature: "申请人是我的学生", by: officer, as: .programmeOfficer, change)
            } == [])
        let browser = try it.browser(as: "programme-officer")
        let page = try await browser.get(it.compare)
        #expect(page.contains("不能由您提出") && !page.contains("一致率 88%"))
        let sent = try await browser.post("\(it.compare)/race", it.form(), from: it.compare)
        #expect(sent.status == 422 && sent.contains("已声明与该申请、相关人员或单位有利益关系"))
    }

    @Test func `a proposed race binds the selection, and can be taken back until it is proposed`()
        async throws
    {
        let it = try await RaceStage()
        try await it.propose()
        let officer = try it.browser(as: "programme-officer")
        let twice = try await officer.post("\(it.compare)/race", it.form(), from: it.compare)
        #expect(twice.status == 422 && twice.contains("已经有一场赛马"))
        #expect(try it.select(lanes: Array(it.lanes.prefix(2))) == ["selection.race"])
        #expect(try it.select(Money(yuan: 360_001)) == ["selection.race"])
        let round = try await officer.get("/rounds/\(it.call)")
        #expect(round.contains("拟开的赛马") && round.contains(RaceStage.difference))
        #expect(round.contains("value=\"360000\""))
        let race = try #require(try it.proposed().first?.id)
        let back = "/rounds/\(it.call)/races/\(race)/withdraw"
        #expect(
            try await it.browser(as: "auditor").post(back, [("reason", "不再需要赛马")], from: it.compare).status
                == 404)
        #expect(try await officer.post(back, [("reason", "否")], from: it.compare).status == 422)
        let gone = try await officer.post(back, [("reason", "改为择优一家")], from: it.compare)
        #expect(gone.contains("赛马已撤回"))
        #expect(try await officer.post(back, [("reason", "改为择优一家")], from: it.compare).status == 422)
        try await it.propose()
        #expect(try it.select() == [])
        let second = try #require(try it.proposed().first?.id)
        let late = try await officer.post(
            "/rounds/\(it.call)/races/\(second)/withdraw", [("reason", "改为择优一家")], from: it.compare)
        #expect(late.status == 422)
        let another = try await officer.post("\(it.compare)/race", it.form(), from: it.compare)
        #expect(another.status == 422)
    }

    @Test func `the leader reads the race and opens it by signing, and the notice tells the public`()
        async throws
    {
        let it = try await RaceStage()
        try await it.propose()
        #expect(try it.select() == [])
        let leader = try it.browser(as: "commission-leader")
        let sign = try await leader.get("/rounds/\(it.call)/sign")
        for says in ["拟开的赛马", RaceStage.grounds, RaceStage.difference, DemoRace.assessor, "2028-01-01"] {
            #expect(sign.contains(says), "\(says)")
        }
        let call = it.call
        #expect(try it.read { try Races.proposed(in: call, $0).count } == 1)
        #expect(try it.sign() == [])
        #expect(try it.read { try Races.standing(in: call, $0).map(\.state) } == [.opened])
        let notice = try it.publicise()
        let page = try await it.season.publicBrowser.get(notice)
        for says in [
            "赛马立项", "并行 3 条", "2028-01-01", DemoRace.assessor, "360,000.00", "1,200,000.00", "第三方盲样 200 批",
            "由这条赛道继续", "与另一条继续的赛道并行", "须各团队同意，任务书合为一份",
            "被终止不等于失信", "再生骨料快速分级", "赛马赛道 · 首笔",
        ] {
            #expect(page.contains(says), "\(says)")
        }
        #expect(!page.contains(RaceStage.difference) && !page.contains(RaceStage.grounds))
        #expect(page.contains("href=\"/topics/\(it.played.topic)/chain\""))
        let reserved = try it.lanes.map { try it.balance(.reserved(project: $0.rawValue)) }
        #expect(reserved == Array(repeating: Money(yuan: 360_000), count: 3))
    }

    @Test func `three contracts have one gate, and no more than the first money is paid before its verdict`()
        async throws
    {
        let it = try await RaceStage()
        try await it.established()
        let contracts = try it.read { [lanes = it.lanes] store in
            try lanes.map { try #require(try ContractActs.contract(of: $0, store)) }
        }
        #expect(Set(contracts.map(\.race)).count == 1 && contracts[0].race != nil)
        #expect(Set(contracts.map(\.instalments)).count == 1 && Set(contracts.map(\.milestones)).count == 1)
        // The chain leads anybody from the topic to what came of it.
        let chain = try await it.season.publicBrowser.get("/topics/\(it.played.topic)/chain")
        #expect(chain.status == 200)
        for lane in it.lanes {
            let title = try it.read {
                try $0.value("SELECT title FROM application WHERE id = \(lane)", as: String.self)
            }
            #expect(chain.contains(try #require(title)))
        }
        for lane in it.lanes {
            for browser in [try it.browser(of: it.owner(lane)), try it.browser(as: "programme-officer")] {
                let page = try await browser.get("/cases/\(lane)/contract")
                for says in [
                    "赛马条款", "2028-01-01", DemoRace.assessor, "360,000.00", "840,000.00", "赛马阶段考核",
                    "由这条赛道继续", "与另一条继续的赛道并行", "须各团队同意，任务书合为一份", "被终止不等于失信",
                ] {
                    #expect(page.contains(says), "\(says)")
                }
            }
            try it.contract(lane)
        }
        let obligated = try it.lanes.map { try it.balance(.obligated(project: $0.rawValue)) }
        #expect(obligated == Array(repeating: Money(yuan: 360_000), count: 3))

        let lane = it.lanes[1]
        let (finance, approver) = (it.person("finance"), it.person("finance-approver"))
        let desk = try it.browser(as: "finance")
        let before = try await desk.get("/cases/\(lane)/payment")
        #expect(before.contains("赛马首笔") && before.contains("30%") && before.contains("凭裁决拨付"))
        let acts: [(ID<Person>, @Sendable (Change, House) throws -> Void)] = [
            (finance, { try PaymentActs.prepare(lane, id: ID("payment000000001"), by: finance, $0, $1) }),
            (approver, { try PaymentActs.approve(lane, by: approver, $0, $1) }),
            (finance, { try PaymentActs.pay(lane, reference: "ICBC-2026-7", by: finance, $0, $1) }),
        ]
        for (person, act) in acts { #expect(try it.codes(by: person, act) == []) }
        #expect(try it.balance(.paid(project: lane.rawValue)) == Money(yuan: 360_000))
        // More needs a verdict, which nobody can give yet, and the ledger holds no more either.
        #expect(
            try it.codes(by: finance) {
                try PaymentActs.prepare(lane, id: ID("payment000000002"), by: finance, $0, $1)
            } == ["payment.gate"])
        let refused = try await desk.post("/cases/\(lane)/payment/prepare", [], from: "/notices")
        #expect(refused.status == 422 && refused.contains("其余经费只能凭裁决拨付"))
        #expect(try it.balance(.obligated(project: lane.rawValue)) == .zero)
        let list = try await desk.get("/payments")
        #expect(list.contains("赛马首笔"))
    }

    @Test func `the final user neither reviews, handles nor bids for their own topic`() async throws {
        let it = try await RaceStage()
        let (topic, lane, user) = (it.played.topic, it.lanes[0], it.person("expert-2"))
        #expect(
            try it.read { try Parties.of(lane, $0).reasonsAgainstReview(by: user, of: nil) }.isEmpty)
        // The topic's own user; no act changes a published topic, so the test does.
        try it.house.database.writeNow { store in
            _ = try store.run("UPDATE topic SET user_person = \(user) WHERE id = \(topic)")
        }
        #expect(
            try it.read { try Parties.of(lane, $0).reasonsAgainstReview(by: user, of: nil) } == [.interested])
        let barred = try it.read { try Recusal.barred(user, $0) }
        #expect(barred == Set(it.played.bids))
        let free = try it.read { store in
            try store.values(
                "SELECT id FROM application WHERE application.topic = \(topic) AND \(sql: Parties.free(user))",
                as: ID<Application>.self)
        }
        #expect(free.isEmpty)
        // Bidding: the applicant of a lane is told so when the bid would go in.
        let owner = try it.owner(lane)
        try it.house.database.writeNow { store in
            _ = try store.run("UPDATE topic SET user_person = \(owner) WHERE id = \(topic)")
        }
        let stake = try it.read { store in
            try TopicStake.obstacle(
                to: try Drafts.find(lane, of: owner, store), [ApplicationForm.topic: topic.rawValue], store)
        }
        #expect(stake?.code == "application.final-user")
        #expect(try it.read { try TopicStake.bids(owner, besides: it.lanes[1], $0) })
        #expect(try it.read { try !TopicStake.bids(user, besides: it.lanes[1], $0) })
    }

    @Test func `what a race wrote is what its facts say, and rebuilding gives the same`() async throws {
        let it = try await RaceStage()
        try await it.established()
        let rows = try it.read { store in
            try store.values("SELECT state FROM race", as: String.self)
                + store.values("SELECT application FROM race_lane ORDER BY place", as: String.self)
        }
        #expect(rows == ["opened"] + it.lanes.map(\.rawValue))
        let kinds = try it.read { store in
            try store.values(
                "SELECT kind FROM fact WHERE kind LIKE 'race.%' ORDER BY number", as: String.self)
        }
        #expect(kinds == ["race.proposed", "race.routes-judged", "race.opened"])
        let result = try it.read { [house = it.house] in try ProjectionCheck.run(house.projections, $0) }
        #expect(result.found.findings.isEmpty, "\(result.found.findings)")
    }
}
