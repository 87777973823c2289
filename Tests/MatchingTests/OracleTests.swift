import Matching
import Testing

struct OracleTests {
    static let seed: UInt64 = 20_261_125

    static let variants = [
        Variant(name: "plain"), Variant(name: "minimum loads", minimumLoads: true),
        Variant(name: "locks", locks: true), Variant(name: "bans", bans: true),
        Variant(name: "groups", groups: true), Variant(name: "a kind", kind: true),
        Variant(name: "a kind and all else", minimumLoads: true, locks: true, bans: true, kind: true),
        Variant(name: "all", minimumLoads: true, locks: true, bans: true, groups: true),
    ]

    @Test(arguments: variants)
    func `the solver agrees with a plain flow on small problems, and its certificate proves it`(
        variant: Variant
    ) throws {
        var chance = SeededChance(Self.seed)
        var refused = 0
        let rounds = 10_000
        for round in 0..<rounds {
            let problem = try Instances.small(variant, &chance)
            let expected = FlowOracle.solve(problem)
            do {
                let solution = try Matching.solve(problem)
                let found = FlowOracle.Answer(
                    total: solution.report.total, assigned: solution.report.assigned)
                try #require(found == expected, "seed \(Self.seed), round \(round): \(problem)")
                let verified = try verify(problem, solution.assignment, solution.certificate)
                try #require(
                    verified.hasHighestTotal, "seed \(Self.seed), round \(round): gap \(verified.gap)")
                try #require(solution.report.gap == 0)
            } catch {
                guard case MatchingRefused.minimumLoads(let blocking) = error else {
                    Issue.record("seed \(Self.seed), round \(round): \(error)")
                    return
                }
                refused += 1
                try #require(expected == nil, "seed \(Self.seed), round \(round): refused, \(blocking)")
                try #require(blocking.wanted > blocking.available, "round \(round): \(blocking)")
            }
        }
        #expect(variant.minimumLoads ? refused > 100 && refused < rounds * 3 / 5 : refused == 0)
    }
}
