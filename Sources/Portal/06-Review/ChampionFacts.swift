import Lifecycle
import Store

enum ChampionFacts {
    static let tables = [ProjectedTable("champion_case", key: "fact")]

    static let projections: [Projection] = [
        .on(ProposalChampioned.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO champion_case (fact, call, application, assignment, at, words)
                SELECT \(fact.number), call, application, id, \(fact.at), \(fact.reason?.text ?? "")
                FROM assignment WHERE id = \(body.assignment)
                """)
        }
    ]
}
