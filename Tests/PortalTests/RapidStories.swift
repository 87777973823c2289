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
        try consulted(id, stage)
        try stage.fund([id], Money(yuan: 40_000), in: stage.call.id)
        return candidate
    }

    private struct Expert: Decodable, Sendable {
        let person: ID<Person>
        let entity: ID<Organisation>
    }

    /// Two experts with accounts talk of it, in a meeting at which nobody is heard and nobody votes.
    private func consulted(_ id: ID<Application>, _ stage: RollingStage) throws {
        let (house, officer) = (stage.house, stage.person("programme-officer"))
        let panel = try house.database.readNow { store in
            let parties = try Parties.withRivals(id, store)
            return try store.rows(
                """
                SELECT person.id AS person, organisation.legal_entity AS entity FROM expert
                JOIN person ON person.id = expert.person JOIN organisation ON organisation.id = person.organisation
                ORDER BY person.id
                """, as: Expert.self
            ).filter {
                parties.reasonsAgainstReview(by: $0.person, of: $0.entity).isEmpty
            }.map(\.person)
        }
        try #require(panel.count >= 2)
        let terms = try MeetingActs.terms(stage.call, stage.programme)
        #expect(terms.quorum == 2 && terms.majority == nil && !terms.hears)
        let meeting = ID<Meeting>("consultation")
        let notes = ["opinion": "路线可行，三日内可以给出样机。", "routes": "与另一条路线原理不同，可以并行。"]
        func lead(_ act: (Change) throws -> Void) throws -> [String] {
            try stage.codes("programme-officer") { _, change in try act(change) }
        }
        #expect(
            try lead {
                try MeetingActs.call(
                    Meeting(
                        id: meeting, call: stage.call.id, title: "快速会商", at: stage.season.now, place: "视频会议",
                        chair: panel[0], panel: panel, agenda: [id], quorum: terms.quorum,
                        majority: terms.majority, notes: terms.notes, hears: terms.hears), by: officer, $0,
                    house)
                try MeetingActs.open(meeting, present: panel, by: officer, $0)
                try MeetingActs.begin(meeting, id, by: officer, $0, house)
            } == [])
        #expect(try lead { try MeetingActs.hear(meeting, by: officer, $0) } == ["missing"])
        #expect(
            try lead { try MeetingActs.count(meeting, notes: [:], by: officer, $0, house) }
                == ["answer.required", "answer.required"])
        #expect(try lead { try MeetingActs.count(meeting, notes: notes, by: officer, $0, house) } == [])
        #expect(try lead { try MeetingActs.end(meeting, by: officer, $0, house) } == [])
        let record = try #require(try stage.read { try MeetingQueries.find(meeting, $0) })
        #expect(record.minutes.contains("会商；在场：") && record.minutes.contains("本次会议不表决"))
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

    /// Three experts of another university review it afterwards, all of one mind, and an officer breaks the seals.
    private func review(
        _ stage: RollingStage, _ id: ID<Application>, _ answer: AppraisalAnswer
    ) throws {
        let (house, register) = (stage.house, stage.season.register)
        let officer = stage.season.cast.person("programme-officer")
        let experts = (1...3).map { number in
            Person(
                id: ID("rapid-\(number)"), name: "应急专家\(number)", pinyin: "yingji zhuanjia",
                email: "rapid-\(number)@jiebang.example", organisation: DemoRegister.university("10002"),
                demo: true)
        }
        let disciplines = Array(DemoTopics.disciplineCodes(of: .natural).prefix(30))
        try house.changeNow(by: nil, at: Season.start) { change in
            for person in experts {
                try register.register(person, as: .expert, change)
                try register.register(
                    Lifecycle.Expert(
                        person: person.id, disciplines: disciplines, keywords: [], loadMax: 9), change)
            }
        }
        let step = try #require(stage.programme.procedure.step("review-after"))
        let instrument = try #require(stage.programme.appraisal(of: step))
        var form: [String: String] = [:]
        for conclusion in instrument.conclusions {
            form["answer-\(conclusion.id)"] = answer.rawValue
            form["grounds-\(conclusion.id)"] = "逐条核对过方案、进度、样机和经费。"
        }
        for criterion in instrument.lenses.flatMap(\.criteria) {
            form["comment-\(criterion.id)"] = "范围应当缩小到现场检测。"
        }
        let answers = form
        for person in experts {
            let seat = ID<AppraiserSeat>("seat-\(person.id)")
            #expect(
                try stage.codes("programme-officer") { _, change in
                    try AppraisalActs.seat(
                        person.id, for: "science", in: "review-after", of: id, id: seat, by: officer, change,
                        house)
                } == [], "\(person.id)")
            #expect(
                try stage.codes(person.id) { _, change in
                    try AppraiserActs.accept(seat, by: person.id, change, house)
                    try AppraiserActs.write(seat, answers, by: person.id, change, house)
                } == [], "\(person.id)")
        }
        #expect(
            try stage.codes("programme-officer") { _, change in
                try AppraisalActs.close("review-after", of: id, by: officer, change, house)
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

    @Test func `who answers for it is somebody of the house`() async throws {
        let stage = try await RollingStage(of: "rapid-response")
        let (house, programme, now) = (stage.house, stage.programme, stage.season.now)
        func found(_ typed: String) throws -> [String] {
            try house.database.readNow { store in
                try CallForm(programme: programme, values: ["p-triggerOwner": typed]).reading(
                    id: ID("another"), digest: programme.digest, at: now, house, store
                ).problems.filter { $0.field == "p-triggerOwner" }.map(\.refusal.code)
            }
        }
        #expect(try found("") == ["call.parameter"])
        #expect(try found("（演示）值班负责人") == ["call.value.owner"])
        #expect(try found("nobody@jiebang.example") == ["call.value.owner"])
        // A part in a dossier is no office, and an organisation nobody knows is none.
        #expect(try found("评审专家 | 北京市教育委员会（演示）") == ["call.value.owner"])
        #expect(try found("市教委负责人 | 某应急办") == ["call.value.owner"])
        #expect(try found("市教委负责人 | 科研处（演示）") == ["call.owner-vacant"])
        #expect(try found(DemoCast.email(of: "system-admin")) == ["call.owner-apart"])
        #expect(try found(DemoCast.email(of: "commission-leader")) == [])
        #expect(try found("市教委负责人 | 北京市教育委员会（演示）") == [])
        #expect(
            try found("Commission leader ｜ Beijing Municipal Education Commission (demo)") == [])
        // What the field offers and what it shows of somebody chosen before, it reads.
        let words = house.words(in: .zh)
        let (options, again) = try house.database.readNow { store in
            (
                try OwnerChoice.options(words, at: now, store),
                try OwnerChoice.typed(
                    CallOwner(.role(.commissionLeader, of: stage.season.register.commission), name: ""),
                    words,
                    store)
            )
        }
        #expect(options.contains { $0.value == again } && Set(options.map(\.value)).count == options.count)
        for option in options.prefix(3) + options.suffix(3) { #expect(try found(option.value) == []) }
        // A list of people is no list of addresses; where the field shows a name, it is read with the place.
        #expect(!options.contains { $0.value.contains("@") || $0.label.contains("@") })
        let leader = "沈维正 | 北京市教育委员会（演示）"
        #expect(options.contains { $0.value == leader })
        #expect(try found(leader) == [])
        #expect(try found("沈维正 | 科研处（演示）") == ["call.value.owner"])
        #expect(try found("林一诺 | 北京市教育委员会（演示）") == ["call.value.owner"])
        // Each page in its own language.
        let english = house.words(in: .en)
        let owner = CallOwner(.role(.commissionLeader, of: stage.season.register.commission), name: "")
        let shown = try house.database.readNow { try OwnerChoice.typed(owner, english, $0) }
        #expect(shown == "Commission leader | Beijing Municipal Education Commission (demo)")
        let person = CallOwner(.person(ID("a")), name: "某人", home: "某单位")
        #expect(CallWords(words: english).owner(person) == "某人, 某单位")
        #expect(CallWords(words: words).owner(person) == "某人（某单位）")
        // The field of the form is searched as it is typed into.
        let officer = try stage.season.browser(as: "programme-officer")
        _ = try await officer.post("/office/calls/\(stage.call.id)/amend", [], from: "/office/calls")
        let form = try await officer.get("/office/calls/\(stage.call.id)")
        #expect(form.contains("list=\"owners\"") && form.contains("value=\"\(again)\""))
        #expect(form.contains("value=\"\(DemoCast.email(of: "commission-leader"))\" list"))
    }

    @Test func `who answers for it is told, and sees what is owed and by when; nobody else does`()
        async throws
    {
        var stage = try await RollingStage(of: "rapid-response")
        let path = "/calls/\(stage.call.id)/owed"
        for other in ["programme-officer", "finance", "applicant", "research-office", "auditor"] {
            let browser = try stage.season.browser(as: other)
            #expect(try await browser.get(path).status == 404, "\(other)")
            #expect(try await !browser.get("/todo").contains(path), "\(other)")
        }
        #expect(try await stage.season.publicBrowser.get(path, follow: false).status == 303)
        let owner = try stage.season.browser(as: "commission-leader")
        #expect(try await owner.get("/calls/season/owed").status == 404)
        #expect(try await owner.get("/todo").contains(path))
        let first = try await owner.get(path)
        #expect(first.contains("学校遴选推荐名单") && first.contains("补办专家评议"))
        #expect(first.contains("立项之前没有需要补办的") && !first.text.contains("待补办"))

        let candidate = try decided(&stage)
        let todo = try await owner.get("/todo")
        #expect(todo.contains("督促补办略去的环节"))
        let number = try stage.house.database.readNow { store in
            try store.value("SELECT number FROM application WHERE id = \(candidate.id)", as: String.self)
                ?? ""
        }
        let owed = try await owner.get(path)
        #expect(!number.isEmpty && owed.contains(number))
        #expect(owed.text.components(separatedBy: "待补办").count - 1 == 3, "\(owed.text)")
        // From the contract on the terms run, and each has its moment.
        try signed(stage, candidate)
        let due = stage.season.now.day.adding(10).text
        #expect(try await owner.get(path).contains(due))
        #expect(
            try stage.write("research-office", "university", of: candidate.id, ["support": "学校补办推荐，提供应急场地。"])
                == [])
        let after = try await owner.get(path)
        #expect(after.contains("已补办") && after.text.components(separatedBy: "待补办").count - 1 == 2)
    }

    /// The call as it is, answered for by somebody else.
    private func entrust(_ stage: RollingStage, to person: ID<Person>) throws -> Call {
        let id = stage.call.id
        let old = try #require(try stage.read { try Calls.find(id, $0) })
        let call = Call(
            id: old.id, programme: old.programme, digest: old.digest, number: old.number, title: old.title,
            year: old.year, opens: old.opens, closes: old.closes, guide: old.guide, settings: old.settings,
            quotas: old.quotas, topics: old.topics, funder: old.funder,
            owner: CallOwner(.person(person), name: "某人"), scale: old.scale)
        _ = try stage.house.changeNow(by: nil, at: stage.season.now) { change in
            let version =
                try change.store.value("SELECT version FROM call WHERE id = \(id)", as: Int.self) ?? 1
            try change.append(
                CallPublished(call: call, version: version + 1, entries: []), about: .call(id))
        }
        return call
    }

    @Test func `who answers for it learns no rival's decision from it, and an administrator nothing`()
        async throws
    {
        var stage = try await RollingStage(of: "rapid-response")
        let path = "/calls/\(stage.call.id)/owed"
        let candidate = try decided(&stage)
        let rival = try stage.submitted(2)
        let number = try stage.read { store in
            try store.value("SELECT number FROM application WHERE id = \(candidate.id)", as: String.self)
                ?? ""
        }
        #expect(!number.isEmpty)
        // The university's own research office knows of it anyway.
        let office = stage.season.cast.person("research-office")
        _ = try entrust(stage, to: office)
        #expect(try await stage.browser(of: office).get(path).contains(number))
        // Whoever applies too: not even that something was decided.
        let call = try entrust(stage, to: rival.person)
        let browser = try stage.browser(of: rival.person)
        let page = try await browser.get(path)
        #expect(page.status == 200 && page.contains("您在本批次中申报") && !page.contains(number))
        #expect(!page.text.contains("待补办"))
        let todo = try await browser.get("/todo")
        #expect(todo.contains(path) && !todo.contains("督促补办略去的环节"))
        let (programme, now) = (stage.programme, stage.season.now)
        #expect(
            try stage.read { try OwnerChoice.obstacles(call, programme, at: now, $0) }.map(\.code)
                == ["call.owner-applies"])
        let administrator = stage.season.cast.person("system-admin")
        _ = try entrust(stage, to: administrator)
        let console = try stage.browser(of: administrator)
        #expect(try await console.get(path).status == 404)
        #expect(try await !console.get("/todo").contains(path))
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
        // Nobody speaks for the experts: without them it is not made up for.
        #expect(
            try stage.codes("programme-officer") { _, change in
                try AppraisalActs.close("review-after", of: id, by: officer, change, house)
            } == ["appraisal.no-quorum"])
        try review(stage, id, .yes)
        #expect(try await desk.get("/cases/\(id)").contains("专家支持"))
        #expect(
            try stage.write(
                "commission-leader", "review-heard", of: id,
                ["course": "go-on", "grounds": "三位专家都支持，按任务书继续。"]) == [])
        #expect(try stage.step(id).hasSuffix("/finished"))
    }

    @Test func `experts review it afterwards, and what they do not support stops nothing by itself`()
        async throws
    {
        var stage = try await RollingStage(of: "rapid-response")
        let candidate = try decided(&stage)
        let id = candidate.id
        try signed(stage, candidate)
        // The money does not wait for them, nor they for the money.
        let (house, call, programme) = (stage.house, stage.call, stage.programme)
        let open = try stage.read { store in
            try Dossiers.standing(of: id, in: call, programme, house, store).open.map(\.step.id)
        }
        #expect(open == ["prepare", "university", "review-after"])
        let leader = try stage.season.browser(as: "commission-leader")
        let owed = "/calls/\(call.id)/owed"
        let before = try await leader.get(owed)
        #expect(before.contains(stage.season.now.day.adding(30).text) && !before.contains("专家不支持"))
        try review(stage, id, .no)
        for key in ["programme-officer", "commission-leader"] {
            let page = try await stage.season.browser(as: key).get("/cases/\(id)/appraisals/review-after")
            #expect(page.contains("论证未通过，记录在案") && page.contains("系统不会自动停止项目"), "\(key)")
            #expect(page.contains("评议后的处理意见") && page.contains("公示结束之前提出的异议"), "\(key)")
            #expect(page.contains("应急专家1"), "\(key)")
            #expect(try await stage.season.browser(as: key).get("/cases/\(id)").contains("专家不支持"), "\(key)")
        }
        #expect(try await leader.get(owed).contains("专家不支持"))
        #expect(try await leader.get("/todo").contains("填写书面材料"))
        // Who applied reads what was found and by nobody's name.
        let applicant = try stage.browser(of: candidate.person)
        #expect(try await applicant.get("/cases/\(id)").contains("专家不支持"))
        let read = try await applicant.get("/cases/\(id)/appraisals/review-after")
        #expect(read.contains("范围应当缩小到现场检测") && !read.contains("应急专家1"))
        try paid(stage, id)
        #expect(try stage.step(id) == "notice/open")
        #expect(
            try stage.write(
                "commission-leader", "review-heard", of: id,
                ["course": "adjust", "grounds": "按专家意见缩小范围，一个月后复核。"]) == [])
        #expect(try await applicant.get("/cases/\(id)/statements").contains("按专家意见缩小范围"))
    }

    @Test func `who was consulted before the decision has no seat in the review afterwards`() async throws {
        var stage = try await RollingStage(of: "rapid-response")
        let candidate = try decided(&stage)
        let id = candidate.id
        try signed(stage, candidate)
        let (house, officer) = (stage.house, stage.person("programme-officer"))
        let consulted = try stage.read { try MeetingQueries.members(ID("consultation"), $0) }
        try #require(consulted.count >= 2 && consulted.allSatisfy(\.present))
        for member in consulted {
            let refused = try stage.codes("programme-officer") { _, change in
                try AppraisalActs.seat(
                    member.person, for: "science", in: "review-after", of: id,
                    id: ID("seat-\(member.person)"), by: officer, change, house)
            }
            #expect(refused.contains("step.apart"), "\(member.name): \(refused)")
        }
        let panel = try await stage.browser(as: "programme-officer").get(
            "/cases/\(id)/appraisals/review-after")
        #expect(panel.status == 200 && panel.contains("您已办理过“快速会商”"))
        // Others may sit, and what they find counts.
        try review(stage, id, .yes)
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
