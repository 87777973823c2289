/// One expert's place on one dossier.
package enum Assignment {}

package struct ReviewerAssigned: FactBody {
    package static let kind = FactKind("reviewer.assigned")
    package let assignment: ID<Assignment>
    package let application: ID<Application>
    package let expert: ID<Person>
    package init(assignment: ID<Assignment>, application: ID<Application>, expert: ID<Person>) {
        self.assignment = assignment
        self.application = application
        self.expert = expert
    }
}

package struct ReviewerAccepted: FactBody {
    package static let kind = FactKind("reviewer.accepted")
    package let assignment: ID<Assignment>
    package init(assignment: ID<Assignment>) { self.assignment = assignment }
}

/// With the reason.
package struct ReviewerDeclined: FactBody {
    package static let kind = FactKind("reviewer.declined")
    package let assignment: ID<Assignment>
    package init(assignment: ID<Assignment>) { self.assignment = assignment }
}

/// Taken off by an officer before the review was submitted, on a ground of procedure.
package struct ReviewerReleased: FactBody {
    package static let kind = FactKind("reviewer.released")
    package let assignment: ID<Assignment>
    package init(assignment: ID<Assignment>) { self.assignment = assignment }
}

/// An expert's judgement. Nobody can alter it; only the same expert can submit again, after a send-back.
package struct Review: Sendable, Codable, Hashable {
    /// Grade id of the instrument: `A` … `D`.
    package let grade: String
    package let advice: String
    /// Points of grade and advice added, as the instrument counts them.
    package let points: Int
    /// Comment by criterion id.
    package let comments: [String: String]
    /// The comment for the applicant, and the panel.
    package let comment: String

    package init(grade: String, advice: String, points: Int, comments: [String: String], comment: String) {
        self.grade = grade
        self.advice = advice
        self.points = points
        self.comments = comments
        self.comment = comment
    }

    /// Reads what the expert filled in, or says everything that is missing.
    package static func reading(
        _ answers: [String: String], with instrument: ReviewInstrument
    ) -> Result<Review, Refused> {
        var missing: [Refusal] = []
        let grade = instrument.grades.first { $0.id == answers["grade"] }
        let advice = instrument.advice.first { $0.id == answers["advice"] }
        if grade == nil { missing.append(Refusal("review.grade")) }
        if advice == nil { missing.append(Refusal("review.advice")) }
        var comments: [String: String] = [:]
        for criterion in instrument.criteria {
            let text = answers["comment-\(criterion.id)"] ?? ""
            if text.trimmedCount == 0 {
                missing.append(
                    Refusal("review.criterion", ["label": criterion.label.zh, "id": criterion.id]))
            }
            comments[criterion.id] = text
        }
        let comment = answers["comment"] ?? ""
        if comment.trimmedCount < instrument.commentLeast {
            missing.append(
                Refusal(
                    "review.comment",
                    ["least": "\(instrument.commentLeast)", "count": "\(comment.trimmedCount)"]))
        }
        guard missing.isEmpty, let grade, let advice else { return .failure(Refused(missing)) }
        return .success(
            Review(
                grade: grade.id, advice: advice.id, points: grade.points + advice.points, comments: comments,
                comment: comment))
    }
}

package struct ReviewSubmitted: FactBody {
    package static let kind = FactKind("review.submitted")
    package let assignment: ID<Assignment>
    package let review: Review
    package init(assignment: ID<Assignment>, review: Review) {
        self.assignment = assignment
        self.review = review
    }
}

/// Sent back on procedure only (the reason says which); the academic judgement is not the officer's.
package struct ReviewSentBack: FactBody {
    package static let kind = FactKind("review.sent-back")
    package enum Ground: String, Sendable, Codable, CaseIterable {
        /// The comment names the reviewer or another person who must stay unnamed.
        case identity
        /// The comment is about another application.
        case mistaken
        /// A conflict of interest became known.
        case conflict
        /// The form is filled in contradictorily.
        case contradictory
    }
    package let assignment: ID<Assignment>
    package let ground: Ground
    package init(assignment: ID<Assignment>, ground: Ground) {
        self.assignment = assignment
        self.ground = ground
    }
}
