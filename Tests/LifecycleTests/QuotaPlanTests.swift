import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What `plan check` says of a formula for quotas: each finding on a sound programme with one thing made wrong.
@Suite struct QuotaPlanTests {
    static func files() throws -> [String: String] {
        try Repository.programme("research-plan-humanities-general")
    }

    private static func changed(_ file: String, _ replace: String, _ with: String) throws -> [String: String]
    {
        var files = try files()
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: replace), "no \(replace)")
        files[file] = text.replacingCharacters(in: range, with: with)
        return files
    }

    typealias Wrong = StatementCheckTests.Wrong

    @Test(arguments: [
        Wrong(
            file: "programme.yaml", replace: "  base: quotaEach", with: "  base: quotaEech",
            code: "quota.base"),
        Wrong(
            file: "programme.yaml", replace: "  base: quotaEach", with: "  base: ageDay", code: "quota.base"),
        Wrong(file: "programme.yaml", replace: "  rounds: 3\n", with: "", code: "key.missing"),
        Wrong(file: "programme.yaml", replace: "rounds: 3", with: "rounds: 0", code: "type.number"),
        Wrong(
            file: "programme.yaml", replace: "indicator: quality", with: "indicator: qualty",
            code: "type.choice"
        ),
        Wrong(
            file: "programme.yaml", replace: "indicator: quality", with: "indicator: success",
            code: "id.duplicate"),
        Wrong(
            file: "programme.yaml", replace: "      unknown: 0\n", with: "", code: "key.missing"),
        Wrong(file: "programme.yaml", replace: "fewest: 5", with: "fewest: 0", code: "type.number"),
        Wrong(
            file: "programme.yaml", replace: "{atLeast: 30, change: 1}", with: "{atLeast: 60, change: 1}",
            code: "quota.steps"),
        Wrong(
            file: "programme.yaml", replace: ", {atLeast: 0, change: -2}]", with: "]", code: "quota.steps"),
        Wrong(
            file: "programme.yaml", replace: "{atLeast: 50, change: 2}", with: "{atLeast: 101, change: 2}",
            code: "type.number"),
        Wrong(
            file: "programme.yaml", replace: "{atLeast: 50, change: 2}", with: "{atLeast: 50, change: 1.5}",
            code: "type.number"),
        Wrong(
            file: "programme.yaml", replace: "{atLeast: 50, change: 2}",
            with: "{atLeast: 50, change: 2, unless: new}", code: "key.unknown"),
        Wrong(file: "programme.yaml", replace: "  most: 30\n", with: "  most: 0\n", code: "type.number"),
        Wrong(
            file: "programme.yaml", replace: "  mostChange: 3\n", with: "  mostChange: 0\n",
            code: "type.number"
        ),
        Wrong(
            file: "programme.yaml", replace: "  standing: demo\n  cites: {source: notice-2022-reprint}\n",
            with: "  standing: demo\n", code: "rule.no-citation"),
        Wrong(
            file: "programme.yaml", replace: "  standing: demo\n  cites: {source: notice-2022-reprint}\n",
            with: "  standing: certain\n  cites: {source: notice-2022-reprint}\n", code: "type.choice"),
        Wrong(
            file: "procedure.yaml", replace: "kind: endorse\n", with: "kind: draft\n", code: "quota.no-list"),
        Wrong(
            file: "cases.yaml", replace: "quality: {part: 1800, whole: 2400, cases: 4}\n    expect: 16",
            with: "quality: {part: 1799, whole: 2400, cases: 4}\n    expect: 16", code: "quota.case-fails"),
        Wrong(
            file: "cases.yaml", replace: "success: {part: 5, whole: 11}",
            with: "success: {part: 12, whole: 11}", code: "type.number"),
        Wrong(
            file: "cases.yaml", replace: "success: {part: 5, whole: 11}",
            with: "sucess: {part: 5, whole: 11}",
            code: "key.unknown"),
        Wrong(
            file: "cases.yaml", replace: "什么都不知道的学校按基数, base: 15", with: "什么都不知道的学校按基数",
            code: "key.missing"),
    ])
    func `one thing made wrong is found at its line`(wrong: Wrong) throws {
        let found = PlanCheck.check(files: try Self.changed(wrong.file, wrong.replace, wrong.with))
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.line > 1 && hit.path == wrong.file || wrong.file == "procedure.yaml")
        #expect(hit.isError)
    }

    @Test func `a rule that demands a quota, and cases that know and do not know, have to be there`() throws {
        var files = try Self.files()
        files["rules.yaml"] = files["rules.yaml"]?.replacing("demand: quota\n", with: "demand: unstated\n")
        #expect(PlanCheck.check(files: files).map(\.code).contains("quota.no-rule"))
        files = try Self.files()
        let cases = try #require(files["cases.yaml"])
        files["cases.yaml"] = cases.components(separatedBy: "\nquotas:\n").first
        let codes = PlanCheck.check(files: files).map(\.code)
        #expect(codes.count { $0 == "quota.no-case" } == 6)
        files = try Self.files()
        let head = try #require(files["programme.yaml"])
        files["programme.yaml"] = head.components(separatedBy: "\nquotaFormula:\n").first
        let errors = PlanCheck.check(files: files).filter(\.isError)
        #expect(Set(errors.map(\.code)) == ["quota.no-formula"])
    }

    @Test func `the programme has no finding, and says that every number of the formula is a demo setting`()
        throws
    {
        #expect(PlanCheck.check(files: try Self.files()).filter(\.isError) == [])
        let programme = try PlanFolder.programme(files: try Self.files())
        let formula = try #require(programme.quotaFormula)
        #expect(formula.standing == .demo && !formula.verified.isVerified)
        #expect(formula.terms.map(\.indicator) == QuotaIndicator.allCases)
        #expect(programme.quotaCases?.count == 9)
        let other = try PlanFolder.programme(
            files: try Repository.programme("research-plan-natural-general"))
        #expect(other.quotaFormula == nil && other.quotaCases == nil)
    }

    @Test func `a definition from before there were formulas reads, and one without keeps its body`() throws {
        let programme = try PlanFolder.programme(
            files: try Repository.programme("research-plan-natural-general"))
        let body = try JSONEncoder().encode(programme)
        #expect(!String(decoding: body, as: UTF8.self).contains("quotaFormula"))
        #expect(try JSONDecoder().decode(Programme.self, from: body) == programme)
    }

    @Test func `a formula that changes shows in the difference, and its examples do not`() throws {
        let old = try PlanFolder.programme(files: try Self.files())
        #expect(ProgrammeDiff(from: old, to: old).isEmpty)
        func changes(_ file: String, _ replace: String, _ with: String) throws -> [ProgrammeDiff.Change] {
            let new = try PlanFolder.programme(files: try Self.changed(file, replace, with))
            return ProgrammeDiff(from: old, to: new).changes
        }
        let steps = try changes(
            "programme.yaml", "{atLeast: 50, change: 2}", "{atLeast: 50, change: 3}")
        #expect(steps.map(\.id) == ["quotaFormula"] && steps.map(\.kind) == [.changed])
        #expect(steps.first?.before?.en.contains("success ≥50% +2") == true)
        #expect(steps.first?.after?.en.contains("success ≥50% +3") == true)
        #expect(try changes("programme.yaml", "mostChange: 3", "mostChange: 4").map(\.after?.zh) == ["4"])
        #expect(try changes("programme.yaml", "most: 30", "most: 25").map(\.after?.zh) == ["1 – 25"])
        #expect(try changes("cases.yaml", "name: 减到零的学校", "name: 减到零的高校").isEmpty)
        var files = try Self.files()
        files["programme.yaml"] = files["programme.yaml"]?.components(separatedBy: "\nquotaFormula:\n").first
        files["cases.yaml"] = files["cases.yaml"]?.components(separatedBy: "\nquotas:\n").first
        let gone = ProgrammeDiff(from: old, to: try PlanFolder.programme(files: files)).changes
        #expect(gone.map(\.kind) == [.removed] && gone.map(\.id) == ["quotaFormula"])
    }
}
