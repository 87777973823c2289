import Foundation
package import Lifecycle
package import Store

package struct AssignmentRecord: Sendable, Decodable {
    package let id: ID<Assignment>
    package let application: ID<Application>
    package let call: ID<Call>
    package let expert: ID<Person>
    package let state: State
    package let assignedAt: Instant
    package let answeredAt: Instant?
    package let submittedAt: Instant?
    package let reason: String?
    package let reviewFact: Int64?
    package let grade: String?
    package let advice: String?
    package let points: Int?
    package let sentBack: String?

    package enum State: String, Sendable, Codable, CaseIterable {
        case invited
        case accepted
        case declined
        case released
        case submitted

        /// Takes one of the dossier's places and counts in the expert's load.
        package var counts: Bool {
            switch self {
            case .invited, .accepted, .submitted: true
            case .declined, .released: false
            }
        }
    }

    package static let columns: SQL = """
        id, application, call, expert, state, assigned_at, answered_at, submitted_at, reason, review_fact, grade,
        advice, points, sent_back
        """
}

/// What officers do in review: ask experts, take them off, send back on procedure.
package enum ReviewActs {
    package static func find(_ id: ID<Assignment>, _ store: Transaction) throws -> AssignmentRecord {
        guard
            let found = try store.row(
                "SELECT \(sql: AssignmentRecord.columns) FROM assignment WHERE id = \(id)",
                as: AssignmentRecord.self)
        else { throw Missing() }
        return found
    }

    package static func of(_ application: ID<Application>, _ store: Transaction) throws -> [AssignmentRecord]
    {
        try store.rows(
            """
            SELECT \(sql: AssignmentRecord.columns) FROM assignment WHERE application = \(application)
            ORDER BY assigned_at, id
            """)
    }

    /// The open review step, for an officer who arranges it. Separation of duties binds who reviews and not who
    /// arranges (the officer who screened may ask experts); conflicts of interest bind both.
    static func arranging(
        _ application: ID<Application>, by officer: ID<Person>?, _ house: House, _ store: Transaction
    ) throws -> (Step, Standing, Call, Programme) {
        let found = try Dossiers.require(
            .review, of: application, by: nil, as: .expert, house: house, store)
        if let officer { try Dossiers.requireFree(officer, as: .programmeOfficer, on: application, store) }
        return found
    }

    /// How many reviews a dossier of the call needs.
    package static func needed(_ call: Call, _ programme: Programme) -> Int {
        call.procedure(of: programme).step(of: .review)?.needs ?? 1
    }

    /// Asks an expert to review. Conflicts and full loads refuse, with the reason.
    @discardableResult
    package static func assign(
        _ expert: ID<Person>, to application: ID<Application>, id: ID<Assignment>, by person: ID<Person>?,
        _ change: Change, _ house: House
    ) throws -> ID<Assignment> {
        let store = change.store
        let (step, standing, call, programme) = try arranging(application, by: person, house, store)
        guard
            let record = try Candidates.record(of: expert, in: call.id, at: change.at, store)
        else { throw Refused("review.not-expert") }
        let current = try of(application, store)
        let obstacles = Candidates.obstacles(
            record, parties: try Parties.withRivals(application, among: expert, store), in: programme,
            step: step, standing: standing, current: current)
        guard obstacles.isEmpty else { throw Refused(obstacles) }
        let wanted = needed(call, programme)
        if current.count(where: { $0.state.counts }) >= wanted {
            throw Refused("review.enough", ["count": "\(wanted)"])
        }
        try change.append(
            ReviewerAssigned(assignment: id, application: application, expert: expert),
            about: .application(application), as: .programmeOfficer)
        return id
    }

    /// Takes an expert off who has not submitted, on a ground of procedure.
    package static func release(
        _ id: ID<Assignment>, by person: ID<Person>, reason: String, _ change: Change, _ house: House
    ) throws {
        let assignment = try find(id, change.store)
        _ = try arranging(assignment.application, by: person, house, change.store)
        guard assignment.state == .invited || assignment.state == .accepted else {
            throw Refused(assignment.state == .submitted ? "review.submitted" : "review.answered")
        }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        try change.append(
            ReviewerReleased(assignment: id), about: .application(assignment.application),
            as: .programmeOfficer, reason: reason)
    }

    /// Sends a submitted review back on procedure. The academic judgement is not the officer's to question.
    ///
    /// On a conflict of interest the relation is recorded as well, so that the expert is free of the dossier and
    /// another can be asked.
    package static func sendBack(
        _ id: ID<Assignment>, ground: ReviewSentBack.Ground, reason: String, by person: ID<Person>,
        _ change: Change, _ house: House
    ) throws {
        let assignment = try find(id, change.store)
        guard assignment.state == .submitted else { throw Refused("review.not-submitted") }
        let store = change.store
        try Dossiers.requireFree(person, as: .programmeOfficer, on: assignment.application, store)
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        let (call, programme) = try Calls.found(assignment.call, house, store)
        let standing = try Dossiers.standing(of: assignment.application, in: call, programme, house, store)
        guard let review = programme.procedure.step(of: .review),
            let decide = programme.procedure.step(of: .decide),
            standing.isOpen(review.id) || standing.isOpen(decide.id)
        else { throw Refused("review.decided") }
        let proposed = try store.value(
            "SELECT 1 FROM selection WHERE call = \(call.id) AND state = 'proposed'", as: Int.self)
        if proposed != nil { throw Refused("review.proposed") }
        try change.append(
            ReviewSentBack(assignment: id, ground: ground), about: .application(assignment.application),
            as: .programmeOfficer, move: Move(review.id, .retracted, target: assignment.expert.rawValue),
            reason: reason)
        if ground == .conflict {
            try change.append(
                ConflictDeclared(
                    person: assignment.expert, about: .application(assignment.application)),
                about: .person(assignment.expert), as: .programmeOfficer, reason: reason)
        }
    }

    /// A submitted review, from the journal's payload.
    package static func review(_ assignment: AssignmentRecord, _ store: Transaction) throws -> Review? {
        guard let number = assignment.reviewFact,
            let text = try store.value("SELECT body FROM payload WHERE number = \(number)", as: String.self)
        else { return nil }
        return try JSONDecoder().decode(ReviewSubmitted.self, from: Data(text.utf8)).review
    }
}
