package import Lifecycle

/// Who sees which part of a championing case: as of a review, officials all of it, and those who applied its words once
/// the application is decided (``ReviewSight/relations(_:decided:)``).
package enum ChampionSight {
    package static let expertName = Field<ChampionCase, String>(
        "expertName", seenBy: ReviewSight.expertName.seenBy, isNoted: true
    ) { $0.expertName }
    package static let expertOrganisation = Field<ChampionCase, String>(
        "expertOrganisation", seenBy: ReviewSight.expertOrganisation.seenBy, isNoted: true
    ) { $0.expertOrganisation }
    package static let at = Field<ChampionCase, Instant>("at", seenBy: ReviewSight.submittedAt.seenBy) {
        $0.at
    }
    package static let words = Field<ChampionCase, String>(
        "words", seenBy: ReviewSight.comment.seenBy, isNoted: true
    ) {
        $0.words
    }

    /// Which grades lie how far apart: as of the points that a mean is made of.
    package static let grades = Field<Disagreement, Disagreement>(
        "grades", seenBy: ReviewSight.points.seenBy
    ) { $0 }

    package static let rows = [
        SightRow("disagreement", grades),
        SightRow("championing case", expertName), SightRow("championing case", expertOrganisation),
        SightRow("championing case", at), SightRow("championing case", words),
    ]
}
