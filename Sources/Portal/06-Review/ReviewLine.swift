package import Lifecycle

/// One submitted review in words, as far as the viewer sees it.
package struct ReviewLine: Sendable {
    package let heading: String
    package let expert: String?
    package let points: String?
    package let submittedAt: String?
    package let grade: String
    package let advice: String
    package let comments: [Comment]
    package let comment: [String]

    package struct Comment: Sendable {
        package let label: String
        package let paragraphs: [String]
    }

    /// Nil where the viewer may not read it.
    ///
    /// - Parameter place: from 1, in the order of the page.
    package init?(
        _ seen: Seen<ReviewRecord>, place: Int, instrument: ReviewInstrument, words: Words.Catalogue
    ) {
        guard let grade = seen[ReviewSight.grade], let advice = seen[ReviewSight.advice],
            let comments = seen[ReviewSight.comments], let comment = seen[ReviewSight.comment]
        else { return nil }
        heading = words.filled("review.read.heading", ["place": "\(place)"])
        let name = seen[ReviewSight.expertName]
        expert = name.map { "\($0) · \(seen[ReviewSight.expertOrganisation] ?? "")" }
        points = seen[ReviewSight.points].map { "\($0)" }
        submittedAt = seen[ReviewSight.submittedAt].map(\.text)
        self.grade = Self.grade(grade, in: instrument.grades, words.language)
        self.advice = Self.grade(advice, in: instrument.advice, words.language)
        self.comments = Self.comments(comments, instrument, words.language)
        self.comment = Self.paragraphs(comment)
    }

    static func grade(_ id: String, in grades: [ReviewInstrument.Grade], _ language: Language) -> String {
        grades.first { $0.id == id }.map { "\($0.id) \($0.label.text(in: language))" } ?? id
    }

    static func comments(
        _ comments: [String: String], _ instrument: ReviewInstrument, _ language: Language
    ) -> [Comment] {
        instrument.criteria.compactMap { criterion in
            guard let text = comments[criterion.id], !text.isEmpty else { return nil }
            return Comment(label: criterion.label.text(in: language), paragraphs: paragraphs(text))
        }
    }

    static func paragraphs(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}

/// The tab with every review of a dossier.
package struct ReviewsPage: Sendable {
    package let head: CaseFrame
    package let isOfficial: Bool
    package let isHidden: Bool
    package let progress: String
    package let summary: String?
    package let rows: [ReviewLine]
    package let hasRows: Bool
    /// For officials, where the programme looks at how far experts are apart.
    package let disagreement: String?
    package let cases: [ChampionLine]

    package init(
        _ open: OpenCase, reviews: [ReviewRecord], counts: [AssignmentRecord.State: Int],
        nonConsensus: NonConsensusPicture? = nil, ask: Ask
    ) {
        let words = ask.words
        head = open.head(tab: "reviews", ask)
        isOfficial = ReviewSight.isOfficial(open.seen.relations)
        let decided = ReviewQueries.isDecided(open.standing)
        isHidden = !isOfficial && !decided
        let relations = ReviewSight.relations(open.seen.relations, decided: decided)
        let seen = reviews.map { Seen($0, as: relations) }
        rows = seen.enumerated().compactMap { index, review in
            ReviewLine(
                review, place: index + 1, instrument: open.review, words: words)
        }
        hasRows = !rows.isEmpty
        progress =
            isOfficial
            ? words.filled(
                "review.read.progress",
                [
                    "submitted": "\(counts[.submitted] ?? 0)",
                    "needed": "\(ReviewActs.needed(open.call, open.programme))",
                    "waiting": "\((counts[.invited] ?? 0) + (counts[.accepted] ?? 0))",
                ]) : words["review.read.forApplicant"]
        let id = open.record.id
        disagreement = nonConsensus?.disagreements[id].flatMap {
            DisagreementWords.text(Seen($0, as: relations), words)
        }
        cases = (nonConsensus?.cases[id] ?? []).compactMap {
            ChampionLine(Seen($0, as: relations), words: words)
        }
        let points = seen.compactMap { $0[ReviewSight.points] }
        let ranked = RankedPoints(points)
        summary =
            points.isEmpty
            ? nil
            : words.filled(
                "review.read.summary", ["mean": ranked.mean, "spread": "\(ranked.spread)"])
    }

    /// Mean to two places, rounded half up, and the distance of the highest from the lowest.
    private struct RankedPoints {
        let mean: String
        let spread: Int

        init(_ points: [Int]) {
            let total = points.reduce(0, +)
            let hundredths = points.isEmpty ? 0 : (total * 200 + points.count) / (points.count * 2)
            mean = "\(hundredths / 100).\(String(String(hundredths % 100 + 100).dropFirst()))"
            spread = (points.max() ?? 0) - (points.min() ?? 0)
        }
    }
}
