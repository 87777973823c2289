import Lifecycle
import Store

/// What waits for officers and leaders between the last review and the end of the notice.
enum DecisionTasks {
    static func all(
        _ store: Transaction, _ viewer: Viewer, _ now: Instant, _ definitions: Definitions
    ) throws -> [PendingTask] {
        guard let person = viewer.person else { return [] }
        var tasks: [PendingTask] = []
        if viewer.holds(.commissionLeader) { tasks += try toSign(person, store) }
        tasks += try toJoin(viewer, person, store)
        if viewer.holds(.programmeOfficer) {
            let barred = Array(try Recusal.barred(person, store))
            tasks += try toPropose(person, definitions, store)
            tasks += try toPublicise(barred, store)
            tasks += try toAnswer(barred, store)
            tasks += try toClose(now, store)
        }
        return tasks
    }

    private struct Row: Decodable, Sendable {
        let id: String
        let title: String
        let due: Instant?
        let count: Int
    }

    /// Proposals that wait for the leader: of a call that somebody else funds too, once they have agreed.
    private static func toSign(_ person: ID<Person>, _ store: Transaction) throws -> [PendingTask] {
        try proposed(
            """
            (call.funder IS NULL OR EXISTS (SELECT 1 FROM selection_joined
              WHERE selection_joined.proposal = selection.fact))
            """, verb: "sign", person, store)
    }

    /// Proposals that wait for the viewer's organisation, which funds the call too.
    private static func toJoin(_ viewer: Viewer, _ person: ID<Person>, _ store: Transaction) throws
        -> [PendingTask]
    {
        let own = viewer.organisations(as: .jointFunder)
        if own.isEmpty { return [] }
        return try proposed(
            """
            call.funder IN \(list: own) AND NOT EXISTS (SELECT 1 FROM selection_joined
              WHERE selection_joined.proposal = selection.fact)
            """, verb: "join-selection", person, store)
    }

    private static func proposed(
        _ condition: SQL, verb: String, _ person: ID<Person>, _ store: Transaction
    ) throws -> [PendingTask] {
        let rows = try store.rows(
            """
            SELECT call.id, call.title, (SELECT MIN(due_at) FROM open_step WHERE open_step.call = call.id
              AND open_step.kind = 'decide') AS due, 1 AS count
            FROM selection JOIN call ON call.id = selection.call
            WHERE selection.state = 'proposed' AND (selection.proposer IS NULL OR selection.proposer <> \(person))
              AND \(sql: condition)
            ORDER BY call.id
            """, as: Row.self)
        return rows.map {
            PendingTask(verb: verb, title: $0.title, href: "/rounds/\($0.id)/sign", due: $0.due)
        }
    }

    /// Rounds in which everybody is through review and nobody proposed yet; where applications come one by one, as
    /// soon as one of them is.
    private static func toPropose(
        _ person: ID<Person>, _ definitions: Definitions, _ store: Transaction
    ) throws -> [PendingTask] {
        // What somebody else has to finish holds the round up too, also where the viewer may not see it.
        let busy = try store.values(
            """
            SELECT DISTINCT call FROM application_count WHERE state = 'open'
              AND step_kind IN ('screen', 'review', 'appraise', 'meet')
            UNION SELECT call FROM open_step
            WHERE beside = \(true) AND kind IN ('screen', 'review', 'appraise', 'meet')
            """, as: ID<Call>.self)
        let proposed = try store.values(
            "SELECT call FROM selection WHERE state = 'proposed'", as: ID<Call>.self)
        return try OpenStep.all(.decide, for: person, store).filter { step in
            guard !proposed.contains(step.call) else { return false }
            guard let programme = try programme(of: step.call, definitions, store), programme.isRolling else {
                return try !busy.contains(step.call) && !isWaiting(step.call, definitions, store)
            }
            return true
        }.map {
            PendingTask(
                verb: "propose", title: $0.title, href: "/rounds/\($0.call)", due: $0.due, count: $0.count)
        }
    }

    private static func programme(
        of call: ID<Call>, _ definitions: Definitions, _ store: Transaction
    ) throws -> Programme? {
        try store.value("SELECT digest FROM call WHERE id = \(call)", as: String.self).flatMap {
            try definitions.programme($0, store)
        }
    }

    /// Whether a statement that the decision rests on is still to be written.
    private static func isWaiting(
        _ call: ID<Call>, _ definitions: Definitions, _ store: Transaction
    ) throws -> Bool {
        guard let steps = try programme(of: call, definitions, store)?.procedure,
            let decide = steps.step(of: .decide)
        else { return false }
        let early = steps.step(of: .endorse).map { steps.ancestors(of: $0.id) } ?? []
        let before = steps.ancestors(of: decide.id).subtracting(early)
        return try store.values(
            """
            SELECT DISTINCT step FROM open_step WHERE call = \(call) AND kind = 'statement'
            """, as: String.self
        ).contains(where: before.contains)
    }

    private static func toPublicise(_ barred: [ID<Application>], _ store: Transaction) throws -> [PendingTask]
    {
        let rows = try store.rows(
            """
            SELECT call.id, call.title, MIN(open_step.due_at) AS due, COUNT(*) AS count
            FROM open_step CROSS JOIN application JOIN call ON call.id = open_step.call
            WHERE open_step.kind = 'publicise' AND application.id = open_step.application
              AND application.id NOT IN \(list: barred)
              AND NOT EXISTS (SELECT 1 FROM notice_application WHERE notice_application.application = application.id)
            GROUP BY call.id, call.title ORDER BY call.id
            """, as: Row.self)
        return rows.map {
            PendingTask(
                verb: "publicise", title: $0.title, href: "/rounds/\($0.id)", due: $0.due, count: $0.count)
        }
    }

    private static func toAnswer(_ barred: [ID<Application>], _ store: Transaction) throws -> [PendingTask] {
        let rows = try store.rows(
            """
            SELECT notice.id, call.title, MIN(objection.due_at) AS due, COUNT(*) AS count
            FROM objection JOIN notice ON notice.id = objection.notice JOIN call ON call.id = notice.call
            WHERE objection.answered_at IS NULL AND objection.application NOT IN \(list: barred)
            GROUP BY notice.id, call.title ORDER BY notice.id
            """, as: Row.self)
        return rows.map {
            PendingTask(
                verb: "answer-objection", title: $0.title, href: "/notices/\($0.id)/office", due: $0.due,
                count: $0.count)
        }
    }

    private static func toClose(_ now: Instant, _ store: Transaction) throws -> [PendingTask] {
        let rows = try store.rows(
            """
            SELECT notice.id, call.title, notice.ends_at AS due, 1 AS count
            FROM notice JOIN call ON call.id = notice.call
            WHERE notice.closed_at IS NULL AND notice.ends_at < \(now)
              AND NOT EXISTS (SELECT 1 FROM objection WHERE objection.notice = notice.id AND objection.answered_at IS NULL)
            ORDER BY notice.id
            """, as: Row.self)
        return rows.map {
            PendingTask(
                verb: "close-notice", title: $0.title, href: "/notices/\($0.id)/office", due: nil)
        }
    }
}
