import Foundation
import Lifecycle
import Portal
import Store
import Testing

@Suite struct AssignmentStories {
    @Test func `only an officer arranges reviews, and for all others the tab does not exist`() async throws {
        let stage = try await ReviewStage.reviewing()
        for key in DemoCast.members.map(\.key) where key != "programme-officer" {
            let browser = try stage.season.browser(as: key)
            #expect(try await browser.get("/cases/\(stage.mine)/assign").status == 404, "\(key)")
            #expect(try await browser.get("/office/assign").status == 404, "\(key)")
            let expert = stage.season.cast.person("expert").rawValue
            for (path, fields) in [
                ("assign", [("expert", expert)]),
                ("assign/release", [("assignment", "x"), ("reason", "换一位专家")]),
                ("assign/send-back", [("assignment", "x"), ("ground", "mistaken"), ("reason", "意见写错")]),
            ] {
                let answer = try await browser.post("/cases/\(stage.mine)/\(path)", fields, from: "/")
                #expect(answer.status == 404, "\(key) \(path)")
            }
        }
    }

    @Test func `an expert of the same legal entity is refused with the article`() async throws {
        let stage = try await ReviewStage.reviewing()
        let house = stage.season.house
        let insider = try house.database.writeNow { store in
            let change = Change(
                store: store, at: Season.start, actor: nil, world: house.world, projections: house.projections
            )
            let person = Person(
                id: house.world.id(), name: "温故新", pinyin: "wen guxin", email: "insider@jiebang.example",
                organisation: DemoRegister.university("10011"), demo: true)
            try stage.season.register.register(person, as: .expert, change)
            let discipline = try store.value(
                "SELECT discipline FROM application WHERE id = \(stage.mine)", as: String.self)
            try stage.season.register.register(
                Expert(person: person.id, disciplines: [discipline ?? ""], keywords: [], loadMax: 9), change)
            return person.id
        }
        let browser = try stage.season.browser(as: "programme-officer")
        let path = "/cases/\(stage.mine)/assign"
        let page = try await browser.get(path)
        #expect(page.contains("温故新"))
        #expect(!page.contains("value=\"\(insider)\""), "no box to tick")
        #expect(page.contains("第二十条"))
        let refused = try await browser.post(path, [("expert", insider.rawValue)])
        #expect(refused.status == 422)
        #expect(refused.contains("同一法人单位"))
        #expect(refused.contains("国家自然科学基金条例（2024） 第二十条"))
    }

    @Test func `an expert whom the applicant asked to exclude is refused`() async throws {
        let stage = try await ReviewStage.reviewing()
        let browser = try stage.season.browser(as: "programme-officer")
        let refused = try await browser.post(
            "/cases/\(stage.mine)/assign", [("expert", stage.season.cast.person("expert-3").rawValue)])
        #expect(refused.status == 422)
        #expect(refused.contains("申请人请求其回避"))
        let other = try await browser.post(
            "/cases/\(stage.other)/assign", [("expert", stage.season.cast.person("expert-3").rawValue)])
        #expect(other.status == 200, "the request binds for that application only")
    }

    @Test func `a full load, a rival and somebody who is no expert are refused, and all or none are asked`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let house = stage.season.house
        let expert = stage.season.cast.person("expert")
        try house.changeNow(by: nil, at: stage.season.now) { change in
            try change.append(
                ExpertRegistered(
                    Expert(person: expert, disciplines: ["8401710"], keywords: [], loadMax: 1)),
                about: .person(expert))
            try change.append(
                ExpertRegistered(
                    Expert(person: stage.colleague, disciplines: ["8401710"], keywords: [], loadMax: 5)),
                about: .person(stage.colleague))
            try change.append(
                RoleGranted(
                    Tenure(
                        person: stage.colleague, role: .expert,
                        organisation: DemoRegister.university("10011"),
                        from: change.at)), about: .person(stage.colleague))
        }
        let browser = try stage.season.browser(as: "programme-officer")
        let first = try await browser.post("/cases/\(stage.other)/assign", [("expert", expert.rawValue)])
        #expect(first.status == 200)
        let full = try await browser.post(
            "/cases/\(stage.mine)/assign",
            [("expert", stage.season.cast.person("expert-2").rawValue), ("expert", expert.rawValue)])
        #expect(full.status == 422)
        #expect(full.contains("达到上限 1 份"))
        #expect(try house.database.readNow { try ReviewActs.of(stage.mine, $0) }.isEmpty, "none was asked")
        let rival = try await browser.post(
            "/cases/\(stage.mine)/assign", [("expert", stage.colleague.rawValue)])
        #expect(rival.contains("同一批次中也提交或参加了申请"))
        let nobody = try await browser.post(
            "/cases/\(stage.mine)/assign", [("expert", stage.season.cast.person("auditor").rawValue)])
        #expect(nobody.status == 422)
        #expect(nobody.contains("不在专家库"))
    }

    @Test func `the officer who screened may ask experts, but a conflicted one may not`() async throws {
        let stage = try await ReviewStage.reviewing()
        let house = stage.season.house
        let browser = try stage.season.browser(as: "programme-officer")
        let asked = try await browser.post(
            "/cases/\(stage.mine)/assign", [("expert", stage.season.cast.person("expert").rawValue)])
        #expect(asked.status == 200)
        _ = try await browser.post(
            "/conflicts", [("kind", "person"), ("about", "applicant@jiebang.example"), ("nature", "博士生导师")])
        #expect(try await browser.get("/cases/\(stage.mine)/assign").status == 404)
        let officer = stage.season.cast.person("programme-officer")
        #expect(throws: Refused.self) {
            try house.changeNow(by: officer, at: stage.season.now) { change in
                try ReviewActs.assign(
                    stage.season.cast.person("expert-2"), to: stage.mine, id: house.world.id(), by: officer,
                    change, house)
            }
        }
        let list = try await browser.get("/office/assign?call=\(stage.season.call.id)&all=1")
        #expect(!list.contains("/cases/\(stage.mine)/"))
        #expect(list.contains("/cases/\(stage.other)/assign"))
    }

    @Test func `an assignment of another dossier is missing on this one`() async throws {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.assigned()
        let browser = try stage.season.browser(as: "programme-officer")
        let answer = try await browser.post(
            "/cases/\(stage.other)/assign/release",
            [("assignment", assignments[0].id.rawValue), ("reason", "换一位专家来评")])
        #expect(answer.status == 404)
    }

    @Test func `a release needs a reason and makes room for another expert`() async throws {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.assigned()
        let browser = try stage.season.browser(as: "programme-officer")
        let path = "/cases/\(stage.mine)/assign/release"
        let page = "/cases/\(stage.mine)/assign"
        let first = assignments[0].id.rawValue
        #expect(
            try await browser.post(path, [("assignment", first), ("reason", "换")], from: page).status == 422)
        let done = try await browser.post(
            path, [("assignment", first), ("reason", "专家长期出差无法评审")], from: page)
        #expect(done.contains("已解除"))
        #expect(done.contains("还缺 1 位"))
    }
}

@Suite struct ExpertStories {
    @Test func `another's assignment is as missing as none`() async throws {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.assigned()
        let target = assignments.first { $0.expert == stage.season.cast.person("expert") }?.id.rawValue ?? ""
        for key in DemoCast.members.map(\.key) where key != "expert" {
            let browser = try stage.season.browser(as: key)
            for path in ["", "/total", "/confirm"] {
                let answer = try await browser.get("/reviews/\(target)\(path)")
                #expect(answer.status == 404, "\(key) \(path)")
            }
        }
        #expect(try await stage.season.browser(as: "applicant").get("/reviews").status == 404)
    }

    @Test func `an invited expert reads what conflicts are judged by and nothing of the proposal`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let officer = try stage.season.browser(as: "programme-officer")
        _ = try await officer.post(
            "/cases/\(stage.mine)/assign", [("expert", stage.season.cast.person("expert").rawValue)])
        let browser = try stage.season.browser(as: "expert")
        let id = try stage.season.house.database.readNow { try ReviewActs.of(stage.mine, $0) }[0].id
        let page = try await browser.get("/reviews/\(id)")
        #expect(page.status == 200)
        #expect(page.contains("林一诺"))
        let application = try #require(
            try stage.season.house.database.readNow { store in
                let fact = try store.value(
                    "SELECT fact FROM application WHERE id = \(stage.mine)", as: Int64.self)
                return try ApplicationSubmitted.find(fact: fact ?? -1, store)?.application
            })
        #expect(page.contains(application.title))
        for field in ["summary", "significance", "content", "method", "innovation", "foundation", "outcomes"]
        {
            let words = String((application.answers[field] ?? "").prefix(20))
            #expect(!words.isEmpty && !page.contains(words), "\(field)")
        }
        for path in ["/cases/\(stage.mine)", "/cases/\(stage.mine)/proposal", "/cases/\(stage.mine)/reviews"]
        {
            #expect(try await browser.get(path).status == 404, "\(path)")
        }
        for path in ["confirm", "total"] {
            let answer = try await browser.get("/reviews/\(id)/\(path)")
            #expect(answer.status == 422, "\(path)")
            #expect(!answer.contains(String((application.answers["summary"] ?? "").prefix(20))))
        }
        let saved = try await browser.post(
            "/reviews/\(id)/draft", [("grade", "A"), ("base", "0")], from: "/reviews/\(id)")
        #expect(saved.status == 422)
        let accepted = try await browser.post("/reviews/\(id)/accept", [], from: "/reviews/\(id)")
        #expect(accepted.contains(String((application.answers["summary"] ?? "").prefix(20))))
    }

    @Test func `a declared conflict ends the assignment and the dossier is gone`() async throws {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.assigned()
        let expert = stage.season.cast.person("expert")
        let id = try #require(assignments.first { $0.expert == expert }?.id)
        let browser = try stage.season.browser(as: "expert")
        let empty = try await browser.post(
            "/reviews/\(id)/conflict", [("nature", "")], from: "/reviews/\(id)")
        #expect(empty.status == 422)
        let done = try await browser.post(
            "/reviews/\(id)/conflict", [("nature", "曾合作承担课题")], from: "/reviews/\(id)")
        #expect(done.status == 200)
        let page = try await browser.get("/reviews/\(id)")
        #expect(page.contains("您已谢绝或回避"))
        #expect(try await browser.get("/cases/\(stage.mine)").status == 404)
        #expect(try await browser.get("/cases/\(stage.mine)/proposal").status == 404)
        let officer = try await stage.season.browser(as: "programme-officer").get(
            "/cases/\(stage.mine)/assign")
        #expect(officer.contains("曾合作承担课题"))
        #expect(officer.contains("还缺 1 位"))
    }

    @Test func `a relation declared elsewhere takes the expert off at once`() async throws {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.assigned()
        let expert = stage.season.cast.person("expert")
        let id = try #require(assignments.first { $0.expert == expert }?.id)
        let browser = try stage.season.browser(as: "expert")
        _ = try await browser.post(
            "/conflicts", [("kind", "organisation"), ("about", "10011"), ("nature", "兼职教授")])
        let state = try stage.season.house.database.readNow { try ReviewActs.find(id, $0).state }
        #expect(state == .declined)
    }

    @Test func `drafts of two windows never overwrite each other`() async throws {
        let stage = try await ReviewStage.reviewing()
        let id = try #require(
            try stage.assigned().first { $0.expert == stage.season.cast.person("expert") }?.id)
        let browser = try stage.season.browser(as: "expert")
        let path = "/reviews/\(id)/draft"
        let script = ["X-Requested-With": "jiebang"]
        let page = "/reviews/\(id)"
        let first = try await browser.post(
            path, [("base", "0"), ("grade", "A"), ("comment", "甲窗口")], from: page, headers: script)
        #expect(first.status == 200)
        #expect(first.contains("\"version\":1"))
        let second = try await browser.post(
            path, [("base", "0"), ("grade", "B"), ("comment", "乙窗口")], from: page, headers: script)
        #expect(second.status == 409)
        #expect(second.contains("\"mine\":\"乙窗口\"") && second.contains("\"theirs\":\"甲窗口\""))
        let retry = try await browser.post(
            path, [("base", "0"), ("grade", "A"), ("comment", "甲窗口")], from: page, headers: script)
        #expect(retry.status == 200, "the very same text again is no conflict")
        let plain = try await browser.post(path, [("base", "0"), ("comment", "丙窗口")], from: page)
        #expect(plain.status == 409)
        #expect(plain.contains("丙窗口") && plain.contains("甲窗口"))
        #expect(try await browser.get("\(page)/total").contains("选择综合评价"))
    }

    @Test func `a review is checked, looked at once more, and then final`() async throws {
        let stage = try await ReviewStage.reviewing()
        let id = try #require(
            try stage.assigned().first { $0.expert == stage.season.cast.person("expert") }?.id)
        let browser = try stage.season.browser(as: "expert")
        let page = "/reviews/\(id)"
        let short = try await browser.post(
            "\(page)/draft", [("base", "0"), ("grade", "A"), ("comment", "很好"), ("then", "confirm")],
            from: page)
        #expect(short.status == 422)
        #expect(short.contains("请选择资助意见"))
        #expect(short.contains("href=\"#comment-value\""))
        let full = ReviewStage.answers.map { ($0.key, $0.value) }
        let look = try await browser.post(
            "\(page)/draft", full + [("base", "1"), ("then", "confirm")], from: page)
        #expect(look.status == 200)
        #expect(look.contains("确认提交评审意见"))
        let stale = try await browser.post("\(page)/submit", [("base", "1")], from: "\(page)/confirm")
        #expect(stale.status == 422, "another version than the one looked at")
        let done = try await browser.post("\(page)/submit", [("base", "2")], from: "\(page)/confirm")
        #expect(done.status == 200)
        #expect(done.contains("任何人都不能修改"))
        #expect(!done.contains("name=\"comment\""))
        #expect(try await browser.get("/reviews").contains("已提交"))
    }

    @Test func `a submitted review is altered by no route as no one`() async throws {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.submitted()
        let before = try stage.fingerprint()
        #expect(before.count == 6)
        let routes = Routes()
        for slice in stage.season.house.slices { slice.routes(routes) }
        let posts = routes.lines.filter {
            $0.method == "POST" && ($0.pattern.hasPrefix("/reviews/") || $0.pattern.hasPrefix("/cases/{id}/"))
        }
        #expect(posts.count >= 9)
        let fields =
            ReviewStage.answers.map { ($0.key, $0.value) } + [
                ("base", "0"), ("then", "confirm"), ("reason", "试图改动评审意见"), ("nature", "试图改动"),
                ("assignment", assignments[0].id.rawValue), ("expert", assignments[0].expert.rawValue),
                ("result", "pass"), ("passed", "true"),
            ]
        for key in DemoCast.members.map(\.key) {
            let browser = try stage.season.browser(as: key)
            for line in posts {
                for assignment in assignments {
                    let path = line.pattern.replacingOccurrences(
                        of: "{assignment}", with: assignment.id.rawValue
                    )
                    .replacingOccurrences(of: "{id}", with: stage.mine.rawValue)
                    let answer = try await browser.post(path, fields, from: "/")
                    #expect(answer.status < 500, "\(key) \(path)")
                }
            }
        }
        #expect(try stage.fingerprint() == before)
    }
}

@Suite struct ReadingStories {
    @Test func `before the decision the applicant's side learns nothing, not even how many`() async throws {
        let stage = try await ReviewStage.reviewing()
        let path = "/cases/\(stage.mine)/reviews"
        let empty = try await stage.season.browser(as: "applicant").get(path)
        let assignments = try stage.submitted()
        for key in ["applicant", "team-member", "research-office"] {
            let page = try await stage.season.browser(as: key).get(path)
            #expect(page.status == 200, "\(key)")
            #expect(page.contains("评审意见将在立项决定后公布"), "\(key)")
            #expect(!page.contains("样本选取"), "\(key)")
            for assignment in assignments {
                #expect(!page.contains(try stage.name(of: assignment.expert)), "\(key)")
            }
        }
        #expect(empty.contains("评审意见将在立项决定后公布"))
        for key in [
            "expert", "finance", "system-admin", "security-admin", "audit-admin", "applicant-central",
        ] {
            #expect(try await stage.season.browser(as: key).get(path).status == 404, "\(key)")
        }
    }

    @Test func `after the decision they read comments and never a name, on no tab`() async throws {
        let stage = try await ReviewStage.reviewing()
        try stage.decided()
        let assignments = try stage.season.house.database.readNow { try ReviewActs.of(stage.mine, $0) }
        let tabs = Set(stage.season.house.slices.flatMap(\.tabs).map(\.id))
        for key in ["applicant", "team-member", "research-office"] {
            let browser = try stage.season.browser(as: key)
            let page = try await browser.get("/cases/\(stage.mine)/reviews")
            #expect(page.contains("样本选取"), "\(key)")
            #expect(page.contains("评审意见 3"), "\(key)")
            let time = try #require(assignments[0].submittedAt)
            #expect(!page.contains(time.text), "\(key): no moment of a review")
            for tab in tabs.union(["", "decision", "timeline", "why"]) {
                let page = try await browser.get("/cases/\(stage.mine)/\(tab)")
                for assignment in assignments {
                    #expect(!page.contains(try stage.name(of: assignment.expert)), "\(key) \(tab)")
                    #expect(!page.contains(assignment.expert.rawValue), "\(key) \(tab)")
                    #expect(!page.contains(assignment.id.rawValue), "\(key) \(tab)")
                }
            }
        }
    }

    @Test func `officials read names and points, and each reading is journaled once an hour`() async throws {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.submitted()
        for key in ["programme-officer", "commission-leader", "auditor", "integrity"] {
            let browser = try stage.season.browser(as: key)
            let page = try await browser.get("/cases/\(stage.mine)/reviews")
            _ = try await browser.get("/cases/\(stage.mine)/reviews")
            for assignment in assignments {
                #expect(page.contains(try stage.name(of: assignment.expert)), "\(key)")
            }
            let person = stage.season.cast.person(key)
            let noted = try stage.season.house.database.readNow { store in
                try store.value(
                    """
                    SELECT COUNT(*) FROM fact WHERE kind = 'record.read' AND actor = \(person)
                      AND subject_id = \(stage.mine)
                    """, as: Int.self)
            }
            #expect(noted == 1, "\(key)")
        }
    }

    @Test func `a send-back is on procedure, keeps the other reviews, and only the same expert writes again`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.submitted()
        #expect(try stage.step(of: stage.mine) == "decide")
        let back = try #require(assignments.first { $0.expert == stage.season.cast.person("expert") })
        let officer = try stage.season.browser(as: "programme-officer")
        let page = "/cases/\(stage.mine)/assign"
        let noGround = try await officer.post(
            "\(page)/send-back", [("assignment", back.id.rawValue), ("reason", "不同意专家的观点")], from: page)
        #expect(noGround.status == 422)
        let noReason = try await officer.post(
            "\(page)/send-back", [("assignment", back.id.rawValue), ("ground", "identity"), ("reason", "")],
            from: page)
        #expect(noReason.status == 422)
        let done = try await officer.post(
            "\(page)/send-back",
            [("assignment", back.id.rawValue), ("ground", "identity"), ("reason", "意见中写明了专家所在单位")], from: page
        )
        #expect(done.status == 200)
        #expect(try stage.step(of: stage.mine) == "review")
        let after = try stage.season.house.database.readNow { try ReviewActs.of(stage.mine, $0) }
        for assignment in after where assignment.id != back.id {
            #expect(assignment.state == .submitted)
            #expect(assignment.reviewFact == assignments.first { $0.id == assignment.id }?.reviewFact)
        }
        let expert = try stage.season.browser(as: "expert")
        let again = try await expert.get("/reviews/\(back.id)")
        #expect(again.contains("意见中写明了专家所在单位"))
        #expect(again.contains("样本选取"), "what was written is there to be mended")
        let full = ReviewStage.answers.map { ($0.key, $0.value) }
        _ = try await expert.post(
            "/reviews/\(back.id)/draft", full + [("base", "0"), ("then", "confirm")],
            from: "/reviews/\(back.id)")
        let final = try await expert.post(
            "/reviews/\(back.id)/submit", [("base", "1")], from: "/reviews/\(back.id)")
        #expect(final.status == 200)
        #expect(try stage.step(of: stage.mine) == "decide")
    }

    @Test func `a conflict found late takes the review and the reviewer off, and another can be asked`()
        async throws
    {
        let stage = try await ReviewStage.reviewing()
        let assignments = try stage.submitted()
        let back = try #require(assignments.first { $0.expert == stage.season.cast.person("expert") })
        let officer = try stage.season.browser(as: "programme-officer")
        let page = "/cases/\(stage.mine)/assign"
        let done = try await officer.post(
            "\(page)/send-back",
            [("assignment", back.id.rawValue), ("ground", "conflict"), ("reason", "专家与申请人为师生关系")], from: page)
        #expect(done.contains("还缺 1 位"))
        #expect(try await stage.season.browser(as: "expert").get("/cases/\(stage.mine)").status == 404)
        let refused = try await officer.post(page, [("expert", back.expert.rawValue)])
        #expect(refused.contains("已声明与该申请"))
    }
}

@Suite struct ConflictStories {
    @Test func `applicants, research offices and administrators have no page of declarations`() async throws {
        let season = try await Season()
        for key in [
            "applicant", "team-member", "research-office", "system-admin", "security-admin", "audit-admin",
        ] {
            let browser = try season.browser(as: key)
            #expect(try await browser.get("/conflicts").status == 404, "\(key)")
            #expect(try await browser.get("/conflicts/all").status == 404, "\(key)")
            let answer = try await browser.post(
                "/conflicts", [("kind", "person"), ("about", "林一诺"), ("nature", "师生")], from: "/")
            #expect(answer.status == 404, "\(key)")
        }
        for key in ["programme-officer", "expert", "finance"] {
            #expect(try await season.browser(as: key).get("/conflicts/all").status == 404, "\(key)")
        }
    }

    @Test func `what nobody is, oneself, and what was said before are refused; what was typed stays`()
        async throws
    {
        let season = try await Season()
        let browser = try season.browser(as: "expert")
        for (fields, words) in [
            ([("kind", "person"), ("about", "查无此人"), ("nature", "师生关系")], "没有找到这个人"),
            ([("kind", "person"), ("about", "顾言之"), ("nature", "就是本人")], "不能声明与自己的关系"),
            ([("kind", "application"), ("about", "2026-SY-9999"), ("nature", "合作")], "没有这个编号的申请"),
            ([("kind", "person"), ("about", "林一诺"), ("nature", "")], "请写明是什么关系"),
            ([("about", "林一诺"), ("nature", "合作")], "请选择与谁的关系"),
        ] {
            let answer = try await browser.post("/conflicts", fields)
            #expect(answer.status == 422)
            #expect(answer.contains(words))
            #expect(answer.contains("value=\"\(fields.first { $0.0 == "about" }?.1 ?? "")\""))
        }
        let declared = try await browser.post(
            "/conflicts", [("kind", "person"), ("about", "林一诺"), ("nature", "合作发表论文")])
        #expect(declared.contains("合作发表论文"))
        let twice = try await browser.post(
            "/conflicts", [("kind", "person"), ("about", "林一诺"), ("nature", "再说一次")])
        #expect(twice.status == 422)
        for key in ["integrity", "auditor"] {
            let all = try await season.browser(as: key).get("/conflicts/all")
            #expect(all.contains("合作发表论文") && all.contains("顾言之"), "\(key)")
        }
    }
}
