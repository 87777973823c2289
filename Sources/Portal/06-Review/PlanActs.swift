import Crypto
import Foundation
package import Lifecycle
import Matching
import MatchingFiles
import Store

/// What officers do with plans.
package enum PlanActs {
    /// Queues the making of a plan. Nobody plans a call in which a dossier is kept from them.
    package static func ask(
        _ call: ID<Call>, objective: AssignmentPlan.Objective, floor: Int64?, keepsInvited: Bool,
        by person: ID<Person>, _ change: Change, _ house: House
    ) throws -> ID<Job> {
        let (found, _) = try Calls.found(call, house, change.store)
        guard try PlanSight.mayPlan(person, call, change.store) else { throw Refused("plan.conflicted") }
        let under = try change.store.value(
            "SELECT 1 FROM open_step WHERE call = \(call) AND kind = 'review' LIMIT 1",
            as: Int.self)
        if under == nil { throw Refused("plan.nothing") }
        if let floor, floor < 0 || floor > 1_000_000_000 { throw Refused("plan.floor") }
        let wanted = PlanMaking.Wanted(
            objective: objective, floor: objective == .fair ? floor : nil, keepsInvited: keepsInvited)
        return try JobActs.ask(
            PlanMaking.kind.name, about: .call(call), title: found.title,
            input: try Canonical.json(wanted), by: person, change)
    }

    /// Queues a plan that fills what has come apart since the last one was signed: with its objective, beginning from
    /// it, and with every review and invitation that stands left alone.
    package static func askAgain(
        _ call: ID<Call>, by person: ID<Person>, _ change: Change, _ house: House
    ) throws -> ID<Job> {
        let (found, programme) = try Calls.found(call, house, change.store)
        guard try PlanSight.mayPlan(person, call, change.store) else { throw Refused("plan.conflicted") }
        guard let signed = try PlanGap.lastSigned(in: call, change.store) else {
            throw Refused("plan.none-signed")
        }
        let gap = try PlanGap.of(
            signed, needed: ReviewActs.needed(found, programme), change.store)
        guard gap.lacking > 0 else { throw Refused("plan.no-gap") }
        return try JobActs.ask(
            PlanMaking.kind.name, about: .call(call), title: found.title,
            input: try Canonical.json(
                PlanMaking.Wanted(
                    objective: signed.objective, floor: nil, keepsInvited: true, beginning: signed.id)),
            by: person, change)
    }

    /// Locks or forbids a pair in every later plan of the call, or takes that back.
    package static func wish(
        _ wish: AssignmentPlan.Wish?, _ application: ID<Application>, _ expert: ID<Person>, in call: ID<Call>,
        by person: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let store = change.store
        let isOfCall = try store.value(
            "SELECT 1 FROM application WHERE id = \(application) AND call = \(call)", as: Int.self)
        guard isOfCall != nil else { throw Missing() }
        guard let wish else {
            try store.run(
                """
                DELETE FROM assignment_wish
                WHERE call = \(call) AND application = \(application) AND expert = \(expert)
                """)
            return
        }
        let (step, standing, found, programme) = try ReviewActs.arranging(
            application, by: person, house, store)
        guard let record = try Candidates.record(of: expert, in: call, at: change.at, store) else {
            throw Refused("review.not-expert")
        }
        let assignments = try ReviewActs.of(application, store)
        let current = assignments.filter { $0.expert == expert }
        switch wish {
        case .lock:
            let against = Candidates.conflicts(
                of: expert, entity: record.entity,
                parties: try Parties.withRivals(application, among: expert, store), in: programme,
                step: step, standing: standing)
            guard against.isEmpty else { throw Refused(against) }
            if current.contains(where: { $0.state == .declined }) { throw Refused("review.declined-before") }
            let bound = assignments.filter { $0.state == .accepted || $0.state == .submitted }.map(\.expert)
            let locks = try WishRecord.all(in: call, store).filter {
                $0.application == application && $0.wish == .lock
            }.map(\.expert)
            let needs = ReviewActs.needed(found, programme)
            if Set(bound + locks).subtracting([expert]).count >= needs {
                let number = try store.value(
                    "SELECT number FROM application WHERE id = \(application)", as: String.self)
                throw Refused("plan.lock-enough", ["number": number ?? "", "needs": "\(needs)"])
            }
        case .forbid:
            if current.contains(where: { $0.state == .accepted || $0.state == .submitted }) {
                throw Refused("plan.forbid-accepted", ["name": record.name])
            }
        }
        try store.run(
            """
            INSERT INTO assignment_wish (call, application, expert, wish, wished_by, wished_at)
            VALUES (\(call), \(application), \(expert), \(wish), \(person), \(change.at))
            ON CONFLICT (call, application, expert) DO UPDATE SET wish = excluded.wish,
              wished_by = excluded.wished_by, wished_at = excluded.wished_at
            """)
    }

    /// Signs a plan: its invitations and releases, and a fact with what it claims, in one transaction. A plan that
    /// something has overtaken is refused with what has.
    @discardableResult
    package static func sign(
        _ id: ID<AssignmentPlan>, by officer: ID<Person>, _ change: Change, _ house: House
    ) throws -> Fact {
        let store = change.store
        let plan = try PlanQueries.find(id, store)
        if let at = plan.signedAt { throw Refused("plan.signed-before", ["at": at.text]) }
        let pairs = try PlanQueries.allPairs(in: id, store)
        let overtaken = try PlanStaleness.of(plan, pairs, by: officer, at: change.at, house, store)
        guard overtaken.isEmpty else { throw Refused(overtaken) }
        let documents = try sealed(id, store)
        guard try isTold(pairs, in: id, store) else { throw Refused("plan.broken") }
        let current = Dictionary(
            grouping: try store.rows(
                "SELECT \(sql: AssignmentRecord.columns) FROM assignment WHERE call = \(plan.call)",
                as: AssignmentRecord.self
            ).filter { $0.state == .invited }, by: \.application)
        for pair in pairs where pair.change == .removed {
            guard let gone = current[pair.application]?.first(where: { $0.expert == pair.expert }) else {
                continue
            }
            try change.append(
                ReviewerReleased(assignment: gone.id), about: .application(pair.application),
                as: .programmeOfficer, reason: house.words(in: .zh)["plan.release-reason"])
        }
        for pair in pairs where pair.change == .added {
            try change.append(
                ReviewerAssigned(
                    assignment: house.world.id(), application: pair.application, expert: pair.expert),
                about: .application(pair.application), as: .programmeOfficer)
        }
        return try change.append(
            AssignmentPlanSigned(
                plan: id, call: plan.call, objective: plan.objective, summary: try plan.told().published,
                documents: documents, published: try intact(id, isPublic: true, store),
                publicGap: plan.publicGap), about: AssignmentPlan.subject(id), as: .programmeOfficer)
    }

    /// The digests of a plan's documents, after seeing that the bytes still give them.
    private static func intact(
        _ plan: ID<AssignmentPlan>, isPublic: Bool, _ store: Transaction
    ) throws -> [String: String] {
        var digests: [String: String] = [:]
        for document in try PlanQueries.documents(of: plan, isPublic: isPublic, store) {
            let bytes = try PlanQueries.bytes(of: document.name, in: plan, isPublic: isPublic, store)
            guard Canonical.hex(SHA256.hash(data: bytes)) == document.digest else {
                throw Refused("plan.broken")
            }
            digests[document.name] = document.digest
        }
        return digests
    }

    /// The digest of the key, after seeing that it gives those of the other documents.
    private static func sealed(_ plan: ID<AssignmentPlan>, _ store: Transaction) throws -> [String: String] {
        let digests = try intact(plan, isPublic: false, store)
        let bytes = try PlanQueries.bytes(of: "key.csv", in: plan, isPublic: false, store)
        let lines = Set(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
        for (name, digest) in digests where name != "key.csv" {
            guard lines.contains(PlanDocuments.line(name, digest)) else { throw Refused("plan.broken") }
        }
        return digests.filter { $0.key == "key.csv" }
    }

    /// Whether the pairs that would be signed are those of the assignment that the certificate speaks of.
    private static func isTold(
        _ pairs: [PlanPairRecord], in plan: ID<AssignmentPlan>, _ store: Transaction
    ) throws -> Bool {
        struct Place: Decodable, Sendable {
            let id: String
            let place: Int
        }
        func places(_ rows: [Place]) -> [String: Int] {
            Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.place) })
        }
        let proposals = places(
            try store.rows(
                "SELECT application AS id, place FROM assignment_plan_application WHERE plan = \(plan)"))
        let experts = places(
            try store.rows("SELECT expert AS id, place FROM assignment_plan_expert WHERE plan = \(plan)"))
        var rows = [[Int32]](repeating: [], count: proposals.count)
        for pair in pairs where pair.change == .added || pair.change == .kept {
            guard let proposal = proposals[pair.application.rawValue],
                let expert = experts[pair.expert.rawValue]
            else { return false }
            rows[proposal].append(Int32(expert))
        }
        let kept = try PlanQueries.bytes(of: "assignment.csv", in: plan, isPublic: false, store)
        return AssignmentFile.text(Matching.Assignment(rows: rows)) == kept
    }
}
