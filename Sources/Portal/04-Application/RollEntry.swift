import Lifecycle
import Store

/// A statement as it stands in the roll of its call: the latest of its step, unless the step is open anew. One whose words
/// were erased keeps its place in it.
struct RollEntry: Sendable, Decodable {
    let application: ID<Application>
    let number: String
    /// Empty where the payload was erased.
    let form: String
    /// JSON of field id → answer.
    let answers: String

    var isErased: Bool { form.isEmpty }
    var entry: StatementRoll.Entry {
        StatementRoll.Entry(number: number, answers: Drafts.decode(answers), isErased: isErased)
    }

    /// Everything that stands in the form's roll now, of dossiers and of those invited.
    ///
    /// - Parameters:
    ///   - own: a dossier whose statement is being made.
    ///   - replaced: number of the fact of an invitation that is being entered anew.
    static func standing(
        of form: StatementForm, in call: ID<Call>, _ programme: Programme,
        besides own: ID<Application>? = nil, replaced: Int64? = nil, _ store: Transaction
    ) throws -> [StatementRoll.Entry] {
        try all(of: form, in: call, programme, besides: own, store).map(\.entry)
            + (try RollInvite.standing(of: form, in: call, store).filter { $0.fact != replaced }.map(\.entry))
    }

    /// Those of the dossiers that go on, in no order.
    static func all(
        of form: StatementForm, in call: ID<Call>, _ programme: Programme,
        besides own: ID<Application>? = nil,
        _ store: Transaction
    ) throws -> [RollEntry] {
        // By the step, which an erased statement still has.
        let steps = programme.procedure.steps.filter { $0.statement == form.id }.map(\.id)
        return try store.rows(
            """
            SELECT statement.application AS application, application.number AS number,
              statement.form AS form, statement.answers AS answers
            FROM application JOIN statement ON statement.application = application.id
            WHERE application.call = \(call) AND application.state <> 'refused'
              AND statement.step IN \(list: steps)
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
