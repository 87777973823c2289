/// What an expert is asked: graded criteria, advice on funding, comments.
package struct ReviewInstrument: Sendable, Codable, Hashable {
    package struct Grade: Sendable, Codable, Hashable {
        /// `A` … `D`.
        package let id: String
        package let label: Label
        package let points: Int
        package init(id: String, label: Label, points: Int) {
            self.id = id
            self.label = label
            self.points = points
        }
    }

    package struct Criterion: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let hint: Label?
        package let clause: ClauseID?
        package init(id: String, label: Label, hint: Label? = nil, clause: ClauseID? = nil) {
            self.id = id
            self.label = label
            self.hint = hint
            self.clause = clause
        }
    }

    /// For a procedure without a step of review.
    package static let none = ReviewInstrument(
        criteria: [], grades: [], advice: [], commentLeast: 0, standing: .demo, cites: Citation())

    /// Criteria on which the expert comments without grading.
    package let criteria: [Criterion]
    /// The overall grade (综合评价).
    package let grades: [Grade]
    /// Advice on funding (资助意见).
    package let advice: [Grade]
    /// Fewest characters of the comment.
    package let commentLeast: Int
    package let standing: RuleStanding
    package let cites: Citation
    /// How far grades and advice were held against their source; nil, as in definitions older than the word, is unknown.
    private let verified: CitationCheck?
    /// How reviewers are proposed; nil where the programme leaves it to the house.
    package let matching: MatchingRules?

    package init(
        criteria: [Criterion], grades: [Grade], advice: [Grade], commentLeast: Int, standing: RuleStanding,
        cites: Citation, verified: CitationCheck = .unknown, matching: MatchingRules? = nil
    ) {
        self.criteria = criteria
        self.grades = grades
        self.advice = advice
        self.commentLeast = commentLeast
        self.standing = standing
        self.cites = cites
        // Unknown is nil, so that a definition keeps the body it had before there was any.
        self.verified = verified == .unknown ? nil : verified
        self.matching = matching
    }

    package var check: CitationCheck { verified ?? .unknown }
}
