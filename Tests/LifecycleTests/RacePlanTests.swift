import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What `plan check` says of a race: each finding on a sound programme with one thing made wrong.
@Suite struct RacePlanTests {
    static func files() throws -> [String: String] { try Repository.programme("open-challenge-race") }

    typealias Wrong = StatementCheckTests.Wrong

    private static func changed(_ wrong: StatementCheckTests.Wrong) throws -> [String: String] {
        var files = try files()
        let text = try #require(files[wrong.file])
        let range = try #require(text.firstRange(of: wrong.replace), "no \(wrong.replace)")
        files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        return files
    }

    @Test(arguments: [
        Wrong(
            file: "programme.yaml", replace: "topics: required", with: "topics: optional", code: "race.topics"
        ),
        Wrong(
            file: "programme.yaml", replace: "topics: required", with: "topics: optional",
            code: "letting.topics"),
        Wrong(
            file: "programme.yaml", replace: "letting: open-challenge", with: "letting: open-competition",
            code: "race.letting"),
        Wrong(
            file: "procedure.yaml", replace: "    by: final-user\n", with: "    by: programme-officer\n",
            code: "letting.user-step"),
        Wrong(
            file: "procedure.yaml", replace: "after: [review, user]", with: "after: [review]",
            code: "letting.user-step"),
        Wrong(
            file: "programme.yaml", replace: "    least: 1\n    most: 2\n    conf",
            with: "    least: 0\n    most: 2\n    conf", code: "letting.user-party"),
        Wrong(
            file: "statements.yaml", replace: "research-office, final-user, commission",
            with: "research-office, commission", code: "letting.user-pledge"),
        Wrong(file: "race.yaml", replace: "route: route", with: "route: rout", code: "race.route"),
        Wrong(file: "race.yaml", replace: "route: route", with: "route: title", code: "race.route-kind"),
        Wrong(
            file: "race.yaml", replace: "nearTie: raceNearTie", with: "nearTie: raceNearTies",
            code: "race.number"),
        Wrong(
            file: "race.yaml", replace: "nearTie: raceNearTie", with: "nearTie: grantAmount",
            code: "race.number"
        ),
        Wrong(
            file: "race.yaml", replace: "firstPercent: raceFirstPercent", with: "firstPercent: guideDays",
            code: "race.bounds"),
        Wrong(
            file: "race.yaml", replace: "lanesLeast: raceLanesLeast", with: "lanesLeast: reviewers",
            code: "race.bounds"),
        Wrong(
            file: "race.yaml", replace: "lanesLeast: raceLanesLeast", with: "lanesLeast: raceGateMonths",
            code: "race.lanes"),
        Wrong(
            file: "race.yaml", replace: "gateMonths: raceGateMonths", with: "gateMonths: guideDays",
            code: "race.bounds"),
        Wrong(
            file: "race.yaml", replace: "closeness: points\n", with: "closeness: rank\n", code: "type.choice"),
        Wrong(
            file: "race.yaml", replace: "[advance, continue, merge, stop]", with: "[advance, continue]",
            code: "race.verdicts"),
        Wrong(
            file: "race.yaml", replace: "[advance, continue, merge, stop]", with: "[advance, advance, stop]",
            code: "race.verdicts"),
        Wrong(
            file: "race.yaml", replace: "[advance, continue, merge, stop]", with: "[advance, win, stop]",
            code: "type.choice"),
        Wrong(
            file: "race.yaml", replace: "releasedByVerdict: true", with: "releasedByVerdict: false",
            code: "race.released"),
        Wrong(
            file: "race.yaml", replace: "stoppingIsNoMisconduct: true",
            with: "stoppingIsNoMisconduct: false", code: "race.misconduct"),
        Wrong(file: "race.yaml", replace: "cites: {source: guangxi}\n", with: "", code: "rule.no-citation"),
        Wrong(
            file: "race.yaml", replace: "verified: false", with: "verified: false\nmoney: all",
            code: "key.unknown"),
        Wrong(
            file: "procedure.yaml", replace: "kind: review\n",
            with: "kind: statement\n    statement: pledge\n",
            code: "race.without"),
    ])
    func `one thing made wrong is found at its line`(wrong: StatementCheckTests.Wrong) throws {
        let found = PlanCheck.check(files: try Self.changed(wrong))
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.line > 1)
        #expect(hit.isError)
    }

    @Test func `a race without its file, and a final user who judges, are found`() throws {
        var files = try Self.files()
        files["race.yaml"] = nil
        let head = try #require(files["programme.yaml"])
        #expect(PlanCheck.check(files: files).isEmpty)
        files["programme.yaml"] = head.replacing("letting: open-challenge", with: "letting: race")
        #expect(PlanCheck.check(files: files).map(\.code) == ["letting.race"])
        files["programme.yaml"] = head.replacing("conflicted: true", with: "conflicted: false")
        #expect(PlanCheck.check(files: files).map(\.code).contains("letting.user"))
    }

    @Test func `the programme of challenges and races has no finding, and says what it borrows`() throws {
        #expect(PlanCheck.check(files: try Self.files()) == [])
        let programme = try PlanFolder.programme(files: try Self.files())
        let race = try #require(programme.race)
        #expect(programme.way == .openChallenge && programme.topicUse == .required)
        #expect(race.standing == .borrowed && !race.verified.isVerified)
        #expect(race.cites.clause == ClauseID("3.6.1"))
        #expect(race.verdicts == GateVerdict.allCases)
        for (_, id) in race.numbers.named {
            let number = try #require(programme.defaults.first { $0.id == id })
            #expect(number.standing != .binding, "\(id)")
        }
        let near = try #require(programme.defaults.first { $0.id == race.numbers.nearTie })
        #expect(near.standing == .demo && !near.verified.isVerified)
    }

    @Test func `a race that changes shows in the difference, and one that stays does not`() throws {
        let files = try Self.files()
        let old = try PlanFolder.programme(files: files)
        #expect(ProgrammeDiff(from: old, to: old).isEmpty)
        var other = files
        other["race.yaml"] = files["race.yaml"]?.replacing(", merge, stop]", with: ", stop]")
        let changes = ProgrammeDiff(from: old, to: try PlanFolder.programme(files: other)).changes
        #expect(changes.map(\.id) == ["race"])
        other["race.yaml"] = nil
        let gone = ProgrammeDiff(from: old, to: try PlanFolder.programme(files: other)).changes
        #expect(gone.map(\.kind) == [.removed])
    }
}
