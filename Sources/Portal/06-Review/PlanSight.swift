package import Lifecycle
import Store

/// One pair of a plan, with the expert behind it.
package struct PlanPairRecord: Sendable, Decodable {
    package let application: ID<Application>
    package let expert: ID<Person>
    package let score: Int
    package let change: AssignmentPlan.Change
    package let isLocked: Bool
    package let affinity: String
    package let expertName: String
    package let expertOrganisation: String?
}

/// A signed plan, as everybody may read it.
package struct SignedPlanRecord: Sendable {
    package let signed: AssignmentPlanSigned
    package let callTitle: String
    package let fact: Int64
    package let signedAt: Instant
    package let signedBy: ID<Person>?
    package let signerName: String
}

/// Who sees plans: who assigns, and who audits it. Everybody reads what a signed plan claims, and whom it names nobody
/// but these.
package enum PlanSight {
    static let readers: Set<Relation> = [.programmeOfficer, .auditor]
    private static let everyone = Set(Relation.allCases)

    package static let expertName = Field<PlanPairRecord, String>(
        "expertName", seenBy: readers, isNoted: true
    ) {
        $0.expertName
    }
    package static let expertOrganisation = Field<PlanPairRecord, String?>(
        "expertOrganisation", seenBy: readers, isNoted: true
    ) { $0.expertOrganisation }
    package static let score = Field<PlanPairRecord, Int>("score", seenBy: readers) { $0.score }
    package static let affinity = Field<PlanPairRecord, String>("affinity", seenBy: readers) { $0.affinity }

    package static let claim = Field<SignedPlanRecord, AssignmentPlanSigned>("claim", seenBy: everyone) {
        $0.signed
    }
    package static let signedAt = Field<SignedPlanRecord, Instant>("signedAt", seenBy: everyone) {
        $0.signedAt
    }
    package static let signerName = Field<SignedPlanRecord, String>("signerName", seenBy: readers) {
        $0.signerName
    }

    package static let rows = [
        SightRow("plan pair", expertName), SightRow("plan pair", expertOrganisation),
        SightRow("plan pair", score), SightRow("plan pair", affinity), SightRow("signed plan", claim),
        SightRow("signed plan", signedAt), SightRow("signed plan", signerName),
    ]

    /// What the viewer is to a plan of which no dossier is kept from them, by role.
    static func relations(_ viewer: Viewer) -> Set<Relation> {
        DossierSight.officialRelations(of: viewer).intersection(readers)
    }

    /// A plan speaks of every dossier of its call: whoever is barred from one does not read it.
    static func isBarred(_ viewer: Viewer, from plan: ID<AssignmentPlan>, _ store: Transaction) throws -> Bool
    {
        guard let person = viewer.person else { return true }
        return try store.value(
            """
            SELECT 1 FROM assignment_plan_application WHERE plan = \(plan)
              AND application IN (\(sql: Parties.barred(person))) LIMIT 1
            """, as: Int.self) != nil
    }

    /// Whether the person may make plans of the call as it is now.
    static func mayPlan(_ person: ID<Person>, _ call: ID<Call>, _ store: Transaction) throws -> Bool {
        try store.value(
            """
            SELECT 1 FROM open_step WHERE call = \(call) AND kind = 'review'
              AND application IN (\(sql: Parties.barred(person))) LIMIT 1
            """, as: Int.self) == nil
    }

    /// That a plan was signed and what it claims is nobody's secret.
    static func view(_ viewer: Viewer, _ fact: Fact) -> FactView? {
        guard fact.subject.kind == AssignmentPlan.subjectKind else { return nil }
        if fact.kind == AssignmentPlanSigned.kind { return .whole }
        return viewer.holds(.auditor) || viewer.holds(.integrity) ? .whole : .nothing
    }
}
