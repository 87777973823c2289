import Foundation
import Lifecycle
import PlanFiles
import Testing

/// A day of the form held against two days of the call, and rules that are asked of one choice alone.
@Suite struct DayWithinTests {
    private let day = Day(number: 18_767)
    private let demand = Demand.dayWithin(field: "published", from: "first", until: "last")
    private let settings = ["first": "2020-07-01", "last": "2022-12-31"]

    private func verdict(
        _ demand: Demand, _ applicant: Applicant, _ settings: [String: String], when: ChoiceCondition? = nil
    ) -> Verdict {
        Rule(
            id: "r", label: Label("规则", "rule"), scope: .application,
            versions: [
                RuleVersion(
                    from: day, demand: demand, standing: .binding, cites: Citation(document: "通知"),
                    verified: true, when: when)
            ]
        ).verdict(
            on: day, applicant: applicant, settings: Settings(settings), callYear: 2023, projectEnd: nil)
    }

    private func published(_ text: String, _ settings: [String: String]) throws -> Verdict {
        let given = try #require(Day(text: text))
        return verdict(demand, Applicant(days: ["published": given]), settings)
    }

    @Test func `both ends count, and a day beyond either is refused`() throws {
        #expect(try published("2020-06-30", settings).result == .unmet)
        #expect(try published("2020-07-01", settings).result == .met)
        #expect(try published("2022-12-31", settings).result == .met)
        #expect(try published("2023-01-01", settings).result == .unmet)
    }

    @Test func `what is not known decides nothing unless it could change nothing`() throws {
        #expect(verdict(demand, Applicant(), settings).result == .unknown)
        #expect(verdict(demand, Applicant(days: [:]), settings).result == .unknown)
        #expect(try published("2021-01-01", [:]).result == .unknown)
        #expect(try published("2021-01-01", ["first": "2020-07-01"]).result == .unknown)
        #expect(try published("2020-01-01", ["first": "2020-07-01"]).result == .unmet)
        #expect(try published("2023-01-01", ["last": "2022-12-31"]).result == .unmet)
    }

    @Test func `the verdict shows the day and both ends in two languages`() throws {
        let looked = try published("2023-01-01", settings).looked
        #expect(looked.map(\.value) == ["2023-01-01", "2020-07-01", "2022-12-31"])
        #expect(looked.allSatisfy { !$0.label.en.isEmpty && $0.label.en != $0.label.zh })
        #expect(demand.parameters == ["first": .day, "last": .day] && demand.scope == .application)
        #expect(demand.askedDay == "published" && demand.restricts.isEmpty)
        let list = Rule(
            id: "r", label: Label("规则", "rule"), scope: .list,
            versions: [
                RuleVersion(
                    from: day, demand: demand, standing: .binding, cites: Citation(document: "通知"),
                    verified: true)
            ]
        ).verdict(on: day, list: [Applicant()], quota: nil, settings: Settings(settings))
        #expect(list.result == .unknown)
    }

    @Test func `a rule of one choice asks nothing of who chose otherwise`() {
        let municipal = Demand.organisationGroup(groups: ["市属"], also: nil, whenFlag: nil)
        let when = ChoiceCondition(field: "class", options: ["platform"])
        func result(_ group: String?, _ chosen: String?) -> Verdict.Result {
            verdict(
                municipal, Applicant(group: group, choices: chosen.map { ["class": $0] } ?? [:]), [:],
                when: when
            ).result
        }
        #expect(result("市属", "platform") == .met)
        #expect(result("中央在京", "platform") == .unmet)
        #expect(result(nil, "platform") == .unknown)
        #expect(result("中央在京", "other") == .met)
        #expect(result(nil, "other") == .met)
        // While nobody knows what was chosen, only what would be met anyway is.
        #expect(result("市属", nil) == .met)
        #expect(result("中央在京", nil) == .unknown)
        let told = verdict(
            municipal, Applicant(group: "中央在京", choices: ["class": "platform"]), [:], when: when)
        #expect(told.looked.map(\.value) == ["platform", "platform", "中央在京"])
    }

    @Test func `what an earlier house kept still reads, and days come back as they were`() throws {
        let old = try JSONDecoder().decode(Applicant.self, from: Data(#"{"group":"市属"}"#.utf8))
        #expect(old.days == nil)
        let kept = Applicant(days: ["published": day])
        #expect(try JSONDecoder().decode(Applicant.self, from: JSONEncoder().encode(kept)) == kept)
        #expect(try JSONDecoder().decode(Demand.self, from: JSONEncoder().encode(demand)) == demand)
    }

    @Test func `days of a form are kept, and what is no day is not`() throws {
        let award = try PlanFolder.programme(files: try Repository.programme("humanities-award"))
        let given = try #require(Day(text: "2025-03-01"))
        #expect(
            award.form.days(in: ["published": "2025-03-01", "title": "2025-03-02"]) == ["published": given])
        #expect(award.form.days(in: ["published": "春天"]) == [:])
        let open = try #require(Day(text: "2023-04-01"))
        #expect(award.rules.filter { $0.version(on: open)?.asksAnswers == true }.count == 2)
    }

    // MARK: - as data

    struct Wrong: Sendable, CustomTestStringConvertible {
        let programme: String
        let file: String
        let replace: String
        let with: String
        let code: String
        var testDescription: String { "\(code): \(with)" }
    }

    @Test(arguments: [
        Wrong(
            programme: "humanities-award", file: "rules.yaml", replace: "field: published, from",
            with: "field: publishd, from", code: "rule.unknown-day"),
        Wrong(
            programme: "humanities-award", file: "rules.yaml", replace: "field: published, from",
            with: "field: title, from", code: "rule.unknown-day"),
        Wrong(
            programme: "humanities-award", file: "rules.yaml", replace: "from: disciplineFrom",
            with: "from: quotaEach", code: "rule.unknown-parameter"),
        Wrong(
            programme: "humanities-award", file: "rules.yaml", replace: ", until: worksUntil", with: "",
            code: "key.missing"),
        Wrong(
            programme: "humanities-award", file: "rules.yaml",
            replace: "when: {field: category, options: [theory, advice]}",
            with: "when: {field: category, options: [theories]}", code: "rule.unknown-option"),
        Wrong(
            programme: "humanities-award", file: "rules.yaml",
            replace: "when: {field: category, options: [theory, advice]}",
            with: "when: {field: title, options: [theory]}", code: "rule.unknown-choice"),
        Wrong(
            programme: "humanities-award", file: "rules.yaml", replace: "        demand: quota\n",
            with: "        when: {field: category, options: [theory]}\n        demand: quota\n",
            code: "rule.list-condition"),
        Wrong(
            programme: "humanities-award", file: "cases.yaml", replace: "days: {published: 2020-07-01}",
            with: "days: {pubished: 2020-07-01}", code: "case.unknown-day"),
        Wrong(
            programme: "humanities-award", file: "cases.yaml", replace: "days: {published: 2020-07-01}",
            with: "days: {published: 2020-06-30}", code: "case.fails"),
        Wrong(
            programme: "outstanding-young-scientists", file: "rules.yaml",
            replace: "when: {field: researchClass, options: [innovation-application]}",
            with: "when: {field: researchClass, options: [innovation]}", code: "rule.unknown-option"),
    ])
    func `one thing made wrong is found at its line`(wrong: Wrong) throws {
        var files = try Repository.programme(wrong.programme)
        let text = try #require(files[wrong.file])
        let range = try #require(
            text.firstRange(of: wrong.replace), "the file does not hold \(wrong.replace)")
        files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        let found = PlanCheck.check(files: files)
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.isError && hit.line > 1, "\(hit)")
    }

    @Test(arguments: [
        ("options: [theory, advice]", "options: [theory, discipline, advice]", ProgrammeDiff.Kind.tightened),
        ("options: [theory, advice]", "options: [theory]", .loosened),
        ("        when: {field: category, options: [theory, advice]}\n", "", .tightened),
    ])
    func `a rule asked of more is stricter`(replace: String, with: String, kind: ProgrammeDiff.Kind) throws {
        let files = try Repository.programme("humanities-award")
        var edited = files
        let text = try #require(files["rules.yaml"])
        let range = try #require(text.firstRange(of: replace))
        edited["rules.yaml"] = text.replacingCharacters(in: range, with: with)
        let diff = ProgrammeDiff(
            from: try PlanFolder.programme(files: files), to: try PlanFolder.programme(files: edited))
        #expect(diff.changes.map(\.id) == ["works-period"] && diff.changes.map(\.kind) == [kind])
    }
}
