import Lifecycle
import Store
import Testing

@testable import Portal

/// A firm's person bids in an open challenge: no rule asks for a university, and the firm's own office puts the bid forward.
struct FirmStories {
    private static let firm = ID<Organisation>("bidding-firm")
    private static let bidder = ID<Person>("bidding-person")
    private static let office = ID<Person>("bidding-office")

    /// A firm with somebody who may apply and somebody who speaks for it.
    private func register(in season: Season) throws {
        let people = [(Self.bidder, "康揭榜", Role.applicant), (Self.office, "康同意", Role.researchOffice)]
        try season.house.changeNow(by: nil, at: season.now) { change in
            try PeopleActs.register(
                Organisation(id: Self.firm, name: "振安减振技术公司（虚构）", pinyin: "zhen an", kind: .firm), change)
            for (id, name, role) in people {
                try season.register.register(
                    Person(
                        id: id, name: name, pinyin: "kang", email: "\(id)@firm.example",
                        organisation: Self.firm, demo: true), as: role, change)
            }
        }
    }

    /// An open challenge that lets one topic, open from 20 July to 20 August.
    private func challenge(in season: Season) async throws -> (call: Call, topic: ID<Topic>) {
        let stage = PoolStage(season: season)
        let problem = try await stage.putIn(season.browser(as: "applicant"))
        let path = try await stage.open(season.browser(as: "programme-officer"), from: [problem])
        try await stage.carry(path)
        let topic = ID<Topic>(String(path.split(separator: "/").last ?? ""))
        let programme = try programme(of: season)
        var values: [String: String] = [:]
        for parameter in programme.parameters { values[parameter.id] = parameter.demo }
        let call = Call(
            id: ID("call-for-anybody"), programme: programme.id, digest: programme.digest,
            number: "2026-JB", title: "揭榜征集", year: 2026,
            opens: Instant(Season.day("2026-07-20"), hour: 9),
            closes: Instant(Season.day("2026-08-20"), hour: 16),
            guide: "一、说明\n本通知带题目，揭榜人选择榜单上的题目，按题目的目标和指标提出方案。", settings: Settings(values),
            topics: [topic])
        try season.house.changeNow(by: season.cast.person("programme-officer"), at: season.now) { change in
            try CallActs.publish(call, change, season.house)
        }
        return (call, topic)
    }

    private func programme(of season: Season) throws -> Programme {
        try #require(season.house.plan.programme("open-challenge"))
    }

    private func write(_ id: ID<Application>, for topic: ID<Topic>, in season: Season) throws {
        var round = DemoRound(
            house: season.house, register: season.register, kind: .natural, chance: SplitMix64(seed: 71))
        let programme = try programme(of: season)
        let more = [
            "budget": ["amount": "\(Money(yuan: 500_000).rawValue)"],
            ApplicationForm.topic: [ApplicationForm.topic: topic.rawValue],
            ApplicationForm.promises: [
                ApplicationForm.promise(topic, 1): "不高于 54 分贝",
                ApplicationForm.promise(topic, 2): "不高于原方案的 45%",
            ],
        ]
        try season.house.changeNow(by: Self.bidder, at: season.now) { change in
            try round.fill(
                id, programme, sections: programme.form.sections.count, by: Self.bidder, at: change.at, change
            )
            for (section, answers) in more {
                let saved = try Drafts.sections(id, change.store)[section]
                _ = try Drafts.save(
                    id, section: section, base: saved?.version ?? 0,
                    answers: (saved?.values ?? [:]).merging(answers) { $1 }, by: Self.bidder, at: change.at,
                    change.store)
            }
        }
    }

    private func browser(of person: ID<Person>, _ season: Season) throws -> Browser {
        let browser = Browser(season.house)
        try browser.signIn(person, season.house)
        return browser
    }

    @Test func `a firm's person bids, and the firm's own office puts the bid forward`() async throws {
        let season = try await Season(experts: 0)
        let house = season.house
        try register(in: season)
        let (call, topic) = try await challenge(in: season)
        season.move(to: Instant(Season.day("2026-07-22"), hour: 10))
        let bidder = try browser(of: Self.bidder, season)
        let started = try await bidder.post("/calls/\(call.id)/apply", [], from: "/todo")
        #expect(started.path.hasPrefix("/drafts/"), "\(started.text.prefix(2000))")
        let id = ID<Application>(String(started.path.split(separator: "/").last?.prefix { $0 != "?" } ?? ""))
        try write(id, for: topic, in: season)
        let submitted = try refusals {
            try house.changeNow(by: Self.bidder, at: season.now) { change in
                _ = try ApplicationActs.submit(
                    try Drafts.find(id, of: Self.bidder, change.store), change, house)
            }
        }
        #expect(submitted == [])
        let page = try await bidder.get("/cases/\(id)")
        #expect(page.status == 200 && page.contains("振安减振技术公司"))

        // No university's office has to do with it.
        season.move(to: Instant(Season.day("2026-08-21"), hour: 10))
        let other = try season.browser(as: "research-office")
        #expect(try await other.get("/cases/\(id)").status == 404)
        #expect(try await other.get("/lists/\(call.id)?university=\(Self.firm)").status == 404)
        #expect(try await browser(of: Self.office, season).get("/lists/\(call.id)").contains("康揭榜"))
        let endorsed = try refusals {
            try house.changeNow(by: Self.office, at: season.now) { change in
                try ApplicationActs.endorse(
                    [id], of: Self.firm, in: call.id, by: Self.office, change, house)
            }
        }
        #expect(endorsed == [])

        // And the commission takes it on: what was not stated keeps nobody out.
        let officer = season.cast.person("programme-officer")
        let screened = try refusals {
            try house.changeNow(by: officer, at: season.now) { change in
                try ScreeningActs.screen(
                    id, passed: true, reason: "材料齐全，经核对属实。", by: officer, change, house)
            }
        }
        #expect(screened == [])
        let (step, speaks) = try house.database.readNow { store in
            (
                try store.value("SELECT step_kind FROM application WHERE id = \(id)", as: String.self),
                try ContractActs.speaks(
                    for: .researchOffice, Self.office, in: id, at: house.now, store)
            )
        }
        #expect(step == "review" && speaks)
        try await offered(in: season)
    }

    /// Lists are narrowed to whoever leads something in them, the firm too, and to nobody who leads nothing.
    private func offered(in season: Season) async throws {
        let (officer, finance) = (
            try season.browser(as: "programme-officer"), try season.browser(as: "finance")
        )
        let chosen = "<option value=\"\(Self.firm)\""
        let idle = "<option value=\"\(DemoRegister.university("10005"))\""
        let all = try await officer.get("/cases")
        #expect(all.contains(chosen) && !all.contains(idle))
        let narrowed = try await officer.get("/cases?university=\(Self.firm)")
        #expect(narrowed.contains("\(chosen) selected") && narrowed.contains("康揭榜"))
        // Finance learns who leads a dossier with money to pay, and not who is still under review.
        let payments = try await finance.get("/payments")
        #expect(payments.status == 200 && !payments.contains(chosen) && !payments.contains(idle))
        // What a list is narrowed to stays readable.
        let empty = try await officer.get("/cases?university=\(DemoRegister.university("10005"))")
        #expect(empty.contains("\(idle) selected"))
        // Finance reaches what waits for money alone, and this does not yet.
        let reached = try await finance.get("/cases")
        #expect(reached.status == 200 && !reached.contains(chosen))
    }
}
