import Foundation
import Matching
import MatchingFiles
import Testing

struct CertificateFileTests {
    private let problem: MatchingProblem

    init() throws {
        problem = try MatchingProblem(
            rowStart: [0, 2, 4, 6],
            candidates: [
                Candidate(expert: 0, score: 3), Candidate(expert: 1, score: 3),
                Candidate(expert: 0, score: 3),
                Candidate(expert: 1, score: 3), Candidate(expert: 1, score: 2),
                Candidate(expert: 2, score: 1),
            ],
            demand: [1, 1, 1], maximumLoad: [1, 1, 1])
    }

    private func certificate(_ change: (inout CertificateFile) -> Void = { _ in }) throws -> CertificateFile {
        var file = CertificateFile(try solve(problem), scale: ScoreScale())
        change(&file)
        return file
    }

    @Test func `a certificate survives its file`() throws {
        let folder = try Folder()
        let path = try folder.write(String(decoding: try certificate().bytes, as: UTF8.self), "cert.json")
        let verified = try CertificateFile.read(path: path)
            .verify(problem, try solve(problem).assignment, scale: ScoreScale())
        #expect(verified.hasHighestTotal && verified.total == 7)
    }

    @Test func `every changed claim is refused`() throws {
        let assignment = try solve(problem).assignment
        let changes: [(inout CertificateFile) -> Void] = [
            { $0.total += 1 }, { $0.unfilled += 1 }, { $0.gap += 1 }, { $0.scale = 10 },
            { $0.prices[0] += 1 },
            { $0.prices[2] -= 1 }, { $0.prices.removeLast() }, { $0.digest = "" },
        ]
        for (index, change) in changes.enumerated() {
            let file = try certificate(change)
            #expect(throws: (any Error).self, "change \(index)") {
                try file.verify(problem, assignment, scale: ScoreScale())
            }
        }
    }

    /// Proposals 0 and 1 could change places at no loss: as good, but not what was certified.
    @Test func `another assignment is refused even if it is as good`() throws {
        let solution = try solve(problem)
        let file = CertificateFile(solution, scale: ScoreScale())
        let swapped = Assignment(rows: [
            Array(solution.assignment[1]), Array(solution.assignment[0]), Array(solution.assignment[2]),
        ])
        #expect(try verify(problem, swapped, solution.certificate).hasHighestTotal)
        #expect(throws: ClaimRefused.self) {
            try file.verify(problem, swapped, scale: ScoreScale())
        }
    }

    @Test func `what a certificate says of fairness is checked, and a false word refused`() throws {
        // Both proposals need expert 0 for more than 1.
        let problem = try MatchingProblem(
            rowStart: [0, 2, 4],
            candidates: [
                Candidate(expert: 0, score: 5), Candidate(expert: 1, score: 1),
                Candidate(expert: 0, score: 4), Candidate(expert: 1, score: 1),
            ],
            demand: [1, 1], maximumLoad: [1, 2])
        let solution = try solve(problem, objective: .fair(floor: nil))
        let scale = ScoreScale()
        func proves(_ solution: Solution, _ change: (inout CertificateFile) -> Void = { _ in }) throws -> Bool
        {
            var file = CertificateFile(solution, scale: scale)
            change(&file)
            let verified = try file.verify(problem, solution.assignment, scale: scale)
            return try file.provesOptimal(verified, problem, solution.assignment, scale: scale)
        }
        let changes: [(inout CertificateFile) -> Void] = [
            { $0.fair?.outOfReach = 1 }, { $0.fair?.experts = [1] }, { $0.fair?.experts = [-1] },
            { $0.fair?.experts = nil },
        ]
        for (index, change) in changes.enumerated() {
            #expect(throws: ClaimRefused.self, "change \(index)") { try proves(solution, change) }
        }
        #expect(try proves(solution))
        // True, but no proof that the worst could not have 4.
        #expect(
            try !proves(solution) {
                $0.fair?.outOfReach = 5
                $0.fair?.experts = []
            })
        #expect(try !proves(solution) { $0.fair?.outOfReach = nil })
        #expect(try proves(try solve(problem, objective: .fair(floor: 1))))
        #expect(try !proves(try solve(problem, objective: .fair(floor: 2))))
        #expect(ReportText.solved(solution, scale: scale, seconds: 0).contains("\"optimal\":true"))
        // Nobody has less than is proved to be had, but of the next worst nothing is proved.
        let raised = try solve(problem, objective: .leximin())
        #expect(try !proves(raised) && !raised.isOptimal)
        #expect(try proves(raised) { $0.fair?.nextWorst = nil })
        let steps = ReportText.solved(raised, scale: scale, seconds: 0)
        #expect(steps.contains("\"steps\":[{\"floor\":1,\"proposals\":1}"))
        #expect(steps.contains("\"ended\":\"nothingMore\"") && steps.contains("\"optimal\":false"))
        let asked = try solve(problem, objective: .fair(floor: 2))
        let text = ReportText.solved(asked, scale: scale, seconds: 0)
        #expect(text.contains("\"optimal\":false,\"gap\":0,") && text.contains("\"floorProved\":false"))
    }

    @Test(arguments: ["", "[]", "{}", "{\"format\":\"matching-certificate/1\"}", "{\"prices\":1}"])
    func `a file that is no certificate is refused`(text: String) throws {
        let folder = try Folder()
        let path = try folder.write(text, "cert.json")
        #expect(throws: FileRefused.self) { try CertificateFile.read(path: path) }
    }
}
