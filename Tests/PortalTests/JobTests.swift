import Foundation
import HTTPTypes
import Lifecycle
import Store
import Synchronization
import Testing

@testable import Portal

/// Long work: queued, followed, taken back, taken up again.
@Suite struct JobTests {
    /// A season whose house knows one more kind of work.
    private struct Trial {
        let season: Season
        let house: House
        var runner: JobRunner { JobRunner(house) }

        init(_ work: @escaping @Sendable (JobRun) throws -> String?) async throws {
            season = try await Season(experts: 1)
            house = Self.house(of: season, work)
        }

        /// The same database under another process's house.
        func restarted(_ work: @escaping @Sendable (JobRun) throws -> String?) -> House {
            Self.house(of: season, work)
        }

        private static func house(
            of season: Season, _ work: @escaping @Sendable (JobRun) throws -> String?
        ) -> House {
            var slice = Slice("trial")
            slice.jobs = [
                JobKind("trial", seenBy: [.auditor], work: work),
                JobKind("apart", in: JobKind.Queue("apart"), seenBy: [], work: work),
            ]
            let own = season.house
            return House(
                database: own.database, plan: own.plan, shelf: own.shelf, pages: own.pages, world: own.world,
                slices: own.slices + [slice], options: own.options, keys: own.keys,
                disciplineNames: own.disciplineNames, definitions: own.definitions)
        }

        @discardableResult
        func ask(
            _ about: String = "x", kind: String = "trial", input: String = "",
            by key: String? = "programme-officer"
        ) throws -> ID<Job> {
            let person = key.map(season.cast.person) ?? JobActs.house
            return try house.changeNow(by: person, at: house.now) { change in
                try JobActs.ask(
                    kind, about: Subject(kind: "trial", id: about), title: "试算\(about)", input: input,
                    by: person, change)
            }
        }

        func job(_ id: ID<Job>) throws -> Job {
            try #require(try house.database.readNow { try Job.find(id, $0) })
        }

        func browser(_ key: String?) throws -> Browser {
            let browser = Browser(house)
            if let key { try browser.signIn(season.cast.person(key), house) }
            return browser
        }

        func set(_ id: ID<Job>, _ columns: SQL) throws {
            try house.database.writeNow { store in
                _ = try store.run("UPDATE job SET \(sql: columns) WHERE id = \(id)")
            }
        }
    }

    /// Works until it is told to stop.
    private static let endless: @Sendable (JobRun) throws -> String? = { run in
        for done in 0..<4_000 {
            try run.tell(Int64(done), of: 4_000, stage: "going")
            usleep(5_000)
        }
        return nil
    }

    // ---- refusals

    @Test func `a job of somebody else does not exist`() async throws {
        let trial = try await Trial { _ in nil }
        let id = try trial.ask()
        for key in DemoCast.members.map(\.key) where !["programme-officer", "auditor"].contains(key) {
            let browser = try trial.browser(key)
            for path in ["/jobs/\(id)", "/jobs/\(id)/events"] {
                #expect(try await browser.get(path).status == 404, "\(key) \(path)")
            }
            #expect(try await browser.post("/jobs/\(id)/cancel", [], from: "/jobs").status == 404, "\(key)")
            #expect(try await !browser.get("/jobs").contains("试算"), "\(key)")
        }
        for path in ["/jobs", "/jobs/\(id)", "/jobs/\(id)/events"] {
            #expect(try await trial.browser(nil).get(path, follow: false).status == 303, "\(path)")
        }
        let overseer = try trial.browser("auditor")
        let page = try await overseer.get("/jobs/\(id)")
        #expect(page.status == 200 && !page.contains("/cancel"), "whoever oversees looks, and leaves it")
        #expect(try await overseer.post("/jobs/\(id)/cancel", [], from: "/jobs/\(id)").status == 404)
        #expect(try trial.job(id).state == .waiting)
    }

    @Test func `what nobody but the house asked for is cancelled by whoever oversees it, and nobody else`()
        async throws
    {
        let trial = try await Trial { _ in nil }
        let id = try trial.ask(by: nil)
        let apart = try trial.ask(kind: "apart", by: nil)
        for key in ["programme-officer", "applicant", "system-admin"] {
            let answer = try await trial.browser(key).post("/jobs/\(id)/cancel", [], from: "/jobs")
            #expect(answer.status == 404, "\(key)")
        }
        let overseer = try trial.browser("auditor")
        #expect(try await overseer.post("/jobs/\(apart)/cancel", [], from: "/jobs").status == 404)
        #expect(try trial.job(id).state == .waiting && trial.job(apart).state == .waiting)
        #expect(try await overseer.get("/jobs/\(id)").contains("/jobs/\(id)/cancel"))
        let page = try await overseer.post("/jobs/\(id)/cancel", [], from: "/jobs/\(id)")
        #expect(page.status == 200 && page.contains("已取消"))
        #expect(try trial.job(id).cancelledBy == trial.season.cast.person("auditor"))
    }

    @Test func `the same work is not queued twice, and other particulars have to wait`() async throws {
        let trial = try await Trial { _ in nil }
        let first = try trial.ask("a", input: "1")
        #expect(try trial.ask("a", input: "1") == first)
        #expect(try trial.ask("b", input: "1") != first)
        #expect(throws: Refused.self) { try trial.ask("a", input: "2") }
        // Both were asked for in the same millisecond: either may come first.
        while try trial.runner.runNext() {}
        #expect(try trial.job(first).state == .done)
        #expect(try trial.ask("a", input: "2") != first, "what is over stands in nobody's way")
    }

    @Test func `a job that waits ends when it is cancelled, once, and never runs`() async throws {
        let began = Mutex(false)
        let trial = try await Trial { _ in
            began.withLock { $0 = true }
            return nil
        }
        let id = try trial.ask()
        let officer = try trial.browser("programme-officer")
        let page = try await officer.post("/jobs/\(id)/cancel", [], from: "/jobs/\(id)")
        #expect(page.status == 200 && page.contains("已取消"))
        let again = try await officer.post("/jobs/\(id)/cancel", [], from: "/jobs")
        #expect(again.status == 422 && again.contains("已经结束"))
        #expect(try !trial.runner.runNext())
        #expect(!began.withLock { $0 })
    }

    @Test func `a job that runs ends when the work hears that it is cancelled`() async throws {
        let trial = try await Trial { run in
            try run.tell(1, of: 2, stage: "going")
            #expect(!run.isCancelled)
            try run.house.database.writeNow { store in
                try JobActs.cancel(run.job.id, by: run.job.askedBy, at: run.house.now, store)
            }
            #expect(throws: Refused.self, "twice is once too often") {
                try run.house.database.writeNow { store in
                    try JobActs.cancel(run.job.id, by: run.job.askedBy, at: run.house.now, store)
                }
            }
            return try Self.endless(run)
        }
        let id = try trial.ask()
        try trial.runner.runNext()
        let job = try trial.job(id)
        #expect(job.state == .cancelled && job.endedAt != nil && job.outcome == nil)
        #expect(try await trial.browser("programme-officer").get("/jobs/\(id)").contains("已取消"))
    }

    @Test func `work that a rule stops says so in the reader's language`() async throws {
        let trial = try await Trial { _ in throw Refused("draw.pool-empty") }
        let id = try trial.ask()
        let reports = Mutex(0)
        try trial.runner.runNext { _, _ in reports.withLock { $0 += 1 } }
        #expect(reports.withLock { $0 } == 0, "a refusal is nothing for the log")
        let officer = try trial.browser("programme-officer")
        let page = try await officer.get("/jobs/\(id)")
        #expect(page.contains("任务没有完成") && page.contains("名单中没有任何人或申请"))
        officer.setCookie("jb_lang", "en")
        #expect(try await officer.get("/jobs/\(id)").contains("The pool is empty."))
    }

    @Test func `work that breaks gives its number to quote, and the log the rest`() async throws {
        struct Broken: Error {}
        let trial = try await Trial { _ in throw Broken() }
        let id = try trial.ask()
        let reports = Mutex<[String]>([])
        try trial.runner.runNext { job, error in reports.withLock { $0.append("\(job.id) \(error)") } }
        #expect(reports.withLock { $0 } == ["\(id) Broken()"])
        let page = try await trial.browser("programme-officer").get("/jobs/\(id)")
        #expect(page.contains("请把编号 \(id) 告诉系统管理员") && !page.contains("Broken"))
    }

    @Test func `work that the program no longer knows fails with the reason`() async throws {
        let trial = try await Trial { _ in nil }
        let id = try trial.ask()
        try JobRunner(trial.season.house).runNext()
        #expect(try trial.job(id).state == .failed)
        #expect(
            try await trial.browser("programme-officer").get("/jobs/\(id)").contains("不再支持这类任务"))
    }

    @Test func `whoever oversees a kind finds its jobs among all, and nobody else does`() async throws {
        let trial = try await Trial { _ in nil }
        try trial.ask()
        let overseer = try trial.browser("auditor")
        #expect(try await !overseer.get("/jobs").contains("试算x"))
        #expect(try await overseer.get("/jobs?of=all").contains("试算x"))
        for key in ["applicant", "expert", "system-admin", "programme-officer"] {
            let page = try await trial.browser(key).get("/jobs?of=all")
            // Who oversees nothing gets their own; the officer oversees other kinds.
            #expect(page.status == 200 && !page.contains("试算x"), "\(key)")
        }
        #expect(try await !trial.browser("applicant").get("/jobs").contains("of=all"))
    }

    // ---- what goes well

    @Test func `a job tells how far it is, and leads to what came of it`() async throws {
        let seen = Mutex<[String]>([])
        let trial = try await Trial { run in
            func look() throws {
                let job = try run.house.database.readNow { try Job.find(run.job.id, $0) }
                seen.withLock {
                    $0.append("\(job?.state.rawValue ?? "") \(job?.stage ?? "") \(job?.done ?? -1)")
                }
            }
            try run.tell(1, of: 10, stage: "reading")
            try look()
            // Too soon after the last to be written, but another stage always is.
            try run.tell(2, of: 10, stage: "reading")
            try run.tell(3, of: 10, stage: "writing")
            try look()
            return "/calls"
        }
        let id = try trial.ask()
        let officer = try trial.browser("programme-officer")
        #expect(try await officer.get("/jobs/\(id)").contains("排队中"))
        #expect(try trial.runner.runNext())
        #expect(seen.withLock { $0 } == ["running reading 1", "running writing 3"])
        let page = try await officer.get("/jobs/\(id)")
        #expect(page.contains("已完成") && page.contains("href=\"/calls\""))
        let list = try await officer.get("/jobs")
        #expect(list.contains("试算x") && list.contains("/jobs/\(id)"))
        #expect(try !trial.runner.runNext(), "nothing is left")
    }

    @Test func `a page without script reloads while the job goes on, and then no more`() async throws {
        let trial = try await Trial { _ in nil }
        let id = try trial.ask()
        let officer = try trial.browser("programme-officer")
        let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"3\"></noscript>"
        let waiting = try await officer.get("/jobs/\(id)")
        #expect(waiting.contains(refresh) && waiting.contains("data-events=\"/jobs/\(id)/events\""))
        try trial.runner.runNext()
        let over = try await officer.get("/jobs/\(id)")
        #expect(!over.contains(refresh) && !over.contains("data-events"))
    }

    @Test func `the events of a job end with over`() async throws {
        let trial = try await Trial { _ in "/calls" }
        let id = try trial.ask()
        let officer = try trial.browser("programme-officer")
        try trial.set(id, "state = 'running', turn = 1, started_at = asked_at, done = 3, total = 10")
        let house = trial.house
        async let ending: Void = Task {
            try await Task.sleep(for: .milliseconds(700))
            try await house.database.write { store in
                _ = try store.run("UPDATE job SET done = 7 WHERE id = \(id)")
            }
            try await Task.sleep(for: .milliseconds(900))
            try await house.database.write { store in
                _ = try store.run(
                    "UPDATE job SET state = 'done', done = 10, outcome = '/calls' WHERE id = \(id)")
            }
        }.value
        // A stream ends after a few seconds and the browser opens the next.
        var told: [(name: String, line: String)] = []
        for _ in 0..<20 where told.last?.name != "over" {
            let page = try await officer.get("/jobs/\(id)/events")
            #expect(page.status == 200 && page.text.hasPrefix("retry: 500\n\n"))
            #expect(page.headers[.contentType] == "text/event-stream; charset=utf-8")
            told += page.text.matches(of: /event: (\w+)\ndata: (\{[^\n]*\})\n\n/).map {
                (String($0.1), String($0.2))
            }
        }
        try await ending
        #expect(told.dropLast().allSatisfy { $0.name == "progress" } && told.last?.name == "over", "\(told)")
        #expect(told.last?.line.contains("\"isOver\":true") == true)

        let after = try await officer.get("/jobs/\(id)/events")
        #expect(after.text.matches(of: #/event: /#).count == 1 && after.contains("event: over"))
    }

    @Test func `what a dead process left is taken up where it was, and given up in the end`() async throws {
        let seen = Mutex<[String]>([])
        let trial = try await Trial { _ in nil }
        let id = try trial.ask("a")
        let stopped = try trial.ask("b")
        let hopeless = try trial.ask("c")
        let early = try trial.ask("d")
        // As they stand after a kill.
        try trial.set(id, "state = 'running', turn = 1, started_at = asked_at, reached = '17'")
        try trial.set(early, "state = 'running', turn = 1, started_at = asked_at")
        try trial.set(stopped, "state = 'running', turn = 1, started_at = asked_at, cancelled_by = asked_by")
        try trial.set(hopeless, "state = 'running', turn = \(JobRunner.mostTurns)")
        let next = trial.restarted { run in
            seen.withLock { $0.append("\(run.job.id) turn \(run.job.turn) from \(run.job.reached ?? "-")") }
            return nil
        }
        let runner = JobRunner(next)
        try runner.takeUp()
        while try runner.runNext() {}
        // Both were asked for in the same millisecond: either may come first.
        #expect(
            seen.withLock { Set($0) } == ["\(id) turn 2 from 17", "\(early) turn 2 from -"])
        #expect(try trial.job(id).state == .done)
        #expect(try trial.job(stopped).state == .cancelled)
        #expect(try trial.job(hopeless).state == .failed)
        let officer = try trial.browser("programme-officer")
        #expect(try await officer.get("/jobs/\(id)").contains("系统重新启动后继续进行"))
        #expect(try await officer.get("/jobs/\(early)").contains("系统重新启动后从头开始"))
        #expect(try await officer.get("/jobs/\(hopeless)").contains("不再重试"))
    }

    @Test func `the end of the house stops the work, and the next house goes on with it`() async throws {
        let trial = try await Trial { run in
            try run.keep("half")
            return try Self.endless(run)
        }
        let id = try trial.ask()
        let runner = trial.runner
        let running = Task { await runner.run(every: .milliseconds(10)) { _, _ in } }
        while try trial.job(id).reached == nil { try await Task.sleep(for: .milliseconds(10)) }
        running.cancel()
        await running.value
        #expect(try trial.job(id).state == .waiting, "nobody cancelled it")
        let reached = Mutex("")
        let next = JobRunner(
            trial.restarted { run in
                reached.withLock { $0 = run.job.reached ?? "" }
                return nil
            })
        try next.takeUp()
        try next.runNext()
        let job = try trial.job(id)
        #expect(job.state == .done && job.turn == 2 && reached.withLock { $0 } == "half")
    }

    @Test func `long work of one queue does not keep another waiting, and its own waits`() async throws {
        let trial = try await Trial { run in
            if run.job.kind == "apart" { return nil }
            return try Self.endless(run)
        }
        let long = try trial.ask("long")
        let next = try trial.ask("next")
        let runner = trial.runner
        let running = Task { await runner.run(every: .milliseconds(10)) { _, _ in } }
        func isRunning(_ id: ID<Job>) throws -> Bool { try trial.job(id).state == .running }
        while try !isRunning(long), try !isRunning(next) { try await Task.sleep(for: .milliseconds(10)) }
        let apart = try trial.ask("apart", kind: "apart")
        // The long one would take twenty seconds.
        for _ in 0..<500 where try trial.job(apart).state != .done {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try trial.job(apart).state == .done)
        #expect(try isRunning(long) != isRunning(next), "one of both")
        running.cancel()
        await running.value
    }

    @Test func `two runners never do the same job`() async throws {
        let done = Mutex<[ID<Job>]>([])
        let trial = try await Trial { run in
            done.withLock { $0.append(run.job.id) }
            return nil
        }
        for number in 0..<20 { try trial.ask("\(number)") }
        let runners = [trial.runner, trial.runner]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for runner in runners { group.addTask { while try runner.runNext() {} } }
            try await group.waitForAll()
        }
        let ids = done.withLock { $0 }
        #expect(ids.count == 20 && Set(ids).count == 20)
    }

    @Test func `every kind of work the house knows has its words`() throws {
        let words = try GuardDogTests.words.get().catalogue(.zh)
        for kind in Slices.all(Definitions()).flatMap(\.jobs) {
            #expect(words.has("job.kind.\(kind.name)"), "\(kind.name)")
        }
    }
}
