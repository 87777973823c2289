import Matching
import MatchingFiles
import Testing

struct ScoreScaleTests {
    private func read(_ scores: String) throws -> (problem: MatchingProblem, scale: ScoreScale) {
        let folder = try Folder()
        let line = try folder.write("1\n", "one.csv")
        return try ProblemFiles(
            scores: .dense(try folder.write(scores, "scores.csv")), demand: line, maximumLoad: line
        ).read()
    }

    @Test(
        arguments: [
            ("1", 1, 1), ("0.25", 100, 25), ("0.2500", 100, 25), ("2.5e-3", 10000, 25), ("0", 1, 0),
            ("0.1234567891", 100_000_000, 12_345_679), ("100000000", 1, 100_000_000), ("-0.5", 1, 0),
            ("99.123456789", 1_000_000, 99_123_457),
        ] as [(String, Int64, Int32)])
    func `decimals become whole units at the smallest scale that holds them`(
        text: String, scale: Int64, units: Int32
    ) throws {
        let read = try read(text)
        #expect(read.scale.scale == scale)
        #expect(read.problem.candidates.map(\.score) == [units])
    }

    @Test func `exactly minus one is a conflict`() throws {
        #expect(try read("-1").problem.candidates.isEmpty)
        #expect(try read("-1.0").problem.candidates.isEmpty)
    }

    @Test func `units are written as exact decimals`() {
        let hundredths = ScoreScale(places: 2)
        #expect(hundredths.text(12345) == "123.45")
        #expect(hundredths.text(-50) == "-0.5")
        #expect(hundredths.text(7) == "0.07")
        #expect(hundredths.text(100) == "1")
        #expect(ScoreScale().text(12) == "12")
        #expect(hundredths.unitsAtLeast(1.25) == 125)
        #expect(hundredths.unitsAtLeast(1.251) == 126)
    }
}
