import Lifecycle
import Store

enum ReviewFacts {
    static let tables = [ProjectedTable("assignment", key: "id")]

    static let projections: [Projection] = [
        .on(ReviewerAssigned.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO assignment (id, application, call, expert, state, assigned_at)
                SELECT \(body.assignment), application.id, application.call, \(body.expert), 'invited', \(fact.at)
                FROM application WHERE application.id = \(body.application)
                """)
            try count(body.application, store)
        },
        .on(ReviewerAccepted.self) { store, fact, body in
            _ = try store.run(
                "UPDATE assignment SET state = 'accepted', answered_at = \(fact.at) WHERE id = \(body.assignment)"
            )
        },
        .on(ReviewerDeclined.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE assignment SET state = 'declined', answered_at = \(fact.at), reason = \(fact.reason)
                WHERE id = \(body.assignment)
                """)
            try count(ID(fact.subject.id), store)
        },
        .on(ReviewerReleased.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE assignment SET state = 'released', answered_at = \(fact.at), reason = \(fact.reason)
                WHERE id = \(body.assignment)
                """)
            try count(ID(fact.subject.id), store)
        },
        .on(ReviewSubmitted.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE assignment SET state = 'submitted', submitted_at = \(fact.at), review_fact = \(fact.number),
                  grade = \(body.review.grade), advice = \(body.review.advice), points = \(body.review.points),
                  sent_back = NULL WHERE id = \(body.assignment)
                """)
        },
        .on(ReviewSentBack.self) { store, fact, body in
            _ = try store.run(
                """
                UPDATE assignment SET state = 'accepted', sent_back = \(fact.reason), submitted_at = NULL,
                  review_fact = NULL, grade = NULL, advice = NULL, points = NULL WHERE id = \(body.assignment)
                """)
        },
        // Who declares a relation is off every open assignment it touches, with the same fact.
        .on(ConflictDeclared.self) { store, fact, body in
            struct Open: Decodable, Sendable {
                let id: ID<Assignment>
                let application: ID<Application>
            }
            let open = try store.rows(
                """
                SELECT id, application FROM assignment
                WHERE expert = \(body.person) AND state IN ('invited', 'accepted') ORDER BY id
                """, as: Open.self)
            for assignment in open
            where try Parties.of(assignment.application, store).declared.contains(body.person) {
                _ = try store.run(
                    """
                    UPDATE assignment SET state = 'declined', answered_at = \(fact.at), reason = \(fact.reason)
                    WHERE id = \(assignment.id)
                    """)
                try count(assignment.application, store)
            }
        },
    ]

    /// How many experts a dossier has who are asked or have answered, beside its row.
    private static func count(_ application: ID<Application>, _ store: Transaction) throws {
        try ApplicationCounts.moving(application, store) {
            _ = try store.run(
                """
                UPDATE application SET reviewers = (SELECT COUNT(*) FROM assignment
                  WHERE assignment.application = application.id
                    AND assignment.state IN ('invited', 'accepted', 'submitted'))
                WHERE id = \(application)
                """)
        }
    }
}
