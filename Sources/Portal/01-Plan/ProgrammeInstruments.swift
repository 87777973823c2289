import Lifecycle

/// What experts are asked, each criterion with its clause.
struct ProgrammeReviewWords: Sendable {
    let criteria: [Criterion]
    /// Whether anybody reviews.
    let isThere: Bool
    let grades: String
    let advice: String
    let commentLeast: String
    let ground: GroundWords

    struct Criterion: Sendable {
        let label: String
        let hint: String
        let hasHint: Bool
        let clause: ProgrammeClause?
    }

    init(_ review: ReviewInstrument, _ ask: Ask) {
        let words = ask.words
        criteria = review.criteria.map { criterion in
            let hint = criterion.hint?.text(in: ask.language) ?? ""
            return Criterion(
                label: criterion.label.text(in: ask.language), hint: hint, hasHint: !hint.isEmpty,
                clause: criterion.clause.map { ProgrammeClause($0, ask) })
        }
        isThere = !criteria.isEmpty || !review.grades.isEmpty
        grades = Self.scale(review.grades, words)
        advice = Self.scale(review.advice, words)
        commentLeast = words.filled("programme.commentLeast", ["n": "\(review.commentLeast)"])
        ground = GroundWords(review.standing, review.check, review.cites, words)
    }

    private static func scale(_ grades: [ReviewInstrument.Grade], _ words: Words.Catalogue) -> String {
        grades.map {
            words.filled(
                "call.grade",
                ["key": $0.id, "label": $0.label.text(in: words.language), "points": "\($0.points)"])
        }.joined(separator: words.language == .zh ? "；" : "; ")
    }
}

/// How the money flows.
struct ProgrammeFundingWords: Sendable {
    let isThere: Bool
    let isLumpSum: Bool
    let instalments: [Line]
    let milestones: [Line]
    let hasMilestones: Bool
    let test: String
    let hasTest: Bool
    let ground: GroundWords

    struct Line: Sendable {
        let label: String
        let value: String
    }

    init(_ programme: Programme, _ words: Words.Catalogue) {
        let funding = programme.funding
        isThere = programme.givesMoney
        isLumpSum = funding.lumpSum
        func milestone(_ id: String) -> String {
            funding.milestones.first { $0.id == id }?.label.text(in: words.language) ?? id
        }
        instalments = funding.instalments.map { part in
            Line(
                label: part.label.text(in: words.language),
                value: part.upon == "contract"
                    ? words.filled("programme.uponContract", ["percent": "\(part.percent)"])
                    : words.filled(
                        "programme.upon",
                        ["percent": "\(part.percent)", "milestone": milestone(part.upon)]))
        }
        milestones = funding.milestones.map {
            Line(label: $0.label.text(in: words.language), value: $0.when.text(in: words.language))
        }
        hasMilestones = !milestones.isEmpty
        test =
            funding.test.map {
                words.filled(
                    "programme.test",
                    ["milestone": milestone($0.upon), "what": $0.of.text(in: words.language)])
            } ?? ""
        hasTest = funding.test != nil
        ground = GroundWords(funding.standing, funding.verified, funding.cites, words)
    }
}

/// A paper that one role fills at a step.
struct ProgrammeStatementWords: Sendable {
    let label: String
    let hint: String
    let hasHint: Bool
    let readers: String
    let fields: [String]
    let ground: GroundWords

    init(_ form: StatementForm, _ words: Words.Catalogue) {
        label = form.label.text(in: words.language)
        hint = form.hint?.text(in: words.language) ?? ""
        hasHint = !hint.isEmpty
        readers = words.filled(
            "programme.readBy",
            [
                "readers": form.seenBy.map { words["statement.reader.\($0.rawValue)"] }
                    .joined(separator: words.language == .zh ? "、" : ", ")
            ])
        fields = form.fields.map { $0.label.text(in: words.language) }
        ground = GroundWords(form.standing, form.verified, form.cites, words)
    }
}
