import Foundation
package import Lifecycle
package import Store

package struct AssignmentRecord: Sendable, Decodable {
    package let id: ID<Assignment>
    package let application: ID<Application>
    package let call: ID<Call>
    package let expert: ID<Person>
    /// `invited`, `accepted`, `declined`, `released` or `submitted`.
    package let state: String
    package let assignedAt: Instant
    package let answeredAt: Instant?
    package let submittedAt: Instant?
    package let reason: String?
    package let reviewFact: Int64?
    package let grade: String?
    package let advice: String?
    package let points: Int?
    package let sentBack: String?

    package static let columns: SQL = """
        id, application, call, expert, state, assigned_at, answered_at, submitted_at, reason, review_fact, grade,
        advice, points, sent_back
        """
}

/// What officers and experts do in review.
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

    /// Asks an expert to review. Conflicts and full loads refuse, with the reason.
    @discardableResult
    package static func assign(
        _ expert: ID<Person>, to application: ID<Application>, id: ID<Assignment>, by person: ID<Person>?,
        _ change: Change, _ house: House
    ) throws -> ID<Assignment> {
        let store = change.store
        let (_, _, call, programme) = try Dossiers.require(
            .review, of: application, by: person, as: .expert, house: house, store)
        struct ExpertRow: Decodable, Sendable {
            let loadMax: Int
            let entity: ID<Organisation>?
        }
        guard
            let row = try store.row(
                """
                SELECT expert.load_max, organisation.legal_entity AS entity FROM expert
                JOIN person ON person.id = expert.person
                LEFT JOIN organisation ON organisation.id = person.organisation WHERE expert.person = \(expert)
                """, as: ExpertRow.self)
        else { throw Missing() }
        let parties = try Parties.withRivals(application, store)
        if let reason = parties.reasonsAgainstReview(by: expert, of: row.entity).first {
            throw Refused("conflict.\(reason.rawValue)", citation: reason.citation)
        }
        let current = try of(application, store)
        if current.contains(where: { $0.expert == expert && $0.state != "released" }) {
            throw Refused("review.already-asked")
        }
        let load =
            try store.value(
                """
                SELECT COUNT(*) FROM assignment WHERE expert = \(expert) AND call = \(call.id)
                  AND state IN ('invited', 'accepted', 'submitted')
                """, as: Int.self) ?? 0
        if load >= row.loadMax {
            throw Refused("review.load", ["load": "\(load)", "most": "\(row.loadMax)"])
        }
        let wanted = call.number("reviewers", in: programme) ?? 3
        let active = current.filter { ["invited", "accepted", "submitted"].contains($0.state) }.count
        if active >= wanted { throw Refused("review.enough", ["count": "\(wanted)"]) }
        try change.append(
            ReviewerAssigned(assignment: id, application: application, expert: expert),
            about: .application(application), as: .programmeOfficer)
        return id
    }

    package static func accept(_ id: ID<Assignment>, by person: ID<Person>, _ change: Change) throws {
        let assignment = try mine(id, person, change.store)
        guard assignment.state == "invited" else { throw Refused("review.answered") }
        try change.append(
            ReviewerAccepted(assignment: id), about: .application(assignment.application), as: .expert)
    }

    package static func decline(_ id: ID<Assignment>, by person: ID<Person>, reason: String, _ change: Change)
        throws
    {
        let assignment = try mine(id, person, change.store)
        guard assignment.state == "invited" || assignment.state == "accepted" else {
            throw Refused("review.answered")
        }
        guard reason.trimmedCount >= 2 else { throw Refused("reason.short", ["least": "2"]) }
        try change.append(
            ReviewerDeclined(assignment: id), about: .application(assignment.application), as: .expert,
            reason: reason)
    }

    /// Submits the expert's judgement. From here on nobody can alter it.
    package static func submit(
        _ id: ID<Assignment>, _ answers: [String: String], by person: ID<Person>, _ change: Change,
        _ house: House
    ) throws {
        let assignment = try mine(id, person, change.store)
        guard assignment.state == "accepted" else { throw Refused("review.not-accepted") }
        let (step, _, _, programme) = try Dossiers.require(
            .review, of: assignment.application, by: nil, as: .expert, house: house, change.store)
        let review = try Review.reading(answers, with: programme.review).get()
        try change.append(
            ReviewSubmitted(assignment: id, review: review), about: .application(assignment.application),
            as: .expert,
            move: Move(step.id, .contributed))
        _ = try change.store.run("DELETE FROM review_draft WHERE assignment = \(id)")
    }

    /// Takes an expert off who has not submitted, on a ground of procedure.
    package static func release(
        _ id: ID<Assignment>, by person: ID<Person>, reason: String, _ change: Change, _ house: House
    ) throws {
        let assignment = try find(id, change.store)
        try Dossiers.require(
            .review, of: assignment.application, by: person, as: .expert, house: house, change.store)
        guard assignment.state == "invited" || assignment.state == "accepted" else {
            throw Refused("review.submitted")
        }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        try change.append(
            ReviewerReleased(assignment: id), about: .application(assignment.application),
            as: .programmeOfficer,
            reason: reason)
    }

    /// Sends a submitted review back on procedure. The academic judgement is not the officer's to question.
    package static func sendBack(
        _ id: ID<Assignment>, ground: ReviewSentBack.Ground, reason: String, by person: ID<Person>,
        _ change: Change, _ house: House
    ) throws {
        let assignment = try find(id, change.store)
        guard assignment.state == "submitted" else { throw Refused("review.not-submitted") }
        guard reason.trimmedCount >= 5 else { throw Refused("reason.short", ["least": "5"]) }
        let store = change.store
        let (call, programme) = try Calls.found(assignment.call, house, store)
        let standing = try Dossiers.standing(of: assignment.application, in: call, programme, house, store)
        guard let review = programme.procedure.step(of: .review),
            let decide = programme.procedure.step(of: .decide),
            standing.isOpen(review.id) || standing.isOpen(decide.id)
        else { throw Refused("review.decided") }
        let proposed = try store.value(
            "SELECT 1 FROM selection WHERE call = \(call.id) AND state = 'proposed'", as: Int.self)
        if proposed != nil { throw Refused("review.proposed") }
        let against = try Parties.of(assignment.application, store).reasonsAgainstHandling(by: person)
        if let conflict = against.first {
            throw Refused("conflict.\(conflict.rawValue)", citation: conflict.citation)
        }
        try change.append(
            ReviewSentBack(assignment: id, ground: ground), about: .application(assignment.application),
            as: .programmeOfficer, move: Move(review.id, .retracted, target: assignment.expert.rawValue),
            reason: reason)
    }

    /// The expert's own assignment, else missing.
    package static func mine(_ id: ID<Assignment>, _ person: ID<Person>, _ store: Transaction) throws
        -> AssignmentRecord
    {
        let assignment = try find(id, store)
        guard assignment.expert == person else { throw Missing() }
        return assignment
    }

    /// A submitted review, from the journal's payload.
    package static func review(_ assignment: AssignmentRecord, _ store: Transaction) throws -> Review? {
        guard let number = assignment.reviewFact,
            let text = try store.value("SELECT body FROM payload WHERE number = \(number)", as: String.self)
        else { return nil }
        return try JSONDecoder().decode(ReviewSubmitted.self, from: Data(text.utf8)).review
    }
}
