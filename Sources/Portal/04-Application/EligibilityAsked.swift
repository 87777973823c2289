import Lifecycle
import Store

/// What only some rules look at, read where a programme has one of them.
extension EligibilityFacts {
    private struct FamilyRow: Decodable, Sendable {
        let id: ID<Application>
        let number: String
        let digest: String
    }

    /// Applications in the year's other calls too, where a rule counts across a family. What was withdrawn does not
    /// count, nor what is only being written.
    static func addOthers(
        of person: ID<Person>, besides application: ID<Application>?, for demands: [Demand], in call: Call,
        to applicant: inout Applicant, _ house: House, _ store: Transaction
    ) throws {
        let families = Set(demands.compactMap(\.countedFamily))
        guard !families.isEmpty else { return }
        let rows = try store.rows(
            """
            SELECT application.id AS id, call.number AS number, call.digest AS digest FROM application
            JOIN call ON call.id = application.call
            WHERE application.owner = \(person) AND call.year = \(call.year)
              AND NOT EXISTS (SELECT 1 FROM fact WHERE fact.subject_kind = 'application'
                AND fact.subject_id = application.id AND fact.kind = 'application.withdrawn')
            ORDER BY application.number
            """, as: FamilyRow.self)
        applicant.familyApplications = try rows.filter { $0.id != application }.compactMap { row in
            guard let family = try house.definitions.programme(row.digest, store)?.family,
                families.contains(family)
            else { return nil }
            return Applicant.FamilyApplication(family: family, call: row.number)
        }
    }

    /// What the application chose and asks for, where a rule looks at it: in the draft, and without one as submitted.
    static func addAnswers(
        of application: ID<Application>, for demands: [Demand], _ programme: Programme,
        to applicant: inout Applicant, _ store: Transaction
    ) throws {
        guard demands.contains(where: \.asksAmount) else { return }
        var answers = try Drafts.answers(application, store)
        if answers.isEmpty,
            let fact = try store.value(
                "SELECT fact FROM application WHERE id = \(application)", as: Int64.self)
        {
            answers = try ApplicationSubmitted.find(fact: fact, store)?.application.answers ?? [:]
        }
        applicant.choices = programme.form.choices(in: answers)
        applicant.amount = answers["amount"].flatMap { Int64($0) }.map { Money(fen: $0) }
    }
}
