import Lifecycle
import Matching
import Store

/// A solution told in the house's nouns, and kept.
struct PlanLines {
    private struct Line {
        let application: ID<Application>
        let expert: ID<Person>
        let score: Int
        let change: AssignmentPlan.Change
        let isLocked: Bool
        let affinity: Affinity
    }

    private let made: PairingProblem
    private let solution: Solution
    private let candidates: Int
    private var lines: [[Line]] = []
    private var holes: [Int: (places: Int, reason: AssignmentPlan.HoleReason)] = [:]

    init(_ made: PairingProblem, _ problem: MatchingProblem, _ solution: Solution) {
        self.made = made
        self.solution = solution
        candidates = problem.candidates.count
        let ground = made.ground
        let locks = Set(problem.locked)
        for (place, dossier) in ground.dossiers.enumerated() {
            let chosen = solution.assignment[place].map(Int.init)
            let stands = made.standing[place]
            func line(_ expert: Int, _ change: AssignmentPlan.Change) -> Line {
                let affinity = made.scorer.affinity(
                    of: dossier.profile, to: expert, length: made.lengths[place],
                    bid: dossier.bids[ground.experts[expert].person])
                return Line(
                    application: dossier.id, expert: ground.experts[expert].person, score: affinity.score,
                    change: change, isLocked: locks.contains(Pair(proposal: place, expert: expert)),
                    affinity: affinity)
            }
            let standing = Set(stands.compactMap(\.index))
            var found = chosen.map { line($0, standing.contains($0) ? .kept : .added) }
            for one in stands {
                guard let index = one.index else {
                    found.append(
                        Line(
                            application: dossier.id, expert: one.expert, score: 0, change: .outside,
                            isLocked: true, affinity: Affinity(parts: [])))
                    continue
                }
                if !chosen.contains(index) { found.append(line(index, .removed)) }
            }
            lines.append(found)
        }
        for hole in solution.holes(in: problem) {
            let reason: AssignmentPlan.HoleReason =
                switch hole.reason {
                case .tooFewCandidates(let count): .tooFewCandidates(count)
                case .groupCaps(let count): .oneUniversity(candidates: count)
                // No plan of a call asks for a kind yet.
                case .keptForKind(let count): .tooFewCandidates(count)
                case .loadsExhausted(let blocking):
                    .loadsExhausted(
                        applications: blocking.proposals.prefix(12).map { ground.dossiers[$0].id },
                        experts: blocking.experts.count, wanted: blocking.wanted,
                        available: blocking.available, isMinimal: blocking.isMinimal)
                }
            holes[hole.proposal] = (hole.places, reason)
        }
    }

    private var summary: AssignmentPlan.Summary {
        let report = solution.report
        func count(_ change: AssignmentPlan.Change) -> Int {
            lines.reduce(0) { $0 + $1.count { $0.change == change } }
        }
        return AssignmentPlan.Summary(
            applications: made.ground.dossiers.count, experts: made.ground.experts.count,
            candidates: candidates, wanted: made.demand.reduce(0) { $0 + Int($1) },
            assigned: report.assigned, total: report.total, worst: report.worst,
            tenthPercentile: report.tenthPercentile, gap: report.gap, floor: solution.fairness?.floor,
            price: solution.fairness?.price, worstOfTotal: solution.fairness?.worstOfTotal,
            isFloorProved: solution.fairness?.isFloorProved,
            added: count(.added), kept: count(.kept), removed: count(.removed), outside: count(.outside),
            barred: made.barredFor)
    }

    func keep(
        _ plan: ID<AssignmentPlan>, _ wanted: PlanMaking.Wanted, _ documents: PlanDocuments, salt: String,
        by person: ID<Person>, at now: Instant, _ store: Transaction
    ) throws {
        let ground = made.ground
        try store.run(
            """
            INSERT INTO assignment_plan (id, call, made_by, made_at, objective, keeps_invited, salt, rules,
              lexicon, summary, public_gap)
            VALUES (\(plan), \(ground.call.id), \(person), \(now), \(wanted.objective), \(wanted.keepsInvited),
              \(salt), \(try Canonical.json(ground.rules)), \(try Canonical.json(made.lexicon)),
              \(try Canonical.json(summary)), \(documents.publicGap))
            """)
        for (place, dossier) in ground.dossiers.enumerated() {
            let hole = holes[place]
            let score = lines[place].reduce(0) {
                $0 + ($1.change == .added || $1.change == .kept ? $1.score : 0)
            }
            let changes = lines[place].count { $0.change == .added || $0.change == .removed }
            let reason = try hole.map { try Canonical.json($0.reason) }
            try store.run(
                """
                INSERT INTO assignment_plan_application (plan, application, place, demand, score, length,
                  changes, holes, hole)
                VALUES (\(plan), \(dossier.id), \(documents.proposalPlaces[place]),
                  \(Int(made.demand[place])), \(score), \("\(made.lengths[place])"), \(changes),
                  \(hole?.places ?? 0), \(reason))
                """)
            for line in lines[place] {
                try store.run(
                    """
                    INSERT INTO assignment_plan_pair (plan, application, expert, score, change, is_locked,
                      affinity)
                    VALUES (\(plan), \(line.application), \(line.expert), \(line.score), \(line.change),
                      \(line.isLocked), \(try Canonical.json(line.affinity)))
                    """)
            }
        }
        for (index, expert) in ground.experts.enumerated() {
            try store.run(
                """
                INSERT INTO assignment_plan_expert (plan, expert, place, load, load_max)
                VALUES (\(plan), \(expert.person), \(documents.expertPlaces[index]),
                  \(Int(solution.report.loads[index])), \(Int(made.maximumLoad[index])))
                """)
        }
        for document in documents.documents {
            try store.run(
                """
                INSERT INTO assignment_plan_document (plan, name, is_public, digest, bytes)
                VALUES (\(plan), \(document.name), \(document.isPublic), \(document.digest),
                  \(document.bytes))
                """)
        }
    }
}
