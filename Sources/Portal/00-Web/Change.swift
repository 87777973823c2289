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
    let projections: Projections

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
    /// - Parameter role: the role in which the actor acts.
    @discardableResult
    package func append<Body: FactBody>(
        _ body: Body, about subject: Subject, as role: Role? = nil, move: Move? = nil,
        reason: String? = nil, clause: ClauseID? = nil
    ) throws -> Fact {
        let next = try store.value("SELECT COALESCE(MAX(number), -1) + 1 FROM fact", as: Int64.self) ?? 0
        let fact = Fact(
            number: next, at: at, kind: Body.kind, subject: subject, actor: actor, role: role, move: move,
            reason: reason, clause: clause)
        let text = try Canonical.body(body)
        let payloadSalt = world.secretBytes(16)
        let payloadHash = Canonical.payloadHash(salt: payloadSalt, body: text)
        let salt = world.secretBytes(16)
        let entry = Canonical.entry(
            salt: salt, envelope: Canonical.envelope(fact, payloadHash: payloadHash))
        _ = try store.run(
            """
            INSERT INTO fact (number, at, kind, subject_kind, subject_id, actor, role, step, outcome, target,
              reason, clause, salt, payload_hash, entry)
            VALUES (\(fact.number), \(fact.at), \(fact.kind), \(subject.kind), \(subject.id), \(actor),
              \(role), \(move?.step), \(move?.outcome), \(move?.target), \(reason), \(clause), \(salt),
              \(payloadHash), \(entry))
            """)
        _ = try store.run(
            "INSERT INTO payload (number, salt, body) VALUES (\(fact.number), \(payloadSalt), \(text))")
        try projections.apply(fact, text: text, body: body, to: store)
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
extension Role: SQLBindable {}
extension Move.Outcome: SQLBindable {}
