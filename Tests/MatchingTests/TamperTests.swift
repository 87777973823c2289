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

    /// A report takes a shorter way than verification where nothing is left to prove.
    @Test func `a report says of any prices what verification says`() throws {
        var chance = SeededChance(5)
        var proofs = 0
        for round in 0..<600 {
            let problem = try Instances.small(Variant(name: "all kinds", locks: round % 3 == 0), &chance)
            let solution = try solve(problem)
            var prices = solution.certificate.prices
            var rows = (0..<problem.proposals).map { Array(solution.assignment[$0]) }
            if round % 2 == 1 {
                prices[Int.random(in: 0..<prices.count, using: &chance)] += Int64.random(
                    in: -3...3, using: &chance)
            }
            let held = rows.indices.first { rows[$0].count > 0 }
            if round % 4 > 1, problem.locked.isEmpty, let held { rows[held].removeLast() }
            let assignment = Assignment(rows: rows)
            let certificate = Certificate(prices: prices)
            let verified = try verify(problem, assignment, certificate)
            let report = Report(problem, assignment, certificate)
            #expect(report.gap == verified.gap)
            #expect(report.total == verified.total)
            if report.hasHighestTotal { proofs += 1 }
        }
        #expect(proofs > 200 && proofs < 550)
    }

    /// Rows that are a little out of order are put in order by another way than those that are much.
    @Test(arguments: [1, 3, 200]) func `the order of candidates in a row says nothing`(exchanges: Int) throws
    {
        var chance = SeededChance(11)
        let experts = 60
        var starts = [0]
        var ordered: [Candidate] = []
        var disordered: [Candidate] = []
        for _ in 0..<40 {
            var row = (0..<experts).map {
                Candidate(expert: Int32($0), score: Int32.random(in: 0...9, using: &chance))
            }
            ordered += row
            for _ in 0..<exchanges {
                let last = row.removeLast()
                row.insert(last, at: Int.random(in: 0...row.count, using: &chance))
            }
            disordered += row
            starts.append(ordered.count)
        }
        func assignment(_ candidates: [Candidate]) throws -> Assignment {
            let problem = try MatchingProblem(
                rowStart: starts, candidates: candidates, demand: [Int32](repeating: 4, count: 40),
                maximumLoad: [Int32](repeating: 3, count: experts))
            return try solve(problem).assignment
        }
        let expected = try assignment(ordered)
        let found = try assignment(disordered)
        for proposal in 0..<40 { #expect(Array(found[proposal]) == Array(expected[proposal])) }
    }
}
