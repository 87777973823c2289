import Lifecycle
import Store

/// Proposals that an expert may champion and has not yet.
enum ChampionTasks {
    private struct Row: Decodable, Sendable {
        let id: ID<Assignment>
        let application: ID<Application>
        let call: ID<Call>
        let title: String
        let grade: String
        let advice: String
    }

    static func of(_ viewer: Viewer, _ definitions: Definitions, _ store: Transaction) throws
        -> [PendingTask]
    {
        guard let person = viewer.person, viewer.holds(.expert) else { return [] }
        let rows = try store.rows(
            """
            SELECT assignment.id AS id, application.id AS application, application.call AS call,
              application.title AS title, assignment.grade AS grade, assignment.advice AS advice
            FROM assignment JOIN application ON application.id = assignment.application
            WHERE assignment.expert = \(person) AND assignment.state = 'submitted'
              AND application.state = 'open' AND \(sql: OpenSteps.has(.decide))
              AND NOT EXISTS (SELECT 1 FROM champion_case WHERE champion_case.assignment = assignment.id)
              AND NOT EXISTS (SELECT 1 FROM selection
                WHERE selection.call = application.call AND selection.state = 'proposed')
            ORDER BY application.number
            """, as: Row.self)
        return try rows.filter { row in
            guard let call = try Calls.find(row.call, store),
                let programme = try definitions.programme(call.digest, store),
                let terms = NonConsensusTerms(call, programme),
                terms.mayChampion(ReviewMarks(grade: row.grade, advice: row.advice)),
                try Parties.of(row.application, store).declared.contains(person) == false
            else { return false }
            let picture = try ChampionQueries.picture(of: call, programme, only: row.application, store)
            return picture?.disagreements[row.application]?.isNonConsensus == true
        }.map {
            // When the decision is due is no matter of the expert's.
            PendingTask(verb: "champion", title: $0.title, href: "/reviews/\($0.id)/case", due: nil)
        }
    }
}
