import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// Appraisals in the browser, from the invitation to what they came to.
@Suite struct AppraisalStories {
    @Test func `a laboratory goes through three appraisals to its approval`() async throws {
        let stage = try await AppraisalStage()
        let officer = try stage.browser(of: "programme-officer")
        #expect(try await officer.get("/todo").contains("组织论证"))
        let list = try await officer.get("/office/appraisals")
        #expect(list.contains(stage.path("coordinate")))
        #expect(list.contains("待邀请专家"))

        // Seating two in one go.
        let seated = try await officer.post(
            "\(stage.path("coordinate"))/seat",
            [
                ("lens", "science"), ("expert", stage.expert("s1").rawValue),
                ("expert", stage.expert("s2").rawValue),
            ], from: stage.path("coordinate"))
        #expect(seated.status == 200)
        #expect(seated.contains("已向所选专家发出论证邀请"))
        #expect(seated.contains("论证s1") && seated.contains("论证s2"))

        // An expert answers the invitation, writes, looks once more and hands in.
        let expert = try stage.browser(of: "s1")
        let desk = try await expert.get("/appraisals")
        let seat = try #require(desk.text.between("href=\"/appraisals/", "\""))
        #expect(desk.contains("领域统筹 · 科技视角"))
        let invited = try await expert.get("/appraisals/\(seat)")
        #expect(invited.contains("林一诺"))
        #expect(!invited.contains("技术路线"), "the proposal opens with the acceptance")
        let writing = try await expert.post("/appraisals/\(seat)/accept", [], from: "/appraisals/\(seat)")
        #expect(writing.contains("合乎布局"))
        #expect(writing.contains("技术路线"))
        let fields = [
            ("base", "0"), ("answer-fits", "yes"), ("comment-layout", "与已有平台互补。"),
            ("grounds-fits", "短"), ("then", "confirm"),
        ]
        let short = try await expert.post("/appraisals/\(seat)/draft", fields, from: "/appraisals/\(seat)")
        #expect(short.status == 422)
        #expect(short.contains("“合乎布局”的理由至少 10 个字，现有 1 个字"))
        #expect(short.contains("#grounds-fits"))
        let confirm = try await expert.post(
            "/appraisals/\(seat)/draft",
            [
                ("base", "1"), ("answer-fits", "yes"), ("comment-layout", "与已有平台互补。"),
                ("grounds-fits", "本领域尚无同类平台，布局合适。"), ("then", "confirm"),
            ], from: "/appraisals/\(seat)")
        #expect(confirm.status == 200)
        #expect(confirm.contains("确认密封提交"))
        let done = try await expert.post(
            "/appraisals/\(seat)/write", [("base", "2")], from: "/appraisals/\(seat)")
        #expect(done.contains("已密封提交"))
        #expect(done.contains("尚未启封，结论未知"))

        let person = stage.expert("s2")
        let asked = try stage.house.database.readNow { store in
            try store.value(
                "SELECT id FROM appraiser_seat WHERE expert = \(person)", as: ID<AppraiserSeat>.self)
        }
        let second = try #require(asked)
        let form = try stage.form(.yes, for: "science", in: "coordinate")
        #expect(
            try stage.codes(by: stage.expert("s2")) {
                try AppraiserActs.accept(second, by: stage.expert("s2"), $0, stage.house)
                try AppraiserActs.write(second, form, by: stage.expert("s2"), $0, stage.house)
            } == [])
        #expect(try await officer.get("/office/appraisals").contains("可以启封"))
        let closed = try await officer.post(
            "\(stage.path("coordinate"))/close", [], from: stage.path("coordinate"))
        #expect(closed.status == 200)
        #expect(closed.contains("论证通过"))
        #expect(closed.contains("100.0%"))
        #expect(try await expert.get("/appraisals/\(seat)").contains("论证通过"))

        // The appraisal in the large: one lens of three says no.
        stage.season.move(to: stage.season.now.adding(seconds: 86_400))
        try stage.sit(
            "macro",
            [
                ("s3", "science", .yes), ("s4", "science", .yes), ("i1", "industry", .no),
                ("v1", "investment", .yes),
            ])
        try stage.close("macro")
        let macro = try await officer.get(stage.path("macro"))
        #expect(macro.contains("70.0%"))
        #expect(macro.contains("对“必要”") || macro.contains("必要 · 否"))
        #expect(macro.contains("论证i1"))
        #expect(macro.contains("若产业视角意见 1") == false, "one more no of industry is none")
        #expect(macro.contains("若投资视角意见 1对“必要”改答“否”或“弃权”，“必要”就不成立。"))
        #expect(macro.contains("若“产业”的权重由 30% 改为 41%（其余视角按原比例分担），“必要”就不成立"))
        #expect(macro.contains("若不计“科技”视角"))
        #expect(macro.contains("i1说：对这一结论的依据已经逐条核对。"))

        // The field.
        stage.season.move(to: stage.season.now.adding(seconds: 86_400))
        try stage.sit(
            "field",
            [
                ("s5", "science", .yes), ("s6", "science", .yes), ("s7", "science", .yes),
                ("i2", "industry", .yes), ("i3", "industry", .yes), ("v2", "investment", .yes),
                ("v3", "investment", .abstain),
            ])
        try stage.close("field")
        let field = try await officer.get(stage.path("field"))
        #expect(field.contains("1 是 · 1 弃权"))
        #expect(field.contains("结论都不变"))
        #expect(field.contains("没有与结论相反的意见"))
        #expect(try stage.standing().open.map(\.step.id) == ["decide"])

        // Approval.
        let round = try await officer.get("/rounds/\(stage.call.id)")
        #expect(round.status == 200)
        #expect(
            try stage.codes(by: stage.officer) { change in
                try DecisionActs.propose(
                    [
                        stage.dossier: DecisionActs.Choice(
                            funded: true, amount: Money(yuan: 2_000_000), departure: nil)
                    ], in: stage.call.id, by: stage.officer, change, stage.house)
            } == [])
        let leader = stage.season.cast.person("commission-leader")
        #expect(try await stage.browser(of: "commission-leader").get(stage.path("field")).status == 200)
        // From the proposal one comes to all three on one page.
        let sign = try await stage.browser(of: "commission-leader").get("/rounds/\(stage.call.id)/sign")
        #expect(sign.contains("/cases/\(stage.dossier)/appraisals\""))
        #expect(
            try stage.codes(by: leader) { change in
                try DecisionActs.sign(stage.call.id, by: leader, change, stage.house)
            } == [])
        #expect(try stage.standing().open.map(\.step.id) == ["notice"])
    }

    @Test
    func `after the close each reads what is theirs: names for officials, grounds for those who applied`()
        async throws
    {
        let stage = try await AppraisalStage()
        try stage.coordinated()
        try stage.sit(
            "macro",
            [
                ("s3", "science", .yes), ("s4", "science", .yes), ("i1", "industry", .no),
                ("v1", "investment", .yes),
            ])
        try stage.close("macro")
        for key in ["programme-officer", "commission-leader", "integrity", "auditor"] {
            let page = try await stage.browser(of: key).get(stage.path("macro"))
            #expect(page.contains("论证i1"), "\(key)")
            #expect(page.contains("哪些因素会改变结论"), "\(key)")
        }
        for key in ["applicant", "research-office"] {
            let page = try await stage.browser(of: key).get(stage.path("macro"))
            #expect(page.status == 200, "\(key)")
            #expect(page.contains("70.0%"), "\(key)")
            #expect(page.contains("i1说：对这一结论"), "\(key)")
            #expect(!page.contains("论证i1"), "\(key)")
            #expect(!page.contains("哪些因素会改变结论"), "\(key)")
        }
        for key in ["finance", "system-admin", "expert", "s1", "s3"] {
            #expect(try await stage.browser(of: key).get(stage.path("macro")).status == 404, "\(key)")
        }
        let own = try await stage.browser(of: "s3").get("/appraisals/seat-macro-s3")
        #expect(own.contains("论证通过"))
        #expect(!own.contains("i1说"))
        let closed = try #require(try stage.facts("appraisal.closed").last)
        let timeline = try await stage.browser(of: "applicant").get("/cases/\(stage.dossier)/timeline")
        #expect(timeline.contains("论证启封并得出结论"))
        #expect(!timeline.contains("密封提交"))
        #expect(timeline.contains("/journal/facts/\(closed)"))
        // What was under seal is whole for those who oversee the house, once it is opened.
        let written = try #require(try stage.facts("appraisal.written").last)
        #expect(try await stage.browser(of: "auditor").get("/journal/facts/\(written)").contains("v1说"))
    }

    @Test func `the opinion is a numbered paper: names for officials, none for those who applied`()
        async throws
    {
        let stage = try await AppraisalStage()
        try stage.coordinated()
        try stage.sit(
            "macro",
            [
                ("s3", "science", .yes), ("s4", "science", .yes), ("i1", "industry", .no),
                ("v1", "investment", .yes),
            ])
        try stage.close("macro")
        let closed = try stage.facts("appraisal.closed")
        try #require(closed.count == 2)
        let dossier = stage.dossier
        let number = try stage.house.database.readNow { store in
            try store.value("SELECT number FROM application WHERE id = \(dossier)", as: String.self) ?? ""
        }
        let papers = closed.map { "/cases/\(dossier)/opinions/\($0)" }
        for key in ["programme-officer", "commission-leader", "auditor"] {
            let page = try await stage.browser(of: key).get(papers[1])
            #expect(page.contains("\(number)-LZ2") && page.contains("日志第 \(closed[1]) 条"), "\(key)")
            #expect(page.contains("70.0%") && page.contains("i1说：材料齐全。"), "\(key)")
            #expect(page.contains(">具名本<") && page.contains("论证i1"), "\(key)")
            #expect(page.contains("哪些因素会改变结论"), "\(key)")
        }
        for key in ["applicant", "research-office"] {
            let page = try await stage.browser(of: key).get(papers[1])
            #expect(page.status == 200 && page.contains("\(number)-LZ2"), "\(key)")
            #expect(page.contains("70.0%") && page.contains("i1说：对这一结论"), "\(key)")
            #expect(page.contains(">不具名本<") && !page.contains("论证i1"), "\(key)")
            #expect(!page.contains("哪些因素会改变结论"), "\(key)")
        }
        for key in ["finance", "system-admin", "expert", "s1", "s3"] {
            #expect(try await stage.browser(of: key).get(papers[1]).status == 404, "\(key)")
        }
        let applicant = try stage.browser(of: "applicant")
        #expect(try await applicant.get(papers[0]).contains("\(number)-LZ1"))
        // No other fact of the dossier is an opinion.
        let written = try #require(try stage.facts("appraisal.written").first)
        #expect(try await applicant.get("/cases/\(dossier)/opinions/\(written)").status == 404)
        #expect(try await applicant.get(stage.path("macro")).contains(papers[1]))
        for page in ["/cases/\(dossier)", "/cases/\(dossier)/appraisals"] {
            let shown = try await applicant.get(page)
            #expect(papers.allSatisfy { shown.contains($0) }, "\(page)")
        }
    }

    @Test func `what fails ends the dossier, with the reasons of those who refused`() async throws {
        let stage = try await AppraisalStage()
        try stage.sit("coordinate", [("s1", "science", .no), ("s2", "science", .no)])
        try stage.close("coordinate")
        let page = try await stage.browser(of: "applicant").get(stage.path("coordinate"))
        #expect(page.contains("论证未通过，申请终止"))
        #expect(page.contains("s1说：对这一结论"))
        #expect(try stage.standing().isRefused)
        let tab = try await stage.browser(of: "applicant").get("/cases/\(stage.dossier)/appraisals")
        #expect(tab.contains("未通过"))
        #expect(tab.contains("未进行"))
    }

    @Test func `what is returned comes back to a new panel, and the old one counts no more`() async throws {
        let stage = try await AppraisalStage(changing: [
            (
                "appraisals.yaml", "combine: {needs: [fits], abstentions: left-out, otherwise: refused}",
                "combine: {needs: [fits], abstentions: left-out, otherwise: returned}"
            ),
            (
                "procedure.yaml", "    appraisal: coordination\n",
                "    appraisal: coordination\n    returnsTo: [screen]\n"
            ),
        ])
        try stage.sit("coordinate", [("s1", "science", .no), ("s2", "science", .no)])
        stage.season.move(to: stage.season.now.adding(seconds: 86_400))
        try stage.close("coordinate")
        #expect(try stage.standing().open.map(\.step.id) == ["screen"])
        let result = try await stage.browser(of: "applicant").get(stage.path("coordinate"))
        #expect(result.contains("论证未通过，退回修改"))
        stage.season.move(to: stage.season.now.adding(seconds: 86_400))
        #expect(
            try stage.codes(by: stage.officer) { change in
                try ScreeningActs.screen(
                    stage.dossier, passed: true, reason: "已经补充材料，核对无误。", by: stage.officer, change,
                    stage.house)
            } == [])
        let panel = try await stage.browser(of: "programme-officer").get(stage.path("coordinate"))
        #expect(panel.contains("还没有邀请专家"))
        #expect(
            try await stage.browser(of: "programme-officer").get("/cases/\(stage.dossier)/appraisals")
                .contains(
                    "此前一次：未通过"))
        // What it came to the first time stays readable, under the number it was given.
        let first = try #require(try stage.facts("appraisal.closed").first)
        let paper = "/cases/\(stage.dossier)/opinions/\(first)"
        let applicant = try stage.browser(of: "applicant")
        #expect(try await applicant.get("/cases/\(stage.dossier)/appraisals").contains(paper))
        #expect(try await applicant.get(paper).contains("-LZ1"))
        // The same people may be asked anew about the new text.
        let again = ID<AppraiserSeat>("again")
        #expect(
            try stage.codes(by: stage.officer) { change in
                try AppraisalActs.seat(
                    stage.expert("s1"), for: "science", in: "coordinate", of: stage.dossier, id: again,
                    by: stage.officer, change, stage.house)
            } == [])
        let form = try stage.form(.yes, for: "science", in: "coordinate")
        #expect(
            try stage.codes(by: stage.expert("s1")) {
                try AppraiserActs.accept(again, by: stage.expert("s1"), $0, stage.house)
                try AppraiserActs.write(again, form, by: stage.expert("s1"), $0, stage.house)
            } == [])
        #expect(
            try stage.codes(by: stage.officer) {
                try AppraisalActs.close(
                    "coordinate", of: stage.dossier, by: stage.officer, $0, stage.house)
            } == ["appraisal.no-quorum"])
    }

    @Test func `two appraisals beside each other have each its panel, and join`() async throws {
        let stage = try await AppraisalStage(changing: [
            ("procedure.yaml", "    after: [macro]\n", "    after: [coordinate]\n"),
            ("procedure.yaml", "    after: [field]\n", "    after: [macro, field]\n"),
            (
                "procedure.yaml", "apartFrom: [write, support, join, ripen, screen, coordinate, macro]",
                "apartFrom: [write, support, join, ripen, screen, coordinate]"
            ),
        ])
        try stage.coordinated()
        #expect(try stage.standing().open.map(\.step.id) == ["macro", "field"])
        let list = try await stage.browser(of: "programme-officer").get("/office/appraisals")
        #expect(list.contains(stage.path("macro")) && list.contains(stage.path("field")))
        try stage.sit(
            "field",
            [
                ("s5", "science", .yes), ("s6", "science", .yes), ("s7", "science", .yes),
                ("i2", "industry", .yes), ("i3", "industry", .yes), ("v2", "investment", .yes),
                ("v3", "investment", .yes),
            ])
        // One expert may sit in both panels here: nothing keeps them apart.
        try stage.sit("macro", [("s5", "science", .yes)])
        try stage.close("field")
        #expect(try stage.standing().open.map(\.step.id) == ["macro"])
        try stage.sit(
            "macro", [("s4", "science", .yes), ("i1", "industry", .yes), ("v1", "investment", .yes)])
        try stage.close("macro")
        #expect(try stage.standing().open.map(\.step.id) == ["decide"])
    }

    @Test func `two windows do not overwrite each other, with script or without`() async throws {
        let stage = try await AppraisalStage()
        let seat = try stage.seat("s1", for: "science", in: "coordinate")
        try stage.accept("s1", in: "coordinate")
        let browser = try stage.browser(of: "s1")
        func save(_ base: String, _ text: String, byScript: Bool) async throws -> Browser.Page {
            try await browser.post(
                "/appraisals/\(seat)/draft", [("base", base), ("comment-layout", text)],
                from: "/appraisals/\(seat)", headers: byScript ? ["X-Requested-With": "jiebang"] : [:])
        }
        #expect(try await save("0", "先写的", byScript: true).contains("\"version\":1"))
        let clash = try await save("0", "后写的", byScript: true)
        #expect(clash.status == 409)
        #expect(clash.contains("先写的") && clash.contains("领域布局"))
        let shown = try await save("0", "后写的", byScript: false)
        #expect(shown.status == 409)
        #expect(shown.contains("先写的") && shown.contains("后写的"))
        #expect(try await save("1", "后写的", byScript: false).contains("草稿已保存"))
        #expect(
            try await stage.browser(of: "s2").post(
                "/appraisals/\(seat)/draft", [("base", "2")], from: "/appraisals"
            ).status == 404)
    }

    @Test func `an expert's to-do holds the invitation, then the writing, then nothing`() async throws {
        let stage = try await AppraisalStage()
        try stage.seat("s1", for: "science", in: "coordinate")
        let browser = try stage.browser(of: "s1")
        #expect(try await browser.get("/todo").contains("答复论证邀请"))
        try stage.accept("s1", in: "coordinate")
        #expect(try await browser.get("/todo").contains("撰写论证意见"))
        try stage.write("s1", .yes, for: "science", in: "coordinate")
        let todo = try await browser.get("/todo")
        #expect(!todo.contains("/appraisals/seat-coordinate-s1"))
    }
}
