import Matching
import Testing

struct HoleTests {
    @Test func `three proposals that share one expert are told as such, and no bystander is`() throws {
        // Proposals 0 to 2 have expert 0 alone, who takes two; proposal 3 has both and is served by expert 1.
        let problem = try MatchingProblem(
            rowStart: [0, 1, 2, 3, 5],
            candidates: [
                Candidate(expert: 0, score: 5), Candidate(expert: 0, score: 4),
                Candidate(expert: 0, score: 3),
                Candidate(expert: 0, score: 9), Candidate(expert: 1, score: 1),
            ],
            demand: [1, 1, 1, 1], maximumLoad: [2, 2])
        let solution = try solve(problem)
        #expect(solution.report.unfilled == 1)
        #expect(solution.report.total == 10)
        let blocking = BlockingSet(
            kind: .demand, proposals: [0, 1, 2], experts: [0], wanted: 3, available: 2)
        #expect(
            solution.holes(in: problem) == [Hole(proposal: 2, places: 1, reason: .loadsExhausted(blocking))])
        #expect(
            solution.holes(in: problem)[0].description
                == "proposal 2: 1 place unfilled: 3 proposals (0, 1, 2) share only 1 expert (0), who have 2 places for the 3 wanted"
        )
    }

    @Test func `too few candidates and full groups have reasons of their own`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 1, 3],
            candidates: [
                Candidate(expert: 0, score: 1), Candidate(expert: 1, score: 1),
                Candidate(expert: 2, score: 1),
            ],
            demand: [2, 2], maximumLoad: [1, 1, 1], groups: ExpertGroups(group: [0, 1, 1], cap: 1))
        let holes = try solve(problem).holes(in: problem)
        #expect(
            holes == [
                Hole(proposal: 0, places: 1, reason: .tooFewCandidates(1)),
                Hole(proposal: 1, places: 1, reason: .groupCaps(candidates: 2)),
            ])
    }

    @Test func `every blocking set of a small problem contradicts itself and holds the hole it explains`()
        throws
    {
        let seed: UInt64 = 6
        var chance = SeededChance(seed)
        var seen = 0
        for round in 0..<2_000 {
            let problem = try Instances.small(Variant(name: "plain"), &chance)
            for hole in try solve(problem).holes(in: problem) {
                guard case .loadsExhausted(let blocking) = hole.reason else { continue }
                seen += 1
                #expect(blocking.wanted > blocking.available, "seed \(seed), round \(round)")
                #expect(blocking.proposals.contains(hole.proposal), "seed \(seed), round \(round)")
            }
        }
        #expect(seen > 300)
    }
}
