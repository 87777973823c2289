import Foundation
import Lifecycle
package import Store
import Synchronization

/// Seeding as a job of the house: asked for and done before the server listens, and gone on with at the next start
/// where it was broken off.
package enum DemoSeeding {
    static let city = "seed-city"
    static let crowd = "seed-crowd"

    static let jobs = [
        JobKind(city, seenBy: [.programmeOfficer, .auditor]) { run in
            let wanted = try Wanted<DemoCity.Size>(of: run.job)
            let steps = try DemoSteps(run, count: DemoCity.steps)
            _ = try DemoCity.play(wanted.size, on: wanted.today, steps)
            return "/calls"
        },
        JobKind(crowd, seenBy: [.programmeOfficer, .auditor]) { run in
            let wanted = try Wanted<DemoCrowd.Size>(of: run.job)
            let steps = try DemoSteps(run, count: DemoCity.steps + DemoCrowd.steps(wanted.size))
            try DemoCrowd.play(wanted.size, on: wanted.today, steps)
            return "/calls"
        },
    ]

    /// What a seeding makes, and the day it counts from: whoever goes on with it another day makes the same.
    private struct Wanted<Size: Codable>: Codable {
        let size: Size
        let today: Day

        init(_ size: Size, on today: Day) {
            self.size = size
            self.today = today
        }

        init(of job: Job) throws {
            self = try JSONDecoder().decode(Self.self, from: Data(job.input.utf8))
        }

        func text() throws -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    // MARK: - asking

    /// The seeding of the house that is not over; nil where there is none, or it is done.
    package static func unfinished(_ database: Database) throws -> Job? {
        try database.readNow { store in
            try store.row(
                """
                SELECT \(sql: Job.columns) FROM job
                WHERE kind IN (\(city), \(crowd)) AND state <> 'done' ORDER BY asked_at, id LIMIT 1
                """)
        }
    }

    /// Whether somebody would find less in the house than it was to hold: a seeding was broken off, or did not begin.
    package static func isHalfMade(_ database: Database) throws -> Bool {
        if try unfinished(database) != nil { return true }
        return try database.readNow { store in
            try store.value("SELECT 1 FROM person LIMIT 1", as: Int.self) == nil
        }
    }

    /// Whether people live in the house who never came of a seeding: it is no demo, and its clock stays as it is.
    ///
    /// People, not facts: to open a house is to adopt the plan, which leaves facts in one that is still to be seeded.
    package static func isLivedIn(_ database: Database) throws -> Bool {
        try database.readNow { store in
            // The schema may be older than these tables, or not there yet.
            guard try store.hasTable("person"),
                try store.value("SELECT 1 FROM person LIMIT 1", as: Int.self) != nil
            else { return false }
            guard try store.hasTable("job") else { return true }
            return try store.value(
                "SELECT 1 FROM job WHERE kind IN (\(city), \(crowd)) LIMIT 1", as: Int.self) == nil
        }
    }

    package static func ask(_ size: DemoCity.Size, _ house: House) throws -> Job {
        try ask(
            city, title: "\(size.applications)",
            input: try Wanted(size, on: house.now.day).text(), house)
    }

    package static func ask(_ size: DemoCrowd.Size, _ house: House) throws -> Job {
        try ask(
            crowd, title: "\(size.applicants)",
            input: try Wanted(size, on: house.now.day).text(), house)
    }

    private static func ask(_ kind: String, title: String, input: String, _ house: House) throws -> Job {
        try house.changeNow(by: nil, at: house.now) { change in
            let id = try JobActs.ask(
                kind, about: Subject(kind: "house", id: "seed"), title: title, input: input,
                by: JobActs.house, change)
            guard let job = try Job.find(id, change.store) else { throw Missing() }
            return job
        }
    }

    /// Whether a seeding is the one of this size, whichever day it was begun.
    package static func isOf(_ size: DemoCrowd.Size, _ job: Job) -> Bool {
        job.kind == crowd && (try? Wanted<DemoCrowd.Size>(of: job))?.size == size
    }

    // MARK: - doing

    /// Does what is left of a seeding, on this thread, whatever ended it before.
    ///
    /// - Parameter hear: told the stage and how many steps of how many are done.
    /// - Throws: what stopped it; the job says so too.
    package static func finish(
        _ job: Job, _ house: House, hear: @escaping @Sendable (String, Int64, Int64) -> Void = { _, _, _ in }
    ) throws {
        try house.database.writeNow { store in
            _ = try store.run(
                """
                UPDATE job SET state = 'waiting', cancelled_by = NULL, ended_at = NULL, failure = NULL
                WHERE id = \(job.id) AND state <> 'done'
                """)
        }
        let broke = Mutex<(any Error)?>(nil)
        try JobRunner(house).runNext(
            job.kind, report: { _, error in broke.withLock { $0 = error } }, hear: hear)
        if let error = broke.withLock({ $0 }) { throw error }
        let after = try house.database.readNow { try Job.find(job.id, $0) }
        if let failure = after?.failure.flatMap(JobFailure.init(text:)) { throw Refused(failure.refusals) }
    }
}
