import Lifecycle
import Store
import Testing

@testable import Portal

/// People's earlier records: entered with a source, put right, and looked at by rules together with what this house
/// decided; where nobody said how far back they go, “not known”.
@Suite struct TrackStories {
    private func record(_ person: ID<Person>, _ form: [String: String] = [:]) -> [(String, String)] {
        var values = [
            "kind": "led", "level": "city", "title": "旧课题甲", "family": "research-plan", "from": "2023-01-01",
            "until": "2028-12-31", "source": "京教函〔2022〕1号", "reason": "旧系统立项清单",
        ]
        values.merge(form) { $1 }
        return values.map { ($0.key, $0.value) }
    }

    private func verdict(_ rule: String, _ season: Season) throws -> Verdict {
        let (person, call, programme, house) = (
            season.cast.person("applicant"), season.call, season.programme, season.house
        )
        let all = try house.database.readNow { store in
            try EligibilityFacts.verdicts(for: person, in: call, programme, besides: nil, house, store)
        }
        return try #require(all.first { $0.rule == rule })
    }

    @Test func `nobody but a programme officer enters anything, and nobody for themselves`() async throws {
        let season = try await Season(experts: 0)
        let person = season.cast.person("applicant")
        let path = "/people/\(person)/record"
        for key in ["applicant", "research-office", "expert", "commission-leader", "finance", "system-admin"]
        {
            let browser = try season.browser(as: key)
            #expect(try await browser.get(path).status == 404, "\(key)")
            #expect(try await browser.get("/office/records").status == 404, "\(key)")
            #expect(try await browser.post(path, record(person), from: "/notices").status == 404, "\(key)")
        }
        let auditor = try season.browser(as: "auditor")
        #expect(try await auditor.get(path).status == 200)
        #expect(try await auditor.post(path, record(person), from: path).status == 404)
        let officer = season.cast.person("programme-officer")
        let own = try await season.browser(as: "programme-officer").post(
            "/people/\(officer)/record", record(officer), from: "/people/\(officer)/record")
        #expect(own.status == 422 && own.contains("须由其他人录入"))
    }

    @Test(
        arguments: [
            (["kind": "else"], "请选择情况"), (["family": "科研"], "小写字母"), (["title": ""], "不超过 120 字"),
            (["from": "2099-01-01"], "不晚于今天"), (["until": "2020-01-01"], "不早于开始日"),
            (["kind": "revoked", "until": ""], "须填写发生日"), (["kind": "barred"], "请把项目类别留空"),
            (["source": "无"], "请写明来源"), (["reason": "是"], "至少"),
        ] as [([String: String], String)])
    func `what is wrong is said, what was typed comes back, and nothing is entered`(
        more: [String: String], says: String
    ) async throws {
        let season = try await Season(experts: 0)
        let person = season.cast.person("applicant")
        let path = "/people/\(person)/record"
        let page = try await season.browser(as: "programme-officer").post(
            path, record(person, more), from: path)
        #expect(page.status == 422 && page.contains(says), "\(page.text.prefix(3000))")
        #expect(page.contains("京教函") || more["source"] != nil)
        #expect(try season.house.database.readNow { try TrackEntry.all(of: [person], $0).isEmpty })
    }

    @Test func `an entry stops the applicant, is put right, taken out, and replays the same`() async throws {
        let season = try await Season(experts: 0)
        let person = season.cast.person("applicant")
        let path = "/people/\(person)/record"
        #expect(try verdict("no-active-project", season).result == .met)
        let officer = try season.browser(as: "programme-officer")
        #expect(try await officer.post(path, record(person), from: path, follow: false).status == 303)
        let stopped = try verdict("no-active-project", season)
        #expect(stopped.result == .unmet && stopped.looked.contains { $0.value.contains("旧课题甲") })
        // The person reads what was entered, with its source.
        let own = try await season.browser(as: "applicant").get("/account")
        #expect(own.contains("旧课题甲") && own.contains("京教函〔2022〕1号"))
        let entry = try #require(
            try season.house.database.readNow { try TrackEntry.all(of: [person], $0).first?.fact })
        let one = "\(path)/\(entry)"
        let mended = try await officer.post(
            one, record(person, ["until": "2024-12-31", "reason": "原录入结束日有误"]), from: one, follow: false)
        #expect(mended.status == 303)
        #expect(try verdict("no-active-project", season).result == .met)
        #expect(try verdict("never-led-plan", season).result == .unmet)
        let out = try await officer.post(
            one, record(person, ["out": "1", "reason": "同名同姓，录错了人"]), from: one, follow: false)
        #expect(out.status == 303)
        #expect(try verdict("never-led-plan", season).result == .met)
        #expect(try await officer.get(one).status == 404)
        let house = season.house
        let found = try house.database.readNow {
            try ProjectionCheck.run(house.projections, $0).found.findings
        }
        #expect(found.isEmpty, "\(found)")
    }

    @Test func `a sanction bars for as long as it says, and has no family`() async throws {
        let season = try await Season(experts: 0)
        let person = season.cast.person("applicant")
        let path = "/people/\(person)/record"
        #expect(try verdict("not-barred", season).result == .met)
        let officer = try season.browser(as: "programme-officer")
        let decision = [
            "kind": "barred", "family": "", "level": "national", "title": "处理决定甲", "from": "2025-01-01",
            "until": "",
        ]
        #expect(
            try await officer.post(path, record(person, decision), from: path, follow: false).status == 303)
        let barred = try verdict("not-barred", season)
        #expect(barred.result == .unmet && barred.looked.contains { $0.value.contains("处理决定甲") })
        #expect(try verdict("never-led-plan", season).result == .met)
        let page = try await officer.get(path)
        #expect(page.contains("终身") && !page.contains(" · 国家级"))
        let entry = try #require(
            try season.house.database.readNow { try TrackEntry.all(of: [person], $0).first?.fact })
        let one = "\(path)/\(entry)"
        let ended = record(person, decision.merging(["until": "2025-12-31"]) { $1 })
        #expect(try await officer.post(one, ended, from: one, follow: false).status == 303)
        #expect(try verdict("not-barred", season).result == .met)
    }

    @Test func `what nobody says is known is not met, until somebody says it of all or of one`() async throws
    {
        let season = try await Season(experts: 0)
        let person = season.cast.person("applicant")
        let officer = try season.browser(as: "programme-officer")
        for entry in try season.house.database.readNow({ try KnownEntry.general($0) }) {
            let answer = try await officer.post(
                "/office/records/\(entry.fact)/withdraw", [("reason", "旧系统的清单没有核对过")],
                from: "/office/records", follow: false)
            #expect(answer.status == 303)
        }
        let rules = [
            "no-active-project", "not-revoked-since-2014", "late-closing-pause", "never-led-plan",
            "never-led-provincial", "not-unfunded-twice",
        ]
        for rule in rules { #expect(try verdict(rule, season).result == .unknown, "\(rule)") }
        let silent = try await officer.post(
            "/office/records",
            [("family", "research-plan"), ("kinds", "led"), ("source", "立项清单"), ("reason", "已经核对")],
            from: "/office/records")
        #expect(silent.status == 422 && silent.contains("二者择一"))
        let said = try await officer.post(
            "/office/records",
            [
                ("family", "research-plan"), ("kinds", "led"), ("since", "2020-01-01"), ("source", "立项清单"),
                ("reason", "2020 年以来的立项清单已经核对"),
            ], from: "/office/records", follow: false)
        #expect(said.status == 303, "\(said.text.suffix(2000))")
        #expect(try verdict("no-active-project", season).result == .met)
        let never = try verdict("never-led-plan", season)
        #expect(never.result == .unknown && never.looked.contains { $0.value == "beginning" })
        let path = "/people/\(person)"
        let whole = TrackRecord.Kind.allCases.map { ("kinds", $0.rawValue) }
        let own = try await officer.post(
            "\(path)/known",
            whole + [
                ("family", "research-plan"), ("always", "1"), ("source", "人事档案"), ("reason", "档案逐年核对过"),
            ],
            from: "\(path)/record", follow: false)
        #expect(own.status == 303, "\(own.text.suffix(2000))")
        #expect(try verdict("never-led-plan", season).result == .met)
        #expect(try verdict("never-led-provincial", season).result == .unknown)
    }

    @Test func `who was funded here leads a running project, and who was not was left unfunded`() async throws
    {
        let it = try await DecisionSeason(applications: 4)
        try it.decide(funding: 1)
        let (call, programme, house) = (it.season.call, it.season.programme, it.house)
        let funded = try #require(
            try it.read {
                try $0.value("SELECT application FROM decision WHERE funded", as: ID<Application>.self)
            })
        let unfunded = try #require(it.applications.first { $0 != funded })
        func next(_ year: Int) -> Call {
            Call(
                id: ID("next-\(year)"), programme: call.programme, digest: call.digest, number: "NEXT",
                title: "下一年度", year: year, opens: Instant(Season.day("\(year)-06-01"), hour: 9),
                closes: Instant(Season.day("\(year)-06-30"), hour: 16), guide: "", settings: call.settings)
        }
        func result(_ rule: String, of application: ID<Application>, in call: Call, besides: ID<Application>?)
            throws -> Verdict
        {
            let owner = try it.owner(application)
            let all = try it.read { store in
                try EligibilityFacts.verdicts(for: owner, in: call, programme, besides: besides, house, store)
            }
            return try #require(all.first { $0.rule == rule })
        }
        let runs = try result("no-active-project", of: funded, in: next(2027), besides: nil)
        #expect(runs.result == .unmet)
        // The call is public; the proposal is not named.
        #expect(runs.looked.contains { $0.value.contains(call.title) })
        #expect(try result("never-led-plan", of: funded, in: next(2027), besides: nil).result == .unmet)
        // It is no obstacle to itself, when its own grounds are judged anew.
        #expect(try result("no-active-project", of: funded, in: call, besides: funded).result == .met)
        let end = try #require(call.projectEnd)
        let over = next(end.year + 1)
        #expect(try result("no-active-project", of: funded, in: over, besides: nil).result == .met)
        #expect(try result("never-led-plan", of: unfunded, in: next(2027), besides: nil).result == .met)
        let once = try result("not-unfunded-twice", of: unfunded, in: next(2027), besides: nil)
        #expect(once.result == .met && once.looked.contains { $0.value == "\(call.year)" })
        // The year before is on an older system's list.
        let owner = try it.owner(unfunded)
        let earlier = TrackRecord(
            person: owner, kind: .unfunded, family: programme.family, level: .city, title: "上一年申请",
            from: Season.day("\(call.year - 1)-03-01"), until: Season.day("\(call.year - 1)-03-01"))
        #expect(
            try it.codes(by: it.person("programme-officer")) { change, _ in
                try TrackActs.enter(earlier, from: "旧系统清单", reason: "逐年核对过旧清单", change)
            } == [])
        #expect(try result("not-unfunded-twice", of: unfunded, in: next(2027), besides: nil).result == .unmet)
        #expect(try result("not-unfunded-twice", of: unfunded, in: next(2028), besides: nil).result == .met)
    }

    @Test func `many are read at once as they are one by one`() async throws {
        let it = try await DecisionSeason(applications: 4)
        try it.decide(funding: 2)
        let (applications, house) = (it.applications, it.house)
        let (call, programme) = (it.season.call, it.season.programme)
        let owners = try applications.map { try it.owner($0) }
        try it.read { store in
            let asked =
                zip(owners, applications).map { EligibilityFacts.Asked($0, $1) }
                + owners.map { EligibilityFacts.Asked($0, nil) }
            let together = try EligibilityFacts.applicants(
                asked, in: call, programme, EligibilityGround(house, store), store)
            let apart = try asked.map {
                try EligibilityFacts.applicant(
                    $0.person, in: call, programme, besides: $0.application, house, store)
            }
            #expect(together == apart && together.count == 8)
            #expect(together.prefix(4).allSatisfy { $0.otherApplications == 0 && $0.record == [] })
            #expect(together.suffix(4).allSatisfy { $0.otherApplications == 1 && $0.record?.count == 1 })
        }
    }
}
