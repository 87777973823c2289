import Foundation
import Lifecycle
import PlanFiles
import Testing

/// Each finding on a sound programme with one thing made wrong.
@Suite struct PlanCheckTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let file: String
        let replace: String
        let with: String
        let code: String
        /// Part of the English message.
        var says = ""

        var testDescription: String { "\(code): \(with)" }
    }

    /// Problems of the natural sciences' programme after one replacement.
    private func problems(_ wrong: Wrong) throws -> [PlanProblem] {
        var files = try Repository.programme("research-plan-natural-general")
        let text = try #require(files[wrong.file])
        let range = try #require(
            text.firstRange(of: wrong.replace), "the file does not hold \(wrong.replace)")
        files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        return PlanCheck.check(files: files)
    }

    @Test func `a sound programme has no finding`() throws {
        #expect(PlanCheck.check(files: try Repository.programme("research-plan-natural-general")).isEmpty)
    }

    @Test(arguments: [
        Wrong(
            file: "rules.yaml", replace: "    scope: list", with: "    scoep: list", code: "key.unknown",
            says: "did you mean “scope”"),
        Wrong(
            file: "rules.yaml", replace: "        cites: {source: notice-2021}\n", with: "",
            code: "rule.no-citation"),
        Wrong(
            file: "rules.yaml", replace: "cites: {source: notice-2021}",
            with: "cites: {url: \"https://a.b\"}", code: "rule.no-citation"),
        Wrong(
            file: "rules.yaml", replace: "source: notice-2021", with: "source: notice-2012",
            code: "source.unknown", says: "did you mean “notice-2021”"),
        Wrong(
            file: "rules.yaml", replace: "onParameter: ageDay", with: "onParameter: agesDay",
            code: "rule.unknown-parameter", says: "did you mean “ageDay”"),
        Wrong(
            file: "rules.yaml", replace: "onParameter: ageDay", with: "onParameter: grantAmount",
            code: "rule.unknown-parameter"),
        Wrong(
            file: "rules.yaml", replace: "demand: quota", with: "demand: qouta", code: "demand.unknown",
            says: "did you mean “quota”"),
        Wrong(file: "rules.yaml", replace: "scope: list", with: "scope: application", code: "rule.scope"),
        Wrong(
            file: "rules.yaml", replace: "      - from: 2020-01-01",
            with: "      - from: 2020-01-01\n        until: 2019-01-01", code: "rule.period"),
        Wrong(
            file: "rules.yaml", replace: "        demand: {applicationsPerPerson: 1}\n",
            with: "        demand: {applicationsPerPerson: 1}\n        exceptionBy: commision-leader\n",
            code: "type.choice", says: "did you mean “commission-leader”"),
        Wrong(
            file: "rules.yaml", replace: "        demand: {applicationsPerPerson: 1}\n",
            with: "        demand: {applicationsPerPerson: 1}\n        exceptionBy: applicant\n",
            code: "rule.exception-role", says: "“applicant”"),
        Wrong(
            file: "rules.yaml", replace: "        demand: {applicationsPerPerson: 1}\n",
            with: "        demand: {applicationsPerPerson: 1}\n        exceptionBy: expert\n",
            code: "rule.exception-role", says: "“expert”"),
        Wrong(
            file: "rules.yaml", replace: "        demand: {applicationsPerPerson: 1}\n",
            with: "        demand: {applicationsPerPerson: 1}\n        exceptionBy: security-admin\n",
            code: "rule.exception-role"),
        Wrong(
            file: "rules.yaml", replace: "        demand: {applicationsPerPerson: 1}\n",
            with: "        demand: {applicationsPerPerson: 1}\n        exceptionBy: programme-officer\n",
            code: "rule.exception-screens", says: "“screen”"),
        Wrong(
            file: "rules.yaml", replace: "        demand: quota\n",
            with: "        demand: quota\n        exceptionBy: commission-leader\n",
            code: "rule.list-exception"),
        Wrong(
            file: "form.yaml", replace: "- id: significance\n", with: "- id: exceptions\n",
            code: "section.reserved"),
        Wrong(file: "rules.yaml", replace: "percent: 80", with: "percent: 101", code: "type.number"),
        Wrong(file: "rules.yaml", replace: "- id: quota", with: "- id: youth-share", code: "id.duplicate"),
        Wrong(
            file: "cases.yaml", replace: "youth-share: met", with: "youth-share: unknown",
            code: "rule.no-met-case"),
        Wrong(file: "cases.yaml", replace: "youth-share: unmet, ", with: "", code: "rule.no-unmet-case"),
        Wrong(
            file: "cases.yaml", replace: "youth-share: met", with: "youth-share: unmet", code: "case.fails",
            says: "the verdict is met"),
        Wrong(
            file: "cases.yaml", replace: "youth-share: met", with: "youth-shape: met",
            code: "case.unknown-rule", says: "did you mean “youth-share”"),
        Wrong(
            file: "cases.yaml", replace: "{ageDay: 2020-12-31}", with: "{ageDate: 2020-12-31}",
            code: "key.unknown", says: "did you mean “ageDay”"),
        Wrong(
            file: "cases.yaml", replace: "    applicant: {}", with: "    list: [{times: 2}]",
            code: "case.shape"),
        Wrong(
            file: "procedure.yaml", replace: "    by: programme-officer\n", with: "", code: "step.no-owner"),
        Wrong(
            file: "procedure.yaml", replace: "    within: {days: 30}\n", with: "", code: "step.no-deadline"),
        Wrong(
            file: "procedure.yaml", replace: "within: {days: 30}", with: "within: none",
            code: "step.no-deadline"),
        Wrong(
            file: "procedure.yaml", replace: "after: [screen]", with: "after: [secreen]",
            code: "step.unknown", says: "did you mean “screen”"),
        Wrong(
            file: "procedure.yaml", replace: "after: [screen]", with: "after: [decide]",
            code: "procedure.cycle"),
        Wrong(
            file: "procedure.yaml", replace: "after: [screen]", with: "after: []",
            code: "procedure.unreachable"),
        Wrong(
            file: "procedure.yaml", replace: "after: [review]", with: "after: [screen]",
            code: "procedure.dead-end", says: "“review”"),
        Wrong(
            file: "procedure.yaml", replace: "returnsTo: [prepare]", with: "returnsTo: [pay]",
            code: "step.returns-forward"),
        Wrong(
            file: "procedure.yaml", replace: "by: programme-officer", with: "by: system-admin",
            code: "step.administrator"),
        Wrong(
            file: "procedure.yaml", replace: "apartFrom: [prepare]", with: "apartFrom: []",
            code: "step.not-apart", says: "“prepare”"),
        Wrong(
            file: "procedure.yaml", replace: "apartFrom: [screen]", with: "apartFrom: [write]",
            code: "step.not-apart", says: "“screen”"),
        Wrong(
            file: "procedure.yaml", replace: "apartFrom: [write, endorse]", with: "apartFrom: [write]",
            code: "step.not-apart", says: "“endorse”"),
        Wrong(
            file: "funding.yaml", replace: "percent: 40", with: "percent: 30", code: "funding.not-hundred",
            says: "90 %"),
        Wrong(
            file: "funding.yaml", replace: "upon: midterm", with: "upon: halfway",
            code: "funding.unknown-milestone"),
        Wrong(
            file: "form.yaml", replace: "kind: line", with: "kind: lien", code: "type.choice",
            says: "did you mean “line”"),
        Wrong(file: "form.yaml", replace: "least: 4,", with: "least: 400,", code: "field.range"),
        Wrong(file: "form.yaml", replace: "kind: discipline", with: "kind: choice", code: "field.options"),
        Wrong(
            file: "review.yaml", replace: "bids: {eager: 120,", with: "bids: {eager: 20,",
            code: "matching.bids"),
        Wrong(
            file: "review.yaml", replace: "reluctant: -80}", with: "reluctant: 5}", code: "type.number"),
        Wrong(file: "review.yaml", replace: "points: 4", with: "points: four", code: "type.number"),
        Wrong(file: "terms.yaml", replace: "demo: 10000000", with: "demo: many", code: "type.money"),
        Wrong(
            file: "programme.yaml", replace: "nature: natural", with: "nature: natrual", code: "type.choice"),
    ])
    func `one thing made wrong is found at its place`(wrong: Wrong) throws {
        let found = try problems(wrong)
        let problem = try #require(
            found.first {
                $0.code == wrong.code && (wrong.says.isEmpty || $0.message.en.contains(wrong.says))
            },
            "\(found.map { $0.text(in: .en) })")
        let expectsOtherFile = wrong.code.hasPrefix("rule.no-") && wrong.file == "cases.yaml"
        #expect(problem.path == (expectsOtherFile ? "rules.yaml" : wrong.file))
        #expect(problem.line > 1)
        #expect(problem.text(in: .en).contains(":\(problem.line):\(problem.column): error: "))
        #expect(problem.text(in: .en).hasSuffix("[\(wrong.code)]"))
    }

    @Test func `a misspelt key is reported with its line and column`() throws {
        let found = try problems(
            Wrong(file: "procedure.yaml", replace: "    kind: screen", with: "    knid: screen", code: ""))
        let text = try #require(try Repository.programme("research-plan-natural-general")["procedure.yaml"])
        let line =
            text[..<(try #require(text.firstRange(of: "    kind: screen")).lowerBound)].count { $0 == "\n" }
            + 1
        #expect(
            found.map { $0.text(in: .en) } == [
                "procedure.yaml:\(line - 1):5: error: “kind” is missing [key.missing]",
                "procedure.yaml:\(line):5: error: unknown key “knid”, did you mean “kind”? [key.unknown]",
            ])
    }

    @Test func `who cannot except is reported where the rule names them`() throws {
        let found = try problems(
            Wrong(
                file: "rules.yaml", replace: "        demand: {applicationsPerPerson: 1}\n",
                with: "        demand: {applicationsPerPerson: 1}\n        exceptionBy: auditor\n", code: ""))
        let text = try #require(try Repository.programme("research-plan-natural-general")["rules.yaml"])
        let before = text[..<(try #require(text.firstRange(of: "demand: {applicationsPerPerson")).lowerBound)]
        let line = before.count { $0 == "\n" } + 2
        #expect(
            found.map { $0.text(in: .en) } == [
                "rules.yaml:\(line):22: error: “auditor” cannot decide on an exception; "
                    + "one of programme-officer, commission-leader, integrity can [rule.exception-role]"
            ])
    }

    @Test func `all that is wrong is reported at once, in order`() throws {
        var files = try Repository.programme("research-plan-natural-general")
        files["review.yaml"] = "grades: 5\nadvise: []\n"
        files["funding.yaml"] = "lumpSum: perhaps\n"
        files["extra.yaml"] = "a: b\n"
        files["form.yaml"] = nil
        let found = PlanCheck.check(files: files)
        let kinds = found.map { "\($0.path) \($0.code)" }
        for wanted in [
            "extra.yaml file.unknown", "form.yaml file.missing", "funding.yaml type.flag",
            "funding.yaml key.missing",
            "review.yaml type.list", "review.yaml key.unknown",
        ] { #expect(kinds.contains(wanted), "\(wanted) in \(kinds)") }
        #expect(found.map(\.path) == found.map(\.path).sorted())
    }

    @Test func `checking the whole plan takes less than two seconds`() {
        // The best of three: other tests run at the same time.
        let elapsed = (0..<3).map { _ in ContinuousClock().measure { _ = PlanCheck.check(Repository.plan) } }
        #expect(elapsed.contains { $0 < .seconds(2) }, "\(elapsed)")
    }
}
