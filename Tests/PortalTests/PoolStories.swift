import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// Problems: who puts them in, what officers make of them, what the proposer sees.
struct PoolStories {
    @Test func `a problem with gaps is not taken in, and each gap is said at its place`() async throws {
        let season = try await Season(experts: 0)
        let browser = try season.browser(as: "applicant")
        let page = try await browser.post(
            "/problems/new", PoolStage.form(["title": "短", "statement": "", "by": "明年", "money": "很多"]),
            follow: false)
        #expect(page.status == 422)
        for field in ["title", "statement", "by", "money"] {
            #expect(page.contains("href=\"#\(field)\""), "\(field)")
        }
        #expect(page.contains("value=\"明年\""), "what was typed stays")
        let negative = try await browser.post(
            "/problems/new", PoolStage.form(["money": "-1"]), follow: false)
        #expect(negative.status == 422)
    }

    @Test func `a citizen leaves a contact, comes back by a secret, and only officers see the contact`()
        async throws
    {
        let season = try await Season(experts: 0)
        let citizen = season.publicBrowser
        let bare = try await citizen.post("/problems/new", PoolStage.form(), follow: false)
        #expect(bare.status == 422 && bare.contains("#contact"))
        let vague = try await citizen.post(
            "/problems/new", PoolStage.form() + [("contact-name", "王某"), ("contact", "门口")], follow: false)
        #expect(vague.status == 422)
        let hostile = "<script>alert(1)</script>"
        let answer = try await citizen.post(
            "/problems/new",
            PoolStage.form(["benefits": hostile + "附近的居民"]) + [
                ("contact-name", "王某某"), ("contact", "wang@example.org"),
            ],
            follow: false)
        let receipt = try #require(answer.headers[.location]?.split(separator: "?").first.map(String.init))
        #expect(receipt.hasPrefix("/problems/receipt/"))
        let own = try await season.publicBrowser.get(receipt)
        #expect(own.status == 200 && own.contains("待处理") && own.contains("&lt;script&gt;"))
        #expect(!own.contains("wang@example.org") && !own.contains(hostile))
        let id = try season.house.database.readNow { store in
            try #require(try store.value("SELECT id FROM problem", as: ID<Problem>.self))
        }
        #expect(try await season.publicBrowser.get("/problems/\(id)", follow: false).status == 303)
        for key in ["applicant", "research-office", "expert", "system-admin"] {
            #expect(try await season.browser(as: key).get("/problems/\(id)").status == 404, "\(key)")
        }
        for key in ["auditor", "integrity", "commission-leader"] {
            let page = try await season.browser(as: key).get("/problems/\(id)")
            #expect(page.status == 200 && !page.contains("wang@example.org"), "\(key)")
        }
        let officer = try await season.browser(as: "programme-officer").get("/problems/\(id)")
        #expect(officer.contains("wang@example.org") && officer.contains("市民"))
    }

    @Test func `a contact can be erased while the problem stays, and the tables still agree with the facts`()
        async throws
    {
        let season = try await Season(experts: 0)
        _ = try await season.publicBrowser.post(
            "/problems/new", PoolStage.form() + [("contact-name", "王某某"), ("contact", "wang@example.org")],
            follow: false)
        let house = season.house
        let left = try house.database.writeNow { store in
            let number = try #require(
                try store.value("SELECT number FROM fact WHERE kind = 'problem.contact-left'", as: Int64.self)
            )
            let change = Change(
                store: store, at: season.now, actor: nil, world: house.world, projections: house.projections)
            try Erasure.erase([.payload], of: [number], reason: "按本人要求删除", change, house.projections)
            return try store.value("SELECT contact FROM problem_contact", as: String.self)
        }
        #expect(left?.contains("wang") == false)
        let title = try house.database.readNow { store in
            try store.value("SELECT title FROM problem", as: String.self)
        }
        #expect(title == "地铁高架段夜间噪声怎样降低")
    }

    @Test func `more problems than ten an hour from one address are not taken, and what was typed stays`()
        async throws
    {
        let season = try await Season(experts: 0)
        let contact = [("contact-name", "王某某"), ("contact", "13800000000")]
        for _ in 0..<10 {
            let taken = try await season.publicBrowser.post(
                "/problems/new", PoolStage.form() + contact, follow: false)
            #expect(taken.status == 303)
        }
        let late = try await season.publicBrowser.post(
            "/problems/new", PoolStage.form() + contact, follow: false)
        #expect(late.status == 429 && late.contains("地铁高架段夜间噪声怎样降低"))
        // Another's turns are not used up by it.
        _ = try await PoolStage(season: season).putIn(season.browser(as: "applicant"))
        season.pass(seconds: 16 * 60)
        let again = try await season.publicBrowser.post(
            "/problems/new", PoolStage.form() + contact, follow: false)
        #expect(again.status == 303)
    }

    @Test func `who is no programme officer settles nothing, and nobody settles their own`() async throws {
        let season = try await Season(experts: 0)
        let stage = PoolStage(season: season)
        let path = try await stage.putIn(season.browser(as: "applicant"))
        for member in DemoCast.members where member.role != .programmeOfficer {
            let browser = try season.browser(as: member.key)
            for verb in ["merge", "link", "set-aside", "reopen"] {
                let answer = try await browser.post(
                    "\(path)/\(verb)", [("reason", "没有道理的理由")], from: "/problems", follow: false)
                #expect(answer.status == 404, "\(member.key) \(verb)")
            }
        }
        let officer = try season.browser(as: "programme-officer")
        let own = try await stage.putIn(officer)
        let answer = try await officer.post(
            "\(own)/set-aside", [("reason", "不是我的事")], from: own, follow: false)
        #expect(answer.status == 422 && answer.contains("其他工作人员"))
    }

    @Test func `merging keeps where each comes from, both ways, and the proposer is told why`() async throws {
        let season = try await Season(experts: 0)
        let stage = PoolStage(season: season)
        let first = try await stage.putIn(season.browser(as: "applicant"))
        let second = try await stage.putIn(season.browser(as: "expert"), ["title": "高架桥边晚上太吵睡不着觉"])
        let officer = try season.browser(as: "programme-officer")
        for (other, reason, says) in [
            ("W2026-99999", "说的是同一件事", "没有编号"), (try stage.number(second), "说的是同一件事", "自身"),
            (try stage.number(first), "", "至少"),
        ] {
            let refused = try await officer.post(
                "\(second)/merge", [("other", other), ("reason", reason)], from: second, follow: false)
            #expect(refused.status == 422 && refused.contains(says), "\(says)")
        }
        let merged = try await officer.post(
            "\(second)/merge", [("other", try stage.number(first).lowercased()), ("reason", "说的是同一处高架段")],
            from: second, follow: false)
        #expect(merged.status == 303)
        let target = try await officer.get(first)
        #expect(target.contains("高架桥边晚上太吵睡不着觉") && target.contains("并入本问题的"))
        let told = try await season.browser(as: "expert").get(second)
        #expect(told.contains("说的是同一处高架段") && told.contains("已合并"))
        #expect(told.contains(try stage.number(first)) && !told.contains(first))
        // Whose problem it was merged into is not theirs to open.
        #expect(try await season.browser(as: "expert").get(first).status == 404)
        let twice = try await officer.post(
            "\(second)/merge", [("other", try stage.number(first)), ("reason", "再来一次看看")], from: second,
            follow: false)
        #expect(twice.status == 422)
        let back = try await officer.post(
            "\(second)/reopen", [("reason", "其实不是一回事")], from: second, follow: false)
        #expect(back.status == 303)
        #expect(try await officer.get(first).contains("并入本问题的") == false)
    }

    @Test func `what is set aside tells its proposer why, and no topic is made of it`() async throws {
        let season = try await Season(experts: 0)
        let stage = PoolStage(season: season)
        let path = try await stage.putIn(season.browser(as: "applicant"))
        let officer = try season.browser(as: "programme-officer")
        let done = try await officer.post(
            "\(path)/set-aside", [("reason", "已有现成的办法，请看国家标准")], from: path, follow: false)
        #expect(done.status == 303)
        let told = try await season.browser(as: "applicant").get("/problems")
        #expect(told.contains("暂不采用") && told.contains("已有现成的办法"))
        let refused = try await officer.post(
            "/office/topics/new", PoolStage.topicForm() + [("problem", stage.problem(path).rawValue)],
            from: "/office/problems", follow: false)
        #expect(refused.status == 422)
    }

    @Test func `similar problems are found by rare words and by passages, and what is not alike is not`()
        async throws
    {
        let season = try await Season(experts: 0)
        let stage = PoolStage(season: season)
        let one = try await stage.putIn(season.browser(as: "applicant"))
        try await stage.putIn(
            season.browser(as: "expert"),
            [
                "title": "桥边晚上太吵睡不着", "statement": "听说是轮轨噪声和桥梁低频振动仍在，希望有不停运就能装的办法。我们小区就在高架段边上。",
                "benefits": "我们小区的人", "solved": "晚上关上窗户能睡着觉就算", "user": "我们小区", "keywords": "",
            ])
        for number in 0..<6 {
            try await stage.putIn(
                season.browser(as: "research-office"),
                [
                    "title": "大棚蔬菜白粉病怎样少用药\(number)",
                    "statement": "冬季棚内湿度大，白粉病反复发作，农户每茬打药七八次，残留抽检压力大，希望有便宜的生物防治办法。第\(number)次。",
                    "benefits": "郊区种植户和消费者", "solved": "用药次数减少一半以上", "user": "农业合作社", "keywords": "白粉病",
                ])
        }
        let page = try await season.browser(as: "programme-officer").get(one)
        #expect(page.contains("桥边晚上太吵睡不着") && page.contains("相同文字"))
        #expect(!page.contains("大棚蔬菜白粉病"))
    }

    @Test func `the officer's list is narrowed by words, standing and side, and others find none`()
        async throws
    {
        let season = try await Season(experts: 0)
        let stage = PoolStage(season: season)
        try await stage.putIn(season.browser(as: "applicant"))
        try await stage.putIn(season.browser(as: "finance"), ["title": "财政票据怎样自动识别归档"])
        let officer = try season.browser(as: "programme-officer")
        #expect(try await officer.get("/office/problems?side=department").contains("财政票据"))
        #expect(try await officer.get("/office/problems?side=department").contains("地铁高架段") == false)
        #expect(try await officer.get("/office/problems?q=%E9%AB%98%E6%9E%B6").contains("地铁高架段"))
        #expect(try await officer.get("/office/problems?state=merged").contains("地铁高架段") == false)
        #expect(try await season.browser(as: "applicant").get("/office/problems").status == 404)
        #expect(try await officer.get("/todo").contains("处理征集到的问题"))
    }
}
