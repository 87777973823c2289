import Foundation
import Lifecycle
import PlanFiles
import Testing

/// Structure of a list by what its applications chose: a share of a kind, at least so many of a category.
@Suite struct ChoiceDemandTests {
    private let day = Day(number: 18_767)
    private let share = Demand.choiceShare(field: "form", options: ["paper", "report"], percent: 20)
    private let least = Demand.choiceLeast(field: "category", options: ["theory"], onParameter: "theoryLeast")

    private func verdict(_ demand: Demand, _ list: [Applicant], _ settings: [String: String] = [:]) -> Verdict
    {
        Rule(
            id: "r", label: Label("规则", "rule"), scope: .list,
            versions: [
                RuleVersion(
                    from: day, demand: demand, standing: .binding, cites: Citation(document: "通知"),
                    verified: true)
            ]
        ).verdict(on: day, list: list, quota: nil, settings: Settings(settings))
    }

    private func chose(_ field: String, _ option: String, _ count: Int = 1) -> [Applicant] {
        Array(repeating: Applicant(choices: [field: option]), count: count)
    }

    @Test func `a category that is short fails, and the verdict shows both numbers`() {
        let verdict = verdict(
            least, chose("category", "theory") + chose("category", "advice", 3), ["theoryLeast": "2"])
        #expect(verdict.result == .unmet)
        #expect(
            verdict.looked.map { "\($0.label.zh) \($0.value)" } == [
                "名单项数 4", "属于所列类别的 1", "类别不详的 0", "至少（项） 2",
            ])
        #expect(verdict.looked.allSatisfy { !$0.label.en.isEmpty && $0.label.en != $0.label.zh })
    }

    @Test func `while the call does not say how many, nobody knows`() {
        #expect(verdict(least, chose("category", "theory", 9)).result == .unknown)
        #expect(verdict(least, chose("category", "theory", 9), ["theoryLeast": "many"]).result == .unknown)
    }

    @Test func `an unknown choice decides nothing unless it could change nothing`() {
        let unknown = [Applicant()]
        #expect(verdict(least, unknown, ["theoryLeast": "1"]).result == .unknown)
        #expect(verdict(least, unknown + [Applicant(choices: [:])], ["theoryLeast": "3"]).result == .unmet)
        #expect(verdict(least, unknown + chose("category", "theory"), ["theoryLeast": "1"]).result == .met)
        // Another choice of the form is not this one.
        #expect(verdict(least, chose("group", "theory"), ["theoryLeast": "1"]).result == .unknown)
    }

    @Test func `least nothing is met by an empty list, and a share of nothing is unknown`() {
        #expect(verdict(least, [], ["theoryLeast": "0"]).result == .met)
        #expect(verdict(least, [], ["theoryLeast": "1"]).result == .unmet)
        let nothing = verdict(share, [])
        #expect(nothing.result == .unknown)
        #expect(nothing.looked.first?.text(in: .en) == "the list is empty")
    }

    @Test func `for every list up to forty, known or not, the share agrees with trying all that could be`() {
        for all in 1...40 {
            for fitting in 0...all {
                for unknown in 0...(all - fitting) where all < 12 || unknown < 3 {
                    let list =
                        chose("form", "paper", fitting) + chose("form", "book", all - fitting - unknown)
                        + Array(repeating: Applicant(), count: unknown)
                    let answers = Set((0...unknown).map { (fitting + $0) * 5 >= all })
                    let expected: Verdict.Result =
                        answers.count == 2 ? .unknown : answers == [true] ? .met : .unmet
                    #expect(verdict(share, list).result == expected, "\(fitting)+\(unknown)/\(all)")
                }
            }
        }
    }

    @Test func `neither is judged for one application`() {
        for demand in [share, least] {
            let rule = Rule(
                id: "r", label: Label("规则", "rule"), scope: .application,
                versions: [
                    RuleVersion(
                        from: day, demand: demand, standing: .demo, cites: Citation(document: "x"),
                        verified: false)
                ])
            let verdict = rule.verdict(
                on: day, applicant: Applicant(choices: ["form": "paper", "category": "theory"]),
                settings: Settings(["theoryLeast": "1"]), callYear: 2026, projectEnd: nil)
            #expect(verdict.result == .unknown)
            #expect(demand.scope == .list && demand.restricts.isEmpty)
        }
        #expect(least.parameters == ["theoryLeast": .count])
        #expect(share.parameters.isEmpty)
    }

    @Test func `choices of a form are kept and nothing else of its answers`() throws {
        let award = try PlanFolder.programme(files: try Repository.programme("humanities-award"))
        #expect(
            award.form.choices(in: ["category": "theory", "title": "书", "form": ""]) == ["category": "theory"]
        )
        let general = try PlanFolder.programme(
            files: try Repository.programme("research-plan-humanities-general"))
        #expect(general.form.choices(in: ["title": "书"]) == nil)
    }

    // MARK: - as data

    /// The award with one thing made wrong.
    private func problems(_ file: String, _ replace: String, _ with: String) throws -> [PlanProblem] {
        var files = try Repository.programme("humanities-award")
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: replace), "the file does not hold \(replace)")
        files[file] = text.replacingCharacters(in: range, with: with)
        return PlanCheck.check(files: files)
    }

    @Test(arguments: [
        ("rules.yaml", "field: category", "field: categry", "rule.unknown-choice", "did you mean “category”"),
        ("rules.yaml", "field: category", "field: title", "rule.unknown-choice", "no choice “title”"),
        ("rules.yaml", "options: [theory]", "options: [theorie]", "rule.unknown-option", "“theory”"),
        ("rules.yaml", "options: [theory], ", "", "key.missing", "“options” is missing"),
        ("rules.yaml", "options: [theory]", "options: []", "key.missing", "“options” is missing"),
        (
            "rules.yaml", "onParameter: theoryLeast", "onParameter: theoryMost", "rule.unknown-parameter",
            "theoryLeast"
        ),
        ("rules.yaml", "onParameter: theoryLeast", "onParameter: worksFrom", "rule.unknown-parameter", ""),
        ("rules.yaml", "percent: 20", "percent: 0", "type.number", ""),
        ("rules.yaml", "{choiceLeast:", "{choiceLaest:", "demand.unknown", "did you mean “choiceLeast”"),
        ("rules.yaml", "onParameter: theoryLeast", "percent: 20", "key.unknown", ""),
        (
            "cases.yaml", "category: theory, form: book", "category: theorys, form: book",
            "case.unknown-option", ""
        ),
        (
            "cases.yaml", "category: theory, form: book", "kategory: theory, form: book",
            "case.unknown-choice", ""
        ),
        ("cases.yaml", "choices: {category: theory, form: book}", "choices: theory", "type.mapping", ""),
        ("cases.yaml", "theory-least: met", "theory-least: unmet", "case.fails", "Of the named kind 2"),
    ])
    func `what is wrong is told where it stands`(
        file: String, replace: String, with: String, code: String, says: String
    ) throws {
        let found = try problems(file, replace, with)
        let told = try #require(found.first { $0.code == code && $0.path == file }, "\(found)")
        #expect(told.line > 1 && (says.isEmpty || told.message.en.contains(says)), "\(told)")
    }

    @Test(arguments: [
        ("percent: 20", "percent: 25", ProgrammeDiff.Kind.tightened, "short-forms"),
        ("percent: 20", "percent: 10", .loosened, "short-forms"),
        ("options: [paper, report, popular]", "options: [paper, report]", .tightened, "short-forms"),
        ("options: [theory]", "options: [theory, advice]", .loosened, "theory-least"),
        ("options: [theory]", "options: [discipline]", .changed, "theory-least"),
    ])
    func `a change is said to be stricter or looser`(
        replace: String, with: String, kind: ProgrammeDiff.Kind, id: String
    ) throws {
        let files = try Repository.programme("humanities-award")
        var edited = files
        let text = try #require(files["rules.yaml"])
        let range = try #require(text.firstRange(of: replace))
        edited["rules.yaml"] = text.replacingCharacters(in: range, with: with)
        let diff = ProgrammeDiff(
            from: try PlanFolder.programme(files: files), to: try PlanFolder.programme(files: edited))
        let change = try #require(diff.changes.first)
        #expect(diff.changes.count == 1)
        #expect(change.kind == kind && change.id == id && change.area == .rule)
        let (was, now) = (try #require(change.before), try #require(change.after))
        #expect(was.zh != now.zh && was.en != now.en)
    }

    // MARK: - what if

    @Test func `a closed round is replayed by what its applications chose`() throws {
        let award = try PlanFolder.programme(files: try Repository.programme("humanities-award"))
        let day = try #require(Day(text: "2026-04-01"))
        func entry(_ number: String, _ university: String, _ category: String?) -> RecordedRound.Entry {
            RecordedRound.Entry(
                number: number, university: university, universityName: university,
                considered: category.map { Applicant(group: "市属", choices: ["category": $0]) }, born: nil,
                rank: 1, recorded: [:])
        }
        func round(_ settings: [String: String]) -> RecordedRound {
            RecordedRound(
                number: "R", title: "评选", programme: award.id, year: 2026, rulesDay: day,
                settings: Settings(settings), quotas: [:],
                entries: [
                    entry("1", "a", "theory"), entry("2", "a", "advice"), entry("3", "b", "advice"),
                    entry("4", "c", nil),
                ])
        }
        let stricter = award.rules.map { rule in
            rule.id != "advice-least"
                ? rule
                : Rule(
                    id: rule.id, label: rule.label, scope: rule.scope,
                    versions: rule.versions.map {
                        RuleVersion(
                            from: $0.from,
                            demand: .choiceLeast(
                                field: "category", options: ["theory"], onParameter: "adviceLeast"),
                            standing: $0.standing, cites: $0.cites, verified: $0.verified)
                    })
        }
        let answer = WhatIf(
            round(["quotaEach": "7", "theoryLeast": "0", "adviceLeast": "1"]), pinned: award.rules,
            after: WhatIf.Rules(stricter, on: day))
        let rule = try #require(answer.rule("advice-least"))
        #expect(rule.flips.map(\.subject) == ["b"])
        #expect(rule.flips.map(\.to) == [.unmet])
        // What kept no choices stays unknown on both sides.
        #expect(rule.count(.unknown, .unknown) == 1 && rule.count(.met, .met) == 1)
        #expect(answer.universities.first { $0.id == "b" }?.listFails == ["advice-least"])
    }
}
