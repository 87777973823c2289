import Matching
import MatchingFiles
import Testing

struct RefusedFilesTests {
    /// Files of two proposals and two experts, one of them replaced.
    private func refusal(_ name: String, _ text: String, dense: Bool = false) throws -> FileRefused? {
        let folder = try Folder()
        var texts = [
            "pairs.csv": "proposal,expert,score\n0,0,0.5\n0,1,0.25\n1,0,1\n",
            "scores.csv": "0.5,0.25\n1,-1\n",
            "demand.csv": "1\n1\n", "max.csv": "1\n1\n", "min.csv": "0\n0\n", "lock.csv": "proposal,expert\n",
            "forbid.csv": "proposal,expert\n", "groups.csv": "0\n-1\n",
            "kinds.csv": "expert,kind\n1,finance\n",
        ]
        texts[name] = text
        for (name, text) in texts { _ = try folder.write(text, name) }
        let files = ProblemFiles(
            scores: dense ? .dense(folder.file("scores.csv")) : .pairs(folder.file("pairs.csv")),
            demand: folder.file("demand.csv"), maximumLoad: folder.file("max.csv"),
            minimumLoad: folder.file("min.csv"), locked: folder.file("lock.csv"),
            forbidden: folder.file("forbid.csv"),
            groups: name == "kinds.csv" ? nil : folder.file("groups.csv"),
            kinds: name == "kinds.csv" ? folder.file("kinds.csv") : nil)
        do throws(FileRefused) {
            _ = try files.read()
            return nil
        } catch {
            #expect(error.path == folder.file(name))
            return error
        }
    }

    @Test(
        arguments: [
            ("kinds.csv", "", nil), ("kinds.csv", "expert\n", 1), ("kinds.csv", "expert,kind\n0\n", 2),
            ("kinds.csv", "expert,kind\n0,\n", 2), ("kinds.csv", "expert,kind\n2,a\n", 2),
            ("kinds.csv", "expert,kind\nx,a\n", 2), ("kinds.csv", "expert,kind\n0,a,b\n", 2),
            ("kinds.csv", "expert,kind\n0,a\n1,b\n", 3), ("kinds.csv", "expert,kind\n0,a\n0,a\n", 3),
            ("pairs.csv", "", nil), ("pairs.csv", "p,e,s\n", 1), ("pairs.csv", "proposal,expert\n0,0\n", 1),
            ("pairs.csv", "proposal,expert,score\n0,0\n", 2),
            ("pairs.csv", "proposal,expert,score\n0,0,x\n", 2),
            ("pairs.csv", "proposal,expert,score\n0,0,1\n\n0,1,1\n", 3),
            ("pairs.csv", "proposal,expert,score\n0,0,nan\n", 2),
            ("pairs.csv", "proposal,expert,score\n0,0,inf\n", 2),
            ("pairs.csv", "proposal,expert,score\n0,2,1\n", 2),
            ("pairs.csv", "proposal,expert,score\n-1,0,1\n", 2),
            ("pairs.csv", "proposal,expert,score\n0,0,1\n1,0,1\n0,0,1\n", 4),
            ("pairs.csv", "proposal,expert,score\n0,0,1e300\n", nil),
            ("pairs.csv", "proposal,expert,score\n0,0,1,1\n", 2),
            ("demand.csv", "1\nx\n", 2), ("demand.csv", "-1\n1\n", 1), ("demand.csv", "99999999999\n1\n", 1),
            ("max.csv", "1\n1.5\n", 2), ("min.csv", "0\n", nil), ("min.csv", "0\n2\n", 2),
            ("lock.csv", "proposal,expert\n1,1\n", 2), ("lock.csv", "proposal,expert\n0,0\n0,1\n", 3),
            ("lock.csv", "0,0\n", 1), ("forbid.csv", "proposal,expert\n0,9\n", 2), ("groups.csv", "0\n", nil),
        ] as [(String, String, Int?)])
    func `a bad line is refused with its number`(name: String, text: String, line: Int?) throws {
        let refused = try #require(try refusal(name, text))
        #expect(refused.line == line, "\(refused)")
    }

    @Test(
        arguments: [
            ("scores.csv", "0.5,0.25\n", nil), ("scores.csv", "0.5\n1,-1\n", 1),
            ("scores.csv", "0.5,0.25\n1,-1,0\n", 2), ("scores.csv", "0.5,0.25\n1,,\n", 2),
            ("scores.csv", "0.5,0.25\n1,1e\n", 2),
        ] as [(String, String, Int?)])
    func `a bad table is refused`(name: String, text: String, line: Int?) throws {
        let refused = try #require(try refusal(name, text, dense: true))
        #expect(refused.line == line, "\(refused)")
    }

    @Test func `a file that is not there is refused with the reason`() {
        let files = ProblemFiles(scores: .dense("no/such"), demand: "no/such", maximumLoad: "no/such")
        #expect(throws: FileRefused.self) { try files.read() }
    }

    @Test func `good files are read, with carriage returns and a byte order mark`() throws {
        #expect(try refusal("demand.csv", "\u{FEFF}1\r\n1\r\n") == nil)
        #expect(try refusal("scores.csv", "5e-1, .25\n1,-1", dense: true) == nil)
    }
}
