import Foundation
package import Lifecycle
package import Store

/// One transaction that appends facts. Every change of the house's business goes through here: nothing else
/// writes a projected table.
package struct Change {
    package let store: Transaction
    package let at: Instant
    package let actor: ID<Person>?
    let world: World
    package let projections: Projections

    package init(
        store: Transaction, at: Instant, actor: ID<Person>?, world: World, projections: Projections
    ) {
        self.store = store
        self.at = at
        self.actor = actor
        self.world = world
        self.projections = projections
    }

    /// Appends one fact with its body, and applies it to the projected tables, in this transaction.
    ///
    /// - Parameters:
    ///   - role: the role in which the actor acts.
    ///   - reason: in the actor's own words; one of white space alone is none.
    @discardableResult
    package func append<Body: FactBody>(
        _ body: Body, about subject: Subject, as role: Role? = nil, move: Move? = nil,
        reason: String? = nil, clause: ClauseID? = nil
    ) throws -> Fact {
        let reason = reason.flatMap { $0.trimmed.isEmpty ? nil : $0 }
        let next = try store.value("SELECT COALESCE(MAX(number), -1) + 1 FROM fact", as: Int64.self) ?? 0
        let fact = Fact(
            number: next, at: at, kind: Body.kind, subject: subject, actor: actor, role: role, move: move,
            reason: reason.map(Reason.given), clause: clause)
        let text = try Canonical.body(body)
        let payloadSalt = world.secretBytes(16)
        let payloadHash = Canonical.commitment(salt: payloadSalt, to: text)
        let reasonSalt = reason == nil ? nil : world.secretBytes(16)
        let reasonHash = reason.flatMap { text in
            reasonSalt.map { Canonical.commitment(salt: $0, to: text) }
        }
        let salt = world.secretBytes(16)
        let entry = Canonical.entry(
            salt: salt,
            envelope: Canonical.envelope(fact, payloadHash: payloadHash, reasonHash: reasonHash))
        _ = try store.run(
            """
            INSERT INTO fact (number, at, kind, subject_kind, subject_id, actor, role, step, outcome, target,
              clause, salt, payload_hash, reason_hash, entry)
            VALUES (\(fact.number), \(fact.at), \(fact.kind), \(subject.kind), \(subject.id), \(actor),
              \(role), \(move?.step), \(move?.outcome), \(move?.target), \(clause), \(salt), \(payloadHash),
              \(reasonHash), \(entry))
            """)
        _ = try store.run(
            "INSERT INTO payload (number, salt, body) VALUES (\(fact.number), \(payloadSalt), \(text))")
        if let reason {
            _ = try store.run(
                "INSERT INTO reason (number, salt, text) VALUES (\(fact.number), \(reasonSalt), \(reason))")
        }
        try projections.apply(fact, text: text, body: body, to: store)
        try projections.follow(fact, self)
        return fact
    }
}

extension ID: SQLBindable { package var sqlValue: SQLValue { .text(rawValue) } }
extension Instant: SQLBindable { package var sqlValue: SQLValue { .integer(rawValue) } }
extension Money: SQLBindable { package var sqlValue: SQLValue { .integer(rawValue) } }
extension Day: SQLBindable { package var sqlValue: SQLValue { .text(text) } }
extension FactKind: SQLBindable { package var sqlValue: SQLValue { .text(rawValue) } }
extension ClauseID: SQLBindable { package var sqlValue: SQLValue { .text(rawValue) } }
extension Account: SQLBindable { package var sqlValue: SQLValue { .text(rawValue) } }
/// What stands in for an erased one, where it was erased.
extension Reason: SQLBindable { package var sqlValue: SQLValue { .text(text) } }
extension Role: SQLBindable {}
extension Move.Outcome: SQLBindable {}
