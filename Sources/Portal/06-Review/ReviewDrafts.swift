package import Lifecycle
package import Store

/// A review while it is written. Not a fact: nobody but its expert reads it.
package struct ReviewDraft: Sendable, Decodable {
    package let version: Int
    /// JSON of name → text.
    package let answers: String
    package let savedAt: Instant

    package var values: [String: String] { Drafts.decode(answers) }
}

package enum ReviewDrafts {
    package static func find(_ id: ID<Assignment>, _ store: Transaction) throws -> ReviewDraft? {
        try store.row("SELECT version, answers, saved_at FROM review_draft WHERE assignment = \(id)")
    }

    package enum Saved: Sendable {
        case saved(version: Int)
        /// Another window saved a newer version; nothing was overwritten.
        case conflict(current: ReviewDraft)
    }

    /// Saves if the assignment is the expert's and accepted and `base` is still the draft's version (0 before
    /// the first). One statement decides, so two savers cannot both win.
    package static func save(
        _ id: ID<Assignment>, by person: ID<Person>, base: Int, answers: [String: String], at now: Instant,
        _ store: Transaction
    ) throws -> Saved {
        guard try ReviewActs.mine(id, person, store).state == .accepted else {
            throw Refused("review.not-accepted")
        }
        let text = Drafts.encode(answers)
        let changed =
            base == 0
            ? try store.run(
                """
                INSERT INTO review_draft (assignment, version, answers, saved_at)
                VALUES (\(id), 1, \(text), \(now)) ON CONFLICT (assignment) DO NOTHING
                """)
            : try store.run(
                """
                UPDATE review_draft SET version = version + 1, answers = \(text), saved_at = \(now)
                WHERE assignment = \(id) AND version = \(base)
                """)
        if changed == 1 { return .saved(version: base + 1) }
        guard let current = try find(id, store) else { throw Refused("review.changed") }
        // The very same text again (a retry whose answer was lost) is not a conflict.
        return current.values == answers ? .saved(version: current.version) : .conflict(current: current)
    }

    static func discard(_ id: ID<Assignment>, _ store: Transaction) throws {
        _ = try store.run("DELETE FROM review_draft WHERE assignment = \(id)")
    }
}
