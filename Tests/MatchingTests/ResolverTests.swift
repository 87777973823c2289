import Matching
import Testing

struct ResolverTests {
    static let seed: UInt64 = 31

    @Test(arguments: [
        Variant(name: "plain"), Variant(name: "bans", bans: true), Variant(name: "locks", locks: true),
    ])
    func `after withdrawals the assignment is as good as one solved anew, and stays proved`(
        variant: Variant
    ) throws {
        var chance = SeededChance(Self.seed)
        var moved = 0
        for round in 0..<10_000 {
            let problem = try Instances.small(variant, &chance)
            var resolver = try Resolver(problem, solve(problem))
            let locked = Set(problem.locked.map(\.expert))
            for _ in 0..<2 {
                let expert = Int.random(in: 0..<problem.experts, using: &chance)
                if locked.contains(expert) {
                    #expect(throws: MatchingRefused.self) { try resolver.withdraw([expert]) }
                    continue
                }
                let before = resolver.assignment
                let changed = try resolver.withdraw([expert])
                let differing = (0..<problem.proposals).filter { before[$0] != resolver.assignment[$0] }
                try #require(Set(differing).isSubset(of: changed), "seed \(Self.seed), round \(round)")
                moved += differing.count
                let stated = try resolver.stated()
                let cold = try solve(stated)
                // The assignment itself, before anything could be proved anew.
                let kept = try verify(stated, resolver.assignment, cold.certificate)
                try #require(kept.hasHighestTotal, "seed \(Self.seed), round \(round): gap \(kept.gap)")
                let warm = try resolver.solution()
                let proved = try verify(stated, warm.assignment, warm.certificate)
                try #require(proved.hasHighestTotal, "seed \(Self.seed), round \(round): gap \(proved.gap)")
            }
        }
        #expect(moved > 5_000)
    }

    @Test func `struck pairs, late proposals and withdrawals in turn give what solving anew gives`() throws {
        var chance = SeededChance(Self.seed + 1)
        var local = 0
        var steps = 0
        for round in 0..<10_000 {
            let problem = try Instances.small(Variant(name: "plain"), &chance)
            var resolver = try Resolver(problem, solve(problem))
            for _ in 0..<3 {
                switch Int.random(in: 0..<3, using: &chance) {
                case 0:
                    _ = try resolver.withdraw([Int.random(in: 0..<problem.experts, using: &chance)])
                case 1:
                    let pairs = resolver.assignment.pairs.filter { _ in
                        Int.random(in: 0..<4, using: &chance) == 0
                    }
                    _ = try resolver.forbid(pairs)
                default:
                    let candidates = (0..<problem.experts).filter { _ in Bool.random(using: &chance) }.map {
                        Candidate(expert: Int32($0), score: Int32.random(in: -2...8, using: &chance))
                    }
                    _ = try resolver.add([(candidates, Int32.random(in: 0...2, using: &chance))])
                }
                let stated = try resolver.stated()
                let cold = try solve(stated)
                let warm = try resolver.solution()
                let proved = try verify(stated, warm.assignment, warm.certificate)
                try #require(
                    proved.hasHighestTotal && proved.total == cold.report.total
                        && proved.assigned == cold.report.assigned,
                    "seed \(Self.seed + 1), round \(round): gap \(proved.gap)")
                steps += 1
                if warm.assignment == resolver.assignment { local += 1 }
                if warm.assignment != resolver.assignment { break }
            }
        }
        // Elsewhere places are empty and the penalty for them has changed with the scores.
        #expect(local > steps * 9 / 10, "\(local) of \(steps)")
    }

    @Test func `what it does not cover is refused`() throws {
        let row = [Candidate(expert: 0, score: 1), Candidate(expert: 1, score: 2)]
        func problem(minimum: [Int32] = [], groups: ExpertGroups? = nil) throws -> MatchingProblem {
            try MatchingProblem(
                rowStart: [0, 2], candidates: row, demand: [1], maximumLoad: [1, 1], minimumLoad: minimum,
                groups: groups)
        }
        func refused(_ problem: MatchingProblem) throws {
            let solution = try solve(problem)
            #expect(throws: MatchingRefused.self) {
                _ = try Resolver(problem, solution).assignment
            }
        }
        try refused(problem(minimum: [1, 0]))
        try refused(problem(groups: ExpertGroups(group: [0, 0], cap: 1)))
        let plain = try problem()
        var resolver = try Resolver(plain, solve(plain))
        #expect(throws: MatchingRefused.self) { try resolver.withdraw([2]) }
        #expect(try resolver.withdraw([1]) == [0])
        #expect(resolver[0] == [0])
        #expect(try resolver.withdraw([1]) == [])
        #expect(try resolver.withdraw([0]) == [0])
        #expect(resolver[0] == [])
    }
}
