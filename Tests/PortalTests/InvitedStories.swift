import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// A forum's invited speakers: an officer enters them in the timetable, where they and the papers share the slots; anybody
/// reads who they are, and officials how they agreed.
@Suite struct InvitedStories {
    private static let agreed = "2026 年 8 月 1 日回函同意。"

    private static func speaker(_ more: [String: String] = [:]) -> [(String, String)] {
        [
            "invited-name": "特邀人乙", "invited-organisation": "外地大学", "invited-title": "城市史的主旨报告",
            "invited-agreed": agreed, "session": "城市分会场", "chair": "主持人甲", "day": "2027-05-15",
            "starts": "09:30", "ends": "10:00", "form": "talk",
        ].merging(more) { $1 }.map { ($0.key, $0.value) }
    }

    private static func facts(_ forum: RollStories.Forum) throws -> [Int64] {
        try forum.season.house.database.readNow {
            try $0.values(
                "SELECT fact FROM roll_invite WHERE withdrawn_at IS NULL ORDER BY fact", as: Int64.self)
        }
    }

    private static func owner(_ forum: RollStories.Forum, _ paper: ID<Application>) throws -> ID<Person> {
        try #require(
            try forum.season.house.database.readNow { store in
                try store.value("SELECT owner FROM application WHERE id = \(paper)", as: ID<Person>.self)
            })
    }

    @Test func `nobody but an officer who does not apply enters anybody, and only where the roll invites`()
        async throws
    {
        let forum = try await RollStories.Forum()
        let invite = "\(forum.path)/invited"
        for key in ["applicant", "expert", "research-office", "commission-leader", "auditor", "system-admin"]
        {
            let browser = try forum.season.browser(as: key)
            #expect(try await browser.get(forum.path).status == 200, "\(key)")
            #expect(try await !browser.get(forum.path).contains("invited-name"), "\(key)")
            let sent = try await browser.post(invite, Self.speaker(), from: "/notices")
            #expect(sent.status == 404, "\(key)")
        }
        #expect(try await !forum.season.publicBrowser.get(forum.path).contains("invited-name"))
        let desk = try forum.season.browser(as: "programme-officer")
        let proceedings = "/calls/\(forum.call.id)/rolls/proceedings"
        #expect(try await !desk.get(proceedings).contains("invited-name"))
        let there = try await desk.post("\(proceedings)/invited", Self.speaker(), from: forum.path)
        #expect(there.status == 404)
        let nowhere = try await desk.post("\(forum.path)/invited/withdraw", [("fact", "1")], from: forum.path)
        #expect(nowhere.status == 422 && nowhere.contains("已不在名单中"))

        // An author who becomes an officer stays an author.
        let (house, author) = (forum.season.house, try Self.owner(forum, forum.papers[0]))
        let said = RollActs.Said(name: "特邀人乙", organisation: "外地大学", title: "报告", answers: [:])
        let refused = #expect(throws: Refused.self) {
            try house.changeNow(by: author, at: forum.season.now) { change in
                try change.append(
                    RoleGranted(
                        Tenure(
                            person: author, role: .programmeOfficer, organisation: ID("commission000000"),
                            from: change.at)), about: .person(author))
                let viewer = try #require(try Viewer.find(author, at: change.at, change.store))
                try RollActs.invite(said, to: "slot", of: forum.call.id, by: viewer, change, house)
            }
        }
        #expect(refused?.refusals.map(\.code) == ["roll.applies"])
        #expect(try Self.facts(forum) == [])
    }

    @Test func `what is wrong is said, and what was typed comes back`() async throws {
        let forum = try await RollStories.Forum()
        let desk = try forum.season.browser(as: "programme-officer")
        let invite = "\(forum.path)/invited"
        let wrong: [([String: String], String)] = [
            (["invited-name": "乙"], "请填写姓名"), (["invited-organisation": ""], "请填写单位"),
            (["invited-title": String(repeating: "长", count: 201)], "请填写题目"),
            (["invited-agreed": String(repeating: "长", count: 501)], "请写简短些"),
            (["session": ""], "分会场：请填写"), (["session": String(repeating: "长", count: 81)], "至多 80 个字"),
            (["starts": "九点半"], "09:30 的格式"), (["ends": "09:20"], "结束时间须晚于开始时间"),
            (["form": "speech"], "形式："), (["invited-replaces": "1"], "已不在名单中"),
        ]
        for (more, says) in wrong {
            let page = try await desk.post(invite, Self.speaker(more), from: forum.path)
            #expect(page.status == 422 && page.contains("error-summary") && page.contains(says), "\(more)")
            #expect(page.contains("value=\"主持人甲\""), "\(more)")
        }
        #expect(try Self.facts(forum) == [])
    }

    @Test func `papers and those invited share the slots, and only officials read how they agreed`()
        async throws
    {
        let forum = try await RollStories.Forum()
        let desk = try forum.season.browser(as: "programme-officer")
        let anybody = forum.season.publicBrowser
        let invite = "\(forum.path)/invited"
        let place = "/cases/\(forum.papers[0])/statements/place"
        let placed = try await desk.post(place, forum.slot("09:00", "09:40"), from: place, follow: false)
        #expect(placed.status == 303)
        let taken = try await desk.post(invite, Self.speaker(), from: forum.path)
        #expect(taken.status == 422 && taken.contains("城市分会场、2027-05-15 09:00—09:40"))
        #expect(try Self.facts(forum) == [])

        let entered = try await desk.post(
            invite, Self.speaker(["starts": "09:40"]), from: forum.path)
        #expect(entered.status == 200 && entered.contains("已列入公开名单") && entered.contains(Self.agreed))
        let page = try await anybody.get(forum.path)
        for says in ["特邀报告人", "特邀人乙", "外地大学", "城市史的主旨报告", "09:40", "2 项"] {
            #expect(page.contains(says), "\(says)")
        }
        #expect(!page.contains(Self.agreed) && !page.contains("/invited"))
        #expect(try await forum.season.browser(as: "auditor").get(forum.path).contains(Self.agreed))
        #expect(try await !forum.season.browser(as: "expert").get(forum.path).contains(Self.agreed))
        // In the order of the hours, not of who was written first.
        let paper = try #require(page.text.range(of: try forum.title(forum.papers[0])))
        let guest = try #require(page.text.range(of: "特邀人乙"))
        #expect(paper.lowerBound < guest.lowerBound)

        let other = "/cases/\(forum.papers[1])/statements/place"
        let refused = try await desk.post(other, forum.slot("09:50", "10:10"), from: other)
        #expect(refused.status == 422 && refused.contains("已由 特邀人乙 占用"))
        let fact = try #require(try Self.facts(forum).first)
        let gone = try await desk.post("\(invite)/withdraw", [("fact", "\(fact)")], from: forum.path)
        #expect(gone.status == 200 && gone.contains("已从公开名单撤下"))
        #expect(try await !anybody.get(forum.path).contains("特邀人乙"))
        let free = try await desk.post(other, forum.slot("09:50", "10:10"), from: other, follow: false)
        #expect(free.status == 303)
        let twice = try await desk.post("\(invite)/withdraw", [("fact", "\(fact)")], from: forum.path)
        #expect(twice.status == 422 && twice.contains("已不在名单中"))
    }

    @Test func `an entry is corrected in its own slot, and the old one cannot be corrected again`()
        async throws
    {
        let forum = try await RollStories.Forum()
        let desk = try forum.season.browser(as: "programme-officer")
        let invite = "\(forum.path)/invited"
        #expect(try await desk.post(invite, Self.speaker(), from: forum.path).status == 200)
        let first = try #require(try Self.facts(forum).first)
        let form = try await desk.get("\(forum.path)?corrects=\(first)")
        #expect(form.contains("更正特邀报告人") && form.contains("value=\"城市史的主旨报告\""))
        #expect(form.contains("name=\"invited-replaces\" value=\"\(first)\""))
        let mended = Self.speaker(["invited-title": "改过的题目", "invited-replaces": "\(first)"])
        #expect(try await desk.post(invite, mended, from: forum.path).status == 200)
        let page = try await forum.season.publicBrowser.get(forum.path)
        #expect(page.contains("改过的题目") && !page.contains("城市史的主旨报告") && page.contains("1 项"))
        let second = try Self.facts(forum)
        #expect(second.count == 1 && second != [first])
        let again = try await desk.post(invite, mended, from: forum.path)
        #expect(again.status == 422 && again.contains("已不在名单中"))
    }

    @Test func `what was entered can be erased, and a correction erased brings nothing back`() async throws {
        let forum = try await RollStories.Forum()
        let desk = try forum.season.browser(as: "programme-officer")
        let (house, invite) = (forum.season.house, "\(forum.path)/invited")
        #expect(try await desk.post(invite, Self.speaker(), from: forum.path).status == 200)
        let first = try #require(try Self.facts(forum).first)
        let mended = Self.speaker(["invited-name": "特邀人丙", "invited-replaces": "\(first)"])
        #expect(try await desk.post(invite, mended, from: forum.path).status == 200)
        let second = try #require(try Self.facts(forum).first)
        try house.changeNow(by: nil, at: forum.season.now) { change in
            _ = try Erasure.erase(
                [.payload, .reason], of: [second], reason: "本人要求删去", change, house.projections)
        }
        #expect(try Self.facts(forum) == [second])
        let page = try await forum.season.publicBrowser.get(forum.path)
        #expect(page.contains("内容已删除") && page.contains("特邀报告人"))
        #expect(!page.contains("特邀人乙") && !page.contains("特邀人丙") && !page.contains("外地大学"))
        #expect(try await !desk.get(forum.path).contains(Self.agreed))
        let gone = try await desk.post("\(invite)/withdraw", [("fact", "\(second)")], from: forum.path)
        #expect(gone.status == 200 && !gone.contains("内容已删除"))
    }
}
