import Matching
import Testing

/// Places that are kept for experts of one kind.
struct KindTests {
    private func problem(
        least: [Int32] = [1, 1], isOfKind: [Bool] = [false, false, true], load: [Int32] = [2, 2, 1],
        groups: ExpertGroups? = nil, locked: [Pair] = []
    ) throws(MatchingRefused) -> MatchingProblem {
        try MatchingProblem(
            rowStart: [0, 3, 6],
            candidates: [
                Candidate(expert: 0, score: 9), Candidate(expert: 1, score: 8),
                Candidate(expert: 2, score: 1),
                Candidate(expert: 0, score: 9), Candidate(expert: 1, score: 8),
                Candidate(expert: 2, score: 3),
            ],
            demand: [2, 2], maximumLoad: load, groups: groups,
            kind: RequiredKind(isOfKind: isOfKind, least: least), locked: locked)
    }

    @Test func `a rule that contradicts the rest is refused with its reason`() {
        #expect(throws: MatchingRefused.length("kinds of experts", expected: 3, found: 1)) {
            try problem(isOfKind: [true])
        }
        #expect(throws: MatchingRefused.length("least experts of the kind", expected: 2, found: 1)) {
            try problem(least: [1])
        }
        #expect(
            throws: MatchingRefused.negative("least experts of the kind of proposal", index: 1, value: -1)
        ) { try problem(least: [1, -1]) }
        #expect(throws: MatchingRefused.groupsAndKind) {
            try problem(groups: ExpertGroups(group: [0, 0, 0], cap: 1))
        }
        let others = [Pair(proposal: 0, expert: 0), Pair(proposal: 0, expert: 1)]
        #expect(throws: MatchingRefused.lockedBeyondKind(proposal: 0)) { try problem(locked: others) }
        #expect(throws: MatchingRefused.probability(0.5)) { try problem().drawing(cap: 0.5, seed: 1) }
        #expect(throws: MatchingRefused.notLocal("groups or kinds")) {
            _ = try Resolver(try problem(), try solve(try problem()))
        }
    }

    @Test func `a place kept for the kind goes to it or stays empty, and the hole says why`() throws {
        let problem = try problem()
        let solution = try solve(problem)
        // The one expert of the kind is worth most where nobody gives up anything for it: with proposal 1.
        #expect(solution.assignment[1].contains(2) && solution.report.total == 9 + 9 + 3)
        #expect(solution.isOptimal)
        #expect(
            solution.holes(in: problem) == [
                Hole(proposal: 0, places: 1, reason: .keptForKind(candidates: 1))
            ])
        let nobody = try self.problem(isOfKind: [false, false, false])
        #expect(
            try solve(nobody).holes(in: nobody).map(\.description) == [
                "proposal 0: 1 place unfilled: kept for an expert of the kind, and no candidate is of it",
                "proposal 1: 1 place unfilled: kept for an expert of the kind, and no candidate is of it",
            ])
        // Where more are asked for than a proposal wants, all of its places are kept.
        let all = try self.problem(least: [5, 0])
        #expect(try solve(all).report.loads == [1, 1, 1])
    }

    @Test func `an assignment that gives a kept place to another is refused`() throws {
        let problem = try problem()
        let solution = try solve(problem)
        let wrong = Assignment(rows: [[0, 1], [0, 2]])
        #expect(throws: VerificationRefused.placeOfKind(proposal: 0)) {
            try verify(problem, wrong, solution.certificate)
        }
        #expect(try verify(problem, solution.assignment, solution.certificate).hasHighestTotal)
    }

    @Test func `the fairest assignment keeps the places too`() throws {
        let seed: UInt64 = 31
        var chance = SeededChance(seed)
        for round in 0..<200 {
            let problem = try Instances.small(Variant(name: "a kind", kind: true), &chance)
            let solution = try solve(problem, objective: .fair(floor: nil))
            #expect(throws: Never.self, "seed \(seed), round \(round)") {
                try verify(problem, solution.assignment, solution.certificate)
            }
            #expect(solution.report.assigned == (try solve(problem)).report.assigned)
        }
    }
}
