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

        /// Of what is still owed, the step that makes up for each.
        var open: [Standing.StepState] { standing.owed(in: programme).map(\.making).filter(\.isOwed) }
    }

    let call: Call
    let programme: Programme
    let dossiers: [Dossier]
    /// How many a conflict of interest keeps from the viewer.
    let kept: Int

    var open: [Standing.StepState] { dossiers.flatMap(\.open) }

    private struct Row: Decodable, Sendable {
        let id: ID<Application>
        let number: String
        let title: String
    }

    /// Missing for whoever does not answer for the call now.
    static func find(
        _ id: ID<Call>, for viewer: Viewer, _ definitions: Definitions, _ store: Transaction
    ) throws -> CallOwed {
        guard let call = try Calls.find(id, store), let person = viewer.person,
            call.owner?.isMet(by: viewer) == true,
            let programme = try definitions.programme(call.digest, store)
        else { throw Missing() }
        // An official stands farther off than a university's own people do.
        let role: Role =
            viewer.roles.contains(where: \.actsForCommission) ? .programmeOfficer : .researchOffice
        var kept = 0
        var dossiers: [Dossier] = []
        for row in try store.rows(
            "SELECT id, number, title FROM application WHERE call = \(id) ORDER BY number, id", as: Row.self)
        {
            let standing = try Dossiers.standing(of: row.id, in: call, programme, definitions, store)
            if standing.owed(in: programme).isEmpty { continue }
            if try !Parties.reasons(against: person, as: role, on: row.id, store).isEmpty {
                kept += 1
                continue
            }
            dossiers.append(
                Dossier(number: row.number, title: row.title, standing: standing, programme: programme))
        }
        return CallOwed(call: call, programme: programme, dossiers: dossiers, kept: kept)
    }

    /// The calls for which the viewer answers now.
    private static func calls(of viewer: Viewer, _ store: Transaction) throws -> [ID<Call>] {
        guard let person = viewer.person else { return [] }
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
