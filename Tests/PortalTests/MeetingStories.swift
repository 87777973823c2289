import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A panel meets: called, opened, each dossier voted on in secret with conflicts out of the room, minutes signed.
struct MeetingStories {
    @Test func `the programme of the story is sound, and one without quorum or with another's step is not`()
        throws
    {
        var files = try MeetingStage.files()
        #expect(PlanCheck.check(files: files).filter(\.isError) == [])
        let procedure = files["procedure.yaml"] ?? ""
        files["procedure.yaml"] = procedure.replacing(
            "by: programme-officer\n    after: [review]", with: "by: expert\n    after: [review]")
        #expect(PlanCheck.check(files: files).map(\.code).contains("step.meet-by"))
        files["procedure.yaml"] = procedure
        files["programme.yaml"] = files["programme.yaml"]?.replacing("meetingQuorum", with: "otherNumber")
        #expect(PlanCheck.check(files: files).filter(\.isError).map(\.code) == ["meeting.no-terms"])
    }

    @Test func `a meeting is refused with every reason, and held only with chair and quorum`() async throws {
        let stage = try await MeetingStage()
        let (officer, panel) = (stage.officer, stage.panel)
        func call(_ meeting: Meeting) throws -> [String] {
            try stage.codes(officer) { try MeetingActs.call(meeting, by: officer, $0, stage.house) }
        }
        #expect(try call(stage.meeting(panel: Array(panel.prefix(3)))) == ["meeting.panel-small"])
        #expect(try call(stage.meeting(panel: panel + [stage.leader])) == ["meeting.not-expert"])
        #expect(try call(stage.meeting(agenda: [ID("nothing")])) == ["meeting.not-waiting"])
        // All that is wrong with the form is told at once, and nothing is called.
        let form = "/office/meetings/new/\(stage.call.id)"
        // More than a form offers are told of and looked for; what was chosen stays.
        func offered(_ words: String = "", chosen: Set<String> = [], most: Int = 2) throws
            -> MeetingQueries.Offered
        {
            try stage.read {
                try MeetingQueries.candidates(
                    in: stage.call.id, for: officer, words: words, chosen: chosen, most: most, $0)
            }
        }
        #expect(try offered(most: 6).rows.count == 6 && offered(most: 6).total == 6)
        #expect(try offered().rows.count == 2 && offered().total == 6)
        let last = try #require(try offered(most: 6).rows.last)
        #expect(try offered(last.number).rows.map(\.id) == [last.id])
        #expect(try offered("没有这样的申请").total == 0)
        #expect(try offered(chosen: [last.id.rawValue]).rows.first?.id == last.id)
        #expect(try offered("没有这样的申请", chosen: [last.id.rawValue]).rows.map(\.id) == [last.id])
        let looked = try await stage.browser(of: officer).get("\(form)?q=\(last.number.percentEncoded)")
        #expect(looked.contains(last.id.rawValue) && looked.contains("value=\"\(last.number)\""))
        #expect(try await stage.browser(of: officer).get("\(form)?q=%22x%3C").contains("没有找到"))
        let refused = try await stage.browser(of: officer).post(
            form, [("title", "会"), ("panel", "nobody@jiebang.example")], from: form)
        #expect(refused.status == 422)
        for word in ["至少四个字", "会议时间", "会议地点", "nobody@jiebang.example", "议程里没有申请"] {
            #expect(refused.contains(word), "\(word)")
        }
        // Of a panel with somebody unknown in it nothing more is said.
        #expect(!refused.contains("组长须在") && !refused.contains("名单只有"))
        #expect(try stage.read { try MeetingQueries.page(of: nil, after: ListPlace([]), $0).rows.isEmpty })
        #expect(try call(stage.meeting()) == [])
        #expect(
            try call(stage.meeting("meeting000000001", agenda: [stage.applications[0]])) == [
                "meeting.not-waiting"
            ])
        let id = stage.meeting().id
        func open(_ present: [ID<Person>]) throws -> [String] {
            try stage.codes(officer) { try MeetingActs.open(id, present: present, by: officer, $0) }
        }
        #expect(try open(Array(panel.dropFirst())) == ["meeting.no-chair"])
        #expect(try open(Array(panel.prefix(3)) + [stage.leader]) == ["meeting.few"])
        #expect(
            try stage.codes(officer) {
                try MeetingActs.begin(id, stage.applications[0], by: officer, $0, stage.house)
            } == ["meeting.state-called"])
        #expect(
            try stage.codes(panel[0]) { try MeetingActs.vote(id, .yes, by: panel[0], $0) } == [
                "meeting.no-item"
            ])
        #expect(try open(panel) == [])
        #expect(try open(panel) == ["meeting.state-open"])
        // Pages are for the panel and for officials.
        let stranger = try stage.season.browser(as: "applicant")
        #expect(try await stranger.get("/meetings").status == 404)
        #expect(try await stranger.get("/meetings/\(id)").status == 404)
        let member = try stage.browser(of: panel[1])
        #expect(try await member.get("/meetings").contains("人文社科会议评审"))
        #expect(try await member.get("/meetings/\(id)").status == 200)
        #expect(try await member.post("/meetings/\(id)/end", [], from: "/meetings/\(id)").status == 404)
        #expect(try await member.get("/office/meetings/new/\(stage.call.id)").status == 404)
    }

    @Test func `each dossier is voted on in secret, and a member with a conflict is out of the room`()
        async throws
    {
        let stage = try await MeetingStage()
        let (house, officer, panel) = (stage.house, stage.officer, stage.panel)
        let desk = try stage.season.browser(as: "programme-officer")
        let path = "/office/meetings/new/\(stage.call.id)"
        #expect(try await desk.get("/todo").contains(path))
        let addresses = try house.database.readNow { store in
            try panel.map {
                try store.value("SELECT email FROM person WHERE id = \($0)", as: String.self) ?? ""
            }
        }
        var fields = [
            ("title", "人文社科会议评审"), ("at", "2026-07-16T09:00"), ("place", "第一会议室"),
            ("panel", addresses.joined(separator: "\r\n")), ("chair", addresses[0]),
        ]
        fields += stage.applications.map { ("agenda", $0.rawValue) }
        #expect(try await desk.post(path, fields.filter { $0.0 != "place" }, from: path).status == 422)
        let called = try await desk.post(path, fields, from: path)
        #expect(called.contains("会议已安排"))
        let id = try #require(
            try house.database.readNow { try $0.value("SELECT id FROM meeting", as: ID<Meeting>.self) })
        let here = "/meetings/\(id)"
        // A relation that becomes known before its turn.
        let (first, second, third) = (stage.applications[0], stage.applications[1], stage.applications[2])
        _ = try house.changeNow(by: panel[5], at: stage.season.now) {
            try $0.append(
                ConflictDeclared(person: panel[5], about: .application(first)), about: .person(panel[5]),
                as: .expert, reason: "曾为师生")
        }
        let opened = try await desk.post(here + "/open", panel.map { ("present", $0.rawValue) }, from: here)
        #expect(opened.contains("会议开始"))
        // Who will have to leave is known before the turn; why, to officials alone.
        let gone = try house.database.readNow {
            try $0.value("SELECT name FROM person WHERE id = \(panel[5])", as: String.self) ?? ""
        }
        let ahead = try #require(opened.text.between("轮到时须离席回避", "</ul>"))
        #expect(!gone.isEmpty && ahead.contains(gone) && ahead.contains("应当回避"))
        let others = try #require(
            try await stage.browser(of: panel[4]).get(here).text.between("轮到时须离席回避", "</ul>"))
        #expect(others.contains(gone) && others.contains("<span class=\"subtle\"></span>"))
        let begun = try await desk.post(here + "/begin", [("application", first.rawValue)], from: here)
        #expect(begun.contains("正在审议") && begun.contains("离席回避"))
        #expect(!begun.contains("轮到时须离席回避"))
        // Who left neither votes nor reads the dossier; the others read it.
        #expect(try await stage.browser(of: panel[5]).get("/cases/\(first)/proposal").status == 404)
        #expect(try await stage.browser(of: panel[4]).get("/cases/\(first)/proposal").status == 200)
        #expect(
            try stage.codes(panel[5]) { try MeetingActs.vote(id, .yes, by: panel[5], $0) } == ["meeting.left"]
        )
        let member = try stage.browser(of: panel[4])
        #expect(try await member.post(here + "/vote", [("vote", "")], from: here).status == 422)
        let against = [("vote", "no"), ("application", first.rawValue)]
        #expect(try await member.post(here + "/vote", against, from: here).contains("已投票"))
        #expect(
            try stage.codes(panel[4]) { try MeetingActs.vote(id, .yes, by: panel[4], $0) } == [
                "meeting.voted"
            ])
        #expect(
            try stage.codes(officer) { try MeetingActs.count(id, by: officer, $0, house) }
                == ["meeting.votes-missing"])
        for person in panel[0...3] {
            #expect(try stage.codes(person) { try MeetingActs.vote(id, .yes, by: person, $0) } == [])
        }
        #expect(!(try await desk.get(here).contains("赞成 4")))
        let counted = try await desk.post(
            here + "/count", [("application", first.rawValue)], from: here)
        #expect(counted.contains("赞成 4") && counted.contains("反对 1") && counted.contains("有表决权 5"))
        #expect(try stage.step(first) == "decide")
        // In whose absence it was counted reads no figures.
        #expect(!(try await stage.browser(of: panel[5]).get(here).contains("赞成 4")))

        // A member says so in the room; the rest are against.
        #expect(try stage.codes(officer) { try MeetingActs.begin(id, second, by: officer, $0, house) } == [])
        // A page that still shows the one before sends no ballot about this one.
        for (verb, fields) in [("vote", against), ("leave", against + [("reason", "近三年合作过论文")])] {
            let stale = try await member.post(here + "/" + verb, fields, from: here)
            #expect(stale.status == 422 && stale.contains("已进行到下一项"), "\(verb)")
        }
        let late = try await desk.post(here + "/count", [("application", first.rawValue)], from: here)
        #expect(late.status == 422 && late.contains("已进行到下一项"))
        #expect(
            try stage.codes(panel[3]) { try MeetingActs.leave(id, by: panel[3], reason: "亲", $0) }
                == ["reason.short"])
        #expect(
            try stage.codes(panel[3]) { try MeetingActs.leave(id, by: panel[3], reason: "近三年合作过论文", $0) }
                == [])
        for person in panel where person != panel[3] {
            #expect(try stage.codes(person) { try MeetingActs.vote(id, .no, by: person, $0) } == [])
        }
        #expect(try stage.codes(officer) { try MeetingActs.count(id, by: officer, $0, house) } == [])
        // Nobody is for or against: it waits for another meeting.
        #expect(try stage.codes(officer) { try MeetingActs.begin(id, third, by: officer, $0, house) } == [])
        for person in panel.dropLast() {
            #expect(try stage.codes(person) { try MeetingActs.vote(id, .abstain, by: person, $0) } == [])
        }
        // One in the room has not voted: it is counted without them only where that is said.
        #expect(
            try stage.codes(officer) { try MeetingActs.count(id, by: officer, $0, house) }
                == ["meeting.early"])
        #expect(try await desk.get(here).contains("name=\"early\""))
        let waiting = try await desk.post(here + "/count", [("application", third.rawValue)], from: here)
        #expect(waiting.status == 422 && waiting.contains("还有 1 人没有投票"))
        let early = try await desk.post(
            here + "/count", [("application", third.rawValue), ("early", "yes")], from: here)
        #expect(early.contains("已计票"))
        #expect(try stage.step(third) == "meeting")
        #expect(try stage.codes(officer) { try MeetingActs.end(id, by: officer, $0, house) } == [])
        let results = try house.database.readNow { store in
            try [first, second, third].map { try MeetingQueries.result(of: $0, store)?.result }
        }
        #expect(results == [.supported, .unsupported, .inquorate])
        #expect(
            try stage.codes(panel[1]) { try MeetingActs.sign(id, by: panel[1], $0) } == [
                "meeting.chair-signs"
            ])
        let chair = try stage.browser(of: panel[0])
        #expect(try await chair.get("/todo").contains(here))
        let signed = try await chair.post(here + "/sign", [], from: here)
        #expect(signed.contains("纪要已签署") && signed.contains("回避离席") && signed.contains("不支持"))
        #expect(signed.contains("5 人中 5 人投票") && signed.contains("6 人中 5 人投票"))

        // The votes stay under seal, also for who oversees everything else.
        let ballot = try #require(
            try house.database.readNow {
                try $0.value("SELECT MIN(number) FROM fact WHERE kind = 'meeting.ballot'", as: Int64.self)
            })
        let auditor = try stage.season.browser(as: "auditor")
        let fact = try await auditor.get("/journal/facts/\(ballot)")
        #expect(fact.status == 200 && !fact.contains("\"vote\""))
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        let report = try JournalVerifier(
            database: house.database, projections: house.projections,
            keys: try JournalKeys.openPublic(folder: house.options.keys), attachments: house.attachmentFolder
        ).verify()
        #expect(report.findings.isEmpty, "\(report.findings)")
    }
}
