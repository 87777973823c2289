import Matching
import MatchingFiles
import Testing

struct KindFileTests {
    private func files(_ folder: Folder, groups: Bool = false) throws -> ProblemFiles {
        ProblemFiles(
            scores: .dense(try folder.write("0.9,0.8,0.1\n0.9,0.8,0.3\n", "scores.csv")),
            demand: try folder.write("2\n2\n", "demand.csv"),
            maximumLoad: try folder.write("2\n2\n1\n", "max.csv"),
            groups: groups ? try folder.write("0\n0\n1\n", "groups.csv") : nil,
            kinds: try folder.write("expert,kind\n2,财务\n", "kinds.csv"), kindLeast: 1)
    }

    @Test func `a kind beside groups is refused with its file`() throws {
        let folder = try Folder()
        let both = try files(folder, groups: true)
        #expect {
            try both.read()
        } throws: { error in
            (error as? FileRefused)?.path == folder.file("kinds.csv")
        }
    }

    @Test func `a kind is read, solved for, told and verified`() throws {
        let folder = try Folder()
        let (problem, scale) = try files(folder).read()
        #expect(problem.kind == RequiredKind(isOfKind: [false, false, true], least: [1, 1]))
        let solution = try solve(problem)
        #expect(
            solution.holes(in: problem).map(\.description) == [
                "proposal 0: 1 place unfilled: kept for an expert of the kind, and none of its 1 candidate of the kind can be had"
            ])
        let certificate = CertificateFile(solution, scale: scale)
        let verified = try certificate.verify(problem, solution.assignment, scale: scale)
        #expect(verified.hasHighestTotal && verified.total == 21)
    }
}
