import Matching
import Testing

struct MetamorphicTests {
    private static let seed: UInt64 = 31

    @Test func `renumbering proposals and experts changes nothing`() throws {
        var chance = SeededChance(Self.seed)
        for round in 0..<500 {
            let problem = try Instances.small(Variant(name: "plain"), &chance)
            let proposals = Array(0..<problem.proposals).shuffled(using: &chance)
            let experts = Array(0..<problem.experts).shuffled(using: &chance)
            var starts = [0]
            var candidates: [Candidate] = []
            for proposal in proposals {
                for candidate in problem.candidates[
                    problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
                {
                    // `experts` is a permutation of all indices.
                    let index = experts.firstIndex(of: Int(candidate.expert))!
                    candidates.append(Candidate(expert: Int32(index), score: candidate.score))
                }
                starts.append(candidates.count)
            }
            let renumbered = try MatchingProblem(
                rowStart: starts, candidates: candidates, demand: proposals.map { problem.demand[$0] },
                maximumLoad: experts.map { problem.maximumLoad[$0] })
            let one = try solve(problem).report
            let other = try solve(renumbered).report
            #expect(
                one.total == other.total && one.assigned == other.assigned,
                "seed \(Self.seed), round \(round)")
        }
    }

    @Test func `scaling all scores scales the total`() throws {
        var chance = SeededChance(Self.seed)
        for round in 0..<500 {
            let problem = try Instances.small(Variant(name: "plain"), &chance)
            let factor = Int32.random(in: 2...50, using: &chance)
            let scaled = try MatchingProblem(
                rowStart: problem.rowStart,
                candidates: problem.candidates.map { Candidate(expert: $0.expert, score: $0.score * factor) },
                demand: problem.demand, maximumLoad: problem.maximumLoad)
            let one = try solve(problem).report
            let other = try solve(scaled).report
            #expect(one.total * Int64(factor) == other.total, "seed \(Self.seed), round \(round)")
        }
    }

    /// An expert who is nowhere better than one with room to spare changes nothing.
    @Test func `an expert whom another with room outdoes everywhere changes nothing`() throws {
        var chance = SeededChance(Self.seed)
        for round in 0..<500 {
            let problem = try Instances.small(Variant(name: "plain"), &chance)
            var starts = [0]
            var candidates: [Candidate] = []
            var without: [Candidate] = []
            var withoutStarts = [0]
            let first = Int32(problem.experts)
            for proposal in 0..<problem.proposals {
                let row = problem.candidates[problem.rowStart[proposal]..<problem.rowStart[proposal + 1]]
                let strong = Candidate(expert: first, score: Int32.random(in: 10...20, using: &chance))
                without += row + [strong]
                candidates += row + [strong, Candidate(expert: first + 1, score: strong.score - 3)]
                withoutStarts.append(without.count)
                starts.append(candidates.count)
            }
            let demand = problem.demand.map { min($0, 1) }
            let room = Int32(problem.proposals)
            let one = try solve(
                MatchingProblem(
                    rowStart: withoutStarts, candidates: without, demand: demand,
                    maximumLoad: problem.maximumLoad + [room])
            ).report
            let other = try solve(
                MatchingProblem(
                    rowStart: starts, candidates: candidates, demand: demand,
                    maximumLoad: problem.maximumLoad + [room, room])
            ).report
            #expect(
                one.total == other.total && one.assigned == other.assigned,
                "seed \(Self.seed), round \(round)")
        }
    }

    @Test func `the same problem and seed give the same assignment`() throws {
        var chance = SeededChance(Self.seed)
        for _ in 0..<200 {
            let problem = try Instances.small(Variant(name: "groups", groups: true), &chance)
            #expect(try solve(problem, seed: 5).assignment == solve(problem, seed: 5).assignment)
        }
    }
}
