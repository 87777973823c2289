import Lifecycle
import Store
import Testing

@testable import Portal

/// Two panels over one dossier at the same time: a centre for bringing results to use.
@Suite struct TwoPanelStories {
    @Test func `both panels are listed while both sit, and nobody sits in both`() async throws {
        let stage = try await AppraisalStage(of: "transfer-centre")
        let officer = try stage.browser(of: "programme-officer")
        let list = try await officer.get("/office/appraisals")
        #expect(list.contains(stage.path("science")) && list.contains(stage.path("market")))
        #expect(try await officer.get("/todo").contains("/office/appraisals?call=\(stage.call.id)"))
        let science = try stage.seat("s1", for: "science", in: "science")
        let market = try stage.seat("i1", for: "industry", in: "market")
        #expect(try await stage.browser(of: "s1").get("/todo").contains("/appraisals/\(science)"))
        #expect(try await stage.browser(of: "i1").get("/todo").contains("/appraisals/\(market)"))
        let second = try stage.codes(by: stage.officer) {
            try AppraisalActs.seat(
                stage.expert("s1"), for: "industry", in: "market", of: stage.dossier, id: ID("seat-twice"),
                by: stage.officer, $0, stage.house)
        }
        #expect(second.contains("appraisal.other-panel"), "\(second)")
        // Nobody takes back what is being appraised.
        let applicant = stage.season.cast.person("applicant")
        #expect(
            try stage.codes(by: applicant) {
                try ApplicationActs.withdraw(
                    stage.dossier, by: applicant, reason: "不再申请这一项目", $0, stage.house)
            } == ["application.too-late-to-withdraw"])
    }

    @Test func `one closes first, the decision waits for the other, and who decides reads both on one page`()
        async throws
    {
        let stage = try await AppraisalStage(of: "transfer-centre")
        let officer = try stage.browser(of: "programme-officer")
        let tab = "/cases/\(stage.dossier)/appraisals"
        try stage.sit("science", [("s1", "science", .yes), ("s2", "science", .yes)])
        try stage.close("science")
        #expect(try stage.standing().open.map(\.step.id) == ["market"])
        let left = try await officer.get("/office/appraisals")
        #expect(left.contains(stage.path("market")) && !left.contains(stage.path("science")))
        let half = try await officer.get(tab)
        #expect(half.contains("共 2 项论证：1 项通过，0 项未通过，1 项尚无结论。"))
        #expect(half.contains("科技论证、产业与投资论证同时进行"))

        try stage.sit(
            "market", [("i1", "industry", .yes), ("i2", "industry", .no), ("v1", "investment", .yes)])
        try stage.close("market")
        #expect(try stage.standing().open.map(\.step.id) == ["decide"])
        let page = try await stage.browser(of: "commission-leader").get(tab)
        #expect(page.contains("共 2 项论证：2 项通过，0 项未通过，0 项尚无结论。"))
        #expect(page.contains("100.0%") && page.contains("70.0%"))
        #expect(page.contains("哪些因素会改变结论") && page.contains("若产业视角意见"))
        #expect(page.contains("i2说：对这一结论的依据已经逐条核对。"))
        #expect(!page.contains("i1说："), "who agreed with what came out is no dissent")
        #expect(try await officer.get("/rounds/\(stage.call.id)").contains("\(tab)\""))
        // Those who applied read the results without names and without what would change them.
        let own = try await stage.browser(of: "applicant").get(tab)
        #expect(own.contains("70.0%") && !own.contains("论证i2") && !own.contains("哪些因素会改变结论"))
    }

    @Test
    func `one sends the dossier back: the other ends with it, and what was handed in is kept uncounted`()
        async throws
    {
        let stage = try await AppraisalStage(of: "transfer-centre")
        let officer = try stage.browser(of: "programme-officer")
        let tab = "/cases/\(stage.dossier)/appraisals"
        try stage.sit("market", [("i1", "industry", .yes)])
        let asked = try stage.seat("i2", for: "industry", in: "market")
        let written = try #require(try stage.facts("appraisal.written").last)
        #expect(!(try await officer.get(tab).contains("i1说：")), "it is under seal")
        try stage.sit("science", [("s1", "science", .no), ("s2", "science", .no)])
        stage.season.move(to: stage.season.now.adding(seconds: 3_600))
        try stage.close("science")
        #expect(try stage.standing().open.map(\.step.id) == ["write"])

        let ended = try stage.house.database.readNow { store in
            try store.values(
                "SELECT expert FROM appraiser_seat WHERE ended_fact IS NOT NULL ORDER BY expert",
                as: ID<Person>.self)
        }
        #expect(ended == [stage.expert("i1"), stage.expert("i2")])
        let page = try await officer.get(tab)
        #expect(page.contains("因“科技论证”退回申请") && page.contains("已提交的 1 份意见留存，不计入结论"))
        #expect(page.contains("i1说：对这一结论的依据已经逐条核对。"))
        let own = try await stage.browser(of: "applicant").get(tab)
        #expect(own.status == 200 && !own.contains("i1说："), "what counted for nothing is for officials")
        #expect(try await stage.browser(of: "i1").get("/appraisals/seat-market-i1").contains("未启封即结束"))
        #expect(try await stage.browser(of: "i2").get("/appraisals/\(asked)").contains("另一组论证使申请退回或终止"))
        #expect(!(try await stage.browser(of: "i2").get("/todo").contains("/appraisals/\(asked)")))
        let fact = try #require(
            try stage.house.database.readNow { store in
                try store.value(
                    "SELECT written_fact FROM appraiser_seat WHERE id = 'seat-market-i1'", as: Int64.self)
            })
        #expect(fact == written, "the fact stands")

        let check = try stage.house.database.readNow {
            try ProjectionCheck.run(stage.house.projections, $0)
        }
        #expect(check.found.findings.isEmpty, "\(check.found.findings)")
    }
}
