import Foundation
import Lifecycle
import Testing

/// What a formula for quotas says, with sums done by hand beside it.
@Suite struct QuotaFormulaTests {
    private static let formula = QuotaFormula(
        base: "quotaEach", rounds: 3,
        terms: [
            QuotaFormula.Term(
                indicator: .success, fewest: 5,
                steps: [step(50, 2), step(30, 1), step(15, 0), step(0, -2)], unknown: 0),
            QuotaFormula.Term(
                indicator: .quality, fewest: 3, steps: [step(75, 1), step(50, 0), step(0, -1)], unknown: 0),
            QuotaFormula.Term(
                indicator: .completion, fewest: 3, steps: [step(95, 1), step(0, -2)], unknown: -1),
        ], bounds: Bounds(2, 20), mostChange: 3, standing: .demo, cites: Citation(document: "x"),
        verified: false)

    private static func step(_ atLeast: Int, _ change: Int) -> QuotaFormula.Step {
        QuotaFormula.Step(atLeast: atLeast, change: change)
    }

    private func verdict(
        from base: Int = 10, previous: Int? = nil, _ tallies: [QuotaIndicator: QuotaTally]
    ) -> QuotaVerdict {
        Self.formula.verdict(
            base: base, for: QuotaHistory(tallies.mapValues { .counted($0) }, previous: previous))
    }

    @Test func `of a university of which nothing is known the formula says nothing but the base`() {
        for history in [
            QuotaHistory(), QuotaHistory(previous: 3),
            QuotaHistory([.success: .unknown(.nothingForward), .completion: .unknown(.notRecorded)]),
            // Four of four say nothing where five are asked for, and none of none says nothing anywhere.
            QuotaHistory([
                .success: .counted(QuotaTally(part: 4, whole: 4)),
                .quality: .counted(QuotaTally(part: 0, whole: 0, cases: 9)),
            ]),
        ] {
            for base in [0, 1, 10, 100_000] {
                let verdict = Self.formula.verdict(base: base, for: history)
                #expect(!verdict.isKnown)
                #expect(verdict.quota == base && verdict.sum == base && verdict.limits.isEmpty)
                #expect(verdict.lines.allSatisfy { $0.change == 0 && $0.step == nil })
            }
        }
    }

    @Test func `an unknown indicator says why, and does what the formula states for it`() throws {
        let verdict = Self.formula.verdict(
            base: 10,
            for: QuotaHistory([
                .success: .counted(QuotaTally(part: 5, whole: 10)),
                .quality: .counted(QuotaTally(part: 700, whole: 700, cases: 1)),
                .completion: .unknown(.notRecorded),
            ]))
        #expect(verdict.lines.map(\.unknown) == [nil, .tooFew, .notRecorded])
        #expect(verdict.lines.map(\.change) == [2, 0, -1])
        #expect(verdict.quota == 11)
        // An indicator that nobody read has no round behind it.
        #expect(self.verdict([.success: QuotaTally(part: 0, whole: 5)]).lines[2].unknown == .noRound)
    }

    @Test(arguments: [
        (5, 10, 2), (10, 20, 2), (49, 99, 1), (50, 99, 2), (3, 10, 1), (29, 97, 0), (2, 13, 0), (3, 20, 0),
        (2, 14, -2), (0, 5, -2), (5, 5, 2), (1, 3, -9),
    ])
    func `a share counts at exactly the step and not a hair below`(part: Int, whole: Int, change: Int) {
        let line = verdict([.success: QuotaTally(part: part, whole: whole)]).lines[0]
        // −9 stands for a share of too few.
        #expect(change == -9 ? line.step == nil : line.change == change)
        if change != -9 {
            let exact = Double(part) / Double(whole) * 100
            #expect(Double(line.step?.atLeast ?? 101) <= exact + 1e-9)
        }
    }

    @Test func `every small share has the step that exact fractions give it`() {
        for whole in 5...60 {
            for part in 0...whole {
                let line = verdict([.success: QuotaTally(part: part, whole: whole)]).lines[0]
                let reached = [50, 30, 15, 0].first { $0 * whole <= part * 100 }
                #expect(line.step?.atLeast == reached, "\(part)/\(whole)")
            }
        }
    }

    @Test func `the round before holds first, and the bounds have the last word`() {
        let good: [QuotaIndicator: QuotaTally] = [
            .success: QuotaTally(part: 9, whole: 10), .quality: QuotaTally(part: 9, whole: 10),
            .completion: QuotaTally(part: 10, whole: 10),
        ]
        let bad = good.mapValues { QuotaTally(part: 0, whole: $0.whole) }
        // 10 + 2 + 1 + 1 = 14.
        #expect(verdict(good).quota == 14 && verdict(good).limits.isEmpty)
        #expect(verdict(previous: 11, good).limits.isEmpty)
        let held = verdict(previous: 10, good)
        #expect(held.sum == 14 && held.quota == 13 && held.limits == [.rise])
        // 10 − 2 − 1 − 2 = 5.
        #expect(verdict(previous: 8, bad).quota == 5)
        let fallen = verdict(previous: 10, bad)
        #expect(fallen.quota == 7 && fallen.limits == [.fall])
        // From 30 no further down than 27, and that is above what anybody may have.
        let above = verdict(previous: 30, bad)
        #expect(above.quota == 20 && above.limits == [.fall, .most])
        let small = verdict(from: 3, bad)
        #expect(small.sum == -2 && small.quota == 2 && small.limits == [.least])
        #expect(verdict(from: 1, previous: 0, bad).limits == [.fall, .least])
        #expect(verdict(from: 19, good).limits == [.most] && verdict(from: 19, good).quota == 20)
    }

    @Test func `a verdict repeats itself from what it keeps, through the journal's text too`() throws {
        let verdict = self.verdict(
            previous: 9, [.success: QuotaTally(part: 3, whole: 10, rounds: ["2025-SY", "2024-SY"])])
        #expect(Self.formula.verdict(base: verdict.base, for: verdict.history) == verdict)
        let text = try JSONEncoder().encode(verdict)
        #expect(try JSONDecoder().decode(QuotaVerdict.self, from: text) == verdict)
    }

    @Test func `a fact departs where another number than the formula's is granted`() {
        func set(_ verdict: QuotaVerdict, _ granted: Int) -> QuotaSet {
            QuotaSet(call: ID("c"), version: 1, university: ID("u"), verdict: verdict, granted: granted)
        }
        let known = verdict([.success: QuotaTally(part: 5, whole: 10)])
        #expect(set(known, known.quota + 1).departs && !set(known, known.quota).departs)
        #expect(!set(verdict([:]), 99).departs)
    }

    @Test func `the worst review there can be is the lowest grade with the worst advice`() {
        func grade(_ points: Int) -> ReviewInstrument.Grade {
            ReviewInstrument.Grade(id: "g\(points)", label: Label("g", "g"), points: points)
        }
        let instrument = ReviewInstrument(
            criteria: [], grades: [grade(4), grade(1)], advice: [grade(4), grade(0)], commentLeast: 0,
            standing: .demo, cites: Citation())
        #expect(instrument.fewestPoints == 1 && instrument.range == 7)
        #expect(ReviewInstrument.none.fewestPoints == nil)
    }
}
