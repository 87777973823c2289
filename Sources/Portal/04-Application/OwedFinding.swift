import Lifecycle
import Store

/// What experts came to who made up for something afterwards; it stops nothing by itself.
struct OwedFinding: Decodable, Sendable {
    let step: String
    let positive: Bool

    /// Of each step of a dossier, the latest.
    static func all(of application: ID<Application>, _ store: Transaction) throws -> [OwedFinding] {
        try store.rows(
            """
            SELECT step, positive FROM appraisal_result WHERE application = \(application) ORDER BY fact DESC
            """)
    }

    /// Those who read the result of an appraisal, and who answers for the call.
    private static let readers: Set<Relation> = [
        .owner, .teamMember, .researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]

    static let step = Field<OwedFinding, String>("step", seenBy: readers) { $0.step }
    static let favourable = Field<OwedFinding, Bool>("favourable", seenBy: readers) { $0.positive }

    static let rows = [SightRow("owed finding", step), SightRow("owed finding", favourable)]
}
