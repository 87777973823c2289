import Lifecycle
import Store

/// A call and who answers for it (``CallOwner``): what it left out of its dossiers, and how far that is made up for.
struct CallOwed: Sendable {
    /// One dossier in which something was left out.
    struct Dossier: Sendable {
        let number: String
        let title: String
        let standing: Standing
        let programme: Programme
        let findings: [OwedFinding]

        /// Of what is still owed, the step that makes up for each.
        var open: [Standing.StepState] { standing.owed(in: programme).map(\.making).filter(\.isOwed) }
    }

    let call: Call
    let programme: Programme
    let dossiers: [Dossier]
    /// How many a conflict of interest keeps from the viewer.
    let kept: Int
    /// Whether the viewer applies in the call, and therefore learns nothing of its dossiers here, not even how many were
    /// decided on.
    let isApplicant: Bool

    var open: [Standing.StepState] { dossiers.flatMap(\.open) }

    private struct Row: Decodable, Sendable {
        let id: ID<Application>
        let number: String
        let title: String
        let university: ID<Organisation>
    }

    /// Missing for whoever does not answer for the call now.
    static func find(
        _ id: ID<Call>, for viewer: Viewer, _ definitions: Definitions, _ store: Transaction
    ) throws -> CallOwed {
        guard let call = try Calls.find(id, store), let person = viewer.person,
            call.owner?.isMet(by: viewer) == true,
            let programme = try definitions.programme(call.digest, store)
        else { throw Missing() }
        let applies = try Parties.takesPart(person, in: id, store)
        var kept = 0
        var dossiers: [Dossier] = []
        let rows = try applies || !programme.leavesSomethingOut ? [] : decided(in: id, store)
        for row in rows {
            let standing = try Dossiers.standing(of: row.id, in: call, programme, definitions, store)
            if standing.owed(in: programme).isEmpty { continue }
            let reasons =
                try handles(row.university, viewer)
                ? Parties.reasons(against: person, as: .researchOffice, on: row.id, store)
                : Parties.reasonsAgainstOffice(of: person, on: row.id, store)
            if !reasons.isEmpty {
                kept += 1
                continue
            }
            dossiers.append(
                Dossier(
                    number: row.number, title: row.title, standing: standing, programme: programme,
                    findings: try OwedFinding.all(of: row.id, store)))
        }
        return CallOwed(
            call: call, programme: programme, dossiers: dossiers, kept: kept, isApplicant: applies)
    }

    /// Whether the viewer handles the university's own dossiers, and knows of them by that. Everybody else stands as far
    /// off as an official: a rival, or somebody of the same legal entity, would learn of a decision before the notice.
    private static func handles(_ university: ID<Organisation>, _ viewer: Viewer) -> Bool {
        [Role.researchOffice, .universityLeader].contains { viewer.holds($0, in: university) }
            && !viewer.roles.contains(where: \.actsForCommission)
    }

    /// Dossiers that something may be owed in: nothing is before the decision.
    private static func decided(in call: ID<Call>, _ store: Transaction) throws -> [Row] {
        try store.rows(
            """
            SELECT application.id AS id, application.number AS number, application.title AS title,
              application.university AS university
            FROM decision JOIN application ON application.id = decision.application
            WHERE decision.call = \(call) ORDER BY application.number, application.id
            """)
    }

    /// The calls for which the viewer answers now.
    private static func calls(of viewer: Viewer, _ store: Transaction) throws -> [ID<Call>] {
        // As ``CallOwner/isMet(by:)`` has it.
        guard let person = viewer.person, !viewer.roles.contains(where: \.isAdministrator) else { return [] }
        var conditions: [SQL] = ["owner_person = \(person)"]
        conditions += viewer.tenures.map {
            "(owner_role = \($0.role) AND owner_organisation = \($0.organisation))"
        }
        return try store.values(
            "SELECT id FROM call WHERE \(sql: conditions.joined(" OR ")) ORDER BY published_at, id",
            as: ID<Call>.self)
    }

    /// That the call is out, until it closes; and what is owed, until it is made up for.
    static func tasks(
        for viewer: Viewer, _ now: Instant, _ definitions: Definitions, _ store: Transaction
    ) throws -> [PendingTask] {
        try calls(of: viewer, store).flatMap { id -> [PendingTask] in
            let found = try find(id, for: viewer, definitions, store)
            let href = "/calls/\(id)/owed"
            var tasks: [PendingTask] = []
            if found.call.phase(at: now) != .closed {
                tasks.append(
                    PendingTask(
                        verb: "call-owned", title: found.call.title, href: href, due: found.call.closes))
            }
            let open = found.open
            if !open.isEmpty {
                tasks.append(
                    PendingTask(
                        verb: "call-owes", title: found.call.title, href: href,
                        due: open.compactMap(\.due).min(), count: open.count))
            }
            return tasks
        }
    }
}

extension Programme {
    /// Whether its dossiers have anything to make up for.
    fileprivate var leavesSomethingOut: Bool { leavesOut?.isEmpty == false }
}

/// What who answers for a call sees of its dossiers: which ones, and what is owed in each; not what is asked for.
enum CallOwedSight {
    private static let readers: Set<Relation> = [.owner]

    static let number = Field<CallOwed.Dossier, String>("number", seenBy: readers) { $0.number }
    static let title = Field<CallOwed.Dossier, String>("title", seenBy: readers) { $0.title }
    static let standing = Field<CallOwed.Dossier, Standing>("standing", seenBy: readers) { $0.standing }

    static let rows = [
        SightRow("owed dossier", number), SightRow("owed dossier", title),
        SightRow("owed dossier", standing),
    ]
}
