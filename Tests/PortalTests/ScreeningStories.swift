import Foundation
import Lifecycle
import Portal
import Store
import Testing

@Suite struct ScreeningStories {
    static let outsiders = [
        "expert", "finance", "finance-approver", "system-admin", "security-admin", "audit-admin",
        "applicant-central", "team-member",
    ]

    @Test func `an unseen screening answers as a missing one for every role without a part in it`()
        async throws
    {
        let stage = try await ReviewStage.screening()
        for key in Self.outsiders {
            let browser = try stage.season.browser(as: key)
            let unseen = try await browser.get("/cases/\(stage.mine)/screening")
            let missing = try await browser.get("/cases/0000000000000000/screening")
            #expect(unseen.status == 404, "\(key)")
            #expect(
                unseen.text.replacingOccurrences(of: stage.mine.rawValue, with: "0000000000000000")
                    == missing.text,
                "\(key)")
            #expect(try await browser.get("/office/screening").status == 404, "\(key)")
        }
        let stranger = try await stage.season.publicBrowser.get(
            "/cases/\(stage.mine)/screening", follow: false)
        #expect(stranger.status == 303)
    }

    @Test func `nobody but an officer screens`() async throws {
        let stage = try await ReviewStage.screening()
        for key in Self.outsiders + [
            "applicant", "research-office", "commission-leader", "auditor", "integrity",
        ] {
            let browser = try stage.season.browser(as: key)
            let answer = try await browser.post(
                "/cases/\(stage.mine)/screening", [("result", "pass"), ("reason", "代替主管作出结论")], from: "/")
            #expect(answer.status == 404, "\(key)")
            let batch = try await browser.post(
                "/office/screening/pass", [("id", stage.mine.rawValue), ("call", "")], from: "/")
            #expect(batch.status == 404, "\(key)")
        }
        let step = try stage.season.house.database.readNow { store in
            try store.value("SELECT step_kind FROM application WHERE id = \(stage.mine)", as: String.self)
        }
        #expect(step == "screen")
    }

    @Test func `the applicant sees nothing of the screening before the word is given`() async throws {
        let stage = try await ReviewStage.screening()
        let browser = try stage.season.browser(as: "applicant")
        let page = try await browser.get("/cases/\(stage.mine)/screening")
        #expect(page.status == 200)
        #expect(page.contains("形式审查尚未作出结论"))
        #expect(!page.contains("class=\"verdicts\""))
        #expect(!page.contains("name=\"result\""))
    }

    @Test func `a conflicted officer gets missing and does not see the row`() async throws {
        let stage = try await ReviewStage.screening()
        let browser = try stage.season.browser(as: "programme-officer")
        let number = try await number(of: stage.mine, stage)
        #expect(try await browser.get("/office/screening").contains(number))
        let declared = try await browser.post(
            "/conflicts", [("kind", "application"), ("about", number), ("nature", "近亲属关系")])
        #expect(declared.status == 200)
        #expect(declared.contains("立即生效"))
        #expect(try await browser.get("/cases/\(stage.mine)/screening").status == 404)
        #expect(try await !browser.get("/office/screening").contains(number))
        #expect(
            try await browser.post("/cases/\(stage.mine)/screening", [("result", "pass")], from: "/conflicts")
                .status
                == 404)
        #expect(
            try await browser.post(
                "/office/screening/pass", [("id", stage.mine.rawValue)], from: "/conflicts"
            ).status == 404)
        // The colleague's dossier is free of it.
        #expect(try await browser.get("/cases/\(stage.other)/screening").status == 200)
    }

    @Test func `not passing without a reason is refused and what was chosen stays`() async throws {
        let stage = try await ReviewStage.screening()
        let browser = try stage.season.browser(as: "programme-officer")
        let path = "/cases/\(stage.mine)/screening"
        let refused = try await browser.post(path, [("result", "fail"), ("reason", "否")])
        #expect(refused.status == 422)
        #expect(refused.contains("error-summary"))
        #expect(refused.contains("value=\"fail\" checked"))
        let nothing = try await browser.post(path, [("reason", "没有选择结论")])
        #expect(nothing.status == 422)
    }

    @Test func `the applicant and the university read result and reason afterwards`() async throws {
        let stage = try await ReviewStage.screening()
        let officer = try stage.season.browser(as: "programme-officer")
        let path = "/cases/\(stage.mine)/screening"
        let page = try await officer.get(path)
        #expect(page.contains("class=\"verdicts\""))
        let done = try await officer.post(path, [("result", "fail"), ("reason", "缺少合作单位的证明材料")])
        #expect(done.status == 200)
        #expect(done.contains("审查结论已记录"))
        for key in ["applicant", "research-office", "commission-leader", "auditor", "integrity"] {
            let read = try await stage.season.browser(as: key).get(path)
            #expect(read.contains("缺少合作单位的证明材料"), "\(key)")
            #expect(read.contains("不通过"), "\(key)")
            #expect(read.contains("何清扬"), "\(key)")
            #expect(!read.contains("name=\"result\""), "\(key)")
        }
        let again = try await officer.post(
            path, [("result", "pass"), ("reason", "改变主意了吧")], from: "/conflicts")
        #expect(again.status == 422)
    }

    @Test func `a batch is looked at first, then passes whole, and the second time nothing is left of it`()
        async throws
    {
        let stage = try await ReviewStage.screening()
        let browser = try stage.season.browser(as: "programme-officer")
        let list = try await browser.get("/office/screening")
        #expect(list.status == 200)
        let passing = list.text.components(separatedBy: "name=\"id\" value=").count - 1
        #expect(passing == 2, "both dossiers of the season are proposed to pass")
        let fields = [
            ("id", stage.mine.rawValue), ("id", stage.other.rawValue),
            ("call", stage.season.call.id.rawValue),
        ]
        let check = try await browser.post("/office/screening/check", fields, from: "/office/screening")
        #expect(check.status == 200)
        #expect(check.contains("确认通过 2 份"))
        let before = try stage.step(of: stage.mine)
        #expect(before == "screen", "looking writes nothing")
        let done = try await browser.post("/office/screening/pass", fields, from: "/office/screening")
        #expect(done.status == 200)
        #expect(try stage.step(of: stage.mine) == "review")
        #expect(try stage.step(of: stage.other) == "review")
        let stale = try await browser.post("/office/screening/check", fields, from: "/conflicts")
        #expect(stale.contains("不能随本批通过"))
        #expect(try await browser.post("/office/screening/pass", fields, from: "/conflicts").status == 422)
    }

    @Test func `one dossier that cannot pass stops the whole batch`() async throws {
        let stage = try await ReviewStage.screening()
        let browser = try stage.season.browser(as: "programme-officer")
        _ = try await browser.post(
            "/cases/\(stage.other)/screening", [("result", "fail"), ("reason", "材料不属于本项目范围")])
        let done = try await browser.post(
            "/office/screening/pass", [("id", stage.mine.rawValue), ("id", stage.other.rawValue)],
            from: "/conflicts")
        #expect(done.status == 422)
        #expect(try stage.step(of: stage.mine) == "screen")
    }

    private func number(of id: ID<Application>, _ stage: ReviewStage) async throws -> String {
        try stage.season.house.database.readNow { store in
            try store.value("SELECT number FROM application WHERE id = \(id)", as: String.self) ?? ""
        }
    }
}

extension ReviewStage {
    func step(of id: ID<Application>) throws -> String? {
        try season.house.database.readNow { store in
            try store.value("SELECT step_kind FROM application WHERE id = \(id)", as: String.self)
        }
    }
}
