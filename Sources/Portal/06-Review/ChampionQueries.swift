package import Lifecycle
package import Store

/// A case that was written for a proposal, with the expert behind it.
package struct ChampionCase: Sendable, Decodable {
    package let fact: Int64
    package let application: ID<Application>
    package let assignment: ID<Assignment>
    package let at: Instant
    package let words: String
    package let expertName: String
    package let expertOrganisation: String
    /// Of the review that its author has submitted now.
    package let grade: String
    package let advice: String
}

/// What the route for proposals that experts disagree about looks at: derived from reviews and cases, for one proposal or
/// all of a call.
package struct NonConsensusPicture: Sendable {
    package let terms: NonConsensusTerms
    /// Without proposals of which it cannot be said.
    package let disagreements: [ID<Application>: Disagreement]
    /// Cases that stand. One whose author's review was sent back, or marks the proposal down since, does not.
    package let cases: [ID<Application>: [ChampionCase]]

    /// The same without some proposals.
    package func without(_ barred: Set<ID<Application>>) -> NonConsensusPicture {
        NonConsensusPicture(
            terms: terms, disagreements: disagreements.filter { !barred.contains($0.key) },
            cases: cases.filter { !barred.contains($0.key) })
    }
}

package enum ChampionQueries {
    private struct MarksRow: Decodable, Sendable {
        let application: ID<Application>
        let grade: String
        let advice: String
    }

    /// Nil where the call's programme has no such route.
    package static func picture(
        of call: Call, _ programme: Programme, only application: ID<Application>? = nil, _ store: Transaction
    ) throws -> NonConsensusPicture? {
        guard let terms = NonConsensusTerms(call, programme) else { return nil }
        let chosen: SQL = if let application { "application = \(application)" } else { "call = \(call.id)" }
        let rows = try store.rows(
            "SELECT application, grade, advice FROM assignment WHERE \(sql: chosen) AND state = 'submitted'",
            as: MarksRow.self)
        let marks = Dictionary(grouping: rows, by: \.application).mapValues { rows in
            rows.map { ReviewMarks(grade: $0.grade, advice: $0.advice) }
        }
        let cases = try cases(in: call.id, only: application, store).filter {
            terms.mayChampion(ReviewMarks(grade: $0.grade, advice: $0.advice))
        }
        return NonConsensusPicture(
            terms: terms, disagreements: marks.compactMapValues(terms.disagreement),
            cases: Dictionary(grouping: cases, by: \.application))
    }

    private static func cases(
        in call: ID<Call>, only application: ID<Application>?, _ store: Transaction
    ) throws -> [ChampionCase] {
        let chosen: SQL =
            if let application { "AND champion_case.application = \(application)" } else { "" }
        return try store.rows(
            """
            SELECT champion_case.fact, champion_case.application, champion_case.assignment, champion_case.at,
              champion_case.words, person.name AS expert_name,
              COALESCE(entity.name, '') AS expert_organisation, assignment.grade, assignment.advice
            FROM champion_case JOIN assignment ON assignment.id = champion_case.assignment
            JOIN person ON person.id = assignment.expert
            LEFT JOIN organisation AS own ON own.id = person.organisation
            LEFT JOIN organisation AS entity ON entity.id = own.legal_entity
            WHERE champion_case.call = \(call) \(sql: chosen) AND assignment.state = 'submitted'
            ORDER BY champion_case.fact
            """)
    }

    /// What an expert wrote for the proposal of an assignment.
    package struct Written: Sendable, Decodable {
        package let at: Instant
        package let words: String
    }

    package static func written(_ assignment: ID<Assignment>, _ store: Transaction) throws -> Written? {
        try store.row("SELECT at, words FROM champion_case WHERE assignment = \(assignment)")
    }
}
