import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What `plan check` says of the route for proposals that experts disagree about: each finding on a sound programme with
/// one thing made wrong.
@Suite struct NonConsensusPlanTests {
    static func files() throws -> [String: String] { try Repository.programme("research-plan-natural-key") }

    typealias Wrong = StatementCheckTests.Wrong
    private static let file = "non-consensus.yaml"

    private static func changed(_ wrong: Wrong) throws -> [String: String] {
        var files = try files()
        let text = try #require(files[wrong.file])
        let range = try #require(text.firstRange(of: wrong.replace), "no \(wrong.replace)")
        files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        return files
    }

    @Test(arguments: [
        Wrong(
            file: file, replace: "spread: nonConsensusSpread", with: "spread: nonConsensusSpred",
            code: "non-consensus.number"),
        Wrong(
            file: file, replace: "most: nonConsensusMost", with: "most: grantAmount",
            code: "non-consensus.number"),
        Wrong(
            file: file, replace: "spread: nonConsensusSpread", with: "spread: reviewers",
            code: "non-consensus.spread"),
        Wrong(
            file: file, replace: "caseLeast: nonConsensusCaseLeast",
            with: "caseLeast: nonConsensusCaseMost", code: "non-consensus.case"),
        Wrong(file: file, replace: "champion: top-marks", with: "champion: anybody", code: "type.choice"),
        Wrong(file: file, replace: "standing: demo", with: "standing: usual", code: "type.choice"),
        Wrong(
            file: file, replace: "cites: {source: plan, clause: \"3.1.2\"}\n", with: "",
            code: "rule.no-citation"),
        Wrong(
            file: file, replace: "cites: {source: plan,", with: "cites: {source: plans,",
            code: "source.unknown"),
        Wrong(
            file: file, replace: "verified: false", with: "verified: false\nshare: 10", code: "key.unknown"),
        Wrong(file: file, replace: "verified: false", with: "verified: perhaps", code: "type.choice"),
        Wrong(
            file: file, replace: "spread: nonConsensusSpread\n", with: "spread: [1]\n", code: "type.text"),
        Wrong(
            file: "procedure.yaml", replace: "needs: 3", with: "needs: 1", code: "non-consensus.alone"),
    ])
    func `one thing made wrong is found at its line`(wrong: StatementCheckTests.Wrong) throws {
        let found = PlanCheck.check(files: try Self.changed(wrong))
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.line > 1 && hit.column >= 1)
        #expect(hit.isError)
    }

    @Test func `a clause that the plan has not is found where it is cited`() throws {
        var files = try Self.files()
        files[Self.file] = files[Self.file]?.replacing("\"3.1.2\"", with: "\"3.1.9\"")
        let clauses = try Set(Repository.loaded().clauses.map(\.id))
        let found = PlanCheck.check(files: files, clauses: clauses)
        #expect(found.contains { $0.code == "clause.unknown" && $0.path == Self.file && $0.column > 1 })
    }

    @Test func `a race has no such route`() throws {
        var files = try RacePlanTests.files()
        files[Self.file] = try Self.files()[Self.file]?
            .replacing("{source: plan, clause: \"3.1.2\"}", with: "{source: guangxi}")
        #expect(PlanCheck.check(files: files).map(\.code).contains("non-consensus.race"))
    }

    @Test func `the key projects have the route, and say that its numbers are nobody's rule`() throws {
        let files = try Self.files()
        #expect(PlanCheck.check(files: files).filter(\.isError) == [])
        let programme = try PlanFolder.programme(files: files)
        let rules = try #require(programme.nonConsensus)
        #expect(rules.standing == .demo && !rules.verified.isVerified && rules.champion == .topMarks)
        #expect(rules.cites.clause == ClauseID("3.1.2"))
        for id in [rules.numbers.spread, rules.numbers.caseLeast, rules.numbers.caseMost] {
            let number = try #require(programme.defaults.first { $0.id == id })
            #expect(number.standing == .demo && !number.verified.isVerified, "\(id)")
        }
        let most = try #require(programme.parameters.first { $0.id == rules.numbers.most })
        #expect(most.kind == .count && most.demo == "1")
        let plan = try Repository.loaded()
        let line = try #require(PlanCoverage(plan).line(ClauseID("3.1.2")))
        #expect(line.uses.contains { $0.id == "non-consensus" && $0.standing == .demo })
        #expect(plan.programmes.filter { $0.nonConsensus != nil }.map(\.id) == [programme.id])
    }

    @Test func `a route that changes shows in the difference, and one that stays does not`() throws {
        let files = try Self.files()
        let old = try PlanFolder.programme(files: files)
        #expect(ProgrammeDiff(from: old, to: old).isEmpty)
        var other = files
        other[Self.file] = files[Self.file]?.replacing("top-marks", with: "top-grade")
        let changes = ProgrammeDiff(from: old, to: try PlanFolder.programme(files: other)).changes
        #expect(changes.map(\.id) == ["non-consensus"])
        #expect(changes.map(\.kind) == [.loosened])
        other[Self.file] = nil
        let gone = try PlanFolder.programme(files: other)
        #expect(ProgrammeDiff(from: old, to: gone).changes.map(\.kind) == [.removed])
        #expect(ProgrammeDiff(from: gone, to: old).changes.map(\.kind) == [.added])
    }
}
