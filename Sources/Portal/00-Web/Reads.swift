package import Lifecycle
import Store

/// Readings of sensitive records are facts too: one for each viewer, object and hour, however often a page is
/// opened.
package enum Reads {
    /// Notes that the viewer reads `what` (`reviews`, `reviewers`, `person`, `attachment` …) about the subject.
    /// Call it before the page is answered, so that no reading goes without its fact.
    package static func note(_ what: String, about subject: Subject, _ ask: Ask) async throws {
        let person = try ask.signedIn()
        // A reading twice within the hour only reads here, and does not queue for the one writer.
        if try await ask.read({ store in try isNoted(what, subject, by: person, at: ask.now, store) }) {
            return
        }
        try await ask.change { change in
            guard try !isNoted(what, subject, by: person, at: change.at, change.store) else { return }
            try change.append(RecordRead(what: what), about: subject)
        }
    }

    private static func isNoted(
        _ what: String, _ subject: Subject, by person: ID<Person>, at now: Instant, _ store: Transaction
    ) throws -> Bool {
        let hour: Int64 = 3_600_000
        let begin = Instant(milliseconds: now.rawValue - ((now.rawValue % hour) + hour) % hour)
        let body = try Canonical.body(RecordRead(what: what))
        // The kind stands in the text, for only so may the index of readings be used.
        return try store.value(
            """
            SELECT 1 FROM fact JOIN payload ON payload.number = fact.number
            WHERE fact.actor = \(person) AND fact.subject_kind = \(subject.kind)
              AND fact.subject_id = \(subject.id) AND fact.kind = 'record.read'
              AND fact.at >= \(begin) AND fact.at <= \(now) AND payload.body = \(body) LIMIT 1
            """, as: Int.self) != nil
    }
}
