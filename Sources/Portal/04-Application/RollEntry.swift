import Lifecycle
import Store

/// A statement as it stands in the roll of its call: the latest of its step, unless the step is open anew.
struct RollEntry: Sendable, Decodable {
    let application: ID<Application>
    let number: String
    /// JSON of field id → answer.
    let answers: String

    var entry: StatementRoll.Entry { StatementRoll.Entry(number: number, answers: Drafts.decode(answers)) }

    /// Those of the dossiers that go on, in no order.
    static func all(
        of form: String, in call: ID<Call>, besides own: ID<Application>? = nil, _ store: Transaction
    ) throws -> [RollEntry] {
        try store.rows(
            """
            SELECT statement.application AS application, application.number AS number,
              statement.answers AS answers
            FROM application JOIN statement ON statement.application = application.id
            WHERE application.call = \(call) AND application.state <> 'refused' AND statement.form = \(form)
              AND statement.outcome = 'done' AND application.id <> \(own?.rawValue ?? "")
              AND NOT EXISTS (SELECT 1 FROM open_step
                WHERE open_step.application = statement.application
                  AND open_step.step = statement.step)
              AND NOT EXISTS (SELECT 1 FROM statement later
                WHERE later.application = statement.application AND later.step = statement.step
                  AND later.fact > statement.fact)
            """)
    }
}
