import Crypto
import Foundation
package import Lifecycle
package import Store

/// What the pages of review read.
package enum ReviewQueries {
    private struct NameRow: Decodable, Sendable {
        let name: String
        let organisationName: String?
    }

    /// Every submitted review of a dossier, in an order that tells nothing: by a hash of the assignment.
    package static func submitted(_ application: ID<Application>, _ store: Transaction) throws
        -> [ReviewRecord]
    {
        try ReviewActs.of(application, store).filter { $0.state == .submitted }
            .sorted { shuffleKey($0.id) < shuffleKey($1.id) }
            .compactMap { assignment in
                guard let review = try ReviewActs.review(assignment, store) else { return nil }
                let who = try name(of: assignment.expert, store)
                return ReviewRecord(
                    assignment: assignment, expertName: who.name, expertOrganisation: who.organisation,
                    review: review)
            }
    }

    static func shuffleKey(_ id: ID<Assignment>) -> String {
        Canonical.hex(SHA256.hash(data: Array("review-order\(id.rawValue)".utf8)))
    }

    static func name(of person: ID<Person>, _ store: Transaction) throws -> (
        name: String, organisation: String
    ) {
        let row = try store.row(
            """
            SELECT person.name AS name, entity.name AS organisation_name FROM person
            LEFT JOIN organisation AS own ON own.id = person.organisation
            LEFT JOIN organisation AS entity ON entity.id = own.legal_entity WHERE person.id = \(person)
            """, as: NameRow.self)
        return (row?.name ?? "—", row?.organisationName ?? "")
    }

    /// Whether the decision on a dossier has fallen, either way.
    package static func isDecided(_ standing: Standing) -> Bool {
        standing.steps.contains {
            guard $0.step.kind == .decide else { return false }
            return switch $0.state {
            case .done, .refused: true
            case .waiting, .open, .skipped: false
            }
        }
    }

    /// One of an expert's assignments, with what an invited expert may know of the dossier.
    package struct MyAssignment: Sendable, Decodable {
        package let id: ID<Assignment>
        package let state: AssignmentRecord.State
        package let assignedAt: Instant
        package let submittedAt: Instant?
        package let sentBack: String?
        package let number: String
        package let title: String
        package let discipline: String
        package let universityName: String
        package let stepKind: String
        package let dueAt: Instant?
        package let hasDraft: Bool
    }

    package static func mine(_ expert: ID<Person>, _ store: Transaction) throws -> [MyAssignment] {
        try store.rows(
            """
            SELECT assignment.id AS id, assignment.state AS state, assignment.assigned_at AS assigned_at,
              assignment.submitted_at AS submitted_at, assignment.sent_back AS sent_back,
              application.number AS number, application.title AS title, application.discipline AS discipline,
              application.university_name AS university_name,
              CASE WHEN open_step.step IS NULL THEN application.step_kind ELSE open_step.kind END AS step_kind,
              CASE WHEN open_step.step IS NULL THEN application.due_at ELSE open_step.due_at END AS due_at,
              CASE WHEN review_draft.assignment IS NULL THEN 0 ELSE 1 END AS has_draft
            FROM assignment JOIN application ON application.id = assignment.application
            LEFT JOIN review_draft ON review_draft.assignment = assignment.id
            LEFT JOIN open_step ON open_step.application = assignment.application AND open_step.kind = 'review'
            WHERE assignment.expert = \(expert)
            ORDER BY COALESCE(CASE WHEN open_step.step IS NULL THEN application.due_at ELSE open_step.due_at END,
              9223372036854775807), application.number
            """)
    }

    /// One dossier under review, with how far its reviews are.
    package struct Progress: Sendable {
        package let record: DossierRecord
        package let counts: [AssignmentRecord.State: Int]

        package var active: Int { counts.reduce(0) { $0 + ($1.key.counts ? $1.value : 0) } }
    }

    package static let pageSize = 100

    /// Dossiers of a call under review, in order of number. An official's conflicts hide rows.
    package static func underReview(
        in call: ID<Call>, for officer: ID<Person>, after: String, _ store: Transaction
    ) throws -> [Progress] {
        struct CountRow: Decodable, Sendable {
            let application: ID<Application>
            let state: AssignmentRecord.State
            let count: Int
        }
        let records = try store.rows(
            """
            SELECT \(sql: DossierRecord.columns)
            FROM open_step CROSS JOIN application
            WHERE open_step.call = \(call) AND open_step.kind = 'review' AND open_step.number > \(after)
              AND application.id = open_step.application
              AND \(sql: Parties.free(officer))
            ORDER BY open_step.number LIMIT \(pageSize)
            """, as: DossierRecord.self)
        let rows = try store.rows(
            """
            SELECT application, state, COUNT(*) AS count FROM assignment
            WHERE application IN \(list: records.map(\.id)) GROUP BY application, state
            """, as: CountRow.self)
        let counts = Dictionary(grouping: rows, by: \.application)
        return records.map { record in
            Progress(
                record: record,
                counts: Dictionary(
                    uniqueKeysWithValues: (counts[record.id] ?? []).map { ($0.state, $0.count) }))
        }
    }

    /// One call with dossiers that lack reviewers.
    package struct Lack: Sendable {
        package let call: ID<Call>
        package let title: String
        /// Dossiers under review.
        package let total: Int
        /// Of these, how many have fewer reviewers than they need.
        package let lacking: Int
        package let due: Instant?
    }

    package static func lacks(for officer: ID<Person>, _ definitions: Definitions, _ store: Transaction)
        throws
        -> [Lack]
    {
        try OpenStep.all(
            .review, for: officer,
            needed: { id in
                guard let call = try Calls.find(id, store),
                    let programme = try definitions.programme(call.digest, store)
                else { return nil }
                return ReviewActs.needed(call, programme)
            }, store
        ).map {
            Lack(call: $0.call, title: $0.title, total: $0.count, lacking: $0.lacking, due: $0.due)
        }
    }
}
