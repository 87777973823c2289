import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// A candidate is heard by experts with accounts: conflicts out of the room, times and notes kept, the chair's signature.
@Suite struct InterviewStories {
    private static let here = "/meetings/\(NominationStage.meeting)"

    @Test func `who recommends is out of the room, and nobody is heard by too few`() async throws {
        var stage = try await NominationStage()
        let asked = NominationStage.recommenders + ["expert"]
        let candidate = try stage.candidate(1, asking: asked)
        for key in asked { #expect(try stage.accept(key, candidate.id) == []) }
        #expect(try stage.submit(candidate) == [])
        let id = candidate.id
        try stage.reviewed(id)
        #expect(try stage.step(id) == "interview/open")
        let (house, meeting) = (stage.house, NominationStage.meeting)
        let recommender = stage.person("expert")
        let free = try stage.interviewers(of: id)
        try #require(free.count == 3 && !free.contains(recommender))

        // Three are enough, and one of these could not stay.
        #expect(try stage.summon(Array(free.prefix(2)) + [recommender], over: id) == ["meeting.few-free"])
        #expect(try stage.summon(free + [recommender], over: id) == [])
        #expect(
            try stage.lead { officer, change in
                try MeetingActs.open(meeting, present: free + [recommender], by: officer, change)
                try MeetingActs.begin(meeting, id, by: officer, change, house)
            } == [])
        let leaves = try stage.read { try MeetingQueries.leaves(meeting, $0) }
        #expect(leaves.map(\.person) == [recommender] && leaves.first?.known == .interested)

        // Nobody votes here, and nothing is written before the candidate was heard.
        func close(_ notes: [String: String]) throws -> [String] {
            try stage.lead { try MeetingActs.count(meeting, notes: notes, by: $0, $1, house) }
        }
        #expect(try close(NominationStage.notes) == ["meeting.not-heard"])
        #expect(
            try stage.codes(free[0]) { _, change in
                try MeetingActs.vote(meeting, .yes, by: free[0], change)
            } == ["missing"])
        #expect(try stage.lead { try MeetingActs.dismiss(meeting, by: $0, $1) } == ["meeting.nobody-heard"])
        // One more leaves, over what nobody knew: two are too few.
        #expect(
            try stage.codes(free[2]) { _, change in
                try MeetingActs.leave(meeting, by: free[2], reason: "近三年合作过论文", change)
            } == [])
        #expect(try stage.lead { try MeetingActs.hear(meeting, by: $0, $1) } == ["meeting.few-sitting"])
        func putOff(_ reason: String) throws -> [String] {
            try stage.lead { try MeetingActs.putOff(meeting, reason: reason, by: $0, $1, house) }
        }
        #expect(try putOff("缺") == ["reason.short"])
        #expect(try putOff("一位专家回避，人数不足") == [])
        #expect(try stage.lead { try MeetingActs.end(meeting, by: $0, $1, house) } == [])
        let record = try #require(try stage.read { try MeetingQueries.find(meeting, $0) })
        #expect(record.minutes.contains("没有完成，留待下次会议") && record.minutes.contains("本次会议不表决"))
        // It waits for another meeting, without whoever said so.
        #expect(try stage.step(id) == "interview/open")
        let others = try stage.interviewers(of: id)
        #expect(others.count == 3 && !others.contains(free[2]))
        #expect(try stage.summon(others, over: id, as: ID("interview-again")) == [])
    }

    @Test func `a candidate is heard, and what was said is read by whom it may be`() async throws {
        var stage = try await NominationStage()
        let candidate = try stage.submitted()
        let id = candidate.id
        try stage.reviewed(id)
        let (house, here) = (stage.house, Self.here)
        let panel = try stage.interviewers(of: id, 4)
        try #require(panel.count == 4)
        let names = try stage.read { store in
            try panel.map {
                try store.value("SELECT name FROM person WHERE id = \($0)", as: String.self) ?? ""
            }
        }
        // The form says what kind of meeting it is.
        let desk = try stage.browser(as: "programme-officer")
        let form = try await desk.get("/office/meetings/new/\(stage.call.id)")
        #expect(form.contains("在场不少于 3 人方可面谈") && form.contains("不表决") && !form.contains("表决无记名"))
        #expect(try stage.summon(panel, over: id) == [])

        // The candidate reads when and where, and not who.
        let own = try stage.browser(of: candidate.person)
        let tab = "/cases/\(id)/meetings"
        #expect(try await own.get("/todo").contains("参加面谈"))
        let summons = try await own.get(tab)
        #expect(summons.contains("第二会议室"))
        for name in names { #expect(!summons.contains(name), "\(name)") }
        #expect(try await own.get(here).status == 404)

        let turn = [("application", id.rawValue)]
        #expect(
            try await desk.post(here + "/open", panel.map { ("present", $0.rawValue) }, from: here).contains(
                "会议开始"))
        #expect(try await desk.post(here + "/begin", turn, from: here).contains("申请人还没有进场"))
        #expect(
            try stage.codes(panel[3]) { _, change in
                try MeetingActs.leave(NominationStage.meeting, by: panel[3], reason: "近三年合作过论文", change)
            } == [])
        let member = try stage.browser(of: panel[1])
        let room = try await member.get(here)
        #expect(
            !room.contains("\(here)/vote") && !room.contains("\(here)/hear") && room.contains("\(here)/leave")
        )
        #expect(try await member.post(here + "/hear", turn, from: here).status == 404)
        #expect(try await desk.post(here + "/hear", turn, from: here).contains("申请人已进场"))
        stage.season.move(to: NominationStage.at("2026-08-01", 11))
        #expect(try await desk.post(here + "/dismiss", turn, from: here).contains("面谈结束"))

        // What lacks is told, and what was typed stays.
        let typed = NominationStage.notes.map { ($0.key, $0.value) }
        let lacking = try await desk.post(
            here + "/close", turn + typed.filter { $0.0 != "person" }, from: here)
        #expect(lacking.status == 422 && lacking.contains("个人情况") && lacking.contains("QXnotesZ"))
        #expect(try stage.step(id) == "interview/open")
        #expect(try await desk.post(here + "/close", turn + typed, from: here).contains("记录已保存"))
        #expect(try stage.step(id) == "decide/open")

        // Who was there reads it, and who left or applied does not.
        #expect(try await member.get(here).contains("QXnotesZ"))
        #expect(!(try await stage.browser(of: panel[3]).get(here).contains("QXnotesZ")))
        #expect(
            try await stage.browser(as: "commission-leader").get("/cases/\(id)/statements").contains(
                "QXnotesZ"))
        let round = try await desk.get("/rounds/\(stage.call.id)")
        #expect(round.contains("面谈 已面谈") && round.contains("/cases/\(id)/statements"))
        for page in [tab, "/cases/\(id)/statements"] {
            let read = try await own.get(page)
            #expect(read.status == 200 && !read.contains("QXnotesZ"), "\(page)")
            for name in names { #expect(!read.contains(name), "\(page): \(name)") }
        }
        let told = try await own.get(tab)
        #expect(
            told.contains("已面谈") && told.contains("面谈 2026-08-01 10:00")
                && told.contains("至 2026-08-01 11:00"))
        #expect(!(try await own.get("/todo").contains("参加面谈")))

        // The minutes name what was written by its number, so that words can be erased and the signature stays.
        #expect(try await desk.post(here + "/end", [], from: here).status == 200)
        let written = try #require(
            try stage.read {
                try $0.value("SELECT MAX(number) FROM fact WHERE kind = 'statement.made'", as: Int64.self)
            })
        let chair = try stage.browser(of: panel[0])
        let signed = try await chair.post(here + "/sign", [], from: here)
        #expect(signed.contains("纪要已签署") && signed.contains("记录为日志第 \(written) 号"))
        #expect(signed.contains("\(names[3]) 回避离席") && signed.contains("QXnotesZ"))
        let minutes = try #require(
            try stage.read { try MeetingQueries.find(NominationStage.meeting, $0)?.minutes })
        #expect(!minutes.contains("QXnotesZ") && minutes.contains(names[1]))

        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        let report = try JournalVerifier(
            database: house.database, projections: house.projections,
            keys: try JournalKeys.openPublic(folder: house.options.keys), attachments: house.attachmentFolder
        ).verify()
        #expect(report.findings.isEmpty, "\(report.findings)")
    }

    @Test func `who reviewed the candidate leaves for the interview, and is not counted for it`() async throws
    {
        var stage = try await NominationStage()
        let id = try stage.submitted().id
        try stage.reviewed(id)
        let (house, meeting, here) = (stage.house, NominationStage.meeting, Self.here)
        let reviewers = try stage.reviewers(of: id)
        let free = try stage.interviewers(of: id)
        try #require(reviewers.count == 3 && free.count == 3)

        #expect(try stage.summon(reviewers, over: id) == ["meeting.few-free"])
        #expect(try stage.summon(Array(free.prefix(2)) + reviewers, over: id) == ["meeting.few-free"])
        let panel = free + [reviewers[0]]
        #expect(try stage.summon(panel, over: id) == [])
        #expect(try stage.lead { try MeetingActs.open(meeting, present: panel, by: $0, $1) } == [])
        // Known before the turn, and why to officials alone.
        let why = "已办理过这份申请的“初评”"
        let ahead = try await stage.browser(as: "programme-officer").get(here)
        #expect(ahead.contains("轮到时须离席回避") && ahead.contains(why))
        let member = try await stage.browser(of: free[1]).get(here)
        #expect(member.contains("轮到时须离席回避") && !member.contains(why))
        #expect(try stage.lead { try MeetingActs.begin(meeting, id, by: $0, $1, house) } == [])
        let leaves = try stage.read { try MeetingQueries.leaves(meeting, $0) }
        #expect(leaves.map(\.person) == [reviewers[0]] && leaves.first?.known == nil)
        #expect(leaves.first?.reason?.contains(why) == true)
        #expect(try await stage.browser(as: "programme-officer").get(here).contains(why))
        #expect(try stage.lead { try MeetingActs.hear(meeting, by: $0, $1) } == [])
    }

    @Test func `the minutes name who heard the candidate and left only afterwards`() async throws {
        var stage = try await NominationStage()
        let id = try stage.submitted().id
        try stage.reviewed(id)
        let (house, meeting) = (stage.house, NominationStage.meeting)
        let panel = try stage.interviewers(of: id, 5)
        try #require(panel.count == 5)
        let names = try stage.read { store in
            try panel.map {
                try store.value("SELECT name FROM person WHERE id = \($0)", as: String.self) ?? ""
            }
        }
        func leave(_ person: ID<Person>) throws -> [String] {
            try stage.codes(person) { _, change in
                try MeetingActs.leave(meeting, by: person, reason: "近三年合作过论文", change)
            }
        }
        #expect(try stage.summon(panel, over: id) == [])
        #expect(
            try stage.lead { officer, change in
                try MeetingActs.open(meeting, present: panel, by: officer, change)
                try MeetingActs.begin(meeting, id, by: officer, change, house)
            } == [])
        #expect(try leave(panel[4]) == [])
        #expect(try stage.lead { try MeetingActs.hear(meeting, by: $0, $1) } == [])
        stage.season.move(to: NominationStage.at("2026-08-01", 11))
        #expect(try stage.lead { try MeetingActs.dismiss(meeting, by: $0, $1) } == [])
        #expect(try leave(panel[3]) == [])
        #expect(
            try stage.lead { officer, change in
                try MeetingActs.count(meeting, notes: NominationStage.notes, by: officer, change, house)
                try MeetingActs.end(meeting, by: officer, change, house)
            } == [])
        let minutes = try #require(try stage.read { try MeetingQueries.find(meeting, $0)?.minutes })
        let heard = try #require(minutes.split(separator: "\n").first { $0.contains("面谈；在场：") })
        for name in names.prefix(4) { #expect(heard.contains(name), "\(name)") }
        #expect(!heard.contains(names[4]))
    }

    @Test func `a hearing that is broken off has an end`() async throws {
        var stage = try await NominationStage()
        let id = try stage.submitted().id
        try stage.reviewed(id)
        let (house, meeting) = (stage.house, NominationStage.meeting)
        let panel = try stage.interviewers(of: id)
        #expect(try stage.summon(panel, over: id) == [])
        #expect(
            try stage.lead { officer, change in
                try MeetingActs.open(meeting, present: panel, by: officer, change)
                try MeetingActs.begin(meeting, id, by: officer, change, house)
                try MeetingActs.hear(meeting, by: officer, change)
            } == [])
        let broken = NominationStage.at("2026-08-01", 11)
        stage.season.move(to: broken)
        #expect(
            try stage.lead { officer, change in
                try MeetingActs.putOff(meeting, reason: "会场停电，面谈中断", by: officer, change, house)
                try MeetingActs.end(meeting, by: officer, change, house)
            } == [])
        let item = try #require(try stage.read { try MeetingQueries.items(meeting, $0) }.first)
        #expect(item.result == .deferred && item.heardUntil == item.closedAt && item.heardUntil != nil)
        let minutes = try #require(try stage.read { try MeetingQueries.find(meeting, $0)?.minutes })
        #expect(minutes.contains("至 \(broken.text) 面谈；在场：") && minutes.contains("没有完成，留待下次会议"))
        #expect(try stage.step(id) == "interview/open")
    }

    @Test func `a vote after a hearing that too few could cast comes to nothing, and the meeting goes on`()
        async throws
    {
        var stage = try await NominationStage()
        let id = try stage.submitted().id
        try stage.reviewed(id)
        let (house, meeting) = (stage.house, NominationStage.meeting)
        let panel = try stage.interviewers(of: id)
        try #require(panel.count == 3)
        #expect(try stage.summon(panel, over: id, majority: 51) == [])
        #expect(
            try stage.lead { officer, change in
                try MeetingActs.open(meeting, present: panel, by: officer, change)
                try MeetingActs.begin(meeting, id, by: officer, change, house)
                try MeetingActs.hear(meeting, by: officer, change)
                try MeetingActs.dismiss(meeting, by: officer, change)
            } == [])
        func vote(_ person: ID<Person>) throws -> [String] {
            try stage.codes(person) { _, change in try MeetingActs.vote(meeting, .yes, by: person, change) }
        }
        #expect(try vote(panel[0]) == [])
        #expect(
            try stage.codes(panel[1]) { _, change in
                try MeetingActs.leave(meeting, by: panel[1], reason: "近三年合作过论文", change)
            } == [])
        func count() throws -> [String] {
            try stage.lead { try MeetingActs.count(meeting, notes: NominationStage.notes, by: $0, $1, house) }
        }
        // Whoever is in the room votes first.
        #expect(try count() == ["meeting.votes-missing"])
        #expect(try vote(panel[2]) == [])
        #expect(
            try stage.lead { try MeetingActs.putOff(meeting, reason: "人数不足", by: $0, $1, house) } == [
                "meeting.votes-cast"
            ])
        #expect(try count() == [])
        #expect(try stage.read { try MeetingQueries.result(of: id, $0)?.result } == .inquorate)
        #expect(try stage.step(id) == "interview/open")
        #expect(try stage.lead { try MeetingActs.end(meeting, by: $0, $1, house) } == [])
    }

    @Test func `who is sent back is summoned no more`() async throws {
        var stage = try await NominationStage()
        let id = try stage.submitted().id
        try stage.reviewed(id)
        #expect(try stage.summon(try stage.interviewers(of: id), over: id) == [])
        #expect(try stage.read { try MeetingSummons.all(of: id, $0).count } == 1)
        #expect(
            try stage.lead { _, change in
                try change.append(
                    StatementMade(form: "interview", outcome: .returned, answers: [:]),
                    about: .application(id), as: .programmeOfficer,
                    move: Move("interview", .returned, target: "write"), reason: "材料须重写")
            } == [])
        #expect(try stage.step(id) == "write/open")
        #expect(try stage.read { try MeetingSummons.all(of: id, $0).isEmpty })
    }
}
