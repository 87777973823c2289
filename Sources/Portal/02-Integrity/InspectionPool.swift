import Lifecycle
import Store

/// What can be inspected: every application submitted to a call and not withdrawn, shared among universities.
/// The pages of the inspection itself come with monitoring; the draw of what to inspect needs nothing of them.
enum InspectionPool {
    static func of(
        _ purpose: Draw.Purpose, _ about: Subject, _ store: Transaction
    ) throws -> [PoolCandidate]? {
        guard purpose == .inspection, about.kind == "call" else { return nil }
        struct Row: Decodable, Sendable {
            let id: String
            let universityName: String
        }
        let rows = try store.rows(
            """
            SELECT id, university_name FROM application
            WHERE call = \(about.id) AND NOT EXISTS (SELECT 1 FROM fact
              WHERE fact.subject_kind = 'application' AND fact.subject_id = application.id
                AND fact.kind = \(ApplicationWithdrawn.kind))
            ORDER BY number
            """, as: Row.self)
        return rows.map {
            PoolCandidate(Subject(kind: "application", id: $0.id), stratum: $0.universityName)
        }
    }
}
