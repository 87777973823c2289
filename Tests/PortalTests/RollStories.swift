import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// The forum's timetable and proceedings, made of what is written for each paper: public once the notice is, without
/// two papers in one slot, and given anew where a speaker sends it back.
@Suite struct RollStories {
    struct Forum {
        let season: Season
        let call: Call
        let papers: [ID<Application>]

        var path: String { "/calls/\(call.id)/rolls/slot" }

        init() async throws {
            let season = try await Season(experts: 30)
            self.season = season
            let programme = try #require(season.house.plan.programme("humanities-forum"))
            let house = season.house
            var round = DemoRound(
                house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 47))
            func at(_ day: String, _ hour: Int = 10) -> Instant { Instant(Season.day(day), hour: hour) }
            let call = try round.publish(
                programme, number: "2026-LT", title: "人文论坛（试验）", published: at("2026-04-20"),
                opens: at("2026-06-01"), closes: at("2026-06-30", 16), changing: ["places": "2"])
            let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
            var ids: [ID<Application>] = []
            for number in 1...3 {
                let candidate = try round.candidate(
                    of: call, programme, at: home, number: number, asking: [], season.now)
                try house.database.writeNow { store in
                    _ = try Drafts.save(
                        candidate.id, section: "speaking", base: 1,
                        answers: ["language": "zh", "unpublished": "true"], by: candidate.person,
                        at: season.now, store)
                }
                try round.act(candidate.person, season.now) { _, change in
                    _ = try ApplicationActs.submit(
                        try Drafts.find(candidate.id, of: candidate.person, change.store), change, house)
                }
                ids.append(candidate.id)
            }
            try round.screen(ids, at: at("2026-07-10"))
            try round.review(ids, in: call, programme, at: at("2026-07-15"), answered: 100)
            season.move(to: at("2026-07-28"))
            let (officer, leader) = (
                season.cast.person("programme-officer"), season.cast.person("commission-leader")
            )
            let ranked = try house.database.readNow { store in
                try DecisionActs.ranking(of: call.id, store).map(\.row.application)
            }
            self.call = call
            let papers = Array(ranked.prefix(2))
            self.papers = papers
            let desk = try season.browser(as: "programme-officer")
            let fields = papers.map { ("fund", $0.rawValue) } + [("confirmed", "yes")]
            _ = try await desk.post("/rounds/\(call.id)/propose", fields, from: "/rounds/\(call.id)")
            try round.act(leader, season.now) { _, change in
                try DecisionActs.sign(call.id, by: leader, change, house)
            }
            let notice = ID<Notice>("forum-notice")
            try house.changeNow(by: officer, at: season.now) { change in
                try NoticeActs.open(call.id, id: notice, by: officer, change, house)
            }
            season.move(to: at("2026-08-20"))
            try house.changeNow(by: officer, at: season.now) { change in
                try NoticeActs.close(notice, by: officer, change, house)
            }
        }

        func slot(_ starts: String, _ ends: String, _ session: String = "城市分会场") -> [(String, String)] {
            [
                ("session", session), ("chair", "主持人甲"), ("day", "2027-05-15"), ("starts", starts),
                ("ends", ends), ("form", "talk"),
            ]
        }

        func step(_ paper: ID<Application>) throws -> String? {
            try season.house.database.readNow { store in
                try store.value("SELECT step FROM application WHERE id = \(paper)", as: String.self)
            }
        }

        func title(_ paper: ID<Application>) throws -> String {
            try #require(
                try season.house.database.readNow { store in
                    try store.value("SELECT title FROM application WHERE id = \(paper)", as: String.self)
                })
        }
    }

    @Test func `a slot that is taken is refused, and the timetable is anybody's to read`() async throws {
        let forum = try await Forum()
        let (desk, anybody) = (try forum.season.browser(as: "programme-officer"), forum.season.publicBrowser)
        let (first, second) = (forum.papers[0], forum.papers[1])
        #expect(try forum.step(first) == "place")
        let empty = try await anybody.get(forum.path)
        #expect(empty.status == 200 && empty.contains("还没有列入的"))
        #expect(try await anybody.get("/calls/\(forum.call.id)").contains(forum.path))
        // What is no roll, and what is no statement, is not there.
        #expect(try await desk.get("/calls/\(forum.call.id)/rolls/speaker").status == 404)
        #expect(try await desk.get("/calls/\(forum.call.id)/rolls/nothing").status == 404)
        let place = "/cases/\(first)/statements/place"
        let when = try await desk.post(place, forum.slot("9:50", "九点半"), from: place)
        #expect(when.status == 422 && when.contains("09:30 的格式") && when.contains("九点半"))
        let back = try await desk.post(place, forum.slot("9:50", "9:30"), from: place)
        #expect(back.status == 422 && back.contains("结束时间须晚于开始时间"))
        #expect(
            try await desk.post(place, forum.slot("9:30", "9:50"), from: place, follow: false).status == 303)
        let other = "/cases/\(second)/statements/place"
        let taken = try await desk.post(other, forum.slot("09:40", "10:00"), from: other)
        #expect(taken.status == 422 && taken.contains("城市分会场、2027-05-15 09:30—09:50") && taken.contains("占用"))
        #expect(try forum.step(second) == "place")
        let elsewhere = try await desk.post(
            other, forum.slot("09:40", "10:00", "史学分会场"), from: other, follow: false)
        #expect(elsewhere.status == 303)
        let page = try await anybody.get(forum.path)
        #expect(page.contains(try forum.title(first)) && page.contains("09:30") && page.contains("史学分会场"))
        #expect(page.contains("主持人甲") && page.contains("2 项"))
    }

    @Test func `a refusal names a choice in the language of who reads it, after a job too`() async throws {
        let house = try await Season(experts: 0).house
        let refusal = Refusal("roll.full", ["most": "1", "count": "1"]).naming(
            "what", Label("特等奖", "Grand prize"))
        #expect(house.words(in: .zh).sentence(refusal).contains("特等奖"))
        let english = house.words(in: .en).sentence(refusal)
        #expect(english.contains("Grand prize") && !english.contains("特等奖"))
        let kept = JobFailure(text: try JobFailure(Refused([refusal]), job: ID("job")).text())
        #expect(kept?.refusals == [refusal])
    }

    @Test func `a speaker sends the slot back, and it is free until it is given anew`() async throws {
        let forum = try await Forum()
        let desk = try forum.season.browser(as: "programme-officer")
        let (first, second) = (forum.papers[0], forum.papers[1])
        let place = "/cases/\(first)/statements/place"
        _ = try await desk.post(place, forum.slot("09:30", "09:50"), from: place)
        let owner = try #require(
            try forum.season.house.database.readNow { store in
                try store.value("SELECT owner FROM application WHERE id = \(first)", as: ID<Person>.self)
            })
        let house = forum.season.house
        try house.changeNow(by: owner, at: forum.season.now) { change in
            let viewer = try #require(try Viewer.find(owner, at: change.at, change.store))
            _ = try StatementActs.make(
                StatementActs.Written(answers: [:], outcome: .returned, reason: "当天上午要上课"), at: "confirm",
                of: first, by: viewer, change, house)
        }
        #expect(try forum.step(first) == "place")
        let page = try await forum.season.publicBrowser.get(forum.path)
        #expect(!page.contains("09:30") && page.contains("还没有列入的"))
        let other = "/cases/\(second)/statements/place"
        #expect(
            try await desk.post(other, forum.slot("09:30", "09:50"), from: other, follow: false).status == 303
        )
        // And the first one's is not to be had again.
        let again = try await desk.post(place, forum.slot("09:30", "09:50"), from: place)
        #expect(again.status == 422 && again.contains("占用"))
    }

    @Test func `the public reads what a roll shows and no other answer`() async throws {
        let forum = try await Forum()
        let desk = try forum.season.browser(as: "programme-officer")
        let paper = forum.papers[0]
        let place = "/cases/\(paper)/statements/place"
        _ = try await desk.post(place, forum.slot("09:30", "09:50"), from: place)
        let house = forum.season.house
        let owner = try #require(
            try house.database.readNow { store in
                try store.value("SELECT owner FROM application WHERE id = \(paper)", as: ID<Person>.self)
            })
        try house.changeNow(by: owner, at: forum.season.now) { change in
            let viewer = try #require(try Viewer.find(owner, at: change.at, change.store))
            _ = try StatementActs.make(
                StatementActs.Written(answers: ["name": "只给会务看的名字", "comes": "true", "recorded": "false"]),
                at: "confirm", of: paper, by: viewer, change, house)
        }
        let print = "/cases/\(paper)/statements/print"
        let printed = [("given", "true"), ("printed", "whole"), ("pages", "12—20"), ("identifier", "")]
        #expect(try await desk.post(print, printed, from: print, follow: false).status == 303)
        let page = try await forum.season.publicBrowser.get("/calls/\(forum.call.id)/rolls/proceedings")
        #expect(page.contains("12—20") && page.contains("全文") && !page.contains("已报告"))
        #expect(!page.contains("只给会务看的名字"))
    }
}
