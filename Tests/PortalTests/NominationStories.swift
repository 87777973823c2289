import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// A nomination by three academicians: everything that stops it, then from the call to the first payment.
@Suite struct NominationStories {
    @Test func `whom a draft asks in is its writer's page, and nobody else's`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(1)
        let page = "/drafts/\(candidate.id)/parties"
        for key in DemoCast.members.map(\.key) {
            let browser = try stage.season.browser(as: key)
            #expect(try await browser.get(page).status == 404, "\(key)")
            let sent = try await browser.post(
                page, [("role", "recommender"), ("email", "a@b.example")], from: "/todo")
            #expect(sent.status == 404, "\(key)")
        }
        let own = try stage.browser(of: candidate.person)
        #expect(try await own.get(page).contains("每人至多 3 项"))
        // A call that asks nobody in has no such page.
        let call = "/calls/\(stage.season.call.id)"
        let other = try await own.post("\(call)/apply", [], from: call)
        let id = other.path.split(separator: "/").last.map { $0.prefix { $0 != "?" } } ?? ""
        #expect(try await own.get("/drafts/\(id)/parties").status == 404)
        #expect(!(try await own.get("/drafts/\(id)").contains("/parties")))
    }

    @Test func `an address is asked once, and not one's own; a sixth waits`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(1, asking: NominationStage.recommenders)
        #expect(try stage.invite("recommender@jiebang.example", to: candidate) == ["party.asked-twice"])
        #expect(try stage.invite("no address", to: candidate) == ["party.address"])
        let own = try stage.house.database.readNow { store in
            try store.value("SELECT email FROM person WHERE id = \(candidate.person)", as: String.self)
        }
        #expect(try stage.invite(own ?? "", to: candidate) == ["party.own"])
        #expect(try stage.invite("fourth@x.example", to: candidate) == [])
        #expect(try stage.invite("fifth@x.example", to: candidate) == [])
        #expect(try stage.invite("sixth@x.example", to: candidate) == ["party.full"])
        let browser = try stage.browser(of: candidate.person)
        let page = "/drafts/\(candidate.id)/parties"
        let refused = try await browser.post(
            page, [("role", "recommender"), ("email", "sixth@x.example")], from: page)
        #expect(refused.status == 422)
        #expect(refused.contains("邀请人数已满"))
        // Nothing is told of who is registered before there is an answer.
        let shown = try await browser.get(page)
        #expect(shown.contains("recommender@jiebang.example"))
        #expect(!shown.contains("高望岳"))
        // One that nobody answered is taken back, and its place is free.
        let fifth = try stage.house.database.readNow { store in
            try InvitedParty.all(of: candidate.id, store).first { $0.email == "fifth@x.example" }?.invitation
        }
        let released = try await browser.post(
            "\(page)/release", [("invitation", "\(fifth ?? 0)")], from: page)
        #expect(released.status == 200)
        #expect(!released.contains("fifth@x.example"))
        #expect(try stage.invite("sixth@x.example", to: candidate) == [])
    }

    @Test func `who is asked confirms, and is nobody of the commission or of the team`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(1, asking: ["recommender", "programme-officer"])
        #expect(try stage.accept("recommender", candidate.id, confirmed: false) == ["party.not-confirmed"])
        #expect(try stage.accept("programme-officer", candidate.id) == ["party.role-apart"])
        let invitation = try stage.invitation(of: "recommender", to: candidate.id)
        for key in ["recommender-2", "applicant", "programme-officer", "auditor"] {
            let browser = try stage.season.browser(as: key)
            #expect(try await browser.get("/parties/\(invitation)").status == 404, "\(key)")
        }
        let browser = try stage.season.browser(as: "recommender")
        #expect(try await browser.get("/todo").contains("/parties/\(invitation)"))
        let page = try await browser.get("/parties/\(invitation)")
        #expect(page.contains("邀请您担任推荐人"))
        #expect(page.contains("两院院士"))
        let unconfirmed = try await browser.post(
            "/parties/\(invitation)/accept", [], from: "/parties/\(invitation)")
        #expect(unconfirmed.status == 422)
        #expect(unconfirmed.contains("请先确认本人符合上述要求"))
        let agreed = try await browser.post(
            "/parties/\(invitation)/accept", [("confirmed", "yes")], from: "/parties/\(invitation)")
        #expect(agreed.contains("您已接受"))
        // Before the submission one may step back, and nothing of the dossier shows.
        #expect(try await browser.get("/cases/\(candidate.id)").status == 404)
        let gone = try await browser.post(
            "/parties/\(invitation)/decline", [("reason", "近期有师生关系")], from: "/parties/\(invitation)")
        #expect(gone.contains("您已谢绝"))
        #expect(
            try await stage.browser(of: candidate.person).get("/drafts/\(candidate.id)/parties").contains(
                "已谢绝"))
    }

    @Test func `a fourth candidate of one recommender is refused with its source`() async throws {
        var stage = try await NominationStage()
        for number in 1...3 {
            let candidate = try stage.candidate(number, asking: ["recommender"])
            #expect(try stage.accept("recommender", candidate.id) == [])
        }
        let fourth = try stage.candidate(4, asking: ["recommender"])
        #expect(try stage.accept("recommender", fourth.id) == ["party.per-person"])
        let invitation = try stage.invitation(of: "recommender", to: fourth.id)
        let page = try await stage.season.browser(as: "recommender").post(
            "/parties/\(invitation)/accept", [("confirmed", "yes")], from: "/parties/\(invitation)")
        #expect(page.status == 422)
        #expect(page.contains("每人至多担任 3 项"))
        #expect(page.contains("卓越青年科学家计划项目和经费管理办法"))
    }

    @Test func `two recommenders are not enough to submit`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(1, asking: NominationStage.recommenders)
        for key in NominationStage.recommenders.dropLast() {
            #expect(try stage.accept(key, candidate.id) == [])
        }
        #expect(try stage.submit(candidate) == ["party.too-few"])
        let page = try await stage.browser(of: candidate.person).get("/drafts/\(candidate.id)/submit")
        #expect(page.contains("至少需要 3 名接受邀请，现有 2 名"))
        #expect(page.contains("/drafts/\(candidate.id)/parties"))
        #expect(try stage.accept("recommender-3", candidate.id) == [])
        #expect(try stage.submit(candidate) == [])
        // Who is bound stays bound.
        let invitation = try stage.invitation(of: "recommender", to: candidate.id)
        #expect(
            try stage.codes("recommender") {
                try PartyActs.decline(invitation, by: $0, reason: "", $1, stage.house)
            } == ["party.bound"])
    }

    /// Registers one of the cast as an expert of these disciplines.
    private func register(_ key: String, _ disciplines: [String], _ stage: NominationStage) throws {
        try stage.house.changeNow(by: nil, at: stage.season.now) { change in
            try stage.season.register.register(
                Expert(
                    person: stage.season.cast.person(key), disciplines: disciplines, keywords: ["推荐"],
                    loadMax: 1), change)
        }
    }

    @Test func `recommenders of another field are too few, and their own word settles nothing`() async throws
    {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(1, asking: NominationStage.recommenders)
        let own = try #require(
            try stage.house.database.readNow { try Drafts.answers(candidate.id, $0)["discipline"] })
        let other = own.hasPrefix("110") ? "14020" : "11014"
        for key in NominationStage.recommenders { #expect(try stage.accept(key, candidate.id) == []) }
        func verdict() throws -> Verdict {
            try #require(
                try stage.house.database.readNow { store in
                    try EligibilityFacts.verdicts(
                        for: candidate.person, in: stage.call, stage.programme, besides: candidate.id,
                        stage.house, store)
                }.first { $0.rule == "same-field-recommenders" })
        }
        func looked(_ label: String) throws -> String? {
            try verdict().looked.first { $0.label.zh == label }?.value
        }
        // Nobody is registered: three confirmed it themselves, and that is shown as what it is.
        #expect(try verdict().result == .unknown)
        #expect(try looked("没有登记学科、只有本人确认的") == "3" && looked("登记学科相同的") == "0")
        try register("recommender", [other], stage)
        #expect(try verdict().result == .unmet && looked("登记学科不同的") == "1")
        #expect(try stage.submit(candidate) == ["rule.unmet"])
        let draft = try await stage.browser(of: candidate.person).get("/drafts/\(candidate.id)/submit")
        #expect(draft.contains("至少三名推荐人与候选人同领域"))
        // Another of the field is asked in beside them, and the verdict is met by three.
        for key in ["recommender-2", "recommender-3"] { try register(key, [other, own], stage) }
        #expect(try verdict().result == .unmet && looked("登记学科相同的") == "2")
        #expect(try stage.invite(DemoCast.email(of: "expert"), to: candidate) == [])
        #expect(try stage.accept("expert", candidate.id) == [])
        try register("expert", [own], stage)
        #expect(try verdict().result == .met && looked("登记学科相同的") == "3")
        #expect(try stage.submit(candidate) == [])
        // Officials read who is registered in what; the applicant reads what the rule makes of it.
        let officer = try await stage.season.browser(as: "programme-officer").get(
            "/cases/\(candidate.id)/statements")
        #expect(officer.contains("与申请不同领域") && officer.contains("与申请同领域"))
        let applicant = try await stage.browser(of: candidate.person).get("/cases/\(candidate.id)/statements")
        #expect(!applicant.contains("登记学科"))
        #expect(
            try await stage.browser(of: candidate.person).get("/cases/\(candidate.id)/why").contains(
                "登记学科相同的"))
    }

    @Test func `a letter is for who accepted, once, in turn and filled`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.submitted()
        let id = candidate.id
        let letter = NominationStage.letter
        #expect(
            try stage.write("recommender", "recommend", of: id, [:])
                == Array(repeating: "answer.required", count: 5))
        #expect(
            try stage.write(
                "recommender", "recommend", of: id, letter.filter { $0.key != "capacity" })
                == ["answer.required"])
        let invented = letter.merging(["capacity": "professor"]) { $1 }
        #expect(try stage.write("recommender", "recommend", of: id, invented) == ["answer.choice"])
        #expect(
            try stage.write("recommender", "recommend", of: id, letter.merging(["achievement": "好"]) { $1 })
                == ["answer.too-short"])
        #expect(
            try stage.write("recommender", "recommend", of: id, letter.merging(["advice": "perhaps"]) { $1 })
                == ["answer.choice"])
        #expect(
            try stage.write("recommender", "recommend", of: id, letter, .refused, reason: "不予推荐这名候选人") == [
                "statement.no-outcome"
            ])
        #expect(try stage.write("expert", "recommend", of: id, letter) == ["missing"])
        #expect(try stage.write("research-office", "recommend", of: id, letter) == ["step.not-yours"])
        #expect(try stage.write("programme-officer", "recommend", of: id, letter) == ["step.not-yours"])
        // What is written of an interview is written at its meeting, and is nobody's paper to fill.
        #expect(
            try stage.write("programme-officer", "interview", of: id, NominationStage.notes) == ["missing"])
        #expect(try stage.write("recommender", "interview", of: id, NominationStage.notes) == ["missing"])
        #expect(try stage.write("recommender", "nothing", of: id, letter) == ["missing"])
        #expect(try stage.write("recommender", "write", of: id, letter) == ["missing"])

        let page = "/cases/\(id)/statements/recommend"
        for key in ["expert", "applicant", "programme-officer", "finance", "system-admin"] {
            #expect(try await stage.season.browser(as: key).get(page).status == 404, "\(key)")
        }
        let browser = try stage.season.browser(as: "recommender")
        #expect(try await browser.get("/todo").contains(page))
        // One's own part of the case: the proposal and what is to be written, nothing of the person's birth or standing.
        #expect(try await browser.get("/cases/\(id)").path.hasSuffix("/statements"))
        let proposal = try await browser.get("/cases/\(id)/proposal")
        #expect(proposal.status == 200)
        for part in ["timeline", "why", "screening", "reviews", "contract"] {
            #expect(try await browser.get("/cases/\(id)/\(part)").status == 404, "\(part)")
        }
        let empty = try await browser.post(page, [], from: page)
        #expect(empty.status == 422)
        #expect(empty.contains("推荐意见"))
        let kept = try await browser.post(
            page, letter.filter { $0.key != "advice" }.map { ($0.key, $0.value) }, from: page)
        #expect(kept.status == 422)
        #expect(kept.contains("QXletterZ"))
        let made = try await browser.post(page, letter.map { ($0.key, $0.value) }, from: page)
        #expect(made.status == 200)
        #expect(made.contains("书面材料已提交"))
        #expect(try stage.write("recommender", "recommend", of: id, letter) == ["statement.made-already"])
        #expect(!(try await browser.get("/todo").contains(page)))
        #expect(try stage.step(id) == "recommend/open")

        // Its words are for those the programme names; the applicant knows that it is there.
        func sees(_ browser: Browser) async throws -> Bool {
            try await browser.get("/cases/\(id)/statements").contains("QXletterZ")
        }
        #expect(try await sees(browser))
        #expect(try await sees(stage.season.browser(as: "programme-officer")))
        #expect(try await sees(stage.season.browser(as: "research-office")))
        #expect(try await sees(stage.season.browser(as: "auditor")))
        let read = try await stage.season.browser(as: "programme-officer").get("/cases/\(id)/statements")
        #expect(read.contains("以何身份推荐"))
        #expect(!(try await sees(stage.season.browser(as: "recommender-2"))))
        let own = try stage.browser(of: candidate.person)
        #expect(!(try await sees(own)))
        #expect(try await own.get("/cases/\(id)/statements").contains("内容依规定对您不公开"))
        #expect(try await own.get("/cases/\(id)/timeline").contains("提交书面材料"))
    }

    @Test func `a university cannot put forward what lacks a letter`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.submitted()
        for key in NominationStage.recommenders.dropLast() {
            #expect(try stage.write(key, "recommend", of: candidate.id, NominationStage.letter) == [])
        }
        stage.season.move(to: NominationStage.at("2026-07-02"))
        let office = stage.person("research-office")
        let (house, call) = (stage.house, stage.call.id)
        #expect(
            try stage.codes("research-office") { _, change in
                try ApplicationActs.endorse(
                    [candidate.id], of: DemoRegister.university("10011"), in: call, by: office, change, house)
            } == ["step.not-open"])
        #expect(try stage.write("recommender-3", "recommend", of: candidate.id, NominationStage.letter) == [])
        #expect(try stage.step(candidate.id) == "endorse/open")
        try stage.endorsed([candidate.id])
        #expect(try stage.step(candidate.id) == "screen/open")
    }

    @Test func `who recommends does not review`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.candidate(1, asking: NominationStage.recommenders + ["expert"])
        for key in NominationStage.recommenders + ["expert"] {
            #expect(try stage.accept(key, candidate.id) == [])
        }
        #expect(try stage.submit(candidate) == [])
        for key in NominationStage.recommenders {
            #expect(try stage.write(key, "recommend", of: candidate.id, NominationStage.letter) == [])
        }
        try stage.endorsed([candidate.id])
        stage.season.move(to: NominationStage.at("2026-07-10"))
        let (officer, house) = (stage.person("programme-officer"), stage.house)
        #expect(
            try stage.codes("programme-officer") { _, change in
                try ScreeningActs.screen(
                    candidate.id, passed: true, reason: "经核对符合要求", by: officer, change, house)
            } == [])
        let expert = stage.person("expert")
        #expect(
            try stage.codes("programme-officer") { _, change in
                try ReviewActs.assign(
                    expert, to: candidate.id, id: house.world.id(), by: officer, change, house)
            } == ["conflict.interested"])
        // Nor is the fourth letter wanted: the step is done.
        #expect(
            try stage.write("expert", "recommend", of: candidate.id, NominationStage.letter) == [
                "step.done-already"
            ])
    }

    @Test func `a nomination runs from the call to its first payment`() async throws {
        var stage = try await NominationStage()
        let call = try await stage.season.publicBrowser.get("/calls/\(stage.call.id)")
        #expect(call.contains("专家推荐"))
        #expect(call.contains("至少 3 名，至多 5 名"))
        let candidate = try stage.submitted()
        let id = candidate.id
        for key in NominationStage.recommenders {
            #expect(try stage.write(key, "recommend", of: id, NominationStage.letter) == [])
        }
        try stage.endorsed([id])
        try stage.round.screen([id], at: NominationStage.at("2026-07-10"))
        try stage.round.review(
            [id], in: stage.call, stage.programme, at: NominationStage.at("2026-07-15"), answered: 100)
        #expect(try stage.step(id) == "interview/open")
        stage.season.move(to: NominationStage.at("2026-08-01"))

        // Not before the candidate was heard.
        let (officer, leader, house) = (
            stage.person("programme-officer"), stage.person("commission-leader"), stage.house
        )
        let callID = stage.call.id
        let choice = [id: DecisionActs.Choice(funded: true, amount: Money(yuan: 40_000), departure: nil)]
        #expect(
            try stage.codes("programme-officer") { _, change in
                try DecisionActs.propose(choice, in: callID, by: officer, change, house)
            } == ["selection.unfinished"])
        let desk = try stage.season.browser(as: "programme-officer")
        #expect(try await desk.get("/todo").contains("/office/meetings/new/\(callID)"))
        try stage.interviewed(id)
        #expect(try await desk.get("/cases/\(id)/statements").contains("QXnotesZ"))
        #expect(try stage.step(id) == "decide/open")
        #expect(
            !(try await stage.browser(of: candidate.person).get("/cases/\(id)/statements").contains(
                "QXnotesZ")))

        #expect(
            try stage.codes("programme-officer") { _, change in
                try DecisionActs.propose(choice, in: callID, by: officer, change, house)
            } == [])
        #expect(
            try stage.codes("commission-leader") { _, change in
                try DecisionActs.sign(callID, by: leader, change, house)
            } == [])
        try stage.round.establish(stage.call, noticeAt: NominationStage.at("2026-08-03"))
        #expect(
            try stage.step(id).hasPrefix("pay") || stage.step(id).hasPrefix("approve")
                || stage.step(id) == "prepare/open")
        let why = try await desk.get("/cases/\(id)/why")
        #expect(why.contains("面谈交流"))
        // Every fact replays to the same tables.
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        let report = try JournalVerifier(
            database: house.database, projections: house.projections,
            keys: try JournalKeys.openPublic(folder: house.options.keys),
            attachments: house.attachmentFolder
        ).verify()
        #expect(report.findings.isEmpty, "\(report.findings)")
    }
}
