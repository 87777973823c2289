import Foundation
import Lifecycle
import Store

/// `/jobs`: long work, as its asker follows it.
enum JobRoutes {
    static func add(to routes: Routes) {
        routes.get("/jobs", list)
        routes.get("/jobs/{job}", show)
        routes.get("/jobs/{job}/events", events)
        routes.post("/jobs/{job}/cancel", limit: 1 << 12, cancel)
    }

    /// The job, if the viewer asked for it or oversees its kind.
    private static func find(_ ask: Ask, _ store: Transaction) throws -> Job {
        guard let person = ask.viewer.person, let job = try Job.find(ask.id("job"), store) else {
            throw Missing()
        }
        guard job.askedBy == person || overseen(ask).contains(job.kind) else { throw Missing() }
        return job
    }

    /// Kinds of which the viewer sees every job.
    private static func overseen(_ ask: Ask) -> [String] {
        ask.house.slices.flatMap(\.jobs).filter { $0.seenBy.contains(where: ask.viewer.holds) }.map(\.name)
    }

    /// The asker; where the house asked, whoever oversees the kind.
    private static func mayCancel(_ job: Job, _ ask: Ask) -> Bool {
        job.askedBy == ask.viewer.person
            || job.askedBy == JobActs.house && overseen(ask).contains(job.kind)
    }

    private static func line(_ job: Job, _ ask: Ask) -> JobLine {
        JobLine(job, mayCancel: mayCancel(job, ask), now: ask.house.now, ask.words)
    }

    private static func list(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let kinds = overseen(ask)
        let isWide = ask.query.text("of") == "all" && !kinds.isEmpty
        let whose: SQL = isWide ? "kind IN \(list: kinds)" : "asked_by = \(person)"
        let page = try await ask.read { store in
            try store.page(
                "SELECT \(sql: Job.columns) FROM job", where: [whose],
                in: ListOrder([.number("asked_at"), .text("id")], descending: true),
                after: ListPlace(text: ask.query.text("after")), size: 50
            ) { (job: Job) in ["\(job.askedAt.rawValue)", job.id.rawValue] }
        }
        return try await ask.page(
            "job/list",
            JobsPage(
                tabs: [
                    JobsPage.Choice(href: "/jobs", label: ask.words["job.mine"], current: !isWide),
                    JobsPage.Choice(href: "/jobs?of=all", label: ask.words["job.overseen"], current: isWide),
                ], hasTabs: !kinds.isEmpty,
                jobs: page.rows.map { line($0, ask) }, isEmpty: page.rows.isEmpty,
                pager: Pager(page, ListAddress("/jobs", [("of", isWide ? "all" : "")]), ask.words)))
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        let job = try await ask.read { store in try find(ask, store) }
        return try await ask.page(
            "job/job",
            JobPage(
                job: line(job, ask), events: "/jobs/\(job.id)/events", cancelAction: "/jobs/\(job.id)/cancel",
                csrf: ask.csrf))
    }

    private static func cancel(_ ask: Ask) async throws -> Answer {
        let person = try ask.signedIn()
        let now = ask.now
        let id = try await ask.house.database.write { store in
            let job = try find(ask, store)
            guard mayCancel(job, ask) else { throw Missing() }
            try JobActs.cancel(job.id, by: person, at: now, store)
            return job.id
        }
        return .see("/jobs/\(id)")
    }

    /// The job's line whenever it changes, and `over` at its end. A stream ends after a few seconds and the browser
    /// opens the next, so that no stream keeps the house from closing.
    private static func events(_ ask: Ask) async throws -> Answer {
        let first = try await ask.read { store in try find(ask, store) }
        let until = ContinuousClock.now + .seconds(8)
        return .events { send in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            var job = first
            var shown: [UInt8] = []
            while ContinuousClock.now < until {
                let told = Array(try encoder.encode(line(job, ask)))
                if job.state.isOver { return send(Answer.Event(name: "over", line: told)) }
                if told != shown { send(Answer.Event(name: "progress", line: told)) }
                shown = told
                try await Task.sleep(for: .milliseconds(400))
                job = try await ask.read { store in try find(ask, store) }
            }
        }
    }
}
