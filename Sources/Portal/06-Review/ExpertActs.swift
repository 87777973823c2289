package import Lifecycle
package import Store

/// What an expert does with an assignment.
extension ReviewActs {
    /// The expert's own assignment, else missing.
    package static func mine(_ id: ID<Assignment>, _ person: ID<Person>, _ store: Transaction) throws
        -> AssignmentRecord
    {
        let assignment = try find(id, store)
        guard assignment.expert == person else { throw Missing() }
        return assignment
    }

    package static func accept(_ id: ID<Assignment>, by person: ID<Person>, _ change: Change) throws {
        let assignment = try mine(id, person, change.store)
        guard assignment.state == .invited else { throw Refused("review.answered") }
        try change.append(
            ReviewerAccepted(assignment: id), about: .application(assignment.application), as: .expert)
    }

    package static func decline(_ id: ID<Assignment>, by person: ID<Person>, reason: String, _ change: Change)
        throws
    {
        let assignment = try mine(id, person, change.store)
        guard assignment.state == .invited || assignment.state == .accepted else {
            throw Refused("review.answered")
        }
        guard reason.trimmedCount >= 2 else { throw Refused("reason.short", ["least": "2"]) }
        try change.append(
            ReviewerDeclined(assignment: id), about: .application(assignment.application), as: .expert,
            reason: reason)
        try ReviewDrafts.discard(id, change.store)
    }

    /// Declares a relation to the dossier; the assignment ends with the same fact.
    package static func declareConflict(
        _ id: ID<Assignment>, by person: ID<Person>, nature: String, _ change: Change
    ) throws {
        let assignment = try mine(id, person, change.store)
        guard assignment.state == .invited || assignment.state == .accepted else {
            throw Refused("review.answered")
        }
        try ConflictActs.declare(
            .application(assignment.application), nature: nature, by: person, as: .expert, change)
        try ReviewDrafts.discard(id, change.store)
    }

    /// Submits the expert's judgement. From here on nobody can alter it.
    package static func submit(
        _ id: ID<Assignment>, _ answers: [String: String], by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let assignment = try mine(id, person, change.store)
        guard assignment.state == .accepted else { throw Refused("review.not-accepted") }
        let (step, standing, call, programme) = try Dossiers.require(
            .review, of: assignment.application, by: nil, as: .expert, house: house, change.store)
        // Nobody reviews under a conflict that became known, or after acting on an earlier step kept apart.
        let against = try conflicts(assignment, programme, standing, change.store)
        guard against.isEmpty else { throw Refused(against) }
        let review = try Review.reading(answers, with: call.review(of: programme)).get()
        try change.append(
            ReviewSubmitted(assignment: id, review: review), about: .application(assignment.application),
            as: .expert, move: Move(step.id, .contributed))
        try ReviewDrafts.discard(id, change.store)
    }

    /// What is known now against an expert's judging of the dossier.
    static func conflicts(
        _ assignment: AssignmentRecord, _ programme: Programme, _ standing: Standing, _ store: Transaction
    ) throws -> [Refusal] {
        guard let step = programme.procedure.step(of: .review) else { return [] }
        let entity = try store.value(
            """
            SELECT organisation.legal_entity FROM person
            JOIN organisation ON organisation.id = person.organisation WHERE person.id = \(assignment.expert)
            """, as: ID<Organisation>.self)
        return Candidates.conflicts(
            of: assignment.expert, entity: entity,
            parties: try Parties.withRivals(assignment.application, among: assignment.expert, store),
            in: programme, step: step, standing: standing)
    }
}
