import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// A directed commission: several decide by name, and what they decide is published or the reason against it stands.
@Suite struct DirectedStories {
    private let grounds = [
        "type": "sole", "basis": "任务书由市有关部门下达，装置全市只有一台，附件列明了条件。",
        "alternatives": "另有两家，一家停机改造，一家精度不足，都不能按时完成任务。",
    ]

    /// Through grounds and appraisal, so that the leaders' turn has come.
    private func appraised(_ stage: inout RollingStage) throws -> ID<Application> {
        let id = try stage.submitted(1).id
        let (house, season) = (stage.house, stage.season)
        #expect(try stage.write("research-office", "support", of: id, ["means": "提供场地、机时和配套人员。"]) == [])
        #expect(try stage.write("programme-officer", "grounds", of: id, grounds) == [])
        let officer = season.cast.person("programme-officer")
        let instrument = try #require(stage.programme.appraisals?.first)
        let lens = try #require(instrument.lenses.first)
        for key in ["expert", "expert-2"] {
            let (seat, expert) = (ID<AppraiserSeat>("seat-\(key)"), season.cast.person(key))
            #expect(
                try stage.codes("programme-officer") { _, change in
                    try AppraisalActs.seat(
                        expert, for: lens.id, in: "appraise", of: id, id: seat, by: officer, change, house)
                } == [])
            #expect(
                try stage.codes(key) { _, change in
                    try AppraiserActs.accept(seat, by: expert, change, house)
                    try AppraiserActs.write(
                        seat, DemoRemarks.appraisal(instrument, lens, says: .yes), by: expert, change, house)
                } == [])
        }
        #expect(
            try stage.codes("programme-officer") { _, change in
                _ = try AppraisalActs.close("appraise", of: id, by: officer, change, house)
            } == [])
        #expect(try stage.step(id) == "collective/open")
        return id
    }

    private func vote(_ stage: RollingStage, _ id: ID<Application>, _ positions: [String]) throws {
        let leaders = [stage.season.cast.person("commission-leader")] + RollingStage.moreLeaders
        for (leader, position) in zip(leaders, positions) {
            #expect(
                try stage.write(
                    by: leader, "collective", of: id, ["position": position, "opinion": "理由已经逐条看过，意见如此。"])
                    == [])
        }
    }

    @Test func `each speaks once, and the last voice decides`() async throws {
        var stage = try await RollingStage(of: "directed-commission")
        let id = try appraised(&stage)
        #expect(
            try stage.write("commission-leader", "collective", of: id, ["position": "agree"]) == [
                "answer.required"
            ])
        #expect(
            try stage.write(
                "programme-officer", "collective", of: id, ["position": "agree", "opinion": "我也同意这一委托。"]) == [
                    "step.not-yours"
                ])
        try vote(stage, id, ["agree", "against"])
        #expect(try stage.step(id) == "collective/open")
        #expect(
            try stage.write(
                "commission-leader", "collective", of: id, ["position": "agree", "opinion": "再表一次态，还是同意。"])
                == [
                    "statement.made-already"
                ])
        // One for, one against, one abstaining: two are needed, so it ends here, and who was of what mind stays.
        let last = RollingStage.moreLeaders[1]
        #expect(
            try stage.write(
                by: last, "collective", of: id, ["position": "abstain", "opinion": "依据不足以表态，弃权。"]) == [])
        #expect(try stage.step(id) == "collective/refused")
        let desk = try stage.season.browser(as: "programme-officer")
        let page = try await desk.get("/cases/\(id)/statements")
        for says in ["赞成 1 · 反对 1 · 弃权 1", "须 2 人赞成，未通过", "负责人leader-2", "依据不足以表态"] {
            #expect(page.contains(says), "\(says)")
        }
        let own = Browser(stage.house)
        try own.signIn(try #require(try owner(of: id, stage)), stage.house)
        let theirs = try await own.get("/cases/\(id)/statements")
        #expect(theirs.contains("未通过") && !theirs.contains("负责人leader-2") && !theirs.contains("依据不足以表态"))
        #expect(try await own.get("/cases/\(id)/timeline").contains("集体决定计票"))
    }

    private func owner(of id: ID<Application>, _ stage: RollingStage) throws -> ID<Person>? {
        try stage.house.database.readNow { store in
            try store.value("SELECT owner FROM application WHERE id = \(id)", as: ID<Person>.self)
        }
    }

    @Test func `a notice is withheld for a reason, by the officer, once, and only before it is out`()
        async throws
    {
        var stage = try await RollingStage(of: "directed-commission")
        let id = try appraised(&stage)
        let (house, person) = (stage.house, stage.season.cast.person("programme-officer"))
        let words = "涉及未公开的工程参数，经分管负责人批准，不作公示。"
        func withhold(_ grounds: String) throws -> [String] {
            try stage.codes("programme-officer") { _, change in
                try NoticeActs.withhold(id, grounds: grounds, by: person, change, house)
            }
        }
        #expect(try withhold(words) == ["step.not-open"])
        try vote(stage, id, ["agree", "against", "agree"])
        try stage.fund([id], Money(yuan: 40_000), in: stage.call.id)
        #expect(try stage.step(id) == "notice/open")
        #expect(try withhold("涉密") == ["reason.short"])
        for key in ["applicant", "research-office", "expert", "finance"] {
            let answer = try await stage.season.browser(as: key).post(
                "/cases/\(id)/decision/withhold", [("grounds", words)], from: "/todo")
            #expect(answer.status == 404, "\(key)")
        }
        let desk = try stage.season.browser(as: "programme-officer")
        let decision = "/cases/\(id)/decision"
        let short = try await desk.post("\(decision)/withhold", [("grounds", "涉密")], from: decision)
        #expect(short.status == 422 && short.contains("至少 20 个字") && short.contains("涉密"))
        #expect(
            try await desk.post("\(decision)/withhold", [("grounds", words)], from: decision).contains(words))
        #expect(try stage.step(id) == "contract/open")
        #expect(try withhold(words) == ["step.done-already"])
        let contract = try house.database.readNow { store in try ContractActs.contract(of: id, store) }
        #expect(contract?.amount == Money(yuan: 40_000))
        #expect(
            try await stage.season.publicBrowser.get("/notices").contains(contract?.title ?? "-") == false)
        // The reason goes with its erasure, and the step stays.
        let fact = try #require(
            try house.database.readNow { store in
                try store.value("SELECT fact FROM withheld_notice WHERE application = \(id)", as: Int64.self)
            })
        try house.changeNow(by: nil, at: stage.season.now) { change in
            _ = try Erasure.erase([.reason], of: [fact], reason: "解密前删去", change, house.projections)
        }
        #expect(try await desk.get(decision).contains(words) == false)
        #expect(try stage.step(id) == "contract/open")
    }

    @Test func `what is on notice is no longer withheld`() async throws {
        var stage = try await RollingStage(of: "directed-commission")
        let id = try appraised(&stage)
        let (house, person, call) = (
            stage.house, stage.season.cast.person("programme-officer"), stage.call.id
        )
        try vote(stage, id, ["agree", "agree", "against"])
        try stage.fund([id], Money(yuan: 40_000), in: stage.call.id)
        #expect(
            try stage.codes("programme-officer") { _, change in
                try NoticeActs.open(call, id: ID("notice-dx"), by: person, change, house)
            } == [])
        #expect(
            try stage.codes("programme-officer") { _, change in
                try NoticeActs.withhold(
                    id, grounds: "涉及未公开的工程参数，经分管负责人批准，不作公示。", by: person, change, house)
            } == ["notice.out-already"])
        let desk = try stage.season.browser(as: "programme-officer")
        #expect(try await desk.get("/cases/\(id)/decision").contains("/decision/withhold") == false)
    }
}
