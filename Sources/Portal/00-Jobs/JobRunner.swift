import Foundation
import Glibc
import Lifecycle
import Store
import Synchronization

/// Runs the jobs of a house, those of one queue one after another, on threads that give way to whoever serves pages.
package final class JobRunner: Sendable {
    private let house: House
    private let kinds: [String: JobKind]
    private let isEnding = Mutex(false)
    /// How much the thread gives way (nice(2)): pages come first.
    private static let niceness: Int32 = 15
    /// How often a job is begun at most.
    static let mostTurns = 5

    package init(_ house: House) {
        self.house = house
        kinds = Dictionary(uniqueKeysWithValues: house.slices.flatMap(\.jobs).map { ($0.name, $0) })
    }

    /// Takes up what an earlier process left unfinished, then runs what is asked for until cancelled.
    package func run(
        every interval: Duration = .milliseconds(300), report: @escaping @Sendable (Job, any Error) -> Void
    ) async {
        await withTaskCancellationHandler {
            await onThread { _ = try? self.takeUp() }
            await withTaskGroup(of: Void.self) { group in
                for queue in Set(kinds.values.map(\.queue)).union([.common]) {
                    group.addTask { await self.run(queue, every: interval, report: report) }
                }
            }
        } onCancel: {
            isEnding.withLock { $0 = true }
        }
    }

    private func run(
        _ queue: JobKind.Queue, every interval: Duration,
        report: @escaping @Sendable (Job, any Error) -> Void
    ) async {
        let choice = choice(of: queue)
        while !Task.isCancelled {
            guard await isWaitedFor(choice) else {
                try? await Task.sleep(for: interval)
                continue
            }
            let worked = await onThread { (try? self.runNext(where: choice, report: report)) ?? false }
            if !worked { try? await Task.sleep(for: interval) }
        }
    }

    /// Which jobs a queue is of.
    private func choice(of queue: JobKind.Queue) -> SQL {
        func names(_ isIn: (JobKind.Queue) -> Bool) -> [String] {
            kinds.values.filter { isIn($0.queue) }.map(\.name).sorted()
        }
        return queue == .common
            ? "kind NOT IN \(list: names { $0 != .common })" : "kind IN \(list: names { $0 == queue })"
    }

    /// Puts jobs that were running when the process ended back in the queue; one that ended the process again and
    /// again is given up.
    package func takeUp() throws {
        let gaveUp = try JobFailure(Refused("job.gave-up", ["turns": "\(Self.mostTurns)"]), job: ID(""))
            .text()
        try house.database.writeNow { store in
            try store.run(
                """
                UPDATE job SET state = 'cancelled', ended_at = \(house.now)
                WHERE state = 'running' AND cancelled_by IS NOT NULL
                """)
            try store.run(
                """
                UPDATE job SET state = 'failed', failure = \(gaveUp), ended_at = \(house.now)
                WHERE state = 'running' AND turn >= \(Self.mostTurns)
                """)
            try store.run("UPDATE job SET state = 'waiting' WHERE state = 'running'")
        }
    }

    /// Looked up before a thread is made for it.
    private func isWaitedFor(_ choice: SQL) async -> Bool {
        let found = try? await house.database.read { store in
            try store.value(
                "SELECT 1 FROM job WHERE state = 'waiting' AND \(sql: choice) LIMIT 1", as: Int.self)
        }
        return found != nil
    }

    /// Runs the job that waits longest. Blocks until it is over.
    ///
    /// - Parameters:
    ///   - kind: of this kind only.
    ///   - hear: told whatever the work tells, for a terminal.
    /// - Returns: whether there was one.
    @discardableResult
    package func runNext(
        _ kind: String? = nil, report: @Sendable (Job, any Error) -> Void = { _, _ in },
        hear: @escaping @Sendable (_ stage: String, _ done: Int64, _ total: Int64) -> Void = { _, _, _ in }
    ) throws -> Bool {
        let choice: SQL = if let kind { "kind = \(kind)" } else { "TRUE" }
        return try runNext(where: choice, report: report, hear: hear)
    }

    private func runNext(
        where choice: SQL, report: @Sendable (Job, any Error) -> Void,
        hear: @escaping @Sendable (String, Int64, Int64) -> Void = { _, _, _ in }
    ) throws -> Bool {
        guard let job = try claim(choice) else { return false }
        do {
            guard let kind = kinds[job.kind] else { throw Refused("job.unknown-kind", ["kind": job.kind]) }
            let run = JobRun(job, house, hear: hear) { self.isEnding.withLock { $0 } }
            let outcome = try kind.work(run)
            try end(job, .done, outcome: outcome)
        } catch is JobRun.Cancelled {
            try stop(job)
        } catch {
            if !(error is Refused) { report(job, error) }
            try end(job, .failed, failure: try JobFailure(error, job: job.id).text())
        }
        return true
    }

    /// One statement decides between two runners that want the same job.
    private func claim(_ choice: SQL) throws -> Job? {
        let now = house.now
        return try house.database.writeNow { store in
            try store.row(
                """
                UPDATE job SET state = 'running', started_at = \(now), turn = turn + 1,
                  goes_on = reached IS NOT NULL
                WHERE id = (
                  SELECT id FROM job WHERE state = 'waiting' AND \(sql: choice) ORDER BY asked_at, id LIMIT 1)
                  AND state = 'waiting'
                RETURNING \(sql: Job.columns)
                """)
        }
    }

    private func end(_ job: Job, _ state: Job.State, outcome: String? = nil, failure: String? = nil) throws {
        let now = house.now
        try house.database.writeNow { store in
            _ = try store.run(
                """
                UPDATE job SET state = \(state), ended_at = \(now), outcome = \(outcome), failure = \(failure)
                WHERE id = \(job.id) AND state = 'running' AND turn = \(job.turn)
                """)
        }
    }

    /// Ends a job that was told to stop; one that only the house's end stopped waits for the next process.
    private func stop(_ job: Job) throws {
        let now = house.now
        try house.database.writeNow { store in
            let cancelled = try store.run(
                """
                UPDATE job SET state = 'cancelled', ended_at = \(now)
                WHERE id = \(job.id) AND state = 'running' AND turn = \(job.turn) AND cancelled_by IS NOT NULL
                """)
            if cancelled == 1 { return }
            try store.run(
                "UPDATE job SET state = 'waiting' WHERE id = \(job.id) AND state = 'running' AND turn = \(job.turn)"
            )
        }
    }

    /// A thread of its own: the work blocks for minutes and must hold none of the cooperative threads.
    private func onThread<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                // On Linux a priority belongs to the calling thread, and threads it starts inherit it.
                _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
                continuation.resume(returning: work())
            }
            thread.stackSize = 8 << 20
            thread.name = "job"
            thread.start()
        }
    }
}
