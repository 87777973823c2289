package import Lifecycle

/// A seat with the expert who sits on it.
package struct PanelSeat: Sendable {
    package let record: SeatRecord
    package let expertName: String
    package let expertOrganisation: String
}

/// One expert's appraisal, once the seals are broken.
package struct AppraisalOpinion: Sendable {
    package let seat: PanelSeat
    package let appraisal: ExpertAppraisal
}

/// What the closing of a step brought out.
package struct AppraisalOutcome: Sendable {
    package let closedAt: Instant
    package let result: AppraisalResult
    /// In the order of the votes, which tells nothing.
    package let opinions: [AppraisalOpinion]
    package let sensitivity: [AppraisalChange]
}

/// Who sees what of an appraisal. Who sits is for officials at all times. What was said is for nobody before the step is
/// closed (there is no value of it to ask for), and afterwards for officials and for those who applied, without names.
/// An expert sees what the own panel came to, and of no other. What one answer more would have changed is for officials:
/// an applicant would read from it which expert to look for.
package enum AppraisalSight {
    package static let officials: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    private static let readers = officials.union([.owner, .teamMember, .researchOffice])
    private static let withPanel = readers.union([.expert])

    package static let expertName = Field<PanelSeat, String>("expertName", seenBy: officials, isNoted: true) {
        $0.expertName
    }
    package static let expertOrganisation = Field<PanelSeat, String>(
        "expertOrganisation", seenBy: officials, isNoted: true
    ) { $0.expertOrganisation }
    package static let state = Field<PanelSeat, SeatRecord.State>("state", seenBy: officials) {
        $0.record.state
    }
    package static let seatedAt = Field<PanelSeat, Instant>("seatedAt", seenBy: officials) {
        $0.record.seatedAt
    }
    /// When somebody accepted, declined, was released or left over a conflict, or handed in.
    package static let settledAt = Field<PanelSeat, Instant?>("settledAt", seenBy: officials) {
        $0.record.writtenAt ?? $0.record.answeredAt
    }
    package static let reason = Field<PanelSeat, String?>("reason", seenBy: officials) { $0.record.reason }

    package static let lens = Field<AppraisalOpinion, String>("lens", seenBy: readers) { $0.seat.record.lens }
    package static let answers = Field<AppraisalOpinion, [String: AppraisalAnswer]>(
        "answers", seenBy: readers, isNoted: true
    ) { $0.appraisal.answers }
    package static let grounds = Field<AppraisalOpinion, [String: String]>(
        "grounds", seenBy: readers, isNoted: true
    ) {
        $0.appraisal.grounds
    }
    package static let comments = Field<AppraisalOpinion, [String: String]>(
        "comments", seenBy: readers, isNoted: true
    ) {
        $0.appraisal.comments
    }

    package static let closedAt = Field<AppraisalOutcome, Instant>("closedAt", seenBy: withPanel) {
        $0.closedAt
    }
    package static let result = Field<AppraisalOutcome, AppraisalResult>("result", seenBy: withPanel) {
        $0.result
    }
    package static let sensitivity = Field<AppraisalOutcome, [AppraisalChange]>(
        "sensitivity", seenBy: officials
    ) { $0.sensitivity }

    /// The opinion on paper: its number, and the fact that it is made from.
    package static let number = Field<AppraisalQueries.ClosedRecord, String>("number", seenBy: readers) {
        $0.number
    }
    package static let fact = Field<AppraisalQueries.ClosedRecord, Int64>("fact", seenBy: readers) { $0.fact }

    package static let rows = [
        SightRow("appraiser", expertName), SightRow("appraiser", expertOrganisation),
        SightRow("appraiser", state), SightRow("appraiser", seatedAt), SightRow("appraiser", settledAt),
        SightRow("appraiser", reason), SightRow("appraisal", lens), SightRow("appraisal", answers),
        SightRow("appraisal", grounds), SightRow("appraisal", comments),
        SightRow("appraisal result", closedAt), SightRow("appraisal result", result),
        SightRow("appraisal result", sensitivity), SightRow("appraisal document", number),
        SightRow("appraisal document", fact),
    ]

    /// Who has the tab.
    package static let tab = readers
    /// Who seats, takes off and closes.
    package static let arranging: Set<Relation> = [.programmeOfficer]
}
