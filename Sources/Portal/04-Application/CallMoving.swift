import Lifecycle
import Store

/// Taking a call that runs, and every dossier in it, over to another definition of its programme.
enum CallMoving {
    /// - Parameter definitions: kept definitions, for the replay of standings.
    static func projection(_ definitions: Definitions) -> Projection {
        .on(CallMoved.self) { store, fact, body in
            let it = body.call
            let text = try Canonical.json(it)
            _ = try store.run(
                """
                UPDATE call SET digest = \(it.digest), version = \(body.version), body = \(text) WHERE id = \(it.id)
                """)
            _ = try store.run(
                "INSERT INTO call_version (call, version, at, body) VALUES (\(it.id), \(body.version), \(fact.at), \(text))"
            )
            _ = try store.run("UPDATE application SET digest = \(it.digest) WHERE call = \(it.id)")
            guard let programme = try definitions.programme(it.digest, store) else { return }
            for id in try dossiers(of: it.id, store) {
                try Dossiers.refresh(id, in: it, programme, after: fact, definitions, store)
            }
        }
    }

    /// Calls of the programme that run: they still take applications, or a dossier in them is not over.
    static func running(_ programme: String, at now: Instant, _ store: Transaction) throws -> [Call] {
        try store.values(
            """
            SELECT body FROM call WHERE programme = \(programme) AND (closes_at >= \(now) OR EXISTS (
              SELECT 1 FROM application WHERE application.call = call.id AND application.state = 'open'))
            ORDER BY number
            """, as: String.self
        ).map(Calls.decode)
    }

    /// Calls of the programme that take no more applications, the last first.
    static func closed(_ programme: String, at now: Instant, _ store: Transaction) throws -> [Call] {
        try store.values(
            """
            SELECT body FROM call WHERE programme = \(programme) AND closes_at < \(now) ORDER BY closes_at DESC, number
            """, as: String.self
        ).map(Calls.decode)
    }

    /// Everything that keeps a call from going over; empty when it may.
    static func obstacles(
        _ call: Call, to other: Programme, at now: Instant, _ house: House, _ store: Transaction
    ) throws -> [Refusal] {
        let old = try Calls.programme(of: call, house, store)
        let dossiers = try replayed(call, to: other, house, store)
        // The guide of a published call was out in time.
        let unfilled = call.moved(to: other.digest).obstacles(in: other, at: now).filter {
            $0.code != "call.guide-days"
        }
        return CallMigration.obstacles(from: old, to: other, dossiers: dossiers) + unfilled
    }

    /// Every dossier of a call, replayed over its own procedure and over that of another definition.
    static func replayed(
        _ call: Call, to other: Programme, _ house: House, _ store: Transaction
    ) throws -> [CallMigration.Dossier] {
        let old = try Calls.programme(of: call, house, store)
        let calendar = try house.definitions.calendar(store)
        let (before, after) = (
            call.procedure(of: old), call.moved(to: other.digest).procedure(of: other)
        )
        let published = try Calls.published(call.id, store)
        return try numbers(of: call.id, store).map { row in
            let moves = try Dossiers.moves(of: row.id, upTo: .max, store)
            func standing(_ procedure: Procedure) -> Standing {
                Standing(
                    procedure, began: moves.first?.at ?? call.opens, published: published,
                    closing: call.closes, events: moves, calendar: calendar)
            }
            return CallMigration.Dossier(number: row.number, now: standing(before), then: standing(after))
        }
    }

    static func move(_ call: Call, to other: Programme, _ change: Change) throws {
        let moved = call.moved(to: other.digest).statingRecusal(in: other)
        let version = try change.store.value("SELECT version FROM call WHERE id = \(call.id)", as: Int.self)
        try change.append(
            CallMoved(call: moved, from: call.digest, version: (version ?? 0) + 1),
            about: .call(call.id), as: .commissionLeader)
    }

    private struct Row: Decodable, Sendable {
        let id: ID<Application>
        let number: String
    }

    private static func numbers(of call: ID<Call>, _ store: Transaction) throws -> [Row] {
        try store.rows("SELECT id, number FROM application WHERE call = \(call) ORDER BY number")
    }

    private static func dossiers(of call: ID<Call>, _ store: Transaction) throws -> [ID<Application>] {
        try store.values("SELECT id FROM application WHERE call = \(call) ORDER BY number")
    }
}
