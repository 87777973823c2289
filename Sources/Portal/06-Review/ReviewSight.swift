package import Lifecycle

/// A submitted review with the expert behind it.
package struct ReviewRecord: Sendable {
    package let assignment: AssignmentRecord
    package let expertName: String
    package let expertOrganisation: String
    package let review: Review
}

/// Who sees which part of a submitted review. Names and moments never reach applicants or research offices;
/// what was said does, once the application is decided (see ``relations(to:decided:)``).
package enum ReviewSight {
    private static let officials: Set<Relation> = [
        .programmeOfficer, .commissionLeader, .integrity, .auditor,
    ]
    private static let applicants: Set<Relation> = [.owner, .teamMember, .researchOffice]
    private static let readers = officials.union(applicants)

    package static let expertName = Field<ReviewRecord, String>(
        "expertName", seenBy: officials, isNoted: true
    ) {
        $0.expertName
    }
    package static let expertOrganisation = Field<ReviewRecord, String>(
        "expertOrganisation", seenBy: officials, isNoted: true
    ) { $0.expertOrganisation }
    package static let points = Field<ReviewRecord, Int>("points", seenBy: officials, isNoted: true) {
        $0.review.points
    }
    package static let submittedAt = Field<ReviewRecord, Instant?>("submittedAt", seenBy: officials) {
        $0.assignment.submittedAt
    }
    package static let grade = Field<ReviewRecord, String>("grade", seenBy: readers, isNoted: true) {
        $0.review.grade
    }
    package static let advice = Field<ReviewRecord, String>("advice", seenBy: readers, isNoted: true) {
        $0.review.advice
    }
    package static let comments = Field<ReviewRecord, [String: String]>(
        "comments", seenBy: readers, isNoted: true
    ) {
        $0.review.comments
    }
    package static let comment = Field<ReviewRecord, String>("comment", seenBy: readers, isNoted: true) {
        $0.review.comment
    }

    package static let rows = [
        SightRow("review", expertName), SightRow("review", expertOrganisation), SightRow("review", points),
        SightRow("review", submittedAt), SightRow("review", grade), SightRow("review", advice),
        SightRow("review", comments), SightRow("review", comment),
    ]

    /// Who has the tab of reviews.
    package static let tab = readers
    /// Who has the tab of assignments.
    package static let assigning: Set<Relation> = [.programmeOfficer]

    /// The relations that count for reading: before the decision, only those of officials.
    package static func relations(_ relations: Set<Relation>, decided: Bool) -> Set<Relation> {
        decided ? relations : relations.intersection(officials)
    }

    package static func isOfficial(_ relations: Set<Relation>) -> Bool {
        !relations.isDisjoint(with: officials)
    }
}
