import Matching
import Testing

struct LeximinTests {
    private struct Best {
        var assigned = -1
        var sums: [Int64] = []
        var total: Int64 = .min

        /// More places, then fairer rank by rank, then a higher total.
        func isBelow(_ other: Best) -> Bool {
            if assigned != other.assigned { return assigned < other.assigned }
            if sums != other.sums { return sums.lexicographicallyPrecedes(other.sums) }
            return total < other.total
        }
    }

    /// The fairest assignment rank by rank, by trying all.
    private static func exhaustive(_ problem: MatchingProblem) -> Best {
        var best = Best()
        var loads = [Int32](repeating: 0, count: problem.experts)
        func visit(_ proposal: Int, _ assigned: Int, _ sums: [Int64]) {
            guard proposal < problem.proposals else {
                let found = Best(assigned: assigned, sums: sums.sorted(), total: sums.reduce(0, +))
                if best.isBelow(found) { best = found }
                return
            }
            let row = Array(problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]])
            func choose(_ index: Int, _ left: Int32, _ sum: Int64) {
                if index == row.count || left == 0 {
                    let taken = Int(problem.demand[proposal] - left)
                    return visit(
                        proposal + 1, assigned + taken, problem.demand[proposal] == 0 ? sums : sums + [sum])
                }
                choose(index + 1, left, sum)
                let expert = Int(row[index].expert)
                if loads[expert] < problem.maximumLoad[expert] {
                    loads[expert] += 1
                    choose(index + 1, left - 1, sum + Int64(row[index].score))
                    loads[expert] -= 1
                }
            }
            choose(0, problem.demand[proposal], 0)
        }
        visit(0, 0, [])
        return best
    }

    private static func sums(_ problem: MatchingProblem, _ assignment: Assignment) -> [Int64] {
        (0..<problem.proposals).filter { problem.demand[$0] > 0 }.map { proposal in
            assignment[proposal].reduce(0) {
                $0 + Int64(problem.score(Pair(proposal: proposal, expert: Int($1))) ?? 0)
            }
        }.sorted()
    }

    /// Four proposals that want the same few experts, so that one has what another gives up.
    private static func scarce(_ chance: inout SeededChance) throws -> MatchingProblem {
        let experts = 5
        var candidates: [Candidate] = []
        for _ in 0..<4 {
            for expert in 0..<experts {
                let score = Int32.random(in: 0...(expert < 2 ? 30 : 10), using: &chance)
                candidates.append(Candidate(expert: Int32(expert), score: score))
            }
        }
        return try MatchingProblem(
            rowStart: [0, 5, 10, 15, 20], candidates: candidates,
            demand: (0..<4).map { _ in Int32.random(in: 1...2, using: &chance) },
            maximumLoad: (0..<experts).map { _ in Int32.random(in: 1...2, using: &chance) })
    }

    @Test func `on small problems ranks are nearly always raised as far as they go, and no more is claimed`()
        throws
    {
        let seed: UInt64 = 21
        var chance = SeededChance(seed)
        var (missed, raised, proved) = (0, 0, 0)
        let rounds = 300
        for round in 0..<rounds {
            var problem = try Instances.small(Variant(name: "plain"), &chance)
            while problem.proposals > 4 || problem.experts > 5 || problem.demand.allSatisfy({ $0 == 0 }) {
                problem = try Instances.small(Variant(name: "plain"), &chance)
            }
            if round % 2 == 0 { problem = try Self.scarce(&chance) }
            let solution = try solve(problem, objective: .leximin())
            let fair = try solve(problem, objective: .fair(floor: nil))
            let best = Self.exhaustive(problem)
            let found = Best(
                assigned: solution.report.assigned, sums: Self.sums(problem, solution.assignment),
                total: solution.report.total)
            #expect(found.assigned == best.assigned, "seed \(seed), round \(round)")
            #expect(!best.isBelow(found), "seed \(seed), round \(round)")
            let before = Self.sums(problem, fair.assignment)
            #expect(!found.sums.lexicographicallyPrecedes(before), "seed \(seed), round \(round)")
            #expect(solution.report.worst >= (try solve(problem)).report.worst)
            if found.isBelow(best) { missed += 1 }
            if before.lexicographicallyPrecedes(found.sums) { raised += 1 }
            if solution.isOptimal {
                proved += 1
                #expect(!found.isBelow(best), "seed \(seed), round \(round)")
            }
        }
        #expect(missed <= rounds / 20, "missed \(missed) of \(rounds)")
        #expect(raised >= rounds / 20, "raised \(raised) of \(rounds)")
        #expect(proved >= rounds / 20, "proved \(proved) of \(rounds)")
    }

    @Test(arguments: OracleTests.variants)
    func `with every rule the assignment keeps them, its steps are told, and the limit is kept`(
        variant: Variant
    ) throws {
        let seed: UInt64 = 22
        var chance = SeededChance(seed)
        for round in 0..<300 {
            let problem = try Instances.small(variant, &chance)
            guard let fair = try? solve(problem, objective: .fair(floor: nil)) else { continue }
            for share in [0, 0.05, 1] {
                let solution = try solve(problem, objective: .leximin(givingUp: share))
                let verified = try verify(problem, solution.assignment, solution.certificate)
                #expect(verified.assigned == fair.report.assigned, "seed \(seed), round \(round)")
                let highest = Double((fair.report.total + (fair.fairness?.price ?? 0)).magnitude)
                #expect(
                    Double(solution.report.total) >= Double(fair.report.total) - share * highest,
                    "seed \(seed), round \(round), share \(share)")
                let sums = Self.sums(problem, solution.assignment)
                #expect(!sums.lexicographicallyPrecedes(Self.sums(problem, fair.assignment)))
                let raising = try #require(solution.fairness?.raising)
                let told = raising.steps.reduce(0) { $0 + $1.proposals }
                #expect(raising.ended == .effort || told == sums.count, "seed \(seed), round \(round)")
                let floors = raising.steps.map(\.floor)
                #expect(floors == floors.sorted() && floors.first ?? 0 <= sums.first ?? 0)
                let again = try solve(problem, objective: .leximin(givingUp: share))
                #expect(again.assignment == solution.assignment)
            }
        }
    }

    @Test func `the next worst is raised where the worst-off is not harmed, and the limit stops it`() throws {
        // Proposal 0 has 1 in any case. Proposal 1 has 2 or 6, proposal 2 then 20 or 8.
        let problem = try MatchingProblem(
            rowStart: [0, 1, 3, 5],
            candidates: [
                Candidate(expert: 2, score: 1), Candidate(expert: 0, score: 6),
                Candidate(expert: 1, score: 2),
                Candidate(expert: 0, score: 20), Candidate(expert: 1, score: 8),
            ],
            demand: [1, 1, 1], maximumLoad: [1, 1, 1])
        let fair = try solve(problem, objective: .fair(floor: nil))
        #expect(Self.sums(problem, fair.assignment) == [1, 2, 20])
        let raised = try solve(problem, objective: .leximin())
        #expect(Self.sums(problem, raised.assignment) == [1, 6, 8])
        #expect(raised.fairness?.price == 8 && raised.report.gap == 8)
        #expect(
            raised.fairness?.raising
                == Raising(
                    steps: [
                        Raising.Step(floor: 1, proposals: 1), Raising.Step(floor: 6, proposals: 1),
                        Raising.Step(floor: 8, proposals: 1),
                    ], ended: .nothingMore))
        #expect(!raised.isOptimal)
        let limited = try solve(problem, objective: .leximin(givingUp: 0.3))
        #expect(Self.sums(problem, limited.assignment) == [1, 2, 20])
        #expect(limited.fairness?.raising?.ended == .price)
        #expect(try solve(problem, objective: .leximin(givingUp: 0.36)).report.total == 15)
    }

    @Test
    func `a fairest assignment at the highest total is not said to be proved, unless nobody can have more`()
        throws
    {
        // Both want expert 0: the first gets 5 and the other 1, which is the fairest there is.
        let row = [
            Candidate(expert: 0, score: 5), Candidate(expert: 1, score: 1), Candidate(expert: 0, score: 4),
            Candidate(expert: 1, score: 1),
        ]
        let scarce = try MatchingProblem(
            rowStart: [0, 2, 4], candidates: row, demand: [1, 1], maximumLoad: [1, 2])
        let solution = try solve(scarce, objective: .leximin())
        #expect(Self.sums(scarce, solution.assignment) == [1, 5] && solution.report.gap == 0)
        #expect(solution.fairness?.isFloorProved == true && !solution.isOptimal)
        #expect(
            solution.fairness?.raising?.steps
                == [Raising.Step(floor: 1, proposals: 1), Raising.Step(floor: 5, proposals: 1)])
        let plenty = try MatchingProblem(
            rowStart: [0, 2, 4], candidates: row, demand: [1, 1], maximumLoad: [2, 2])
        #expect(try solve(plenty, objective: .leximin()).isOptimal)
    }

    @Test func `it is told how far it is, and stops when it is told to`() throws {
        var chance = SeededChance(23)
        let problem = try Instances.small(Variant(name: "plain"), &chance)
        var phases: Set<Progress.Phase> = []
        _ = try solve(problem, objective: .leximin(), progress: { phases.insert($0.phase) })
        #expect(phases.contains(.fairness))
        var isFair = false
        #expect(throws: MatchingRefused.cancelled) {
            _ = try solve(
                problem, objective: .leximin(), progress: { isFair = isFair || $0.phase == .fairness },
                isCancelled: { isFair })
        }
    }
}
