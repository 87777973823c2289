import Foundation
import Matching
import MatchingFiles
import Testing

/// The worked example of the kernel's article, with the very text that stands there.
struct WorkedExampleTests {
    private static let article = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/Matching/Matching.docc/Matching.md")

    /// The fenced blocks of the article, in order.
    private static func blocks() throws -> [String] {
        let text = String(decoding: try Data(contentsOf: article), as: UTF8.self)
        return text.components(separatedBy: "```").enumerated().filter { $0.offset % 2 == 1 }.map {
            String($0.element.drop { $0 != "\n" }.dropFirst())
        }
    }

    @Test func `the example's files give the example's answer`() throws {
        let blocks = try Self.blocks()
        try #require(blocks.count >= 4)
        let folder = try Folder()
        let ones = try folder.write(blocks[1], "demand.csv")
        let files = ProblemFiles(
            scores: .dense(try folder.write(blocks[0], "scores.csv")), demand: ones, maximumLoad: ones)
        let (problem, scale) = try files.read()
        let solution = try solve(problem)
        #expect(String(decoding: AssignmentFile.text(solution.assignment), as: UTF8.self) == blocks[3])

        let answer = ReportText.solved(solution, scale: scale, seconds: 0.0001)
        #expect(blocks[2].hasSuffix("\n\(answer)\n"))

        let certificate = try folder.write(
            String(decoding: try CertificateFile(solution, scale: scale).bytes, as: UTF8.self), "cert.json")
        let verified = try CertificateFile.read(path: certificate)
            .verify(problem, solution.assignment, scale: scale)
        #expect(verified.hasHighestTotal)
    }

    @Test func `the prices of the example prove the answer`() throws {
        let problem = try MatchingProblem(
            rowStart: [0, 3, 5, 8],
            candidates: [
                Candidate(expert: 0, score: 9), Candidate(expert: 1, score: 8),
                Candidate(expert: 2, score: 1),
                Candidate(expert: 0, score: 8), Candidate(expert: 1, score: 3),
                Candidate(expert: 0, score: 7), Candidate(expert: 1, score: 6),
                Candidate(expert: 2, score: 2),
            ],
            demand: [1, 1, 1], maximumLoad: [1, 1, 1])
        let solution = try solve(problem)
        let verified = try verify(problem, solution.assignment, Certificate(prices: [5, 4, 0]))
        #expect(verified.total == 18)
        #expect(verified.hasHighestTotal)
    }
}
