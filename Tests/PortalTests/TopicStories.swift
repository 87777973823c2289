import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// Topics: refined by their user and experts, carried by a panel, let by a call, bid for.
struct TopicStories {
    private func begun(_ season: Season, _ more: [String: String] = [:]) async throws -> (
        stage: PoolStage, officer: Browser, problem: String, topic: String
    ) {
        let stage = PoolStage(season: season)
        let problem = try await stage.putIn(season.browser(as: "applicant"))
        let officer = try season.browser(as: "programme-officer")
        let topic = try await stage.open(officer, from: [problem], more)
        return (stage, officer, problem, topic)
    }

    @Test func `a topic that cannot be measured is not opened, and each line says what is wrong`()
        async throws
    {
        let season = try await Season(experts: 0)
        let stage = PoolStage(season: season)
        let problem = try await stage.putIn(season.browser(as: "applicant"))
        let officer = try season.browser(as: "programme-officer")
        for (change, says) in [
            (["indicators": "夜间噪声 | 明显降低"], "没有数字"), (["indicators": "夜间噪声不高于 55 分贝"], "竖线"),
            (["nodes": "18 | 示范\n6 | 设计"], "一行比一行晚"), (["nodes": "很快 | 示范"], "第几个月"),
            (["ceiling": "0"], "大于 0"), (["ceiling": "许多"], "两位小数"), (["user-name": ""], "最终用户"),
            (["user-email": "nobody@example.org"], "没有登录邮箱"), (["title": "短"], "题目名称"),
            (["payments": "0 | 30\n12 | 70"], "时间节点中的一个"), (["payments": "签订 | 30"], "第几个月"),
            (["payments": "6 | 100"], "签订任务书时拨付"), (["payments": "0 | 30\n18 | 60"], "应为 100%"),
            (["test": "yes"], "第三方检测什么"),
        ] {
            let page = try await officer.post(
                "/office/topics/new",
                PoolStage.topicForm(change) + [("problem", stage.problem(problem).rawValue)],
                from: "/office/problems", follow: false)
            #expect(page.status == 422 && page.contains(says), "\(says)")
        }
        let alone = try await officer.post(
            "/office/topics/new", PoolStage.topicForm(), from: "/office/problems", follow: false)
        #expect(alone.status == 422 && alone.contains("请选择 1 至"))
        for member in DemoCast.members where member.role != .programmeOfficer {
            let browser = try season.browser(as: member.key)
            #expect(try await browser.get("/office/topics/new").status == 404)
        }
    }

    @Test func `until it is published a topic is sealed from all but those who make it`() async throws {
        let season = try await Season(experts: 0)
        let (_, officer, problem, topic) = try await begun(
            season, ["user-email": DemoCast.email(of: "research-office")])
        #expect(try await season.publicBrowser.get("/topics").contains("既有高架段") == false)
        #expect(try await season.publicBrowser.get(topic, follow: false).status == 303)
        for key in ["applicant", "expert", "finance", "system-admin"] {
            for path in [topic, "\(topic)/versions/1", "\(topic)/chain"] {
                #expect(try await season.browser(as: key).get(path).status == 404, "\(key) \(path)")
            }
        }
        _ = try await officer.post(
            "\(topic)/invite", [("address", DemoCast.email(of: "expert"))], from: topic, follow: false)
        for key in ["expert", "research-office"] {
            let browser = try season.browser(as: key)
            #expect(try await browser.get(topic).contains("提出修改建议"), "\(key)")
            #expect(try await browser.get(problem).status == 200)
            #expect(try await browser.get("/todo").contains("对题目提出修改建议"))
        }
        // The problem's proposer sees that it became a topic, and not which.
        let proposer = try await season.browser(as: "applicant").get(problem)
        #expect(proposer.contains("已形成题目") && !proposer.contains("既有高架段减振"))
    }

    @Test
    func `suggestions are taken up in a new version whose difference shows, and no newer one is overwritten`()
        async throws
    {
        let season = try await Season(experts: 0)
        let (_, officer, _, topic) = try await begun(season)
        let stranger = try season.browser(as: "expert-2")
        #expect(
            try await stranger.post(
                "\(topic)/suggest", [("text", "应当改成五十分贝")], from: "/topics", follow: false
            )
            .status == 404)
        _ = try await officer.post(
            "\(topic)/invite", [("address", DemoCast.email(of: "expert"))], from: topic, follow: false)
        let nobody = try await officer.post(
            "\(topic)/invite", [("address", "nobody@example.org")], from: topic, follow: false)
        #expect(nobody.status == 422)
        let expert = try season.browser(as: "expert")
        #expect(
            try await expert.post("\(topic)/suggest", [("text", "短")], from: topic, follow: false).status
                == 422)
        _ = try await expert.post(
            "\(topic)/suggest", [("part", "indicators"), ("text", "噪声应当不高于 50 分贝")], from: topic,
            follow: false)
        let fact = try season.house.database.readNow { store in
            try #require(try store.value("SELECT fact FROM topic_suggestion", as: Int64.self))
        }
        let better = PoolStage.topicForm(["indicators": "夜间噪声 | 不高于 50 分贝 | 连续监测 30 天"])
        func save(_ fields: [(String, String)]) async throws -> Browser.Page {
            try await officer.post("\(topic)/edit", fields, from: "\(topic)/edit", follow: false)
        }
        #expect(try await save(better + [("base", "1")]).contains("修改理由"))
        #expect(try await save(PoolStage.topicForm() + [("base", "1"), ("reason", "没有修改")]).status == 422)
        let saved = try await save(
            better + [("base", "1"), ("reason", "采纳专家的意见"), ("adopt", "\(fact)")])
        #expect(saved.status == 303)
        #expect(try await save(PoolStage.topicForm() + [("base", "1"), ("reason", "迟到的修改")]).status == 422)
        let page = try await expert.get(topic)
        #expect(page.contains("第 2 版采纳"))
        let diff = try await expert.get("\(topic)/versions/2")
        #expect(diff.contains("<del>") && diff.contains("<ins>") && diff.contains("采纳专家的意见"))
    }

    @Test
    func
        `a panel is of people without a stake, votes once and unseen, and only a carried topic is published`()
        async throws
    {
        let season = try await Season(experts: 0)
        let (_, officer, _, topic) = try await begun(
            season, ["user-email": DemoCast.email(of: "research-office")])
        func ballot(_ keys: [String], _ quorum: String) async throws -> Browser.Page {
            try await officer.post(
                "\(topic)/ballot",
                [("panel", keys.map(DemoCast.email).joined(separator: "\n")), ("quorum", quorum)],
                from: topic,
                follow: false)
        }
        for (keys, quorum, says) in [
            (["expert", "expert-2"], "2", "至 30 人"), (["expert", "expert-2", "expert-3"], "1", "过半数"),
            (["expert", "expert-2", "applicant"], "2", "不能评议"),
            // Of the final user's own university.
            (["expert", "expert-2", "university-leader"], "2", "最终用户的人"),
            (["expert", "expert-2", "programme-officer"], "2", "提交表决的"),
            (["expert", "expert-2", "nobody"], "2", "没有登录邮箱"),
        ] {
            let refused = try await ballot(keys, quorum)
            #expect(refused.status == 422 && refused.contains(says), "\(says)")
        }
        let early = try await officer.post(
            "\(topic)/close", [("outcome", "ready"), ("reason", "不必表决了吧")], from: topic, follow: false)
        #expect(early.status == 422)
        #expect(try await ballot(["expert", "expert-2", "expert-3"], "2").status == 303)
        let frozen = try await officer.post(
            "\(topic)/edit",
            PoolStage.topicForm(["title": "改一改题目看看"]) + [("base", "1"), ("reason", "表决中修改")],
            from: topic, follow: false)
        #expect(frozen.status == 422 && frozen.contains("正在表决"))
        let expert = try season.browser(as: "expert")
        func vote(_ browser: Browser, _ supports: String, _ reason: String) async throws -> Int {
            try await browser.post(
                "\(topic)/vote", [("supports", supports), ("reason", reason)], from: topic, follow: false
            ).status
        }
        #expect(try await vote(try season.browser(as: "research-office"), "yes", "我是最终用户") == 404)
        #expect(try await vote(expert, "", "没有选择赞成与否") == 422)
        #expect(try await vote(expert, "yes", "") == 422)
        #expect(try await vote(expert, "yes", "QX只有我知道的理由") == 303)
        #expect(try await vote(expert, "no", "又想反对了呢") == 422)
        for key in ["programme-officer", "expert-2", "auditor"] {
            #expect(try await season.browser(as: key).get(topic).contains("QX只有我知道的理由") == false, "\(key)")
        }
        #expect(try await expert.get(topic).contains("QX只有我知道的理由"))
        func close(_ outcome: String) async throws -> Browser.Page {
            try await officer.post(
                "\(topic)/close", [("outcome", outcome), ("reason", "评议结束的理由")], from: topic, follow: false)
        }
        #expect(try await close("ready").contains("未达到 2 票"))
        #expect(try await vote(try season.browser(as: "expert-2"), "no", "指标还不够好") == 303)
        #expect(try await close("ready").contains("没有通过"))
        #expect(try await close("again").status == 303)
        #expect(try await officer.get(topic).contains("指标还不够好"))
        try await PoolStage(season: season).carry(topic)
        let page = try await season.publicBrowser.get(topic)
        #expect(page.status == 200 && page.contains("既有高架段") && page.contains("赞成 2，反对 1"))
        // Why each round was closed is public with it; who voted how, and why, is not.
        #expect(page.contains("多数赞成，予以公布") && page.contains("评议结束的理由") && page.contains("退回凝练"))
        #expect(!page.contains("理由充分可检验") && !page.contains("指标还不够好"))
        let later = try await officer.post(
            "\(topic)/edit",
            PoolStage.topicForm(["title": "改一改题目看看"]) + [("base", "1"), ("reason", "公布后修改")],
            from: topic, follow: false)
        #expect(later.status == 422 && later.contains("定稿"))
        #expect(try await season.publicBrowser.get("/topics?q=%E5%87%8F%E6%8C%AF").contains("既有高架段"))
        #expect(try await season.publicBrowser.get("/topics?q=%E7%99%BD%E7%B2%89").contains("既有高架段") == false)
    }

    @Test func `grounds that name who takes part are public without the name`() async throws {
        let season = try await Season(experts: 0)
        let (stage, officer, _, topic) = try await begun(season)
        let panel = ["expert", "expert-2", "expert-3"].map(DemoCast.email).joined(separator: "\n")
        _ = try await officer.post(
            "\(topic)/ballot", [("panel", panel), ("quorum", "2")], from: topic, follow: false)
        let names = ["expert-3", "applicant"].compactMap { key in
            DemoCast.members.first { $0.key == key }?.name
        }
        try #require(names.count == 2)
        let grounds = "\(names[0])和\(names[1])的意见有待吸收"
        let again = try await officer.post(
            "\(topic)/close", [("outcome", "again"), ("reason", grounds)], from: topic, follow: false)
        #expect(again.status == 303)
        try await stage.carry(topic)
        #expect(try await officer.get(topic).contains(grounds))
        let page = try await season.publicBrowser.get(topic)
        #expect(page.contains("〔姓名略〕和〔姓名略〕的意见有待吸收") && !page.contains(grounds))
        // A name that was corrected since is left out as before.
        let expert = season.cast.person("expert-3")
        let person = Person(
            id: expert, name: "木双", pinyin: "mu shuang", email: DemoCast.email(of: "expert-3"),
            organisation: DemoRegister.university("10011"), demo: true)
        try season.house.changeNow(by: nil, at: season.now) { change in
            _ = try change.append(PersonRegistered(person), about: .person(expert))
        }
        #expect(try await season.publicBrowser.get(topic).contains("〔姓名略〕和〔姓名略〕的意见有待吸收"))
    }

    @Test
    func `grounds from before they were public, or that may hold an erased name, stay with the makers`()
        async throws
    {
        let season = try await Season(experts: 0)
        let (stage, officer, _, topic) = try await begun(season)
        let panel = ["expert", "expert-2", "expert-3"].map(DemoCast.email).joined(separator: "\n")
        _ = try await officer.post(
            "\(topic)/ballot", [("panel", panel), ("quorum", "2")], from: topic, follow: false)
        let id = ID<Topic>(stage.problem(topic).rawValue)
        try season.house.changeNow(by: season.cast.person("programme-officer"), at: season.now) { change in
            _ = try change.append(
                TopicClosed(round: 1, version: 1, outcome: .again, votesFor: 0, votesAgainst: 0),
                about: .topic(id), as: .programmeOfficer, reason: "写于公开之前的理由")
        }
        try await stage.carry(topic)
        let before = try await season.publicBrowser.get(topic)
        #expect(before.contains("退回凝练") && before.contains("赞成 2，反对 1"))
        #expect(before.contains("多数赞成，予以公布") && !before.contains("写于公开之前的理由"))
        let theirs = try await officer.get(topic)
        #expect(theirs.contains("多数赞成，予以公布") && theirs.contains("写于公开之前的理由"))

        try season.house.changeNow(by: nil, at: season.now) { change in
            let named = try change.store.values(
                """
                SELECT number FROM fact WHERE kind = 'person.registered'
                  AND subject_id = \(season.cast.person("expert-2"))
                """, as: Int64.self)
            try #require(!named.isEmpty)
            _ = try Erasure.erase([.payload], of: named, reason: "本人申请", change, season.house.projections)
        }
        let after = try await season.publicBrowser.get(topic)
        #expect(after.contains("赞成 2，反对 1") && !after.contains("多数赞成，予以公布"))
        #expect(try await officer.get(topic).contains("多数赞成，予以公布"))
    }

    @Test func `a dropped topic leaves its problem waiting again`() async throws {
        let season = try await Season(experts: 0)
        let (_, officer, problem, topic) = try await begun(season)
        let dropped = try await officer.post(
            "\(topic)/close", [("outcome", "dropped"), ("reason", "已有成熟产品可买")], from: topic, follow: false)
        #expect(dropped.status == 303)
        #expect(try await season.browser(as: "applicant").get(problem).contains("待处理"))
        #expect(try await season.publicBrowser.get(topic, follow: false).status == 303)
    }
}
