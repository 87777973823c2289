import Lifecycle
import Store

enum AppraisalFacts {
    static let tables = [
        ProjectedTable("appraiser_seat", key: "id"), ProjectedTable("appraisal_result", key: "fact"),
    ]

    static let projections: [Projection] = [
        .on(AppraiserSeated.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO appraiser_seat (id, application, call, step, lens, expert, state, seated_at)
                SELECT \(body.seat), application.id, application.call, \(body.step), \(body.lens), \(body.expert),
                  'invited', \(fact.at)
                FROM application WHERE application.id = \(body.application)
                """)
        },
        .on(AppraiserAccepted.self) { store, fact, body in
            try settle(body.seat, "accepted", fact, store)
        },
        .on(AppraiserDeclined.self) { store, fact, body in
            try settle(body.seat, "declined", fact, store)
        },
        .on(AppraiserRecused.self) { store, fact, body in
            try settle(body.seat, "recused", fact, store)
        },
        .on(AppraiserReleased.self) { store, fact, body in
            try settle(body.seat, "released", fact, store)
        },
        .on(AppraisalWritten.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE appraiser_seat SET state = 'written', written_at = \(fact.at), written_fact = \(fact.number)
                WHERE id = \(body.seat)
                """)
        },
        .on(AppraisalClosed.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO appraisal_result (fact, application, step, at, positive)
                VALUES (\(fact.number), \(fact.subject.id), \(body.step), \(fact.at), \(body.result.isPositive))
                """)
            _ = try store.run(
                """
                UPDATE appraiser_seat SET closed_fact = \(fact.number)
                WHERE application = \(fact.subject.id) AND step = \(body.step) AND closed_fact IS NULL
                  AND ended_fact IS NULL
                """)
        },
        // Who declares a relation anywhere is off every panel it touches, with the same fact. What was handed in stays
        // under its seal until an officer has looked: only a recusal by name takes it out.
        .on(ConflictDeclared.self) { store, fact, body in
            struct Open: Decodable, Sendable {
                let id: ID<AppraiserSeat>
                let application: ID<Application>
            }
            let open = try store.rows(
                """
                SELECT id, application FROM appraiser_seat
                WHERE expert = \(body.person) AND state IN ('invited', 'accepted') AND closed_fact IS NULL
                  AND ended_fact IS NULL
                ORDER BY id
                """, as: Open.self)
            for seat in open
            where try Parties.of(seat.application, store).declared.contains(body.person) {
                try settle(seat.id, "recused", fact, store)
            }
        },
    ]

    /// After a move that sends back or ends: a panel whose step is open no more, or open anew, ended with it. A closing has
    /// marked its own panel by now.
    static func endPanels(_ store: Transaction, _ fact: Fact) throws {
        guard let move = fact.move, fact.subject.kind == "application" else { return }
        switch move.outcome {
        case .contributed, .done: return
        case .returned, .refused, .retracted: break
        }
        _ = try store.run(
            """
            UPDATE appraiser_seat SET ended_fact = \(fact.number)
            WHERE application = \(fact.subject.id) AND closed_fact IS NULL AND ended_fact IS NULL
              AND NOT EXISTS (SELECT 1 FROM open_step WHERE open_step.application = appraiser_seat.application
                AND open_step.step = appraiser_seat.step AND open_step.since <= appraiser_seat.seated_at)
            """)
    }

    private static func settle(
        _ seat: ID<AppraiserSeat>, _ state: String, _ fact: Fact, _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            UPDATE appraiser_seat SET state = \(state), answered_at = \(fact.at), reason = \(fact.reason)
            WHERE id = \(seat)
            """)
    }
}
