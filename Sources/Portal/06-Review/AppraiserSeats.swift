import Foundation
package import Lifecycle
package import Store

package struct SeatRecord: Sendable, Decodable {
    package let id: ID<AppraiserSeat>
    package let application: ID<Application>
    package let call: ID<Call>
    package let step: String
    package let lens: String
    package let expert: ID<Person>
    package let state: State
    package let seatedAt: Instant
    package let answeredAt: Instant?
    package let writtenAt: Instant?
    package let writtenFact: Int64?
    package let reason: String?
    /// The fact that counted the panel's answers.
    package let closedFact: Int64?
    /// The fact that ended the panel before it was closed: another branch sent the dossier back or ended it.
    package let endedFact: Int64?

    /// The panel was neither closed nor ended.
    package var isUnsettled: Bool { closedFact == nil && endedFact == nil }

    package enum State: String, Sendable, Codable, CaseIterable {
        case invited
        case accepted
        case declined
        case recused
        case released
        case written

        /// Takes one of the lens's places.
        package var counts: Bool {
            switch self {
            case .invited, .accepted, .written: true
            case .declined, .recused, .released: false
            }
        }
    }

    package static let columns: SQL = """
        id, application, call, step, lens, expert, state, seated_at, answered_at, written_at, written_fact, reason,
        closed_fact, ended_fact
        """
}

package enum AppraiserSeats {
    package static func find(_ id: ID<AppraiserSeat>, _ store: Transaction) throws -> SeatRecord {
        guard
            let found = try store.row(
                "SELECT \(sql: SeatRecord.columns) FROM appraiser_seat WHERE id = \(id)", as: SeatRecord.self)
        else { throw Missing() }
        return found
    }

    /// The expert's own seat, else missing.
    package static func mine(
        _ id: ID<AppraiserSeat>, _ person: ID<Person>, _ store: Transaction
    ) throws -> SeatRecord {
        let seat = try find(id, store)
        guard seat.expert == person else { throw Missing() }
        return seat
    }

    /// Every seat there ever was in the panels of a step, in the order of the invitations.
    static func of(_ application: ID<Application>, _ step: String, _ store: Transaction) throws
        -> [SeatRecord]
    {
        try store.rows(
            """
            SELECT \(sql: SeatRecord.columns) FROM appraiser_seat
            WHERE application = \(application) AND step = \(step) ORDER BY seated_at, id
            """)
    }

    /// The seats of the panel that sits since the step opened. A step that opens again has a new panel: what was said of
    /// an earlier text is not counted for a later one.
    package static func panel(
        of application: ID<Application>, _ step: String, since: Instant, _ store: Transaction
    ) throws -> [SeatRecord] {
        try of(application, step, store).filter { $0.isUnsettled && $0.seatedAt >= since }
    }

    /// What an expert handed in, from the journal's payload.
    package static func appraisal(_ seat: SeatRecord, _ store: Transaction) throws -> ExpertAppraisal? {
        guard let number = seat.writtenFact,
            let text = try store.value("SELECT body FROM payload WHERE number = \(number)", as: String.self)
        else { return nil }
        return try JSONDecoder().decode(AppraisalWritten.self, from: Data(text.utf8)).appraisal
    }
}
