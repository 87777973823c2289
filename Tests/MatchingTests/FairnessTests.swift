import Matching
import Testing

struct FairnessTests {
    /// The best worst-off sum, then the best total, among all assignments that fill as many places: by trying all.
    private static func exhaustive(_ problem: MatchingProblem) -> (assigned: Int, worst: Int64, total: Int64)
    {
        var best: (assigned: Int, worst: Int64, total: Int64) = (-1, .min, .min)
        var loads = [Int32](repeating: 0, count: problem.experts)
        func visit(_ proposal: Int, _ assigned: Int, _ worst: Int64, _ total: Int64) {
            guard proposal < problem.proposals else {
                if (assigned, worst, total) > best { best = (assigned, worst, total) }
                return
            }
            let row = Array(problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]])
            func choose(_ index: Int, _ left: Int32, _ sum: Int64) {
                let taken = Int(problem.demand[proposal] - left)
                if index == row.count || left == 0 {
                    let lowest = problem.demand[proposal] == 0 ? worst : min(worst, sum)
                    return visit(proposal + 1, assigned + taken, lowest, total + sum)
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
        visit(0, 0, .max, 0)
        return best
    }

    @Test
    func `on small problems the fair assignment is nearly always the best there is, and never claims more`()
        throws
    {
        let seed: UInt64 = 4
        var chance = SeededChance(seed)
        var (missed, proved) = (0, 0)
        let rounds = 300
        for round in 0..<rounds {
            var problem = try Instances.small(Variant(name: "plain"), &chance)
            while problem.proposals > 4 || problem.experts > 5 || problem.demand.allSatisfy({ $0 == 0 }) {
                problem = try Instances.small(Variant(name: "plain"), &chance)
            }
            let solution = try solve(problem, objective: .fair(floor: nil))
            let best = Self.exhaustive(problem)
            let total = try solve(problem)
            #expect(solution.report.assigned == best.assigned, "seed \(seed), round \(round)")
            #expect(
                (solution.report.worst, solution.report.total) <= (best.worst, best.total),
                "seed \(seed), round \(round)")
            #expect(solution.report.worst >= total.report.worst, "seed \(seed), round \(round)")
            let fairness = try #require(solution.fairness)
            #expect(fairness.price == total.report.total - solution.report.total)
            let unreachable = try #require(fairness.unreachable)
            #expect(unreachable.holds(in: problem), "seed \(seed), round \(round)")
            #expect(unreachable.floor > best.worst, "seed \(seed), round \(round)")
            #expect(fairness.isFloorProved == (unreachable.floor == solution.report.worst + 1))
            #expect(solution.isOptimal == (fairness.isFloorProved && fairness.price == 0))
            let isBest = (solution.report.worst, solution.report.total) == (best.worst, best.total)
            #expect(isBest || !solution.isOptimal, "seed \(seed), round \(round)")
            if !isBest { missed += 1 }
            if solution.isOptimal { proved += 1 }
        }
        #expect(missed <= rounds / 20, "missed \(missed) of \(rounds)")
        #expect(proved >= rounds / 4, "proved \(proved) of \(rounds)")
    }

    @Test func `where each proposal wants one expert the ceiling of the worst is the best there is`() throws {
        let seed: UInt64 = 11
        var chance = SeededChance(seed)
        for round in 0..<300 {
            let drawn = try Instances.small(Variant(name: "plain"), &chance)
            let problem = try MatchingProblem(
                rowStart: drawn.rowStart, candidates: drawn.candidates,
                demand: drawn.demand.map { min($0, 1) }, maximumLoad: drawn.maximumLoad)
            let best = Self.exhaustive(problem)
            // With holes, or with scores below zero, filling places comes before the worst.
            guard problem.demand.contains(1), best.assigned == problem.demand.reduce(0, { $0 + Int($1) }),
                best.worst > 0
            else { continue }
            let solution = try solve(problem, objective: .fair(floor: nil))
            #expect(solution.fairness?.unreachable?.floor == best.worst + 1, "seed \(seed), round \(round)")
        }
    }

    @Test func `what is said to be out of reach is believed of the experts who show it and of no others`()
        throws
    {
        // Both proposals need expert 0 for more than 1.
        let problem = try MatchingProblem(
            rowStart: [0, 2, 4],
            candidates: [
                Candidate(expert: 0, score: 5), Candidate(expert: 1, score: 1),
                Candidate(expert: 0, score: 4), Candidate(expert: 1, score: 1),
            ],
            demand: [1, 1], maximumLoad: [1, 2])
        let solution = try solve(problem, objective: .fair(floor: nil))
        #expect(solution.isOptimal)
        #expect(solution.fairness?.unreachable == UnreachableFloor(floor: 2, experts: [0]))
        #expect(!UnreachableFloor(floor: 2, experts: []).holds(in: problem))
        #expect(!UnreachableFloor(floor: 2, experts: [1]).holds(in: problem))
        #expect(!UnreachableFloor(floor: 1, experts: [0]).holds(in: problem))
        #expect(!UnreachableFloor(floor: 2, experts: [0, 2]).holds(in: problem))
        #expect(UnreachableFloor(floor: 6, experts: []).holds(in: problem))
    }

    @Test func `a floor is kept where the candidates allow it`() throws {
        // Proposal 1 can reach 5 only if proposal 0 gives up its favourite.
        let problem = try MatchingProblem(
            rowStart: [0, 2, 4],
            candidates: [
                Candidate(expert: 0, score: 20), Candidate(expert: 1, score: 6),
                Candidate(expert: 0, score: 9), Candidate(expert: 1, score: 1),
            ],
            demand: [1, 1], maximumLoad: [1, 1])
        #expect(try solve(problem).report.total == 21)
        let fair = try solve(problem, objective: .fair(floor: 5))
        #expect(fair.report.total == 15)
        #expect(fair.report.worst == 6)
        #expect(fair.report.gap == 6)
        // The floor that was asked for is kept, but that nothing as fair has a higher total is not proved.
        #expect(
            fair.fairness
                == Fairness(floor: 5, worstOfTotal: 1, price: 6, wasAsked: true, isFloorProved: true))
        #expect(!fair.isOptimal)
        // A floor that the highest total keeps is another matter, and one that nobody can keep another again.
        #expect(try solve(problem, objective: .fair(floor: 1)).isOptimal)
        #expect(try solve(problem, objective: .fair(floor: 7)).fairness?.isFloorProved == false)
    }
}
