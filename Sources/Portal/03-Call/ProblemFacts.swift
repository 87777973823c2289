import Foundation
package import Lifecycle
import Store

extension Subject {
    package static func problem(_ id: ID<Problem>) -> Subject { Subject(kind: "problem", id: id.rawValue) }
}

enum ProblemProjections {
    static let tables = [
        ProjectedTable("problem", key: "id"), ProjectedTable("problem_contact", key: "problem"),
        ProjectedTable("problem_link", key: "fact"), ProjectedTable("problem_term", key: "term, problem"),
    ]

    static let projections: [Projection] = [
        .on(ProblemPutIn.self) { store, fact, body in try putIn(body, fact, store) },
        .on(ContactLeft.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO problem_contact (problem, name, contact)
                VALUES (\(fact.subject.id), \(body.name), \(body.contact))
                ON CONFLICT (problem) DO UPDATE SET name = excluded.name, contact = excluded.contact
                """)
        },
        .on(ProblemMerged.self) { store, fact, body in
            try settle(.merged, into: body.into, fact, store)
        },
        .on(ProblemSetAside.self) { store, fact, _ in try settle(.setAside, into: nil, fact, store) },
        .on(ProblemReopened.self) { store, fact, _ in try settle(.waiting, into: nil, fact, store) },
        .on(ProblemLinked.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO problem_link (fact, problem, other, at, reason)
                VALUES (\(fact.number), \(fact.subject.id), \(body.with), \(fact.at), \(fact.reason))
                """)
        },
    ]

    private static func putIn(_ body: ProblemPutIn, _ fact: Fact, _ store: Transaction) throws {
        let it = body.problem
        _ = try store.run(
            """
            INSERT INTO problem (id, number, side, organisation, organisation_name, proposer, title, wanted_by,
              money, answers, text, receipt, at, state, merged_into, settled_at, settled_by, reason)
            VALUES (\(it.id), \(it.number), \(it.side), \(it.organisation), \(it.organisationName),
              \(it.proposer), \(it.title), \(it.by), \(it.money), \(try Canonical.json(it.answers)),
              \(Terms.folded(it.text)), \(body.receipt), \(fact.at), \(Problem.State.waiting), NULL, NULL, NULL,
              NULL)
            """)
        for term in Likeness.terms(of: it.text).sorted() {
            _ = try store.run("INSERT INTO problem_term (term, problem) VALUES (\(term), \(it.id))")
        }
    }

    private static func settle(
        _ state: Problem.State, into: ID<Problem>?, _ fact: Fact, _ store: Transaction
    ) throws {
        _ = try store.run(
            """
            UPDATE problem SET state = \(state), merged_into = \(into), settled_at = \(fact.at),
              settled_by = \(fact.actor), reason = \(fact.reason) WHERE id = \(fact.subject.id)
            """)
    }
}

extension Problem.Side: SQLBindable {}
extension Problem.State: SQLBindable {}
