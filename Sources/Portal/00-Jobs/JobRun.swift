import Lifecycle
import Store
import Synchronization

/// One turn of a job, as the work sees it: what was asked, how to tell how far it is, and whether to stop.
package final class JobRun: Sendable {
    /// The asker, or the end of the house, told the work to stop.
    package struct Cancelled: Error { package init() {} }

    package let job: Job
    package let house: House
    private let heard = Mutex(Heard())
    /// The house is closing: stop where you are, another process goes on.
    private let isEnding: @Sendable () -> Bool
    /// Whoever started the work by hand and looks on.
    private let hear: @Sendable (String, Int64, Int64) -> Void
    /// How often progress is written and a wish to stop is read.
    private static let pause = Duration.milliseconds(250)

    private struct Heard {
        var last: ContinuousClock.Instant?
        var stage = ""
        var stops = false
    }

    init(
        _ job: Job, _ house: House,
        hear: @escaping @Sendable (_ stage: String, _ done: Int64, _ total: Int64) -> Void = { _, _, _ in },
        isEnding: @escaping @Sendable () -> Bool = { false }
    ) {
        self.job = job
        self.house = house
        self.hear = hear
        self.isEnding = isEnding
    }

    /// Whether to stop. Cheap: asks the database four times a second at most.
    package var isCancelled: Bool {
        if isEnding() { return true }
        return heard.withLock { heard in
            guard !heard.stops, Self.isDue(heard.last) else { return heard.stops }
            heard.last = ContinuousClock.now
            heard.stops = (try? house.database.readNow { try Self.stops(job.id, $0) }) ?? false
            return heard.stops
        }
    }

    /// Tells how far the work is. Written four times a second at most, and whenever the stage changes.
    ///
    /// - Parameters:
    ///   - done: units finished of `total`; a total of 0 says that nobody knows.
    ///   - stage: a key under `job.stage.<kind>`.
    /// - Throws: ``Cancelled`` when told to stop.
    package func tell(_ done: Int64, of total: Int64, stage: String) throws {
        let stops = try heard.withLock { heard in
            guard heard.stage != stage || Self.isDue(heard.last) else { return heard.stops }
            heard.last = ContinuousClock.now
            heard.stage = stage
            hear(stage, done, total)
            heard.stops = try house.database.writeNow(.relaxed) { store in
                try store.run(
                    """
                    UPDATE job SET done = \(done), total = \(total), stage = \(stage)
                    WHERE id = \(job.id) AND state = 'running' AND turn = \(job.turn)
                    """)
                return try Self.stops(job.id, store)
            }
            return heard.stops
        }
        if stops || isEnding() { throw Cancelled() }
    }

    /// Keeps where to go on from, should the process end: the next turn finds it in ``Job/reached``.
    package func keep(_ text: String) throws {
        try house.database.writeNow(.relaxed) { store in
            _ = try store.run("UPDATE job SET reached = \(text) WHERE id = \(job.id) AND turn = \(job.turn)")
        }
    }

    /// One transaction in which facts are appended in the asker's name.
    package func change<Value>(_ body: (Change) throws -> Value) throws -> Value {
        try house.changeNow(by: job.askedBy, at: house.now, body)
    }

    private static func isDue(_ last: ContinuousClock.Instant?) -> Bool {
        last.map { ContinuousClock.now - $0 >= pause } ?? true
    }

    private static func stops(_ id: ID<Job>, _ store: Transaction) throws -> Bool {
        try store.value(
            "SELECT 1 FROM job WHERE id = \(id) AND (cancelled_by IS NOT NULL OR state <> 'running')",
            as: Int.self) != nil
    }
}
