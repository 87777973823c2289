package import Lifecycle
package import Store

/// Asking for long work, and taking it back.
package enum JobActs {
    /// Whose jobs nobody asked for: they are nobody's own.
    package static let house = ID<Person>("house")

    /// Queues work about `subject`, or finds the same work already under way.
    ///
    /// - Throws: ``Refused`` where work of the kind about the subject is under way with another input.
    ///
    /// - Parameters:
    ///   - title: what it is about, in the asker's words.
    ///   - input: the kind's own text.
    /// - Returns: the job to look at.
    package static func ask(
        _ kind: String, about subject: Subject, title: String, input: String, by person: ID<Person>,
        _ change: Change
    ) throws -> ID<Job> {
        let id = change.world.id(Job.self)
        let queued = try change.store.run(
            """
            INSERT INTO job (id, kind, subject_kind, subject_id, title, input, asked_by, asked_at, state, turn,
              stage, done, total)
            VALUES (\(id), \(kind), \(subject.kind), \(subject.id), \(title), \(input), \(person), \(change.at),
              'waiting', 0, '', 0, 0)
            ON CONFLICT (kind, subject_kind, subject_id) WHERE state IN ('waiting', 'running') DO NOTHING
            """)
        if queued == 1 { return id }
        let other = try change.store.row(
            """
            SELECT \(sql: Job.columns) FROM job WHERE kind = \(kind) AND subject_kind = \(subject.kind)
              AND subject_id = \(subject.id) AND state IN ('waiting', 'running')
            """, as: Job.self)
        guard let other, other.input == input else { throw Refused("job.underway", ["title": title]) }
        return other.id
    }

    /// A job that waits ends at once; one that runs is told to stop, and ends when the work hears it.
    package static func cancel(_ id: ID<Job>, by person: ID<Person>, at now: Instant, _ store: Transaction)
        throws
    {
        let ended = try store.run(
            """
            UPDATE job SET state = 'cancelled', cancelled_by = \(person), ended_at = \(now)
            WHERE id = \(id) AND state = 'waiting'
            """)
        if ended == 1 { return }
        let told = try store.run(
            "UPDATE job SET cancelled_by = \(person) WHERE id = \(id) AND state = 'running' AND cancelled_by IS NULL"
        )
        if told == 0 { throw Refused("job.over") }
    }
}
