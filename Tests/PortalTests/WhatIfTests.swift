import Foundation
import HTTPTypes
import Lifecycle
import Store
import Testing

@testable import Portal

/// The seeded round of 2021 under the rules of 2022: the answer is committed, and each part of it is counted here a
/// second time, straight from what was recorded.
@Suite(.serialized) struct WhatIfTests {
    private func answer() async throws -> (WhatIf, RecordedRound) {
        let city = try await WhatIfCity.built()
        let round = try city.round()
        let rules = try city.rules()
        return (
            WhatIf(round, pinned: rules, after: WhatIf.Rules(rules, on: DemoPastRound.nextYear)), round
        )
    }

    @Test func `the committed round and its committed answer are what the seed gives`() async throws {
        let (answer, round) = try await answer()
        for (value, path) in [
            (try WhatIfCity.json(round), WhatIfCity.roundPath),
            (try WhatIfCity.json(answer), WhatIfCity.expectedPath),
        ] {
            if ProcessInfo.processInfo.environment["JIEBANG_WRITE"] != nil {
                try DurableFile.makeFolder((path as NSString).deletingLastPathComponent)
                try value.write(toFile: path, atomically: true, encoding: .utf8)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == value, "\(path)")
        }
    }

    @Test func `what was recorded then comes out again, and nothing flips under the rules that applied`()
        async throws
    {
        let city = try await WhatIfCity.built()
        let (round, rules) = (try city.round(), try city.rules())
        let same = WhatIf(round, pinned: rules, after: WhatIf.Rules(rules, on: round.rulesDay))
        #expect(same.isUnchanged && same.differing.isEmpty && same.unrecorded == 0)
        #expect(same.applications == round.entries.count && round.entries.count > 60)
        for rule in same.rules where rule.scope == .application {
            #expect(rule.counts.reduce(0) { $0 + $1.count } == round.entries.count)
        }
    }

    @Test
    func `rules that the notice of 2021 did not state are unknown before, with its clause, and known after`()
        async throws
    {
        let (answer, _) = try await answer()
        #expect(
            answer.unknownBefore.map(\.id) == [
                "full-time-teacher", "no-active-project", "not-revoked-since-2014", "late-closing-pause",
                "never-led-plan", "never-led-provincial", "not-senior-at-forty", "not-unfunded-twice",
            ])
        for rule in answer.unknownBefore {
            let (before, after) = (try #require(rule.before), try #require(rule.after))
            #expect(before.cites.document?.contains("京教函〔2020〕86号") == true, "\(rule.id)")
            #expect(after.isStated && after.cites.document?.contains("2022") == true, "\(rule.id)")
            #expect(rule.counts.allSatisfy { $0.from == .unknown }, "\(rule.id)")
        }
    }

    @Test func `who flips under each rule is who the facts say`() async throws {
        let (answer, round) = try await answer()
        func fail(_ id: String, _ fails: (RecordedRound.Entry) -> Bool) throws {
            let rule = try #require(answer.rule(id))
            let wanted = round.entries.filter(fails).map(\.number)
            #expect(rule.newlyUnmet.map(\.subject) == wanted, "\(id)")
            #expect(!wanted.isEmpty, "\(id): the round has nobody of the kind")
        }
        func has(_ entry: RecordedRound.Entry, _ fits: (TrackRecord) -> Bool) -> Bool {
            entry.considered?.record?.contains(where: fits) ?? false
        }
        try fail("full-time-teacher") { $0.considered?.fullTimeTeacher == false }
        try fail("no-active-project") {
            has($0) { $0.kind == .led && $0.family == "research-plan" && $0.until == nil }
        }
        try fail("not-revoked-since-2014") { has($0) { $0.kind == .revoked } }
        try fail("late-closing-pause") { has($0) { $0.kind == .closedLate } }
        try fail("never-led-plan") { has($0) { $0.kind != .unfunded && $0.family == "research-plan" } }
        try fail("never-led-provincial") { has($0) { $0.level != .city } }
        try fail("not-senior-at-forty") {
            // Forty on the last day of 2020: born in 1980 or before.
            $0.considered?.titleLevel == "正高" && ($0.considered?.born.map { $0.year <= 1980 } ?? false)
        }
        try fail("not-unfunded-twice") { ($0.considered?.record?.count { $0.kind == .unfunded } ?? 0) == 2 }
        // A third value, and not a refusal: nobody knows whether they teach.
        let teacher = try #require(answer.rule("full-time-teacher"))
        #expect(
            teacher.count(.unknown, .unknown) == round.entries.count { $0.considered?.fullTimeTeacher == nil }
        )
        #expect(teacher.count(.unknown, .unknown) > 0)
    }

    @Test func `universities whose lists newly fail are those with too many over thirty-five`() async throws {
        let (answer, round) = try await answer()
        let rule = try #require(answer.rule("youth-share"))
        let cutoff = try #require(Day(text: "1986-05-07"))
        var lists: [String: [RecordedRound.Entry]] = [:]
        for entry in round.entries { lists[entry.university, default: []].append(entry) }
        let failing = lists.filter { _, all in
            let ranked = all.filter { $0.rank != nil }
            let list = ranked.isEmpty ? all : ranked
            let young = list.count { ($0.born ?? cutoff) >= cutoff }
            return young * 10 < list.count * 9
        }
        #expect(rule.newlyUnmet.map(\.subject) == failing.keys.sorted())
        #expect(failing.count >= 4 && failing.count < lists.count)
        #expect(rule.flips.allSatisfy { $0.from == .met })
        #expect(
            answer.universities.filter { $0.listFails == ["youth-share"] }.map(\.id) == failing.keys.sorted())
        // The quota is the same in both years.
        #expect(answer.rule("quota")?.flips.isEmpty == true)
        #expect(rule.before?.label.zh.contains("40") == true && rule.after?.label.zh.contains("35") == true)
    }

    @Test func `who is turned away is counted by university and by class, and soft rules only make one ask`()
        async throws
    {
        let (answer, round) = try await answer()
        let hard = Set(
            answer.rules.filter { $0.scope == .application && $0.after?.exceptionBy == nil }.flatMap(
                \.newlyUnmet
            )
            .map(\.subject))
        #expect(Set(answer.turns.filter { $0.to == .stopped }.map(\.number)) == hard)
        let soft = try #require(answer.rule("not-senior-at-forty")).newlyUnmet.map(\.subject)
        #expect(
            Set(answer.turns.filter { $0.to == .asks }.map(\.number)) == Set(soft).subtracting(hard))
        #expect(answer.universities.reduce(0) { $0 + $1.lost } == hard.count)
        #expect(answer.universities.reduce(0) { $0 + $1.applications } == round.entries.count)
        #expect(answer.classes.map(\.id) == ["市属"] && answer.classes[0].lost == hard.count)
        #expect(answer.turns.allSatisfy { $0.from == .free })
    }

    @Test func `who withdrew is not in the round, who was left out is, and is on no list`() async throws {
        let city = try await WhatIfCity.built()
        let round = try city.round()
        let all = try city.house.database.readNow {
            try $0.value("SELECT COUNT(*) FROM application", as: Int.self)
        }
        #expect(round.entries.count == (all ?? 0) - 1)
        let unlisted = Dictionary(grouping: round.entries.filter { $0.rank == nil }, by: \.university)
        // One left out at the first university; the third put nothing forward at all.
        #expect(unlisted.values.map(\.count).sorted().first == 1 && unlisted.count == 2)
    }

    @Test func `a submission that kept nothing is unknown in all but its birth, and is said to be so`()
        async throws
    {
        let city = try await WhatIfCity.built()
        let (round, rules) = (try city.round(), try city.rules())
        let old = RecordedRound(
            number: round.number, title: round.title, programme: round.programme,
            year: round.year, rulesDay: round.rulesDay, settings: round.settings, quotas: round.quotas,
            entries: round.entries.map {
                RecordedRound.Entry(
                    number: $0.number, university: $0.university, universityName: $0.universityName,
                    considered: nil, born: $0.born, rank: $0.rank, recorded: $0.recorded)
            })
        let answer = WhatIf(old, pinned: rules, after: WhatIf.Rules(rules, on: DemoPastRound.nextYear))
        #expect(answer.unrecorded == round.entries.count && answer.differing.isEmpty)
        #expect(answer.rule("full-time-teacher")?.flips.isEmpty == true)
        #expect(answer.turns.isEmpty)
        // The lists need the births alone.
        #expect(answer.rule("youth-share")?.newlyUnmet.isEmpty == false)
    }

    @Test func `a rule that is gone, and one that is new, are absent on one side`() async throws {
        let city = try await WhatIfCity.built()
        let (round, rules) = (try city.round(), try city.rules())
        let fewer = rules.filter { $0.id != "one-application" }
        let answer = WhatIf(round, pinned: rules, after: WhatIf.Rules(fewer, on: round.rulesDay))
        #expect(answer.rule("one-application")?.after == nil)
        #expect(answer.rule("one-application")?.count(.met, .absent) == round.entries.count)
        let back = WhatIf(round, pinned: fewer, after: WhatIf.Rules(rules, on: round.rulesDay))
        #expect(back.rule("one-application")?.count(.absent, .met) == round.entries.count)
    }

    // MARK: - the page

    @Test func `whoever does not decide on rules finds nothing under the office's plan`() async throws {
        let city = try await WhatIfCity.built()
        let paths = [
            "/office/plan", "/office/plan/what-if/\(city.call.id)", "/office/plan/diff/\(city.call.id)",
            "/office/plan/simulate/\(city.call.programme)",
        ]
        for member in DemoCast.members
        where member.role != .programmeOfficer && member.role != .commissionLeader {
            let browser = try city.browser(as: member.key)
            for path in paths { #expect(try await browser.get(path).status == 404, "\(member.key) \(path)") }
        }
        let stranger = try await Browser(city.house).get(paths[1], follow: false)
        #expect(stranger.headers[.location]?.hasPrefix("/sign-in") == true)
        let officer = try city.browser(as: "programme-officer")
        for path in [
            "/office/plan/what-if/nothing", "/office/plan/diff/nothing", "/office/plan/simulate/nothing",
        ] {
            #expect(try await officer.get(path).status == 404)
        }
    }

    @Test func `an officer reads who flips with both clauses, and the reading is noted`() async throws {
        let city = try await WhatIfCity.built()
        let officer = try city.browser(as: "programme-officer")
        let hub = try await officer.get("/office/plan")
        #expect(hub.status == 200 && hub.contains("/office/plan/what-if/\(city.call.id)"))
        let own = try await officer.get("/office/plan/what-if/\(city.call.id)")
        #expect(own.status == 200 && own.contains("结果没有任何变化"))
        let page = try await officer.get("/office/plan/what-if/\(city.call.id)?day=2021-05-20")
        let (answer, _) = try await answer()
        let first = try #require(answer.rule("no-active-project")?.newlyUnmet.first)
        #expect(page.contains(first.subject) && page.contains("京教函〔2020〕86号"))
        #expect(page.contains("原文未载明") && page.contains("不知道"))
        let wrong = try await officer.get("/office/plan/what-if/\(city.call.id)?day=tomorrow")
        #expect(wrong.status == 200 && wrong.contains("tomorrow"))
        let noted = try city.house.database.readNow {
            try $0.value(
                """
                SELECT COUNT(*) FROM fact WHERE kind = 'record.read' AND subject_kind = 'call'
                  AND subject_id = \(city.call.id)
                """, as: Int.self)
        }
        #expect(noted == 1)
    }
}
