import Matching
import Testing

/// What `make bench-matching` measures, at a size for every day: many proposals, some experts in great demand.
struct LargerInstanceTests {
    static func problem(
        _ proposals: Int, load: Int32, quarters: Bool = false, groups: Int32? = nil, seed: UInt64
    ) throws -> MatchingProblem {
        var chance = SeededChance(seed)
        let experts = proposals * 3 / 4
        var starts = [0]
        var candidates: [Candidate] = []
        for _ in 0..<proposals {
            var row: Set<Int> = []
            while row.count < 20 {
                // The product of two uniform numbers is more often small: the first experts are wanted most.
                let place =
                    Double.random(in: 0..<1, using: &chance) * Double.random(in: 0..<1, using: &chance)
                row.insert(Int(place * Double(experts)))
            }
            for expert in row.sorted() {
                var score = Int32.random(in: 0...10_000, using: &chance)
                if quarters { score = score / 2_500 * 2_500 }
                candidates.append(Candidate(expert: Int32(expert), score: score))
            }
            starts.append(candidates.count)
        }
        return try MatchingProblem(
            rowStart: starts, candidates: candidates, demand: [Int32](repeating: 3, count: proposals),
            maximumLoad: [Int32](repeating: load, count: experts),
            groups: groups.map { count in
                ExpertGroups(group: (0..<experts).map { Int32($0) % count }, cap: 1)
            })
    }

    @Test(arguments: [(6, false), (6, true), (4, false), (4, true)] as [(Int32, Bool)])
    func `a thousand proposals are solved with proof, whether experts are plenty or scarce`(
        load: Int32, quarters: Bool
    ) throws {
        let problem = try Self.problem(1_000, load: load, quarters: quarters, seed: 9)
        let solution = try solve(problem)
        let verified = try verify(problem, solution.assignment, solution.certificate)
        #expect(verified.hasHighestTotal)
        #expect(verified.total == solution.report.total)
        #expect(solution.report.loads.reduce(0) { $0 + Int($1) } == verified.assigned)
        #expect(solution.holes(in: problem).reduce(0) { $0 + $1.places } == verified.unfilled)
    }

    @Test(arguments: [6, 4, 3] as [Int32])
    func `the same holds with at most one expert of an institution, and where places must stay empty`(
        load: Int32
    ) throws {
        let problem = try Self.problem(1_000, load: load, groups: 60, seed: 10)
        let solution = try solve(problem)
        let verified = try verify(problem, solution.assignment, solution.certificate)
        #expect(verified.hasHighestTotal)
        #expect(load == 6 ? verified.unfilled == 0 : verified.unfilled > 0)
    }
}
