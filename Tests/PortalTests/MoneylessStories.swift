import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// A round that gives prizes: nothing of money stands on its pages, there are no more than places, and what was decided
/// becomes final without a contract.
@Suite struct MoneylessStories {
    /// The group meets over `agenda`, and all of it is in favour.
    private func hold(
        _ agenda: [ID<Application>], in call: Call, _ programme: Programme, _ season: Season
    ) throws {
        let house = season.house
        let officer = season.cast.person("programme-officer")
        let panel = try house.database.readNow { store in
            let parties = try agenda.map { try Parties.withRivals($0, store) }
            return try store.rows(
                """
                SELECT person.id AS person, organisation.legal_entity AS entity FROM expert
                JOIN person ON person.id = expert.person JOIN organisation ON organisation.id = person.organisation
                ORDER BY person.id
                """, as: Member.self
            ).filter { member in
                parties.allSatisfy { $0.reasonsAgainstReview(by: member.person, of: member.entity).isEmpty }
            }.prefix(4).map(\.person)
        }
        let terms = try MeetingActs.terms(call, programme)
        let id = ID<Meeting>("award-meeting")
        func act(by person: ID<Person>, _ body: (Change) throws -> Void) throws {
            try house.changeNow(by: person, at: season.now) { try body($0) }
        }
        try act(by: officer) { change in
            try MeetingActs.call(
                Meeting(
                    id: id, call: call.id, title: "评选组会议", at: season.now, place: "第一会议室", chair: panel[0],
                    panel: panel, agenda: agenda, quorum: terms.quorum, majority: terms.majority),
                by: officer, change, house)
        }
        try act(by: officer) { try MeetingActs.open(id, present: panel, by: officer, $0) }
        for application in agenda {
            try act(by: officer) { try MeetingActs.begin(id, application, by: officer, $0, house) }
            for person in panel { try act(by: person) { try MeetingActs.vote(id, .yes, by: person, $0) } }
            try act(by: officer) { try MeetingActs.count(id, by: officer, $0, house) }
        }
        try act(by: officer) { try MeetingActs.end(id, by: officer, $0, house) }
    }

    private struct Member: Decodable, Sendable {
        let person: ID<Person>
        let entity: ID<Organisation>
    }

    @Test func `prizes are decided, laid open and certified without an amount`() async throws {
        let season = try await Season(experts: 30)
        let programme = try #require(season.house.plan.programme("humanities-award"))
        let house = season.house
        var round = DemoRound(
            house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 43))
        func at(_ day: String, _ hour: Int = 10) -> Instant { Instant(Season.day(day), hour: hour) }
        let call = try round.publish(
            programme, number: "2026-JL", title: "优秀成果奖（试验）", published: at("2026-04-20"),
            opens: at("2026-06-01"), closes: at("2026-06-30", 16),
            changing: ["places": "1", "theoryLeast": "1", "quotaEach": "2"])
        let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
        var ids: [ID<Application>] = []
        for number in 1...2 {
            let candidate = try round.candidate(
                of: call, programme, at: home, number: number, asking: [], season.now)
            // What no other form asks.
            func publish(_ day: String, base: Int) throws {
                try house.database.writeNow { store in
                    let values = [
                        "published": day, "publisher": "演示出版社", "authors": "林一诺（独著）", "consent": "true",
                    ]
                    _ = try Drafts.save(
                        candidate.id, section: "publication", base: base, answers: values,
                        by: candidate.person, at: season.now, store)
                }
            }
            // A day before the call's first: the rule stops it and shows both, and the day mended it goes.
            try publish("2024-06-30", base: 1)
            let (stopped, verdict) = try house.database.readNow { store in
                let draft = try Drafts.find(candidate.id, of: candidate.person, store)
                return (
                    try ApplicationActs.obstacles(draft, call, programme, at: season.now, house, store),
                    try EligibilityFacts.verdicts(
                        for: candidate.person, in: call, programme, besides: candidate.id, house, store
                    ).first { $0.rule == "works-period" }
                )
            }
            #expect(stopped.contains { $0.code == "rule.unmet" && $0.values["label"] == "成果在通知所定期限内发表" })
            #expect(verdict?.result == .unmet)
            #expect(verdict?.looked.map(\.value).contains("2024-07-01") == true)
            try publish("2025-03-01", base: 2)
            try round.act(candidate.person, season.now) { _, change in
                _ = try ApplicationActs.submit(
                    try Drafts.find(candidate.id, of: candidate.person, change.store), change, house)
            }
            ids.append(candidate.id)
        }
        try round.endorse(ids, of: home, in: call, at: at("2026-07-02"))
        try round.screen(ids, at: at("2026-07-10"))
        try round.review(ids, in: call, programme, at: at("2026-07-15"), answered: 100)
        season.move(to: at("2026-07-28"))
        let officer = season.cast.person("programme-officer")
        try hold(ids, in: call, programme, season)
        for id in ids {
            try round.act(officer, season.now) { viewer, change in
                try StatementActs.make(
                    StatementActs.Written(answers: ["grade": "first", "opinion": "论证扎实，影响可查，建议获奖。"]),
                    at: "group", of: id, by: viewer, change, house)
            }
        }
        let desk = try season.browser(as: "programme-officer")
        let path = "/rounds/\(call.id)"
        let page = try await desk.get(path)
        // Whoever chooses and whoever signs reads what each rule said of each university's list.
        #expect(page.contains("各校名单核对") && page.contains("符合 1 所，不符合 0 所，待核实 0 所"))
        #expect(page.contains("属于所列类别的 2，类别不详的 0，至少（项） 1"))
        #expect(page.contains("名额 1 项") && !page.contains("资助额") && !page.contains("万元"))
        // Two for one place.
        let many = try await desk.post(
            "\(path)/propose", ids.map { ("fund", $0.rawValue) }, from: path)
        #expect(many.status == 422 && many.contains("选了 2 项，超出名额 1 项"))
        let first = try house.database.readNow { store in
            try DecisionActs.ranking(of: call.id, store)[0].row.application
        }
        // An amount that somebody sends all the same counts for nothing.
        let fields = [("fund", first.rawValue), ("amount-\(first)", "99999999")]
        let confirm = try await desk.post("\(path)/propose", fields, from: path)
        #expect(confirm.status == 200 && !confirm.contains("资助合计"))
        _ = try await desk.post("\(path)/propose", fields + [("confirmed", "yes")], from: path)
        let leader = try season.browser(as: "commission-leader")
        let sign = try await leader.get("\(path)/sign")
        #expect(sign.status == 200 && !sign.contains("资助额"))
        #expect(sign.contains("各校名单核对") && sign.contains("至少（项） 1"))
        try round.act(season.cast.person("commission-leader"), season.now) { viewer, change in
            try DecisionActs.sign(call.id, by: season.cast.person("commission-leader"), change, house)
        }
        let entries = try house.database.readNow { store in
            try store.value(
                "SELECT COUNT(*) FROM account_balance WHERE account LIKE 'reserved:%' AND balance <> 0",
                as: Int.self)
        }
        #expect(entries == 0)
        let notice = ID<Notice>("award-notice")
        try house.changeNow(by: officer, at: season.now) { change in
            try NoticeActs.open(call.id, id: notice, by: officer, change, house)
        }
        let open = try await season.publicBrowser.get("/notices/\(notice)")
        #expect(open.status == 200 && !open.contains("万元"))
        season.move(to: at("2026-08-20"))
        try house.changeNow(by: officer, at: season.now) { change in
            try NoticeActs.close(notice, by: officer, change, house)
        }
        let step = try house.database.readNow { store in
            try store.value(
                "SELECT step || '/' || state FROM application WHERE id = \(first)", as: String.self)
        }
        #expect(step == "certificate/open")
        #expect(
            try house.database.readNow { store in
                try store.value("SELECT COUNT(*) FROM contract WHERE application = \(first)", as: Int.self)
            } == 0)
        let decision = try await desk.get("/cases/\(first)/decision")
        #expect(decision.status == 200 && !decision.contains("资助额"))
    }
}
