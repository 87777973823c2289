package import Lifecycle

/// `/reviews/{assignment}/case`: an expert's case for a proposal, before it is written and after, or why there is none.
package struct ChampionPage: Sendable {
    package let base: String
    package let number: String
    package let title: String
    package let isWritten: Bool
    package let writtenAt: String
    package let paragraphs: [String]
    package let mayWrite: Bool
    package let obstacles: [String]
    package let hasObstacles: Bool
    package let text: String
    package let hint: String
    /// When experts count as disagreeing; how others judged is not said.
    package let rule: String
    let ground: GroundWords
    package let errors: [String]
    package let hasErrors: Bool

    /// - Parameters:
    ///   - typed: what was refused, with the refusals.
    package init(
        _ desk: ChampionActs.Desk, _ open: OpenCase, typed: (text: String, refusals: [Refusal])? = nil,
        ask: Ask
    ) {
        let words = ask.words
        let terms = desk.terms
        base = "/reviews/\(desk.assignment.id)"
        number = open.seen[DossierSight.number] ?? ""
        title = open.seen[DossierSight.title] ?? ""
        isWritten = desk.written != nil
        writtenAt = desk.written?.at.text ?? ""
        paragraphs = ReviewLine.paragraphs(desk.written?.words ?? "")
        mayWrite = desk.obstacles.isEmpty
        obstacles = isWritten ? [] : desk.obstacles.map(words.sentence)
        hasObstacles = !obstacles.isEmpty
        text = typed?.text ?? ""
        hint = words.filled(
            "champion.hint", ["least": "\(terms.caseLeast)", "most": "\(terms.caseMost)"])
        rule = words.filled("champion.rule", ["needed": "\(terms.spread)"])
        ground = GroundWords(terms.rules.standing, terms.rules.verified, terms.rules.cites, words)
        errors = (typed?.refusals ?? []).map(words.sentence)
        hasErrors = !errors.isEmpty
    }
}

/// A case as far as the viewer sees it.
package struct ChampionLine: Sendable {
    package let heading: String
    package let expert: String?
    package let at: String?
    package let paragraphs: [String]

    /// Nil where the viewer may not read it.
    package init?(_ seen: Seen<ChampionCase>, words: Words.Catalogue) {
        guard let text = seen[ChampionSight.words] else { return nil }
        heading = words["champion.caseHead"]
        expert = seen[ChampionSight.expertName].map {
            "\($0) · \(seen[ChampionSight.expertOrganisation] ?? "")"
        }
        at = seen[ChampionSight.at].map(\.text)
        paragraphs = ReviewLine.paragraphs(text)
    }
}

/// How a disagreement is told to officials, with the numbers seen.
enum DisagreementWords {
    /// Nil where the viewer may not know it.
    static func text(_ seen: Seen<Disagreement>, _ words: Words.Catalogue) -> String? {
        guard let found = seen[ChampionSight.grades] else { return nil }
        return words.filled(
            found.isNonConsensus ? "champion.seen" : "champion.seenAgreed",
            [
                "highest": found.highest.id, "lowest": found.lowest.id, "spread": "\(found.spread)",
                "needed": "\(found.needed)",
            ])
    }
}
