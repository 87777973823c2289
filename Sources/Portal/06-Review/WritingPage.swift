package import Lifecycle

/// The proposal beside the form of a review that is being written.
package struct WritingPage: Sendable {
    package let id: String
    package let base: String
    package let number: String
    package let title: String
    package let applicant: String
    package let university: String
    package let due: String
    package let dueISO: String
    package let now: String
    package let hasDue: Bool
    package let sentBack: String?
    package let proposal: ProposalText
    package let version: String
    package let grades: [Choice]
    package let advice: [Choice]
    package let criteria: [Criterion]
    package let comment: String
    package let commentLeast: String
    package let commentHint: String
    package let cite: String
    package let standing: String
    package let standingKind: String
    /// Whether the call changed grades or advice, and what they were.
    package let scaleNote: String
    package let total: TotalPage
    package let savedState: String
    package let hasErrors: Bool
    package let errors: [Problem]
    package let theirs: [Other]
    package let isConflict: Bool

    package struct Choice: Sendable {
        package let id: String
        package let label: String
        package let points: String
        package let checked: Bool
    }

    package struct Criterion: Sendable {
        package let name: String
        package let label: String
        package let hint: String
        package let hasHint: Bool
        package let clause: String
        package let hasClause: Bool
        package let text: String
    }

    package struct Problem: Sendable {
        package let href: String
        package let text: String
    }

    /// What another window saved meanwhile.
    package struct Other: Sendable {
        package let label: String
        package let text: String
    }

    package init(
        _ assignment: AssignmentRecord, _ open: OpenCase, application: Application,
        answers: [String: String], version: Int, savedAt: Instant?, errors: [Refusal],
        theirs: [(label: String, text: String)], ask: Ask
    ) {
        let words = ask.words
        let language = ask.language
        let instrument = open.review
        id = assignment.id.rawValue
        base = "/reviews/\(assignment.id)"
        number = open.seen[DossierSight.number] ?? ""
        title = open.seen[DossierSight.title] ?? ""
        applicant = open.seen[DossierSight.ownerName] ?? ""
        university = open.seen[DossierSight.universityName] ?? ""
        let due = open.standing.open.first { $0.step.kind == .review }?.due
        self.due = ask.due(due, none: "")
        dueISO = due?.iso ?? ""
        now = ask.now.iso
        hasDue = due != nil
        sentBack = assignment.sentBack.map { words.filled("review.write.sentBack", ["reason": $0]) }
        proposal = ProposalText(
            application, form: open.form, disciplines: ask.house.disciplineNames, words: words)
        self.version = "\(version)"
        func choices(_ grades: [ReviewInstrument.Grade], _ name: String) -> [Choice] {
            grades.map {
                Choice(
                    id: $0.id, label: $0.label.text(in: language),
                    points: words.filled("review.write.points", ["points": "\($0.points)"]),
                    checked: answers[name] == $0.id)
            }
        }
        grades = choices(instrument.grades, "grade")
        advice = choices(instrument.advice, "advice")
        criteria = instrument.criteria.map { criterion in
            let hint = criterion.hint?.text(in: language) ?? ""
            let clause = criterion.clause?.rawValue ?? ""
            return Criterion(
                name: "comment-\(criterion.id)", label: criterion.label.text(in: language), hint: hint,
                hasHint: !hint.isEmpty, clause: words.filled("review.write.clause", ["clause": clause]),
                hasClause: !clause.isEmpty, text: answers["comment-\(criterion.id)"] ?? "")
        }
        comment = answers["comment"] ?? ""
        commentLeast = "\(instrument.commentLeast)"
        commentHint = words.filled("review.write.commentHint", ["least": "\(instrument.commentLeast)"])
        cite = instrument.cites.text(in: language)
        standing = words["rule.standing.\(instrument.standing.rawValue)"]
        standingKind = instrument.standing.rawValue
        scaleNote = CallWords(words: words).scaleNote(open.call, open.programme)
        total = TotalPage(answers, instrument, words)
        savedState =
            savedAt.map { words.filled("review.write.savedAt", ["time": $0.text, "version": "\(version)"]) }
            ?? words["review.write.notSaved"]
        self.errors = errors.map { refusal in
            Problem(
                href: Self.anchor(refusal), text: Self.text(refusal, instrument, words))
        }
        hasErrors = !errors.isEmpty
        self.theirs = theirs.map { Other(label: $0.label, text: $0.text) }
        isConflict = !theirs.isEmpty
    }

    private static func anchor(_ refusal: Refusal) -> String {
        switch refusal.code {
        case "review.grade": "#grade"
        case "review.advice": "#advice"
        case "review.criterion": "#comment-\(refusal.values["id"] ?? "")"
        default: "#comment"
        }
    }

    private static func text(
        _ refusal: Refusal, _ instrument: ReviewInstrument, _ words: Words.Catalogue
    ) -> String {
        guard refusal.code == "review.criterion",
            let criterion = instrument.criteria.first(where: { $0.id == refusal.values["id"] })
        else { return words.sentence(refusal) }
        return words.filled(
            "refusal.review.criterion", ["label": criterion.label.text(in: words.language)])
    }
}

/// The running total, also fetched by itself after each save.
package struct TotalPage: Sendable {
    package let text: String
    package let most: String

    package init(_ answers: [String: String], _ instrument: ReviewInstrument, _ words: Words.Catalogue) {
        let highest =
            (instrument.grades.map(\.points).max() ?? 0) + (instrument.advice.map(\.points).max() ?? 0)
        most = words.filled("review.total.most", ["most": "\(highest)"])
        text =
            ReviewForm.points(answers, instrument).map {
                words.filled("review.total.points", ["points": "\($0)"])
            } ?? words["review.total.open"]
    }
}

/// A review read whole: before it is submitted, to agree; afterwards, for good.
package struct OwnReviewPage: Sendable {
    package let base: String
    package let number: String
    package let title: String
    package let isSubmitted: Bool
    package let version: String
    package let submittedAt: String
    package let grade: String
    package let advice: String
    package let points: String
    package let comments: [ReviewLine.Comment]
    package let comment: [String]
    /// Grade, advice and comments, as the applicant will read them: without name, without points.
    package let forApplicant: String
    package let forPanel: String
    /// Where the expert may write the case for the proposal, or has; nil elsewhere.
    package let champion: ChampionLink?

    package struct ChampionLink: Sendable {
        package let href: String
        package let isWritten: Bool

        /// Nil where there is nothing written and nothing to write.
        init?(_ desk: ChampionActs.Desk) {
            guard desk.written != nil || desk.obstacles.isEmpty else { return nil }
            href = "/reviews/\(desk.assignment.id)/case"
            isWritten = desk.written != nil
        }
    }

    package init(
        _ assignment: AssignmentRecord, _ open: OpenCase, _ review: Review, version: Int,
        champion: ChampionActs.Desk? = nil, ask: Ask
    ) {
        let words = ask.words
        let instrument = open.review
        base = "/reviews/\(assignment.id)"
        number = open.seen[DossierSight.number] ?? ""
        title = open.seen[DossierSight.title] ?? ""
        isSubmitted = assignment.state == .submitted
        self.version = "\(version)"
        submittedAt = assignment.submittedAt?.text ?? ""
        grade = ReviewLine.grade(review.grade, in: instrument.grades, ask.language)
        advice = ReviewLine.grade(review.advice, in: instrument.advice, ask.language)
        points = "\(review.points)"
        comments = ReviewLine.comments(review.comments, instrument, ask.language)
        comment = ReviewLine.paragraphs(review.comment)
        forApplicant = words["review.confirm.forApplicant"]
        forPanel = words["review.confirm.forPanel"]
        self.champion = champion.flatMap { ChampionLink($0) }
    }
}
