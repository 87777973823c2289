import Foundation
import Lifecycle
import PlanFiles
import Testing

/// How far a citation was held against its source: a closed vocabulary, in which what was written before still reads.
@Suite struct CitationCheckTests {
    private func read(_ word: String) throws -> [PlanProblem] {
        var files = try Repository.programme("transfer-centre")
        let rules = try #require(files["rules.yaml"])
        files["rules.yaml"] = rules.replacing("verified: true", with: "verified: \(word)")
        return PlanCheck.check(files: files)
    }

    @Test(arguments: ["perhaps", "Verified", "report", "[true]", "{a: b}"])
    func `another word is refused at its line`(word: String) throws {
        let found = try read(word)
        #expect(
            found.contains { $0.code == "type.choice" && $0.path == "rules.yaml" && $0.line > 1 }, "\(found)")
        // In the words that authors write.
        let told = found.filter { $0.code == "type.choice" }.map(\.message)
        #expect(told.allSatisfy { $0.en.contains("one of true, reported, inferred, false is expected") })
        #expect(told.allSatisfy { $0.zh.contains("true, reported, inferred, false") })
    }

    private func funded(_ word: String?) throws -> [String: String] {
        var files = try Repository.programme("transfer-centre")
        let funding = try #require(files["funding.yaml"])
        #expect(funding.contains("\nverified: false\n"))
        files["funding.yaml"] = funding.replacing(
            "\nverified: false\n", with: word.map { "\nverified: \($0)\n" } ?? "\n")
        return files
    }

    @Test func `of the funding it is read as everywhere else`() throws {
        let found = PlanCheck.check(files: try funded("banana"))
        #expect(found.map(\.code) == ["type.choice"], "\(found)")
        #expect(found.allSatisfy { $0.path == "funding.yaml" && $0.line > 1 })
        #expect(try PlanFolder.programme(files: funded("false")).funding.verified == .unknown)
        #expect(try PlanFolder.programme(files: funded("reported")).funding.verified == .reported)
        // Where nobody said it, nothing is claimed.
        #expect(try PlanFolder.programme(files: funded(nil)).funding.verified == nil)
    }

    @Test func `of an appraisal another word is refused too`() throws {
        var files = try Repository.programme("transfer-centre")
        files["appraisals.yaml"] = files["appraisals.yaml"]?.replacing(
            "verified: false", with: "verified: banana")
        let found = PlanCheck.check(files: files)
        #expect(
            !found.isEmpty && found.allSatisfy { $0.code == "type.choice" && $0.path == "appraisals.yaml" })
    }

    @Test func `of a step it is read and compared, and where nobody said it nothing is claimed`() throws {
        let files = try Repository.programme("humanities-award")
        let said = "    cites: {source: encyclopedia}\n    verified: "
        let award = try PlanFolder.programme(files: files)
        #expect(award.procedure.step("decide")?.verified == .unknown)
        #expect(award.procedure.step("screen")?.verified == nil)
        func edited(_ from: String, _ to: String) throws -> [String: String] {
            var other = files
            let text = try #require(files["procedure.yaml"])
            #expect(text.contains(from))
            other["procedure.yaml"] = text.replacing(from, with: to)
            return other
        }
        let reported = try PlanFolder.programme(files: edited("\(said)false", "\(said)reported"))
        #expect(reported.procedure.step("decide")?.verified == .reported)
        let changes = ProgrammeDiff(from: award, to: reported).changes
        #expect(Set(changes.map(\.id)) == ["review", "again", "decide", "notice"])
        #expect(changes.allSatisfy { $0.kind == .reworded && $0.area == .step })
        let wrong = PlanCheck.check(files: try edited("\(said)false", "\(said)banana"))
        #expect(wrong.contains { $0.code == "type.choice" && $0.path == "procedure.yaml" && $0.line > 1 })
    }

    @Test func `a step that is fitted to a dossier keeps it`() throws {
        let laboratory = try PlanFolder.programme(files: try Repository.programme("beijing-laboratory"))
        let fitted = laboratory.procedure.fitting(.none)
        #expect(fitted != laboratory.procedure)
        #expect(fitted.step("plate")?.verified == .unknown)
    }

    @Test func `another word of a body is refused`() {
        for text in ["\"perhaps\"", "1", "null", "{}"] {
            #expect(throws: (any Error).self) {
                try JSONDecoder().decode([CitationCheck].self, from: Data("[\(text)]".utf8))
            }
        }
    }

    @Test(arguments: [
        ("true", CitationCheck.verified), ("false", .unknown), ("verified", .verified),
        ("reported", .reported), ("inferred", .inferred), ("unknown", .unknown),
    ])
    func `each word reads as what it says`(word: String, check: CitationCheck) throws {
        #expect(try read(word) == [])
        var files = try Repository.programme("transfer-centre")
        files["rules.yaml"] = files["rules.yaml"]?.replacing("verified: true", with: "verified: \(word)")
        let programme = try PlanFolder.programme(files: files)
        #expect(programme.rules.first?.versions.first?.verified == check)
        #expect(check.isVerified == (check == .verified))
    }

    @Test func `what was kept as a flag reads, and is kept as one`() throws {
        let old = try JSONDecoder().decode([CitationCheck].self, from: Data("[true,false]".utf8))
        #expect(old == [.verified, .unknown])
        let new = try JSONEncoder().encode(CitationCheck.allCases)
        #expect(String(decoding: new, as: UTF8.self) == #"[true,"reported","inferred",false]"#)
        #expect(try JSONDecoder().decode([CitationCheck].self, from: new) == CitationCheck.allCases)
    }

    /// The custom of open challenges is told of in public texts and was not read in one of its own.
    @Test func `a practice only reported says so`() throws {
        let plan = try Repository.loaded()
        let race = try #require(plan.programme("open-challenge-race"))
        #expect(race.rules.first?.versions.first?.verified == .reported)
        let statements = try #require(plan.programme("open-challenge")?.statements)
        #expect(statements.contains { $0.verified == .reported })
    }
}
