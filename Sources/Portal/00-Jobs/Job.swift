import Foundation
package import Lifecycle
package import Store

/// Long work that somebody asked for: it goes on while its asker reads other pages, tells how far it is, can be
/// cancelled, and says why it failed. A row of the database, so that it outlives the process that runs it.
package struct Job: Sendable, Decodable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case waiting, running, done, failed, cancelled

        package var isOver: Bool {
            switch self {
            case .waiting, .running: false
            case .done, .failed, .cancelled: true
            }
        }
    }

    package let id: ID<Job>
    package let kind: String
    package let subjectKind: String
    package let subjectId: String
    package let title: String
    package let input: String
    package let askedBy: ID<Person>
    package let askedAt: Instant
    package let state: State
    package let startedAt: Instant?
    package let endedAt: Instant?
    package let turn: Int
    /// Whether this turn goes on from what an earlier one kept; else it began at the beginning.
    package let goesOn: Bool
    package let stage: String
    package let done: Int64
    package let total: Int64
    package let reached: String?
    package let cancelledBy: ID<Person>?
    package let outcome: String?
    package let failure: String?

    package var subject: Subject { Subject(kind: subjectKind, id: subjectId) }
    /// Asked to stop, and not stopped yet.
    package var isStopping: Bool { state == .running && cancelledBy != nil }

    static let columns: SQL = """
        id, kind, subject_kind, subject_id, title, input, asked_by, asked_at, state, started_at, ended_at, turn,
        goes_on, stage, done, total, reached, cancelled_by, outcome, failure
        """

    package static func find(_ id: ID<Job>, _ store: Transaction) throws -> Job? {
        try store.row("SELECT \(sql: columns) FROM job WHERE id = \(id)")
    }
}

extension Job.State: SQLBindable {}

/// A kind of long work that a slice brings.
package struct JobKind: Sendable {
    /// Key of its words: `job.kind.<name>`; its stages stand under `job.stage.<name>.<stage>`.
    package let name: String
    /// Who sees every job of the kind, besides its asker, and may cancel what nobody but the house asked for.
    package let seenBy: Set<Role>
    /// Kinds with the same queue are done one after another, those of different queues beside each other.
    package let queue: Queue
    /// Does the work on a thread of its own; blocks. Throws ``JobRun/Cancelled`` when told to stop, ``Refused``
    /// where the work cannot be done.
    ///
    /// - Returns: the page that shows what came of it.
    package let work: @Sendable (JobRun) throws -> String?

    package struct Queue: Hashable, Sendable {
        let name: String
        package init(_ name: String) { self.name = name }
        /// Of kinds that need none of their own, and of those that the program no longer knows.
        package static let common = Queue("common")
    }

    package init(
        _ name: String, in queue: Queue = .common, seenBy: Set<Role>,
        work: @escaping @Sendable (JobRun) throws -> String?
    ) {
        self.name = name
        self.queue = queue
        self.seenBy = seenBy
        self.work = work
    }
}

/// Why a job failed, kept as codes so that each reader gets it in their own language.
struct JobFailure: Codable, Sendable {
    struct Line: Codable, Sendable {
        let code: String
        let values: [String: String]
        let citation: Citation?
        let standing: RuleStanding?
        /// Nil in what failed before there were any.
        let labels: [String: Label]?
    }

    let lines: [Line]

    /// What is no refusal is a fault of the program: the reader gets the job's number to quote, the log the rest.
    init(_ error: any Error, job: ID<Job>) {
        let refusals: [Refusal] =
            switch error {
            case let refused as Refused: refused.refusals
            case let refusal as Refusal: [refusal]
            default: [Refusal("job.broke", ["job": job.rawValue])]
            }
        lines = refusals.map {
            Line(
                code: $0.code, values: $0.values, citation: $0.citation, standing: $0.standing,
                labels: $0.labels.isEmpty ? nil : $0.labels)
        }
    }

    init?(text: String) {
        guard let found = try? JSONDecoder().decode(JobFailure.self, from: Data(text.utf8)) else {
            return nil
        }
        self = found
    }

    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    var refusals: [Refusal] {
        lines.map {
            Refusal(
                $0.code, $0.values, citation: $0.citation, standing: $0.standing, labels: $0.labels ?? [:])
        }
    }
}
