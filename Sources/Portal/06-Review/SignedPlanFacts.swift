import Lifecycle
import Store

enum SignedPlanFacts {
    static let tables = [ProjectedTable("signed_plan", key: "plan")]

    static let projections: [Projection] = [
        .on(AssignmentPlanSigned.self) { store, fact, body in
            _ = try store.run(
                """
                INSERT INTO signed_plan (plan, call, fact, signed_by, signed_at, body)
                VALUES (\(body.plan), \(body.call), \(fact.number), \(fact.actor), \(fact.at),
                  \(try Canonical.body(body)))
                """)
        }
    ]
}

extension AssignmentPlan {
    static let subjectKind = "assignment-plan"

    static func subject(_ id: ID<AssignmentPlan>) -> Subject { Subject(kind: subjectKind, id: id.rawValue) }
}
