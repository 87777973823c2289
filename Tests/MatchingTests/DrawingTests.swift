import Matching
import Testing

struct DrawingTests {
    private static let seed: UInt64 = 12

    private func row(_ problem: MatchingProblem, _ proposal: Int) -> Range<Int> {
        problem.rowStart[proposal]..<problem.rowStart[proposal + 1]
    }

    @Test(arguments: [0.0, -1, 1.5, 0.01, .nan])
    func `a cap that is no probability, or smaller than a twelfth, is refused`(cap: Double) throws {
        let problem = try MatchingProblem(
            rowStart: [0, 1], candidates: [Candidate(expert: 0, score: 1)], demand: [1], maximumLoad: [1])
        #expect(throws: MatchingRefused.self) { try problem.drawing(cap: cap, seed: 0) }
    }

    @Test func `probabilities keep the cap and the loads, and are the best there are`() throws {
        var chance = SeededChance(Self.seed)
        for round in 0..<500 {
            let problem = try Instances.small(Variant(name: "plain"), &chance)
            let drawing = try problem.drawing(cap: 0.5, seed: UInt64(round))
            #expect(drawing.numerator.allSatisfy { Double($0) / Double(drawing.parts) <= 0.5 })
            // Twice the demand and load, and each pair once: what a half is.
            let doubled = try MatchingProblem(
                rowStart: problem.rowStart, candidates: problem.candidates,
                demand: problem.demand.map { 2 * $0 },
                maximumLoad: problem.maximumLoad.map { 2 * $0 })
            let best = try #require(FlowOracle.solve(doubled))
            #expect(drawing.expectedTotal == Double(best.total) / 2, "seed \(Self.seed), round \(round)")

            var loads = [Int32](repeating: 0, count: problem.experts)
            for proposal in 0..<problem.proposals {
                #expect(drawing.assignment[proposal].count <= Int(problem.demand[proposal]))
                for expert in drawing.assignment[proposal] {
                    loads[Int(expert)] += 1
                    let index = row(problem, proposal).first { problem.candidates[$0].expert == expert }
                    #expect(drawing.numerator[try #require(index)] > 0)
                }
            }
            for expert in 0..<problem.experts { #expect(loads[expert] <= problem.maximumLoad[expert]) }
        }
    }

    @Test func `pairs are drawn as often as their probability says`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 3, 6],
            candidates: [
                Candidate(expert: 0, score: 9), Candidate(expert: 1, score: 5),
                Candidate(expert: 2, score: 1),
                Candidate(expert: 0, score: 8), Candidate(expert: 1, score: 7),
                Candidate(expert: 2, score: 2),
            ],
            demand: [1, 1], maximumLoad: [1, 1, 1])
        let draws = 6_000
        var counts = [Int](repeating: 0, count: 6)
        var numerator: [Int32] = []
        for seed in 0..<UInt64(draws) {
            let drawing = try problem.drawing(cap: 0.75, seed: Self.seed &+ seed)
            numerator = drawing.numerator
            for pair in drawing.assignment.pairs { counts[pair.proposal * 3 + pair.expert] += 1 }
        }
        for index in counts.indices {
            let expected = Double(numerator[index]) / 4 * Double(draws)
            // Four standard deviations of a fair draw.
            #expect(abs(Double(counts[index]) - expected) < 4 * (Double(draws) / 4).squareRoot() + 1)
        }
    }
}
