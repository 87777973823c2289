package import Lifecycle
import Store

/// Readings of sensitive records are facts too: one for each viewer, object and hour, however often a page is
/// opened.
package enum Reads {
    /// What is read: words under `reading.<kind>`. Which fields want a fact says ``Field/isNoted``.
    package enum Kind: String, Sendable, CaseIterable {
        case fact
        case people
        case person
        /// The log of what administrators did, with whom it names.
        case administration
        case conflicts
        case draw
        case contact
        /// Names and votes of a topic's panel.
        case topicPanel = "topic-panel"
        /// The applicant's birth, and what the rules make of birth and past.
        case dossier
        /// What was submitted, with its people and papers.
        case proposal
        /// The facts of a dossier with their reasons.
        case timeline
        case attachment
        case statements
        case list
        case whatIf = "what-if"
        case reuse
        case bids
        case reviewers
        case reviews
        case assignmentPlan = "assignment-plan"
        case appraisers
        case appraisals
        /// A meeting with its members.
        case meeting
        case objections
        case evidence
    }

    /// Notes that the viewer reads something about the subject.
    /// Call it before the page is answered, so that no reading goes without its fact.
    package static func note(_ kind: Kind, about subject: Subject, _ ask: Ask) async throws {
        let what = kind.rawValue
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
