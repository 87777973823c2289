package import Lifecycle
package import Store

/// What statements do to the tables.
enum StatementFacts {
    static let tables = [
        ProjectedTable("statement", key: "fact"), ProjectedTable("statement_count", key: "fact"),
        ProjectedTable("criterion_finding", key: "fact"),
    ]

    static let projections: [Projection] = [
        .on(StatementMade.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO statement (fact, application, step, form, person, role, outcome, at, answers, reason)
                VALUES (\(fact.number), \(fact.subject.id), \(fact.move?.step ?? ""), \(body.form), \(fact.actor),
                  \(fact.role), \(body.outcome.rawValue), \(fact.at), \(Drafts.encode(body.answers)),
                  \(fact.reason))
                """)
        },
        .on(StatementsCounted.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO statement_count (fact, application, step, at, voices, least, carried)
                VALUES (\(fact.number), \(fact.subject.id), \(body.step), \(fact.at),
                  \(try Canonical.json(body.voices)), \(body.least), \(body.carried))
                """)
        },
        .on(CriterionFound.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO criterion_finding (fact, application, step, criterion, state, person, role, at,
                  attachment, words)
                VALUES (\(fact.number), \(fact.subject.id), \(body.step), \(body.criterion),
                  \(body.state.rawValue), \(fact.actor), \(fact.role), \(fact.at), \(body.attachment),
                  \(fact.reason))
                """)
        },
    ]
}

/// A statement as it was made.
package struct StatementRecord: Sendable, Decodable {
    package let fact: Int64
    package let step: String
    /// Empty where the payload was erased.
    package let form: String
    package let person: ID<Person>?
    package let name: String?
    package let role: Role?
    package let outcome: StatementForm.Outcome
    package let at: Instant
    /// JSON of field id → answer.
    package let answers: String
    package let reason: String?

    package static func all(of application: ID<Application>, _ store: Transaction) throws -> [StatementRecord]
    {
        try store.rows(
            """
            SELECT statement.fact AS fact, statement.step AS step, statement.form AS form,
              statement.person AS person, person.name AS name, statement.role AS role,
              statement.outcome AS outcome, statement.at AS at, statement.answers AS answers,
              statement.reason AS reason
            FROM statement LEFT JOIN person ON person.id = statement.person
            WHERE statement.application = \(application) ORDER BY statement.fact
            """)
    }
}

extension StatementRecord {
    /// Those of all statements of a dossier that count at a step: each made since it opened last, in the order in which
    /// they were made.
    static func counting(in state: Standing.StepState, _ all: [StatementRecord]) -> [StatementRecord] {
        state.contributions.compactMap { made in
            all.last { $0.step == state.step.id && $0.person == made.person && $0.at == made.at }
        }
    }
}

/// What the voices at a step came to.
struct StatementCount: Sendable, Decodable {
    let step: String
    let at: Instant
    /// JSON of option → how many.
    let voices: String
    let least: Int
    let carried: Bool

    static func all(of application: ID<Application>, _ store: Transaction) throws -> [StatementCount] {
        try store.rows(
            """
            SELECT step, at, voices, least, carried FROM statement_count
            WHERE application = \(application) ORDER BY fact
            """)
    }
}
