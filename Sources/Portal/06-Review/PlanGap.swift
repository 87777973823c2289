import Lifecycle
import Store

/// What has come apart of a signed plan: invitations that were declined, reviewers who were released.
package struct PlanGap: Sendable {
    package let plan: PlanRecord
    /// Pairs of the plan whose assignment ended since.
    package let gone: Int
    /// Applications under review that have fewer experts than they need.
    package let lacking: Int

    /// The plan of a call that was signed last.
    static func lastSigned(in call: ID<Call>, before: Instant? = nil, _ store: Transaction) throws
        -> PlanRecord?
    {
        let until = before ?? Instant(milliseconds: .max)
        let id = try store.value(
            """
            SELECT plan FROM signed_plan WHERE call = \(call) AND signed_at <= \(until)
            ORDER BY signed_at DESC, fact DESC LIMIT 1
            """, as: ID<AssignmentPlan>.self)
        return try id.map { try PlanQueries.find($0, store) }
    }

    /// Nil where nothing was signed.
    static func last(in call: ID<Call>, needed: Int, _ store: Transaction) throws -> PlanGap? {
        try lastSigned(in: call, store).map { try of($0, needed: needed, store) }
    }

    static func of(_ plan: PlanRecord, needed: Int, _ store: Transaction) throws -> PlanGap {
        let gone = try store.value(
            """
            SELECT COUNT(*) FROM assignment_plan_pair
            JOIN application ON application.id = assignment_plan_pair.application
            WHERE assignment_plan_pair.plan = \(plan.id) AND assignment_plan_pair.change IN ('added', 'kept')
              AND application.state = 'open' AND \(sql: OpenSteps.has(.review))
              AND NOT EXISTS (SELECT 1 FROM assignment
                WHERE assignment.application = assignment_plan_pair.application
                  AND assignment.expert = assignment_plan_pair.expert
                  AND assignment.state IN ('invited', 'accepted', 'submitted'))
            """, as: Int.self)
        let lacking = try store.value(
            """
            SELECT COUNT(*) FROM open_step CROSS JOIN application
            WHERE open_step.call = \(plan.call) AND open_step.kind = 'review'
              AND application.id = open_step.application AND application.reviewers < \(needed)
            """, as: Int.self)
        return PlanGap(plan: plan, gone: gone ?? 0, lacking: lacking ?? 0)
    }
}

/// The gap as officers are told of it, with the one thing to do.
struct PlanGapNotice: Sendable {
    let title: String
    let text: String
    let action: String
    let signedHref: String

    /// Nil where every place is filled.
    init?(_ gap: PlanGap, in call: ID<Call>, _ words: Words.Catalogue) {
        guard gap.lacking > 0 else { return nil }
        title = words.filled(
            gap.gone > 0 ? "plan.gap.title" : "plan.gap.only",
            ["count": "\(gap.gone)", "lacking": "\(gap.lacking)"])
        text = words.filled("plan.gap.text", ["at": gap.plan.signedAt?.text ?? ""])
        action = "/office/assign/\(call)/plans/again"
        signedHref = "/office/assign/\(call)/plans/\(gap.plan.id)"
    }
}
