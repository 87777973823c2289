import Foundation
import Lifecycle
import Testing

@testable import Portal
@testable import Store

/// Seeding as a job: what came of it, and what stands in the way.
@Suite struct SeedTests {
    private func house(_ name: String) async throws -> House {
        let data = try TestFolder.left(name)
        return try await House.open(
            database: try Database.inMemory(), plan: try Season.plan.get(),
            options: House.Options(data: data, demo: true), shipped: try await Season.shipped)
    }

    private func facts(_ house: House) throws -> Int64 {
        try house.database.readNow { store in
            try store.value("SELECT COALESCE(MAX(number), 0) FROM fact", as: Int64.self) ?? 0
        }
    }

    /// Facts by kind and rows by table, whatever their ids are.
    private func holdings(_ house: House) throws -> [String: Int] {
        try house.database.readNow { store in
            struct Kind: Decodable, Sendable {
                let kind: String
                let count: Int
            }
            var all: [String: Int] = [:]
            for kind in try store.rows(
                "SELECT kind, COUNT(*) AS count FROM fact GROUP BY kind", as: Kind.self)
            {
                all["fact \(kind.kind)"] = kind.count
            }
            for table in house.projections.tables {
                all["table \(table.name)"] = try store.value(
                    "SELECT COUNT(*) FROM \(identifier: table.name)", as: Int.self)
            }
            all["drafts"] = try store.value("SELECT COUNT(*) FROM draft", as: Int.self)
            return all
        }
    }

    /// The database refuses facts from one on, as if the process ended there.
    private func finish(_ job: Job, _ house: House, until fact: Int64) throws {
        try house.database.writeNow { store in
            try store.script(
                """
                CREATE TRIGGER stop BEFORE INSERT ON fact WHEN NEW.number >= \(fact)
                BEGIN SELECT RAISE(ABORT, 'stop'); END
                """)
        }
        defer { try? house.database.writeNow { try $0.script("DROP TRIGGER stop") } }
        try DemoSeeding.finish(job, house)
    }

    @Test func `a city that another version half built is not gone on with, and the job says why`()
        async throws
    {
        let house = try await house("seed-other")
        let job = try DemoSeeding.ask(.small, house)
        try house.database.writeNow { store in
            let kept = #"[{"name":"people.other","made":"true"}]"#
            _ = try store.run("UPDATE job SET reached = \(kept) WHERE id = \(job.id)")
        }
        let before = try facts(house)
        let refused = #expect(throws: Refused.self) { try DemoSeeding.finish(job, house) }
        #expect(refused?.refusals.map(\.code) == ["job.seed-changed"])
        #expect(try facts(house) == before)
        let after = try #require(try DemoSeeding.unfinished(house.database))
        #expect(after.state == .failed && after.failure?.contains("job.seed-changed") == true)
        #expect(try DemoSeeding.isHalfMade(house.database))
    }

    @Test func `a small demo city plays from call to payment through the acts, as a job that is seen`()
        async throws
    {
        let house = try await house("seed")
        #expect(try DemoSeeding.isHalfMade(house.database))
        try DemoCity.seed(house, size: .small)
        #expect(try !DemoSeeding.isHalfMade(house.database))
        #expect(try !DemoSeeding.isLivedIn(house.database), "its people came of a seeding")
        let paid = try house.database.readNow { store in
            try store.value("SELECT COUNT(*) FROM payment WHERE state = 'paid'", as: Int.self) ?? 0
        }
        #expect(paid > 0)
        let balances = try house.database.readNow { store in
            try store.value("SELECT SUM(balance) FROM account_balance", as: Int64.self)
        }
        #expect(balances == 0)
        let number = "\(house.now.day.year + 1)-SY"
        let open = try house.database.readNow { store in
            try store.value("SELECT id FROM call WHERE number = \(number)", as: ID<Call>.self).flatMap {
                try Calls.find($0, store)
            }
        }
        #expect(open?.phase(at: house.now) == .open)

        let job = try #require(
            try house.database.readNow { store in
                try store.value("SELECT id FROM job WHERE kind = 'seed-city'", as: ID<Job>.self)
            })
        for (key, status) in [
            ("applicant", 404), ("expert", 404), ("programme-officer", 200), ("auditor", 200),
        ] {
            let browser = Browser(house)
            let email = DemoCast.email(of: key)
            let person = try house.database.readNow { store in
                try store.value("SELECT id FROM person WHERE email = \(email)", as: ID<Person>.self)
            }
            try browser.signIn(try #require(person), house)
            let page = try await browser.get("/jobs/\(job)")
            #expect(page.status == status, "\(key)")
            #expect(try await browser.get("/jobs?of=all").contains("建立演示城市") == (status == 200), "\(key)")
            #expect(status == 404 || page.contains("已完成"))
            if status == 200 {
                #expect(page.contains("演示城市（"))
                #expect(try await browser.get("/jobs/\(job)?lang=en").contains("Demo city ("))
            }
        }
    }

    @Test func `a seeding that is broken off anywhere goes on there, and ends as one that was not`()
        async throws
    {
        let whole = try await house("seed-whole")
        let first = try facts(whole)
        try DemoCity.seed(whole, size: .small)
        let last = try facts(whole)

        let broken = try await house("seed-broken")
        let job = try DemoSeeding.ask(.small, broken)
        let stops = 6
        for part in 1...stops {
            let stop = first + (last - first) * Int64(part) / Int64(stops + 1)
            let before = try facts(broken)
            #expect(throws: (any Error).self) { try finish(job, broken, until: stop) }
            // Of the step that was broken off nothing stands there; of those before it everything.
            let after = try facts(broken)
            #expect(before <= after && after < stop)
            let left = try #require(try DemoSeeding.unfinished(broken.database))
            #expect(left.id == job.id && left.state == .failed && left.turn == part)
        }
        try DemoSeeding.finish(job, broken)
        #expect(try holdings(broken) == holdings(whole))
        #expect(try facts(broken) == last)
        let over = try #require(try broken.database.readNow { try Job.find(job.id, $0) })
        #expect(over.state == .done && over.turn == stops + 1 && over.goesOn && over.failure == nil)
        let steps = try JSONSerialization.jsonObject(with: Data((over.reached ?? "").utf8)) as? [Any]
        #expect(steps?.count == DemoCity.steps)

        try Sealer(database: broken.database, keys: broken.keys, now: { broken.now }).seal()
        let report = try JournalVerifier(
            database: broken.database, projections: Projections(Slices.all(Definitions())),
            keys: try JournalKeys.openPublic(folder: broken.options.keys),
            attachments: broken.attachmentFolder
        ).verify()
        #expect(report.isSound, "\(report.findings)")
    }

    @Test func `a crowd is seeded in as many steps as it says, and goes on too`() async throws {
        let house = try await house("seed-crowd")
        let size = DemoCrowd.Size(applicants: 30, calls: 2, experts: 40, drafts: 2, others: 3)
        let job = try DemoSeeding.ask(size, house)
        #expect(DemoSeeding.isOf(size, job))
        #expect(
            !DemoSeeding.isOf(
                DemoCrowd.Size(applicants: 31, calls: 2, experts: 40, drafts: 2, others: 3), job))
        // Somewhere in the city, and somewhere in the crowd's applications.
        #expect(throws: (any Error).self) { try finish(job, house, until: 500) }
        try house.database.writeNow { store in
            try store.script(
                """
                CREATE TRIGGER stop BEFORE INSERT ON call WHEN NEW.number = 'C2'
                BEGIN SELECT RAISE(ABORT, 'stop'); END
                """)
        }
        #expect(throws: (any Error).self) { try DemoSeeding.finish(job, house) }
        try house.database.writeNow { try $0.script("DROP TRIGGER stop") }
        try DemoSeeding.finish(job, house)
        for number in ["C1", "C2"] {
            let made = try house.database.readNow { store in
                try store.value(
                    """
                    SELECT COUNT(*) FROM application JOIN call ON call.id = application.call
                    WHERE call.number = \(number)
                    """, as: Int.self)
            }
            #expect(made == size.applicants, "\(number)")
        }
        let over = try #require(try house.database.readNow { try Job.find(job.id, $0) })
        let steps = try JSONSerialization.jsonObject(with: Data((over.reached ?? "").utf8)) as? [Any]
        let expected = try DemoCity.steps + DemoCrowd.steps(size)
        #expect(over.state == .done && steps?.count == expected)
    }
}

@Test(arguments: ["research-plan-humanities-general", "research-plan-natural-general"])
func `every programme runs from call to first payment without a line of Swift of its own`(id: String)
    async throws
{
    let season = try await Season(experts: 40)
    let programme = try #require(season.house.plan.programme(id))
    var round = DemoRound(
        house: season.house, register: season.register,
        kind: programme.nature == .natural ? .natural : .humanities, chance: SplitMix64(seed: 3))
    let call = try round.publish(
        programme, number: "T-1", title: "试验通知", published: Instant(Season.day("2026-04-01"), hour: 9),
        opens: Instant(Season.day("2026-06-01"), hour: 9), closes: Instant(Season.day("2026-06-20"), hour: 16)
    )
    let lists = try round.applications(
        call, programme, count: 6, from: Instant(Season.day("2026-06-05")), prefix: 0)
    try round.endorseAll(lists, in: call, at: Instant(Season.day("2026-06-24"), hour: 10))
    let ids = lists.flatMap(\.applications)
    try round.screen(ids, at: Instant(Season.day("2026-07-01"), hour: 10))
    try round.review(ids, in: call, programme, at: Instant(Season.day("2026-07-02"), hour: 10), answered: 100)
    try round.decide(call, at: Instant(Season.day("2026-07-20"), hour: 10))
    try round.establish(call, noticeAt: Instant(Season.day("2026-07-21"), hour: 10))
    let paid = try season.house.database.readNow { store in
        try store.value("SELECT COUNT(*) FROM payment", as: Int.self) ?? 0
    }
    #expect(paid > 0)
}
