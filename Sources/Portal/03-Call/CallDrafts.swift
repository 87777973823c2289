import Foundation
import Lifecycle
import Store

/// A call while an officer writes it, as typed. Not a fact: nothing binds until it is published.
struct CallDraft: Sendable {
    let id: ID<Call>
    let programme: String
    let version: Int
    /// Name of the form's field → what was typed.
    let values: [String: String]
    let savedAt: Instant
}

enum CallDrafts {
    private struct DraftRow: Decodable, Sendable {
        let id: ID<Call>
        let programme: String
        let version: Int
        let body: String
        let savedAt: Instant

        var draft: CallDraft {
            let values = (try? JSONDecoder().decode([String: String].self, from: Data(body.utf8))) ?? [:]
            return CallDraft(id: id, programme: programme, version: version, values: values, savedAt: savedAt)
        }
    }

    static func find(_ id: ID<Call>, _ store: Transaction) throws -> CallDraft? {
        try store.row(
            "SELECT id, programme, version, body, saved_at FROM call_draft WHERE id = \(id)",
            as: DraftRow.self
        )?.draft
    }

    /// A draft with the definition its call pins: the published one's, or the one in force.
    static func opened(_ id: ID<Call>, _ house: House, _ store: Transaction) throws -> (
        draft: CallDraft, programme: Programme, amends: Bool
    ) {
        guard let draft = try find(id, store) else { throw Missing() }
        if let published = try Calls.find(id, store) {
            return (draft, try Calls.programme(of: published, house, store), true)
        }
        guard let inForce = try house.definitions.inForce(draft.programme, store) else { throw Missing() }
        return (draft, inForce, false)
    }

    static func all(_ store: Transaction) throws -> [CallDraft] {
        try store.rows(
            "SELECT id, programme, version, body, saved_at FROM call_draft ORDER BY saved_at DESC, id",
            as: DraftRow.self
        ).map(\.draft)
    }

    /// Puts a first version down, unless there is a draft already.
    static func begin(
        _ id: ID<Call>, programme: String, values: [String: String], by person: ID<Person>, at now: Instant,
        _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            INSERT INTO call_draft (id, programme, version, body, saved_by, saved_at)
            VALUES (\(id), \(programme), 1, \(try Canonical.json(values)), \(person), \(now))
            ON CONFLICT (id) DO NOTHING
            """)
    }

    enum Saved: Sendable {
        case saved
        /// A colleague saved a newer version; nothing was overwritten.
        case conflict(CallDraft)
    }

    /// Saves if `base` is still the version. One statement decides, so that two savers cannot both win.
    static func save(
        _ id: ID<Call>, base: Int, values: [String: String], by person: ID<Person>, at now: Instant,
        _ store: Transaction
    ) throws -> Saved {
        let changed = try store.run(
            """
            UPDATE call_draft SET version = version + 1, body = \(try Canonical.json(values)),
              saved_by = \(person), saved_at = \(now) WHERE id = \(id) AND version = \(base)
            """)
        if changed == 1 { return .saved }
        guard let current = try find(id, store) else { throw Missing() }
        // The very same text again (a retry whose answer was lost) is not a conflict.
        return current.values == values ? .saved : .conflict(current)
    }

    static func remove(_ id: ID<Call>, _ store: Transaction) throws {
        _ = try store.run("DELETE FROM call_draft WHERE id = \(id)")
        _ = try store.run("DELETE FROM call_asked WHERE call = \(id)")
    }
}
