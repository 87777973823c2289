import Foundation
package import Lifecycle
package import Store

/// A kept plan.
package struct PlanRecord: Sendable, Decodable {
    package let id: ID<AssignmentPlan>
    package let call: ID<Call>
    package let madeBy: ID<Person>
    package let makerName: String
    package let madeAt: Instant
    package let objective: AssignmentPlan.Objective
    package let keepsInvited: Bool
    package let rules: String
    package let summary: String
    package let publicGap: Int64
    package let signedAt: Instant?

    func told() throws -> AssignmentPlan.Summary {
        try JSONDecoder().decode(AssignmentPlan.Summary.self, from: Data(summary.utf8))
    }
}

/// What the pages of plans read.
package enum PlanQueries {
    private static let select: SQL = """
        SELECT assignment_plan.id AS id, assignment_plan.call AS call, assignment_plan.made_by AS made_by,
          person.name AS maker_name, assignment_plan.made_at AS made_at,
          assignment_plan.objective AS objective, assignment_plan.keeps_invited AS keeps_invited,
          assignment_plan.rules AS rules, assignment_plan.summary AS summary,
          assignment_plan.public_gap AS public_gap, signed_plan.signed_at AS signed_at
        FROM assignment_plan JOIN person ON person.id = assignment_plan.made_by
        LEFT JOIN signed_plan ON signed_plan.plan = assignment_plan.id
        """

    package static func find(_ id: ID<AssignmentPlan>, _ store: Transaction) throws -> PlanRecord {
        guard
            let found = try store.row(
                "\(sql: select) WHERE assignment_plan.id = \(id)", as: PlanRecord.self)
        else { throw Missing() }
        return found
    }

    /// Newest first.
    package static func all(in call: ID<Call>, _ store: Transaction) throws -> [PlanRecord] {
        try store.rows(
            """
            \(sql: select) WHERE assignment_plan.call = \(call)
            ORDER BY assignment_plan.made_at DESC, assignment_plan.id
            """)
    }

    /// Applications of a plan, or signed plans, on a page.
    static let pageSize = 50

    /// Which applications of a plan are shown.
    package enum Show: String, Sendable, CaseIterable {
        case all, changes, holes

        var condition: SQL {
            switch self {
            case .all: "1 = 1"
            case .changes: "assignment_plan_application.changes > 0"
            case .holes: "assignment_plan_application.holes > 0"
            }
        }
    }

    /// One application of a plan.
    package struct Line: Sendable, Decodable {
        package let application: ID<Application>
        package let score: Int64
        package let demand: Int
        package let holes: Int
        package let hole: String?
        package let length: String

        func reason() throws -> AssignmentPlan.HoleReason? {
            try hole.map {
                try JSONDecoder().decode(AssignmentPlan.HoleReason.self, from: Data($0.utf8))
            }
        }
    }

    private static let selectLine: SQL = """
        SELECT assignment_plan_application.application AS application,
          assignment_plan_application.score AS score, assignment_plan_application.demand AS demand,
          assignment_plan_application.holes AS holes, assignment_plan_application.hole AS hole,
          assignment_plan_application.length AS length
        FROM assignment_plan_application
        JOIN application ON application.id = assignment_plan_application.application
        """

    package static func lines(
        of plan: ID<AssignmentPlan>, _ show: Show, after: String, limit: Int = pageSize,
        _ store: Transaction
    ) throws -> [Line] {
        try store.rows(
            """
            \(sql: selectLine) WHERE assignment_plan_application.plan = \(plan) AND \(sql: show.condition)
              AND application.number > \(after) ORDER BY application.number LIMIT \(limit)
            """)
    }

    package static func line(
        of application: ID<Application>, in plan: ID<AssignmentPlan>, _ store: Transaction
    ) throws -> Line {
        guard
            let found = try store.row(
                """
                \(sql: selectLine) WHERE assignment_plan_application.plan = \(plan)
                  AND assignment_plan_application.application = \(application)
                """, as: Line.self)
        else { throw Missing() }
        return found
    }

    package static func dossiers(_ ids: [ID<Application>], _ store: Transaction) throws -> [ID<
        Application
    >: DossierRecord] {
        let records = try store.rows(
            "SELECT \(sql: DossierRecord.columns) FROM application WHERE id IN \(list: ids)",
            as: DossierRecord.self)
        return Dictionary(uniqueKeysWithValues: records.map { ($0.id, $0) })
    }

    private static let selectPair: SQL = """
        SELECT assignment_plan_pair.application AS application, assignment_plan_pair.expert AS expert,
          assignment_plan_pair.score AS score, assignment_plan_pair.change AS change,
          assignment_plan_pair.is_locked AS is_locked, assignment_plan_pair.affinity AS affinity,
          person.name AS expert_name, entity.name AS expert_organisation
        FROM assignment_plan_pair JOIN person ON person.id = assignment_plan_pair.expert
        LEFT JOIN organisation AS own ON own.id = person.organisation
        LEFT JOIN organisation AS entity ON entity.id = own.legal_entity
        """

    /// Best first.
    package static func pairs(
        of applications: [ID<Application>], in plan: ID<AssignmentPlan>, _ store: Transaction
    ) throws -> [ID<Application>: [PlanPairRecord]] {
        let rows = try store.rows(
            """
            \(sql: selectPair) WHERE assignment_plan_pair.plan = \(plan)
              AND assignment_plan_pair.application IN \(list: applications)
            ORDER BY assignment_plan_pair.score DESC, person.id
            """, as: PlanPairRecord.self)
        return Dictionary(grouping: rows, by: \.application)
    }

    package static func allPairs(in plan: ID<AssignmentPlan>, _ store: Transaction) throws -> [PlanPairRecord]
    {
        try store.rows(
            """
            \(sql: selectPair) WHERE assignment_plan_pair.plan = \(plan)
            ORDER BY assignment_plan_pair.application, assignment_plan_pair.score DESC, person.id
            """)
    }

    /// Pairs that stand in one plan and not in another, of applications that are under review still, in the order of their
    /// numbers.
    static func pairs(
        in plan: ID<AssignmentPlan>, notIn other: ID<AssignmentPlan>, _ store: Transaction
    ) throws -> [PlanPairRecord] {
        try store.rows(
            """
            \(sql: selectPair)
            JOIN application ON application.id = assignment_plan_pair.application
              AND application.state = 'open' AND \(sql: OpenSteps.has(.review))
            WHERE assignment_plan_pair.plan = \(plan) AND assignment_plan_pair.change IN ('added', 'kept')
              AND NOT EXISTS (SELECT 1 FROM assignment_plan_pair AS there
                WHERE there.plan = \(other) AND there.application = assignment_plan_pair.application
                  AND there.expert = assignment_plan_pair.expert
                  AND there.change IN ('added', 'kept', 'outside'))
            ORDER BY application.number, assignment_plan_pair.score DESC, person.id
            """)
    }

    /// How many experts have how many applications in the plan.
    package struct LoadCount: Sendable, Decodable {
        package let load: Int
        package let experts: Int
        /// Of these, how many can take no more.
        package let isFull: Int
    }

    package static func loads(of plan: ID<AssignmentPlan>, _ store: Transaction) throws -> [LoadCount] {
        try store.rows(
            """
            SELECT load, COUNT(*) AS experts, SUM(CASE WHEN load >= load_max THEN 1 ELSE 0 END) AS is_full
            FROM assignment_plan_expert WHERE plan = \(plan) GROUP BY load ORDER BY load
            """)
    }

    package struct Document: Sendable, Decodable {
        package let name: String
        package let digest: String
        package let size: Int
    }

    package static func documents(
        of plan: ID<AssignmentPlan>, isPublic: Bool, _ store: Transaction
    ) throws -> [Document] {
        try store.rows(
            """
            SELECT name, digest, LENGTH(bytes) AS size FROM assignment_plan_document
            WHERE plan = \(plan) AND is_public = \(isPublic) ORDER BY name
            """)
    }

    package static func bytes(
        of name: String, in plan: ID<AssignmentPlan>, isPublic: Bool, _ store: Transaction
    ) throws -> [UInt8] {
        guard
            let bytes = try store.value(
                """
                SELECT bytes FROM assignment_plan_document
                WHERE plan = \(plan) AND is_public = \(isPublic) AND name = \(name)
                """, as: [UInt8].self)
        else { throw Missing() }
        return bytes
    }

    // MARK: - signed

    private struct SignedRow: Decodable, Sendable {
        let plan: ID<AssignmentPlan>
        let body: String
        let callTitle: String
        let fact: Int64
        let signedAt: Instant
        let signedBy: ID<Person>?
        let signerName: String?
    }

    private static let selectSigned: SQL = """
        SELECT signed_plan.plan AS plan, signed_plan.body AS body, call.title AS call_title, signed_plan.fact AS fact,
          signed_plan.signed_at AS signed_at, signed_plan.signed_by AS signed_by, person.name AS signer_name
        FROM signed_plan JOIN call ON call.id = signed_plan.call
        LEFT JOIN person ON person.id = signed_plan.signed_by
        """

    private static func read(_ row: SignedRow) throws -> SignedPlanRecord {
        SignedPlanRecord(
            signed: try JSONDecoder().decode(AssignmentPlanSigned.self, from: Data(row.body.utf8)),
            callTitle: row.callTitle, fact: row.fact, signedAt: row.signedAt, signedBy: row.signedBy,
            signerName: row.signerName ?? "")
    }

    package static func signed(_ plan: ID<AssignmentPlan>, _ store: Transaction) throws -> SignedPlanRecord {
        guard
            let row = try store.row(
                "\(sql: selectSigned) WHERE signed_plan.plan = \(plan)", as: SignedRow.self)
        else { throw Missing() }
        return try read(row)
    }

    /// A page of all that were signed, newest first.
    static func signed(after: ListPlace, size: Int = pageSize, _ store: Transaction) throws
        -> Paged<SignedPlanRecord>
    {
        try store.page(
            selectSigned,
            in: ListOrder([.number("signed_plan.signed_at"), .text("signed_plan.plan")], descending: true),
            after: after, size: size
        ) { (row: SignedRow) in
            ["\(row.signedAt.rawValue)", row.plan.rawValue]
        }.map(read)
    }
}
