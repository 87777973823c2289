import Lifecycle
import Store

/// What has happened since a plan was made that it does not know of.
enum PlanStaleness {
    /// Told at most; the rest is counted.
    private static let most = 12

    /// Empty where the plan can be signed as it is.
    static func of(
        _ plan: PlanRecord, _ pairs: [PlanPairRecord], by officer: ID<Person>, at now: Instant,
        _ house: House,
        _ store: Transaction
    ) throws -> [Refusal] {
        let (call, programme) = try Calls.found(plan.call, house, store)
        let needed = ReviewActs.needed(call, programme)
        let experts = Dictionary(
            uniqueKeysWithValues: try Candidates.all(in: plan.call, at: now, store).map { ($0.person, $0) })
        let lines = try PlanQueries.lines(of: plan.id, .all, after: "", limit: 1_000_000, store)
        let dossiers = try numbers(of: plan.id, store)
        let byApplication = Dictionary(grouping: pairs, by: \.application)
        var found: [Refusal] = []
        var loads: [ID<Person>: Int] = [:]
        for pair in pairs {
            if pair.change == .added { loads[pair.expert, default: 0] += 1 }
            if pair.change == .removed { loads[pair.expert, default: 0] -= 1 }
        }
        for line in lines {
            let number = dossiers[line.application] ?? ""
            let mine = byApplication[line.application] ?? []
            do {
                let (step, standing, _, _) = try ReviewActs.arranging(
                    line.application, by: officer, house, store)
                found += try changes(mine, number, line.application, needed: needed, store)
                let added = mine.filter { $0.change == .added }
                guard !added.isEmpty else { continue }
                let parties = try Parties.withRivals(line.application, store)
                for pair in added {
                    found += against(
                        pair, number, experts[pair.expert], parties: parties, in: programme, step: step,
                        standing: standing)
                }
            } catch let refused as Refused {
                found += refused.refusals.map {
                    Refusal(
                        "plan.stale-dossier", ["number": number, "why": "refusal.\($0.code)"],
                        citation: $0.citation, standing: $0.standing)
                }
            }
        }
        for (person, more) in loads.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where more > 0 {
            guard let record = experts[person], record.load + more > record.loadMax else { continue }
            found.append(
                Refusal("plan.stale-load", ["name": record.name, "most": "\(record.loadMax)"]))
        }
        guard found.count > most else { return found }
        return Array(found.prefix(most)) + [Refusal("plan.stale-more", ["count": "\(found.count - most)"])]
    }

    private static func numbers(of plan: ID<AssignmentPlan>, _ store: Transaction) throws -> [ID<
        Application
    >: String] {
        struct Row: Decodable, Sendable {
            let id: ID<Application>
            let number: String
        }
        let rows = try store.rows(
            """
            SELECT application.id AS id, application.number AS number FROM assignment_plan_application
            JOIN application ON application.id = assignment_plan_application.application
            WHERE assignment_plan_application.plan = \(plan)
            """, as: Row.self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.id, $0.number) })
    }

    /// Assignments that came, went or were answered meanwhile.
    private static func changes(
        _ pairs: [PlanPairRecord], _ number: String, _ application: ID<Application>, needed: Int,
        _ store: Transaction
    ) throws -> [Refusal] {
        let current = try ReviewActs.of(application, store)
        let active = Dictionary(
            current.filter(\.state.counts).map { ($0.expert, $0.state) }, uniquingKeysWith: { $1 })
        let declined = Set(current.filter { $0.state == .declined }.map(\.expert))
        var found: [Refusal] = []
        for pair in pairs {
            let values = ["number": number, "name": pair.expertName]
            switch pair.change {
            case .added:
                if active[pair.expert] == nil, declined.contains(pair.expert) {
                    found.append(Refusal("plan.stale-declined", values))
                }
            case .kept, .outside:
                if active[pair.expert] == nil { found.append(Refusal("plan.stale-gone", values)) }
            case .removed:
                if active[pair.expert] == nil { found.append(Refusal("plan.stale-gone", values)) }
                if let state = active[pair.expert], state != .invited {
                    found.append(Refusal("plan.stale-accepted", values))
                }
            }
        }
        let known = Set(pairs.filter { $0.change != .added }.map(\.expert))
        for expert in active.keys.sorted(by: { $0.rawValue < $1.rawValue }) where !known.contains(expert) {
            let name = try ReviewQueries.name(of: expert, store).name
            found.append(Refusal("plan.stale-new", ["number": number, "name": name]))
        }
        let after = pairs.count { $0.change != .removed }
        if after > needed, pairs.contains(where: { $0.change == .added }) {
            found.append(Refusal("plan.stale-needs", ["number": number, "needs": "\(needed)"]))
        }
        return found
    }

    /// What keeps an expert from being asked now.
    private static func against(
        _ pair: PlanPairRecord, _ number: String, _ record: ExpertRecord?, parties: DossierParties,
        in programme: Programme, step: Step, standing: Standing
    ) -> [Refusal] {
        let values = ["number": number, "name": pair.expertName]
        guard let record else {
            return [
                Refusal("plan.stale-pair", values.merging(["why": "refusal.review.not-expert"]) { $1 })
            ]
        }
        return Candidates.conflicts(
            of: record.person, entity: record.entity, parties: parties, in: programme, step: step,
            standing: standing
        ).map {
            Refusal(
                "plan.stale-pair", values.merging(["why": "refusal.\($0.code)"]) { $1 },
                citation: $0.citation, standing: $0.standing)
        }
    }
}
