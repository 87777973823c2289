import Matching
import Testing

struct TamperTests {
    @Test func `an assignment that breaks a rule is refused by name`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 3, 5],
            candidates: [
                Candidate(expert: 0, score: 5), Candidate(expert: 1, score: 4),
                Candidate(expert: 2, score: 1),
                Candidate(expert: 0, score: 3), Candidate(expert: 1, score: 2),
            ],
            demand: [2, 1], maximumLoad: [1, 2, 1], minimumLoad: [0, 1, 0],
            groups: ExpertGroups(group: [4, -1, 4], cap: 1), locked: [Pair(proposal: 0, expert: 1)])
        let solution = try solve(problem)
        #expect(try verify(problem, solution.assignment, solution.certificate).hasHighestTotal)
        let wrong: [([[Int32]], VerificationRefused)] = [
            ([[1]], .proposals(expected: 2, found: 1)),
            ([[1], [2]], .noCandidate(Pair(proposal: 1, expert: 2))),
            ([[1, 1], [0]], .twice(Pair(proposal: 0, expert: 1))),
            ([[0, 1, 2], [1]], .demandExceeded(proposal: 0)),
            ([[0, 1], [0]], .loadExceeded(expert: 0)),
            ([[0, 2], [1]], .groupCapExceeded(proposal: 0, group: 4)),
            ([[0], [1]], .lockMissing(Pair(proposal: 0, expert: 1))),
        ]
        for (rows, reason) in wrong {
            #expect(throws: reason) { try verify(problem, Assignment(rows: rows), solution.certificate) }
        }
        let few = Certificate(prices: [0, 0])
        #expect(throws: VerificationRefused.prices(expected: 3, found: 2)) {
            try verify(problem, solution.assignment, few)
        }
        let absurd = Certificate(prices: [.max, 0, 0])
        #expect(throws: VerificationRefused.price(expert: 0)) {
            try verify(problem, solution.assignment, absurd)
        }
    }

    @Test func `no change of a price or a pair makes a worse assignment look optimal`() throws {
        let seed: UInt64 = 77
        var chance = SeededChance(seed)
        var seen = 0
        for round in 0..<2_000 {
            let problem = try Instances.small(Variant(name: "groups", groups: true), &chance)
            let solution = try solve(problem)
            var prices = solution.certificate.prices
            let expert = Int.random(in: prices.indices, using: &chance)
            prices[expert] += Int64.random(in: -20...20, using: &chance)
            var rows = (0..<problem.proposals).map { Array(solution.assignment[$0]) }
            let proposal = Int.random(in: rows.indices, using: &chance)
            if !rows[proposal].isEmpty { rows[proposal].removeLast() }
            guard let verified = try? verify(problem, Assignment(rows: rows), Certificate(prices: prices))
            else {
                continue
            }
            let isWorse =
                verified.assigned < solution.report.assigned || verified.total < solution.report.total
            if isWorse { seen += 1 }
            #expect(
                verified.hasHighestTotal != isWorse || !verified.hasHighestTotal,
                "seed \(seed), round \(round)")
        }
        #expect(seen > 500)
    }
}
