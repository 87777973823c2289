import Foundation
import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// A call that two organisations fund: both say yes to its text, both to its selection, and each pays its part.
struct JointStories {
    private struct Desk: Stage {
        let season: Season
        let programme: Programme
        let path: String
        let id: ID<Call>
        let officer: Browser
        let funder: Browser

        init() async throws {
            season = try await Season(experts: 1)
            programme = try #require(season.house.plan.programmes.first { $0.joint != nil })
            officer = try season.browser(as: "programme-officer")
            funder = try season.browser(as: "joint-funder")
            let begun = try await officer.post(
                "/office/calls/new", [("programme", programme.id)], follow: false)
            path = try #require(begun.headers[.location]?.split(separator: "?").first.map(String.init))
            id = ID(String(path.split(separator: "/").last ?? ""))
        }

        func save(_ more: [String: String] = [:], base: Int) async throws -> Browser.Page {
            var values = [
                "title": "重点项目联合资助", "number": "2027-LH", "year": "2027",
                "opens-day": "2026-10-20", "opens-time": "09:00", "closes-day": "2026-11-20",
                "closes-time": "16:00", "guide": "一、说明\n本通知由两家机构联合资助，面向市属高校，请按要求填写申请书。",
                "funder": DemoRegister.funder.rawValue,
            ]
            for parameter in programme.parameters {
                let demo = parameter.demo ?? ""
                values["p-\(parameter.id)"] =
                    parameter.kind == .money ? "\((Int64(demo) ?? 0) / 100)" : demo
            }
            for item in programme.defaults { values["d-\(item.id)"] = "\(item.value)" }
            values["p-jointShare"] = "40"
            values["p-roundBudget"] = "1000000"
            values.merge(more) { $1 }
            return try await officer.post(
                path, values.map { ($0.key, $0.value) } + [("base", "\(base)")], follow: false)
        }

        func ask(base: Int) async throws -> Browser.Page {
            try await officer.post("\(path)/ask-joint", [("base", "\(base)")], follow: false)
        }

        func publish(base: Int) async throws -> Browser.Page {
            try await officer.post("\(path)/publish", [("base", "\(base)")], follow: false)
        }

        var joint: String { "/joint/\(id)" }

        /// The text that was put before the funder last.
        func text() throws -> String {
            let id = id
            return try read {
                try $0.value("SELECT text FROM call_asked WHERE call = \(id)", as: String.self)
            }
                ?? ""
        }

        func balance(_ account: Account) throws -> Money {
            try read { try Bookkeeping.balance(of: account, $0) }
        }
    }

    @Test func `nobody but the other funder answers, and only what was put before them`() async throws {
        let it = try await Desk()
        #expect(try await it.funder.get(it.joint).status == 404)
        // No funder is chosen yet, so there is nobody to ask.
        #expect(try await it.ask(base: 1).status == 404)
        #expect(try await it.save(base: 1).status == 303)
        #expect(try await it.funder.get(it.joint).status == 404)
        #expect(try await it.ask(base: 1).status == 422)
        #expect(try await it.ask(base: 2).status == 303)
        for key in ["programme-officer", "commission-leader", "auditor", "finance", "applicant"] {
            let other = try it.browser(as: key)
            #expect(try await other.get(it.joint).status == 404)
            #expect(try await other.post("\(it.joint)/agree", [("text", try it.text())]).status == 404)
            #expect(
                try await other.post("\(it.joint)/refuse", [("text", try it.text()), ("reason", "不同意这份")])
                    .status == 404)
        }
        for key in ["joint-funder", "commission-leader", "auditor"] {
            #expect(
                try await it.browser(as: key).post("\(it.path)/ask-joint", [("base", "2")]).status == 404)
        }
        let page = try await it.funder.get(it.joint)
        #expect(page.status == 200 && page.text.contains("40 万元") && page.text.contains("40%"))
        #expect(try await it.funder.get("/todo").text.contains(it.joint))
        // Of another text than the one they have before them.
        #expect(try await it.funder.post("\(it.joint)/agree", [("text", "0")]).status == 422)
        let short = try await it.funder.post(
            "\(it.joint)/refuse", [("text", try it.text()), ("reason", "不")])
        #expect(short.status == 422 && short.text.contains("error-summary"))
        #expect(try it.read { try $0.value("SELECT COUNT(*) FROM call_joined", as: Int.self) } == 0)
    }

    @Test func `it is published with both organisations' word on this very text, and with the money of both`()
        async throws
    {
        let it = try await Desk()
        let treasury = try it.balance(.treasury)
        _ = try await it.save(base: 1)
        #expect(try await it.publish(base: 2).status == 422)
        _ = try await it.ask(base: 2)
        #expect(try await it.publish(base: 2).status == 422)
        let first = try it.text()
        let refused = try await it.funder.post(
            "\(it.joint)/refuse", [("text", first), ("reason", "指南没有写明成果共享")], follow: false)
        #expect(refused.status == 303)
        #expect(try await it.officer.get(it.path).text.contains("指南没有写明成果共享"))
        #expect(try await it.funder.post("\(it.joint)/agree", [("text", first)]).status == 422)
        #expect(try await it.ask(base: 2).status == 422)

        let guide = "一、说明\n本通知由两家机构联合资助，面向市属高校，成果由两家共享，请按要求填写申请书。"
        #expect(try await it.save(["guide": guide], base: 2).status == 303)
        _ = try await it.ask(base: 3)
        #expect(
            try await it.funder.post("\(it.joint)/agree", [("text", try it.text())], follow: false).status
                == 303)
        // After a change they have to be asked again.
        #expect(try await it.save(["guide": guide, "title": "重点项目联合资助（改）"], base: 3).status == 303)
        #expect(try await it.publish(base: 4).status == 422)
        #expect(try await it.funder.get(it.joint).status == 422)
        #expect(try await it.save(["guide": guide], base: 4).status == 303)
        #expect(try await it.publish(base: 5).status == 303)

        #expect(try it.balance(.treasury) == treasury - Money(yuan: 600_000))
        #expect(try it.balance(.funder(DemoRegister.funder.rawValue)) == .zero - Money(yuan: 400_000))
        #expect(try it.balance(.budget(call: it.id.rawValue)) == Money(yuan: 1_000_000))
        let page = try await Browser(it.house).get("/calls/\(it.id)")
        #expect(page.text.contains("承担 40%"))
        #expect(try await it.browser(as: "finance").get("/payments/ledger").text.contains("联合资助方拨入"))

        // Who bears how much is settled.
        _ = try await it.officer.post("/office/calls/\(it.id)/amend", [], follow: false)
        #expect(try await it.save(["p-jointShare": "30"], base: 1).status == 303)
        #expect(try await it.officer.get(it.path).text.contains("不能再改"))
    }

    @Test func `the other funder agrees to the selection before the leader signs`() async throws {
        let stage = try await ChampionStage(jointly: 40)
        let (funder, leader) = (
            try stage.browser(as: "joint-funder"), try stage.browser(as: "commission-leader")
        )
        let round = "/rounds/\(stage.call)"
        let people = (stage.person("joint-funder"), stage.person("commission-leader"))
        #expect(try stage.propose([0, 1], byRoute: []) == [])
        let proposal = try #require(
            try stage.read { try DecisionActs.pending(stage.call, $0)?.fact })
        let word = [("proposal", "\(proposal)")]

        #expect(
            try stage.codes(people.1) {
                try DecisionActs.sign(stage.call, by: people.1, $0, stage.house)
            } == ["selection.joint-waits"])
        #expect(try await !leader.get("\(round)/sign").text.contains("id=\"sign\""))
        #expect(try await !leader.get("/todo").text.contains("\(round)/sign"))
        for key in ["commission-leader", "programme-officer", "auditor", "finance", "applicant"] {
            #expect(try await stage.browser(as: key).post("\(round)/join", word).status == 404)
        }
        #expect(try await funder.post("\(round)/sign", word).status == 404)
        #expect(try await funder.post("\(round)/propose", word).status == 404)
        #expect(try await funder.post("\(round)/join", [("proposal", "1")]).status == 422)
        #expect(try await funder.get("/todo").text.contains("\(round)/sign"))

        // Sent back with a reason, and proposed anew: the word is on one proposal.
        let back = try await funder.post(
            "\(round)/send-back", word + [("reason", "第二项的预算依据不足")], follow: false)
        #expect(back.status == 303)
        #expect(try stage.propose([0], byRoute: []) == [])
        #expect(try await funder.post("\(round)/join", word).status == 422)
        let next = try #require(try stage.read { try DecisionActs.pending(stage.call, $0)?.fact })
        #expect(try await funder.get("\(round)/sign").text.contains("id=\"join\""))
        #expect(
            try await funder.post("\(round)/join", [("proposal", "\(next)")], follow: false).status == 303)
        #expect(try await funder.post("\(round)/join", [("proposal", "\(next)")]).status == 422)
        #expect(try await leader.get("/todo").text.contains("\(round)/sign"))
        #expect(
            try stage.codes(people.1) {
                try DecisionActs.sign(stage.call, by: people.1, $0, stage.house)
            } == [])
    }

    @Test func `a conflict of interest binds who signs for the other funder`() async throws {
        let stage = try await ChampionStage(jointly: 40)
        let person = stage.person("joint-funder")
        let university = try #require(
            try stage.read {
                try $0.value(
                    "SELECT university FROM application WHERE id = \(stage.apart)", as: ID<Organisation>.self)
            })
        try stage.house.changeNow(by: person, at: stage.season.now) { change in
            try ConflictActs.declare(
                Subject(kind: "organisation", id: university.rawValue), nature: "曾在该校任职", by: person,
                as: .jointFunder, change)
        }
        #expect(try stage.propose([0, 1], byRoute: []) == [])
        let proposal = try #require(
            try stage.read { try DecisionActs.pending(stage.call, $0)?.fact })
        let funder = try stage.browser(as: "joint-funder")
        #expect(try await funder.get("/cases/\(stage.apart)").status == 404)
        #expect(try await funder.get("/cases/\(stage.played.proposals[0])").status == 200)
        #expect(
            try await funder.post("/rounds/\(stage.call)/join", [("proposal", "\(proposal)")]).status == 422)
    }

    @Test func `of a call that the commission funds alone they see nothing`() async throws {
        let stage = try await ChampionStage()
        let funder = try stage.browser(as: "joint-funder")
        #expect(try stage.propose([0], byRoute: []) == [])
        for path in [
            "/rounds/\(stage.call)", "/rounds/\(stage.call)/sign", "/cases/\(stage.apart)",
            "/cases/\(stage.apart)/decision", "/cases",
        ] {
            #expect(try await funder.get(path).status == 404, "\(path)")
        }
        #expect(try await !funder.get("/rounds").text.contains(stage.call.rawValue))
    }

    @Test func `contract and payment say what the other funder bears`() async throws {
        let stage = try await ChampionStage(jointly: 40)
        let (officer, leader) = (stage.person("programme-officer"), stage.person("commission-leader"))
        let person = stage.person("joint-funder")
        let viewer = Viewer(
            person: person, name: "",
            tenures: [
                Tenure(
                    person: person, role: .jointFunder, organisation: DemoRegister.funder,
                    from: Instant(milliseconds: 0))
            ], legalEntity: DemoRegister.funder)
        let id = stage.played.proposals[0]
        #expect(try stage.propose([0], byRoute: []) == [])
        let proposal = try #require(
            try stage.read { try DecisionActs.pending(stage.call, $0)?.fact })
        _ = try stage.codes(person) {
            try DecisionActs.join(stage.call, proposal: proposal, by: viewer, $0, stage.house)
        }
        #expect(
            try stage.codes(leader) { try DecisionActs.sign(stage.call, by: leader, $0, stage.house) } == [])
        try stage.house.changeNow(by: officer, at: stage.season.now) {
            try ContractActs.draft(id, $0, stage.house)
        }
        let contract = try #require(try stage.read { try ContractActs.contract(of: id, $0) })
        let share = try #require(contract.joint)
        #expect(share.percent == 40 && share.part(of: contract.amount) == Money(yuan: 12_000))
        let page = try await stage.browser(of: try stage.owner(id)).get("/cases/\(id)/contract")
        #expect(page.text.contains("12,000.00"))
    }
}
