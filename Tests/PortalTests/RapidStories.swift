import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// A rapid response: the contract follows on the decision, and what was left out is owed until it is made up for.
@Suite struct RapidStories {
    private func decided(_ stage: inout RollingStage) throws -> DemoRound.Candidate {
        let candidate = try stage.submitted(1)
        let id = candidate.id
        _ = try stage.round.screen([id], at: stage.season.now)
        #expect(
            try stage.write(
                "programme-officer", "consult", of: id,
                ["people": "甲专家、乙专家", "opinion": "路线可行，三日内可以给出样机。", "routes": "与另一条路线原理不同，可以并行。"]) == [])
        try stage.fund([id], Money(yuan: 40_000), in: stage.call.id)
        return candidate
    }

    private func signed(_ stage: RollingStage, _ candidate: DemoRound.Candidate) throws {
        let house = stage.house
        let parties: [(Role, ID<Person>)] = [
            (.applicant, candidate.person), (.researchOffice, stage.season.cast.person("research-office")),
            (.programmeOfficer, stage.season.cast.person("programme-officer")),
        ]
        for (role, person) in parties {
            #expect(
                try stage.codes(person) { _, change in
                    try ContractActs.agree(candidate.id, as: role, by: person, change, house)
                } == [], "\(role)")
        }
    }

    private func paid(_ stage: RollingStage, _ id: ID<Application>) throws {
        let house = stage.house
        let (finance, approver) = (
            stage.season.cast.person("finance"), stage.season.cast.person("finance-approver")
        )
        #expect(
            try stage.codes("finance") { _, change in
                try PaymentActs.prepare(id, id: ID("pay-1"), by: finance, change, house)
            } == [])
        #expect(
            try stage.codes("finance-approver") { _, change in
                try PaymentActs.approve(id, by: approver, change, house)
            } == [])
        #expect(
            try stage.codes("finance") { _, change in
                try PaymentActs.pay(id, reference: "YJ-0001", by: finance, change, house)
            } == [])
    }

    private func balance(_ account: Account, _ stage: RollingStage) throws -> Money {
        try stage.house.database.readNow { store in try Bookkeeping.balance(of: account, store) }
    }

    @Test func `the clock runs from the publication, whenever a bid comes`() async throws {
        var stage = try await RollingStage(of: "rapid-response")
        let (house, call) = (stage.house, stage.call)
        let published = try #require(try house.database.readNow { try Calls.published(call.id, $0) })
        let candidate = try stage.submitted(1)
        let id = candidate.id
        func due() throws -> Instant? {
            try house.database.readNow {
                try $0.value("SELECT due_at FROM application WHERE id = \(id)", as: Instant.self)
            }
        }
        #expect(try due() == published.adding(seconds: 16 * 3_600))
        let page = try await stage.season.publicBrowser.get("/calls/\(call.id)")
        #expect(page.contains("时钟从通知发布起算"))
        #expect(page.contains(published.adding(seconds: 44 * 3_600).text))
        _ = try stage.round.screen([id], at: stage.season.now)
        #expect(try due() == published.adding(seconds: 24 * 3_600))
    }

    @Test func `the contract is drawn up when the decision is signed, and the notice is owed`() async throws {
        var stage = try await RollingStage(of: "rapid-response")
        let house = stage.house
        let candidate = try decided(&stage)
        let id = candidate.id
        #expect(try stage.step(id) == "contract/open")
        #expect(
            try house.database.readNow { try ContractActs.contract(of: id, $0) }?.amount
                == Money(yuan: 40_000))
        // No notice yet: it has its own place after the money.
        let (officer, call) = (stage.season.cast.person("programme-officer"), stage.call.id)
        #expect(
            try stage.codes("programme-officer") { _, change in
                try NoticeActs.open(call, id: ID("early"), by: officer, change, house)
            } == ["notice.nothing"])
        #expect(try await stage.season.publicBrowser.get("/calls/\(call)").contains("补办环节：补办专家评议"))
        let desk = try stage.season.browser(as: "programme-officer")
        let owed = try await desk.get("/cases/\(id)")
        #expect(owed.text.components(separatedBy: "待补办").count - 1 == 3, "\(owed.text)")
        try signed(stage, candidate)
        try paid(stage, id)
        #expect(try stage.step(id) == "notice/open")
        #expect(
            try stage.codes("programme-officer") { _, change in
                try NoticeActs.open(call, id: ID("notice-yj"), by: officer, change, house)
            } == [])
        stage.season.move(to: stage.season.now.adding(seconds: 20 * 86_400))
        #expect(
            try stage.codes("programme-officer") { _, change in
                try NoticeActs.close(ID("notice-yj"), by: officer, change, house)
            } == [])
        // One contract, whatever comes afterwards.
        let drafted = try house.database.readNow { store in
            try store.value("SELECT COUNT(*) FROM fact WHERE kind = 'contract.drafted'", as: Int.self)
        }
        #expect(drafted == 1)
        let after = try await desk.get("/cases/\(id)")
        #expect(after.contains("已补办") && after.text.components(separatedBy: "待补办").count - 1 == 2)
        #expect(
            try stage.write("research-office", "university", of: id, ["support": "学校补办推荐，提供应急场地。"]) == [])
        #expect(
            try stage.write(
                "programme-officer", "review-after", of: id,
                ["heldOn": "2026-07-01", "count": "2", "conclusion": "两位专家事后评议，路线与结果相符。"]) == [
                    "answer.too-small"
                ])
        #expect(
            try stage.write(
                "programme-officer", "review-after", of: id,
                ["heldOn": "2026-07-01", "count": "3", "conclusion": "三位专家事后评议，路线与结果相符。"]) == [])
        #expect(try stage.step(id).hasSuffix("/finished"))
    }

    @Test func `an objection upheld after the contract gives back what is not paid yet`() async throws {
        var stage = try await RollingStage(of: "rapid-response")
        let house = stage.house
        let candidate = try decided(&stage)
        let id = candidate.id
        try signed(stage, candidate)
        try paid(stage, id)
        let (officer, call) = (stage.season.cast.person("programme-officer"), stage.call.id)
        let budget = Account.budget(call: call.rawValue)
        let before = try balance(budget, stage)
        let owing = try balance(.obligated(project: id.rawValue), stage)
        let paid = try balance(.paid(project: id.rawValue), stage)
        #expect(owing == Money(yuan: 12_000) && paid == Money(yuan: 28_000))
        try house.changeNow(by: officer, at: stage.season.now) { change in
            try NoticeActs.open(call, id: ID("notice-yj"), by: officer, change, house)
        }
        _ = try house.changeNow(by: nil, at: stage.season.now.adding(seconds: 60)) { change in
            try NoticeActs.object(
                ObjectionStated(name: "某单位", contact: "010-00000000", text: "该项目的路线已由他人完成，附有验收材料，请核查。"),
                to: id,
                in: ID("notice-yj"), as: ID("objection-yj"), change, house)
        }
        try house.changeNow(by: officer, at: stage.season.now.adding(seconds: 120)) { change in
            try NoticeActs.answer(
                ID("objection-yj"), in: ID("notice-yj"), upheld: true, text: "经核查，情况属实，异议成立。", by: officer,
                change,
                house)
        }
        #expect(try stage.step(id) == "notice/refused")
        #expect(try balance(budget, stage) == before + owing)
        #expect(try balance(.obligated(project: id.rawValue), stage) == .zero)
        #expect(try balance(.paid(project: id.rawValue), stage) == paid)
    }
}
