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
            // Half of what was kept is lost, and the prices are nobody's any more.
            let rows = (0..<problem.proposals).map { proposal in
                first.assignment[proposal].filter { _ in Bool.random(using: &chance) }
            }
            let scraps = Solution(
                leftOver: Assignment(rows: rows),
                Certificate(prices: first.certificate.prices.map { $0 / 2 - 1 }), of: changed)
            let rewarmed = try solve(changed, from: scraps)
            let cold = try solve(changed)
            #expect(rewarmed.report.gap == 0, "seed \(seed), round \(round)")
            #expect(
                rewarmed.report.total == warm.report.total
                    && rewarmed.report.assigned == warm.report.assigned,
                "seed \(seed), round \(round)")
            #expect(warm.report.gap == 0, "seed \(seed), round \(round)")
            #expect(
                warm.report.total == cold.report.total && warm.report.assigned == cold.report.assigned,
                "seed \(seed), round \(round)")
        }
    }
}
