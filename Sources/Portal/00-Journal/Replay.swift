import Lifecycle
package import Store

/// Facts applied again, in their order.
package enum Replay {
    /// Applies one fact to a copy. What projections may read is projected tables and the moves of dossiers, so
    /// that of `fact` only the rows that move one are carried over.
    static func apply(_ row: JournalRow, _ projections: Projections, to copy: Transaction) throws {
        let fact = row.fact
        if let move = fact.move {
            let none: [UInt8] = []
            _ = try copy.run(
                """
                INSERT INTO fact (number, at, kind, subject_kind, subject_id, actor, role, step, outcome, target,
                  salt, payload_hash, entry)
                VALUES (\(fact.number), \(fact.at), \(fact.kind), \(fact.subject.kind), \(fact.subject.id),
                  \(fact.actor), \(fact.role), \(move.step), \(move.outcome), \(move.target), \(none), \(none), \(none))
                """)
        }
        try projections.apply(fact, text: row.body, to: copy)
    }

    /// Makes every projected table anew from the facts, in this transaction.
    ///
    /// - Returns: the number of facts applied.
    @discardableResult
    package static func rebuild(_ projections: Projections, _ store: Transaction) throws -> Int64 {
        let erasures = try Erasures.all(store)
        for table in projections.tables { _ = try store.run("DELETE FROM \(identifier: table.name)") }
        var count: Int64 = 0
        try store.forEach(JournalRow.all(below: .max)) { row in
            let row = try JournalRow(row.values, erasures)
            try projections.apply(row.fact, text: row.body, to: store)
            count += 1
        }
        return count
    }
}
