import Lifecycle
import Store

/// An appraisal while it is written. Not a fact: nobody but its expert reads it.
enum AppraisalDrafts {
    static func find(_ seat: ID<AppraiserSeat>, _ store: Transaction) throws -> ReviewDraft? {
        try store.row("SELECT version, answers, saved_at FROM appraisal_draft WHERE seat = \(seat)")
    }

    /// Saves if `base` is still the draft's version (0 before the first). One statement decides, so that two windows
    /// cannot both win; the same text again is no clash.
    static func save(
        _ seat: ID<AppraiserSeat>, base: Int, answers: [String: String], at now: Instant,
        _ store: Transaction
    ) throws -> ReviewDrafts.Saved {
        let text = Drafts.encode(answers)
        let changed =
            base == 0
            ? try store.run(
                """
                INSERT INTO appraisal_draft (seat, version, answers, saved_at)
                VALUES (\(seat), 1, \(text), \(now)) ON CONFLICT (seat) DO NOTHING
                """)
            : try store.run(
                """
                UPDATE appraisal_draft SET version = version + 1, answers = \(text), saved_at = \(now)
                WHERE seat = \(seat) AND version = \(base)
                """)
        if changed == 1 { return .saved(version: base + 1) }
        guard let current = try find(seat, store) else { throw Refused("review.changed") }
        return current.values == answers ? .saved(version: current.version) : .conflict(current: current)
    }

    static func discard(_ seat: ID<AppraiserSeat>, _ store: Transaction) throws {
        _ = try store.run("DELETE FROM appraisal_draft WHERE seat = \(seat)")
    }
}
