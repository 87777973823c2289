import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// Organisations that carry a project beside the university: each speaks for itself, and the contract holds what they
/// bring and get.
@Suite struct PartnerStories {
    @Test func `an invitation without an answer keeps the application back`() async throws {
        var stage = try await PartnerStage()
        let candidate = try stage.candidate(1, asking: ["firm", "hospital"])
        #expect(try stage.accept("firm", candidate.id) == [])
        #expect(try stage.submit(candidate) == ["party.unanswered"])
        let page = try await stage.browser(of: candidate.person).get("/drafts/\(candidate.id)/submit")
        #expect(page.contains("合作单位还有 1 份邀请没有答复"))
        let invitation = try stage.invitation(of: "hospital", to: candidate.id)
        #expect(
            try stage.codes(candidate.person) {
                try PartyActs.release(invitation, of: candidate.id, by: $0, $1, stage.house)
            } == [])
        #expect(try stage.submit(candidate) == [])
        #expect(try stage.step(candidate.id) == "join/open")
    }

    @Test func `the university cannot endorse before every partner has spoken`() async throws {
        var stage = try await PartnerStage()
        let id = try stage.submitted(1, with: ["firm", "hospital"]).id
        stage.season.move(to: PartnerStage.at("2026-07-01"))
        #expect(try stage.endorse([id]) == ["step.not-open"])
        #expect(try stage.say("firm", of: id, PartnerStage.answers(20)) == [])
        #expect(try stage.say("firm", of: id, PartnerStage.answers(20)) == ["statement.made-already"])
        #expect(try stage.endorse([id]) == ["step.not-open"])
        #expect(try stage.step(id) == "join/open")
        let list = try await stage.browser(as: "research-office").get("/lists/\(stage.call.id)")
        #expect(!list.contains("name=\"go\" value=\"\(id)\""))
        #expect(try stage.say("hospital", of: id, PartnerStage.answers(0, type: "hospital")) == [])
        #expect(try stage.step(id) == "endorse/open")
        #expect(try stage.endorse([id]) == [])
    }

    @Test func `who declined or is a partner of another application has no part in it`() async throws {
        var stage = try await PartnerStage()
        let candidate = try stage.candidate(1, asking: ["firm", "hospital"])
        #expect(try stage.accept("firm", candidate.id) == [])
        #expect(try stage.decline("hospital", candidate.id) == [])
        #expect(try stage.submit(candidate) == [])
        let other = try stage.submitted(2, with: ["institute"])
        for key in ["hospital", "institute"] {
            #expect(try stage.say(key, of: candidate.id, PartnerStage.answers(10)) == ["missing"], "\(key)")
            let path = "/cases/\(candidate.id)/statements/join"
            let browser = try stage.browser(of: PartnerStage.person(of: key))
            #expect(try await browser.get(path).status == 404, "\(key)")
        }
        // One accepted, so one is enough.
        #expect(try stage.say("firm", of: candidate.id, PartnerStage.answers(10)) == [])
        #expect(try stage.step(candidate.id) == "endorse/open")
        #expect(try stage.step(other.id) == "join/open")
        // Where nobody takes part there is no step for it.
        let alone = try stage.submitted(3, with: [])
        #expect(try stage.step(alone.id) == "endorse/open")
        let overview = try await stage.browser(of: alone.person).get("/cases/\(alone.id)")
        #expect(!overview.contains("合作单位确认"))
        #expect(
            try await stage.browser(of: candidate.person).get("/cases/\(candidate.id)").contains("合作单位确认"))
        // The call tells of the step to all, and of whom it is asked.
        let call = try await stage.browser(as: "applicant").get("/calls/\(stage.call.id)")
        #expect(call.contains("接受邀请者人人须办"))
    }

    @Test func `together they are passed on no more than the grant`() async throws {
        var stage = try await PartnerStage()
        let id = try stage.submitted(1, with: PartnerStage.partners).id
        #expect(
            try stage.say("firm", of: id, PartnerStage.answers(101)) == [
                "answer.too-large", "statement.shares",
            ])
        #expect(try stage.say("firm", of: id, PartnerStage.answers(60)) == [])
        #expect(try stage.say("hospital", of: id, PartnerStage.answers(30)) == [])
        #expect(try stage.say("institute", of: id, PartnerStage.answers(11)) == ["statement.shares"])
        let path = "/cases/\(id)/statements/join"
        let answers = PartnerStage.answers(11, money: "0").map { ($0.key, $0.value) }
        let browser = try stage.browser(of: PartnerStage.person(of: "institute"))
        let page = try await browser.post(path, answers, from: path)
        #expect(page.status == 422)
        #expect(page.contains("现在最多还可以填 10%"))
        #expect(page.contains("href=\"#percent\""))
        #expect(try stage.say("institute", of: id, PartnerStage.answers(10)) == [])
        #expect(try stage.step(id) == "endorse/open")
    }

    @Test func `one sends it back, steps out, another comes in, and each speaks again`() async throws {
        var stage = try await PartnerStage()
        let candidate = try stage.submitted(1, with: ["firm", "hospital"])
        let id = candidate.id
        #expect(try stage.say("firm", of: id, PartnerStage.answers(70)) == [])
        #expect(try stage.decline("hospital", id) == ["party.bound"])
        #expect(try stage.say("hospital", of: id, [:], .returned, reason: "不") == ["reason.short"])
        #expect(try stage.say("hospital", of: id, [:], .returned, reason: "分工与我院能力不符") == [])
        #expect(try stage.step(id) == "write/open")
        // What was said goes no further, and nobody is bound while it is written again.
        #expect(try stage.decline("hospital", id) == [])
        #expect(try stage.submit(candidate) == [])
        #expect(try stage.step(id) == "join/open")
        #expect(try stage.say("firm", of: id, PartnerStage.answers(20)) == [])
        #expect(try stage.step(id) == "endorse/open")

        // Back from the university after the closing: another is asked in, within the university's time.
        stage.season.move(to: PartnerStage.at("2026-07-02"))
        let office = stage.person("research-office")
        #expect(
            try stage.codes("research-office") { _, change in
                try ApplicationActs.sendBack(
                    id, by: office, reason: "请补充合作单位", sections: [], change, stage.house)
            } == [])
        #expect(try stage.invite("institute", to: candidate) == [])
        #expect(try stage.submit(candidate) == ["party.unanswered"])
        #expect(try stage.accept("institute", id) == [])
        #expect(try stage.submit(candidate) == [])
        #expect(try stage.step(id) == "join/open")
        let (house, call, programme) = (stage.house, stage.call, stage.programme)
        let standing = try house.database.readNow { store in
            try Dossiers.standing(of: id, in: call, programme, house, store)
        }
        #expect(standing.open.map(\.step.needs) == [2])
        #expect(try stage.say("firm", of: id, PartnerStage.answers(60)) == [])
        #expect(try stage.say("institute", of: id, PartnerStage.answers(40)) == [])
        #expect(try stage.endorse([id]) == [])
        // Who left reads nothing of it any more.
        let left = try stage.browser(of: PartnerStage.person(of: "hospital"))
        #expect(try await left.get("/cases/\(id)/proposal").status == 404)
    }

    @Test func `from an invitation to a payment that says what is passed on to whom`() async throws {
        var stage = try await PartnerStage()
        let candidate = try stage.submitted(1, with: ["firm", "hospital"])
        let id = candidate.id
        let firm = try stage.browser(of: PartnerStage.person(of: "firm"))
        let hospital = try stage.browser(of: PartnerStage.person(of: "hospital"))
        let path = "/cases/\(id)/statements/join"
        #expect(try await firm.get("/todo").contains(path))
        let made = try await firm.post(
            path, PartnerStage.answers(20).map { ($0.key, $0.value) }, from: path)
        #expect(made.status == 200)
        #expect(
            try stage.say(
                "hospital", of: id,
                PartnerStage.answers(33, money: "0", type: "hospital", body: "安和医院")) == [])
        stage.season.move(to: PartnerStage.at("2026-07-02"))
        #expect(try stage.endorse([id]) == [])
        // Nothing of a contract shows to a partner before there is one that binds.
        #expect(try await firm.get("/cases/\(id)/contract").contains("还没有任务书"))
        try stage.funded(id, Money(yuan: 100_001))
        #expect(try await firm.get("/cases/\(id)/contract").contains("还没有任务书"))

        let owner = try stage.browser(of: candidate.person)
        let sheet = try await owner.get("/cases/\(id)/contract")
        // 100,001.00 at 20 and 33 per cent; the lead keeps the rest.
        for word in [
            "牵头与参加单位", "牵头单位", "京衡智造公司", "企业", "安和医院", "医院", "120,000.00", "20,000.20", "33,000.33",
            "47,000.47", "京衡智造负责人", "100,001.00",
        ] {
            #expect(sheet.contains(word), "\(word)")
        }
        try stage.agreed(candidate)
        let own = try await firm.get("/cases/\(id)/contract")
        #expect(own.contains("京衡智造公司") && own.contains("20,000.20"))
        // 60 % of it first.
        #expect(own.contains("12,000.12") && own.contains("8,000.08"))
        for word in ["安和医院", "33,000.33", "47,000.47", "100,001.00", "安和医院负责人"] {
            #expect(!own.contains(word), "\(word)")
        }
        #expect(try await hospital.get("/cases/\(id)/contract").contains("33,000.33"))
        #expect(try await firm.get("/cases/\(id)/payment").status == 404)
        let stranger = try stage.browser(of: PartnerStage.person(of: "institute"))
        #expect(try await stranger.get("/cases/\(id)/contract").status == 404)
        // Finance pays by the contract and does not learn who spoke for a partner.
        let finance = try stage.browser(as: "finance")
        let read = try await finance.get("/cases/\(id)/contract")
        #expect(read.contains("33,000.33") && !read.contains("京衡智造负责人"))

        let next = try await finance.get("/cases/\(id)/payment")
        #expect(next.contains("60,000.60") && next.contains("其中由牵头单位转拨"))
        #expect(next.contains("12,000.12") && next.contains("19,800.19"))
        let (payment, person) = (stage.house.world.id(Payment.self), stage.person("finance"))
        #expect(
            try stage.codes("finance") { _, change in
                try PaymentActs.prepare(id, id: payment, by: person, change, stage.house)
            } == [])
        #expect(try stage.step(id) == "approve/open")
        let prepared = try await owner.get("/cases/\(id)/payment")
        #expect(prepared.contains("安和医院 · 19,800.19"))
        // The whole goes to the university; a partner is no payee of the house.
        let payee = try stage.house.database.readNow { store in
            try store.value("SELECT payee FROM payment WHERE application = \(id)", as: ID<Organisation>.self)
        }
        #expect(payee == DemoRegister.university(PartnerStage.home))
    }
}
