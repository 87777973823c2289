package import Lifecycle
import Store

enum ReuseFacts {
    static let tables = [ProjectedTable("reuse_verdict", key: "pair")]

    static let projections: [Projection] = [
        .on(ReuseJudged.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO reuse_verdict (pair, application, submission, source_submission, verdict, fact, at,
                  officer, reason)
                VALUES (\(fact.subject.id), \(body.application), \(body.submission),
                  \(body.sourceSubmission), \(body.verdict), \(fact.number), \(fact.at), \(fact.actor),
                  \(fact.reason))
                ON CONFLICT (pair) DO UPDATE SET submission = excluded.submission,
                  source_submission = excluded.source_submission, verdict = excluded.verdict,
                  fact = excluded.fact, at = excluded.at, officer = excluded.officer, reason = excluded.reason
                """)
        },
        .on(ArchiveImported.self) { _, _, _ in },
    ]
}

extension Subject {
    /// What two texts have in common.
    package static func reuse(_ pair: String) -> Subject { Subject(kind: "reuse", id: pair) }
}

/// Asking for the comparison of texts, and an officer's word on it.
package enum ReuseActs {
    static let check = "reuse-check"
    static let rebuild = "reuse-rebuild"

    /// All of them write the one index and its findings: never two at once.
    private static let queue = JobKind.Queue("texts")

    static let jobs = [
        // Nobody oversees them: an officer may be barred from the application.
        JobKind(check, in: queue, seenBy: []) { run in
            let id = ID<Application>(run.job.input)
            if try !isRead(since: run.job.askedAt, id, run.house.database) {
                try ReuseWork(run).check(id)
            }
            return "/cases/\(id)/reuse"
        },
        JobKind(rebuild, in: queue, seenBy: [.programmeOfficer]) { run in
            try ReuseWork(run).rebuild()
            return "/office/reuse"
        },
    ]

    /// Whether all was read anew meanwhile, by somebody else's job.
    private static func isRead(since asked: Instant, _ id: ID<Application>, _ database: Database) throws
        -> Bool
    {
        try database.readNow { store in
            try store.value(
                """
                SELECT 1 FROM reuse_check JOIN application ON application.id = reuse_check.application
                WHERE reuse_check.application = \(id) AND reuse_check.submission = application.fact
                  AND reuse_check.at > \(asked)
                """, as: Int.self) != nil
        }
    }

    /// Queues the comparison of what was just handed in, in the very transaction: a submission waits for nothing
    /// and none is forgotten. Each submission is work of its own, so that one handed in while an earlier one is
    /// read is read as well.
    static func follow(_ change: Change, _ fact: Fact) throws {
        guard fact.kind == ApplicationSubmitted.kind else { return }
        let number = try change.store.value(
            "SELECT number FROM application WHERE id = \(fact.subject.id)", as: String.self)
        _ = try JobActs.ask(
            check, about: Subject(kind: "submission", id: "\(fact.number)"), title: number ?? "",
            input: fact.subject.id, by: JobActs.house, change)
    }

    /// An officer wants an application compared now.
    static func ask(_ application: DossierRecord, by officer: ID<Person>, _ change: Change) throws -> ID<Job>
    {
        try JobActs.ask(
            check, about: .application(application.id), title: application.number,
            input: application.id.rawValue, by: officer, change)
    }

    static func askRebuild(by officer: ID<Person>, _ change: Change) throws -> ID<Job> {
        try JobActs.ask(
            rebuild, about: Subject(kind: "house", id: "reuse"), title: "", input: "", by: officer, change)
    }

    /// Hundreds of submissions that were made at one stroke are read at one stroke.
    package static func gather(_ change: Change) throws {
        let waiting = try change.store.run("DELETE FROM job WHERE kind = \(check) AND state = 'waiting'")
        if waiting > 0 { _ = try askRebuild(by: JobActs.house, change) }
    }

    /// An officer's word on what two texts have in common. Whoever gives it reads both; it moves nothing.
    static func judge(
        _ pair: OpenPair, _ verdict: ReuseVerdict, reason: String, by officer: ID<Person>, _ change: Change
    ) throws {
        guard pair.mayJudge else { throw Missing() }
        try Dossiers.requireFree(officer, as: .programmeOfficer, on: pair.record.application, change.store)
        if let other = pair.record.sourceKind == .application ? ID<Application>(pair.record.source) : nil {
            try Dossiers.requireFree(officer, as: .programmeOfficer, on: other, change.store)
        }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        let record = pair.record
        try change.append(
            ReuseJudged(
                application: record.application, submission: record.submission,
                source: ReuseSource(record.sourceKind, record.source),
                sourceSubmission: record.sourceSubmission, relation: record.relation,
                measure: record.measure, verdict: verdict),
            about: .reuse(record.id), as: .programmeOfficer, reason: reason, clause: clause)
    }

    /// 3.6.3, on integrity: the clause of the plan that asks for supervision of research conduct.
    private static let clause = ClauseID("3.6.3")
}

extension ReuseWork {
    /// The work as a job of the house.
    init(_ run: JobRun) {
        let house = run.house
        self.init(
            database: house.database, data: house.options.data, definitions: house.definitions,
            now: { house.now }, tell: { try run.tell($0, of: $1, stage: $2) }, kept: run.job.reached,
            keep: { try run.keep($0) })
    }
}
