import Matching
import Testing

struct ResolveTests {
    /// An expert withdraws and a few pairs are struck out: what was accepted is locked or merely begun from.
    @Test func `beginning from an earlier solution gives the same optimum as beginning anew`() throws {
        let seed: UInt64 = 8
        var chance = SeededChance(seed)
        for round in 0..<2_000 {
            let problem = try Instances.small(Variant(name: "groups", groups: true), &chance)
            let first = try solve(problem)
            var loads = problem.maximumLoad
            loads[Int.random(in: loads.indices, using: &chance)] = 0
            let changed = try MatchingProblem(
                rowStart: problem.rowStart, candidates: problem.candidates, demand: problem.demand,
                maximumLoad: loads, groups: problem.groups,
                forbidden: first.assignment.pairs.filter { _ in Int.random(in: 0..<5, using: &chance) == 0 })
            let warm = try solve(changed, from: first)
            let cold = try solve(changed)
            #expect(warm.report.gap == 0, "seed \(seed), round \(round)")
            #expect(
                warm.report.total == cold.report.total && warm.report.assigned == cold.report.assigned,
                "seed \(seed), round \(round)")
        }
    }
}
