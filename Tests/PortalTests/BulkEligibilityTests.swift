import Foundation
import Lifecycle
import Synchronization
import Testing

@testable import Portal
@testable import Store

/// A list is judged by what is read of many at once, a draft by what is read of one: nothing may be missing in either.
@Suite struct BulkEligibilityTests {
    private struct City {
        let season: Season
        /// Judged here; most of it is in another call of the family and year.
        let here: Call
        let programme: Programme
        let people: [ID<Person>]
        let drafts: [ID<Application>]
        /// Of the first person, in the season's call.
        let elsewhere: ID<Application>

        var asked: [EligibilityFacts.Asked] {
            [
                EligibilityFacts.Asked(people[0], drafts[0]), EligibilityFacts.Asked(people[1], drafts[1]),
                EligibilityFacts.Asked(people[2], nil), EligibilityFacts.Asked(people[0], nil),
                EligibilityFacts.Asked(people[0], elsewhere),
            ]
        }

        init() async throws {
            let season = try await Season(experts: 0)
            let (house, now) = (season.house, season.now)
            var round = DemoRound(
                house: house, register: season.register, kind: .humanities, chance: SplitMix64(seed: 61))
            let here = try round.publish(
                season.programme, number: "2026-KM", title: "另一份征集",
                published: Instant(Season.day("2026-04-20"), hour: 9),
                opens: Instant(Season.day("2026-06-01"), hour: 9),
                closes: Instant(Season.day("2026-06-30"), hour: 16))
            let home = try #require(season.register.universities.first { $0.institutionCode == "10011" })
            let (people, elsewhere, gone) = try house.changeNow(by: nil, at: now) { change in
                let people = try (0..<3).map { number in
                    try season.register.addApplicant(
                        at: home, born: Season.day("1994-03-01"), senior: false, number: 97_100 + number,
                        change, using: &round.chance)
                }
                func apply(_ person: ID<Person>) throws -> ID<Application> {
                    try round.apply(season.call, season.programme, by: person, at: now, store: change)
                }
                return (people, try apply(people[0]), try apply(people[2]))
            }
            try house.changeNow(by: people[2], at: now) { change in
                try ApplicationActs.withdraw(gone, by: people[2], reason: "改投另一份征集", change, house)
            }
            try house.changeNow(by: season.cast.person("programme-officer"), at: now) { change in
                try TrackActs.enter(
                    TrackRecord(
                        person: people[0], kind: .led, family: "research-plan", level: .city, title: "旧课题",
                        from: Season.day("2023-01-01"), until: Season.day("2028-12-31")),
                    from: "旧系统清单", reason: "逐年核对过旧清单", change)
            }
            drafts = try house.database.writeNow { store in
                try [
                    Self.write(3_000_000, as: "humanities-basic", in: here.id, by: people[0], at: now, store),
                    Self.write(1_000_000, as: "natural-basic", in: here.id, by: people[1], at: now, store),
                ]
            }
            self.season = season
            self.here = here
            programme = PlanBenchCity.programme(like: season.programme, rules: 60, of: house.plan)
            self.people = people
            self.elsewhere = elsewhere
            try ask()
        }

        private static func write(
            _ yuan: Int64, as chosen: String, in call: ID<Call>, by person: ID<Person>, at now: Instant,
            _ store: Transaction
        ) throws -> ID<Application> {
            let id = try Drafts.start(call, by: person, id: ID("bulk-\(chosen)"), at: now, store)
            for (section, answers) in [
                ("basics", ["researchClass": chosen, "discipline": "84017"]),
                ("budget", ["amount": "\(Money(yuan: yuan).rawValue)"]),
            ] {
                _ = try Drafts.save(
                    id, section: section, base: 0, answers: answers, by: person, at: now, store)
            }
            return id
        }

        /// One accepts to be asked in for the first draft, one does not; what was submitted elsewhere has no draft left.
        private func ask() throws {
            try season.house.database.writeNow { store in
                _ = try store.run(
                    """
                    INSERT INTO expert (person, disciplines, keywords, load_max)
                    VALUES (\(people[1]), '84017,79011', '', 5)
                    """)
                for (number, state, person) in [
                    (900_001, "accepted", people[1]), (900_002, "declined", people[2]),
                ] {
                    _ = try store.run(
                        """
                        INSERT INTO dossier_party (invitation, application, call, role, state, person, conflicted,
                          invited_at, answered_at)
                        VALUES (\(number), \(drafts[0]), \(here.id), 'recommender', \(state), \(person), \(false),
                          \(season.now), \(season.now))
                        """)
                }
                _ = try store.run("DELETE FROM draft_section WHERE draft = \(elsewhere)")
            }
        }
    }

    @Test func `limits across calls, money and who was asked in are read of many as of one`() async throws {
        let city = try await City()
        let (house, here, programme) = (city.season.house, city.here, city.programme)
        let demands = programme.rules.compactMap { $0.version(on: here.rulesDay)?.demand }
        #expect(demands.contains { $0.countedFamily == "research-plan" })
        #expect(demands.contains { $0.asksAmount })
        #expect(Set(demands.map { String("\($0)".prefix { $0 != "(" }) }).count >= 10)
        try house.database.readNow { store in
            let together = try EligibilityFacts.applicants(
                city.asked, in: here, programme, EligibilityGround(house, store), store)
            try #require(together.count == 5)
            for (one, applicant) in zip(city.asked, together) {
                let apart = try EligibilityFacts.applicant(
                    one.person, in: here, programme, besides: one.application, house, store)
                #expect(apart == applicant)
                let verdicts = try EligibilityFacts.verdicts(
                    for: one.person, in: here, programme, besides: one.application, house, store)
                #expect(
                    verdicts == EligibilityFacts.verdicts(on: applicant, in: here, programme, store)
                        && verdicts.count == programme.rules.count)
            }
            let other = Applicant.FamilyApplication(family: "research-plan", call: city.season.call.number)
            #expect(together.map(\.familyApplications) == [[other], [], [], [other], []])
            let asked = try store.value(
                "SELECT amount FROM application WHERE id = \(city.elsewhere)", as: Int64.self)
            #expect(
                together.map(\.amount) == [
                    Money(yuan: 3_000_000), Money(yuan: 1_000_000), nil, nil, asked.map(Money.init(fen:)),
                ])
            #expect(asked != nil && asked != 0)
            #expect(together[0].choices?["researchClass"] == "humanities-basic")
            #expect(together[1].choices?["researchClass"] == "natural-basic")
            #expect(
                together[0].parties == [
                    Applicant.PartyField(role: .recommender, disciplines: ["84017", "79011"])
                ])
            #expect(together[0].discipline == "84017")
            #expect(together.dropFirst().allSatisfy { $0.parties == nil && $0.discipline == nil })
            #expect(together[0].record?.map(\.title) == ["旧课题"] && together[1].record == [])
        }
    }

    @Test func `an application over the limit of the family is stopped on the list as in the draft`()
        async throws
    {
        let city = try await City()
        let (house, here) = (city.season.house, city.here)
        let rule = Rule(
            id: "across", label: Label("合计限报一项", "One in all calls"), scope: .application,
            versions: [
                RuleVersion(
                    from: Day(number: 0),
                    demand: .applicationsPerPersonInFamily(most: 1, family: "research-plan"),
                    standing: .demo, cites: Citation(), verified: false)
            ])
        let like = city.season.programme
        let programme = Programme(
            id: like.id, title: like.title, summary: like.summary, family: like.family, clauses: like.clauses,
            nature: like.nature, rules: [rule], form: like.form, procedure: like.procedure,
            review: like.review, funding: like.funding, parameters: like.parameters,
            defaults: like.defaults, cases: [], digest: "across")
        try house.database.readNow { store in
            let judged = try EligibilityFacts.verdicts(
                on: Array(city.asked.prefix(2)), in: here, programme, house, store)
            #expect(judged[city.drafts[0]]?.map(\.result) == [.unmet])
            #expect(judged[city.drafts[1]]?.map(\.result) == [.met])
            let one = try EligibilityFacts.verdicts(
                for: city.people[0], in: here, programme, besides: city.drafts[0], house, store)
            #expect(one == judged[city.drafts[0]])
        }
    }

    @Test func `a category's share counts what the draft chose, and who chose nothing says nothing`()
        async throws
    {
        let city = try await City()
        let (house, here) = (city.season.house, city.here)
        let rule = Rule(
            id: "share", label: Label("人文基础类不少于一半", "Half in basic humanities"), scope: .list,
            versions: [
                RuleVersion(
                    from: Day(number: 0),
                    demand: .choiceShare(field: "researchClass", options: ["humanities-basic"], percent: 50),
                    standing: .demo, cites: Citation(), verified: false)
            ])
        let like = city.programme
        let programme = Programme(
            id: like.id, title: like.title, summary: like.summary, family: like.family, clauses: like.clauses,
            nature: like.nature, rules: [rule], form: like.form, procedure: like.procedure,
            review: like.review, funding: like.funding, parameters: like.parameters,
            defaults: like.defaults, cases: [], digest: "share")
        try house.database.readNow { store in
            func line(_ place: Int, _ draft: ID<Application>?) throws -> UnitOutlook.Line? {
                try UnitLimits.find(
                    for: city.people[place], drafting: draft, in: here, programme, store)?.lines.first
            }
            let fits = try #require(try line(0, city.drafts[0]))
            #expect(fits.now.all == 0 && fits.now.result == .unknown)
            #expect(
                fits.withOwn == UnitOutlook.Tally(fitting: 1, unknown: 0, all: 1, result: .met))
            #expect(
                try line(1, city.drafts[1])?.withOwn
                    == UnitOutlook.Tally(fitting: 0, unknown: 0, all: 1, result: .unmet))
            let silent = try #require(try line(2, nil))
            #expect(silent.withOwn == nil)
        }
    }

    @Test func `what the bench measures finds who applies twice, here and in another call of the year`()
        throws
    {
        func bench(rules: Int) throws -> PlanBench.Result {
            let folder = try TestFolder("bench")
            return try PlanBench.run(
                applications: 200, rules: rules, threads: 2, plan: try Season.plan.get(),
                slices: Slices.all(Definitions()), folder: folder.path
            ) { _ in }
        }
        // Of twenty, two are one person's, and one has another application in the other call.
        let across = try bench(rules: 1)
        #expect(across.met == 170 && across.unmet == 30 && across.unknown == 0)
        let all = try bench(rules: 30)
        #expect(all.verdicts == 200 * 30 && all.unmet > 30)
    }

    @Test func `no statement is put twice for many, and withdrawals are found by their application`()
        async throws
    {
        let statements = Mutex<[String]>([])
        let city = try await JournalCity.copy()
        let database = try Database.open(
            path: "\(city.folder)/jiebang.sqlite",
            Database.Options(watch: { text in statements.withLock { $0.append(text) } }))
        let (plan, definitions) = (try Season.plan.get(), Definitions())
        let model = try #require(plan.programmes.first)
        let programme = PlanBenchCity.programme(like: model, rules: 60, of: plan)
        struct Row: Decodable, Sendable {
            let id: ID<Application>
            let owner: ID<Person>
            let call: ID<Call>
        }
        try database.readNow { store in
            let rows = try store.rows(
                """
                SELECT application.id AS id, application.owner AS owner, application.call AS call
                FROM application JOIN call ON call.id = application.call ORDER BY application.id LIMIT 20
                """, as: Row.self)
            try #require(rows.count > 1)
            let call = try #require(try Calls.find(rows[0].call, store))
            let ground = try EligibilityGround(Slices.all(definitions), definitions, store)
            let asked = rows.map { EligibilityFacts.Asked($0.owner, $0.id) }
            // The first time definitions are read, each once.
            _ = try EligibilityFacts.applicants(asked, in: call, programme, ground, store)
            statements.withLock { $0 = [] }
            _ = try EligibilityFacts.applicants(asked, in: call, programme, ground, store)
        }
        try database.close()
        let put = statements.withLock { $0 }
        #expect(put.count >= 5 && put.count == Set(put).count, "\(put)")
        let counting = try #require(put.first { $0.contains("application.withdrawn") })
        let steps = try city.database.readNow { try $0.plan(of: counting) }
        #expect(
            steps.contains("SEARCH fact USING INDEX fact_subject (subject_kind=? AND subject_id=?)"),
            "\(steps)")
    }
}
