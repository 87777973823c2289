package import Lifecycle
package import Store

/// The officer's word on a dossier, as the screening page shows it.
package struct ScreeningRecord: Sendable, Decodable {
    package let fact: Int64
    package let at: Instant
    package let officerName: String?
    package let passed: Bool
    package let overturned: Bool
    package let reason: String?

    package static func find(_ application: ID<Application>, _ store: Transaction) throws -> ScreeningRecord?
    {
        try store.row(
            """
            SELECT screening.fact AS fact, screening.at AS at, person.name AS officer_name,
              screening.passed AS passed, screening.overturned AS overturned, screening.reason AS reason
            FROM screening LEFT JOIN person ON person.id = screening.officer
            WHERE screening.application = \(application)
            """)
    }
}

/// Who sees which part of a screening. Applicants see why; experts judge the proposal without it.
package enum ScreeningSight {
    private static let readers: Set<Relation> = [
        .owner, .researchOffice, .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]

    // That and when it was screened stands on the timeline, which the team reads.
    package static let passed = Field<ScreeningRecord, Bool>(
        "passed", seenBy: readers.union([.teamMember])
    ) { $0.passed }
    package static let overturned = Field<ScreeningRecord, Bool>("overturned", seenBy: readers) {
        $0.overturned
    }
    package static let reason = Field<ScreeningRecord, String?>("reason", seenBy: readers) { $0.reason }
    package static let at = Field<ScreeningRecord, Instant>(
        "at", seenBy: readers.union([.teamMember])
    ) { $0.at }
    package static let officer = Field<ScreeningRecord, String?>("officer", seenBy: readers) {
        $0.officerName
    }

    package static let rows = [
        SightRow("screening", passed), SightRow("screening", overturned), SightRow("screening", reason),
        SightRow("screening", at), SightRow("screening", officer),
    ]

    /// Who has the tab.
    package static let relations = readers
}
