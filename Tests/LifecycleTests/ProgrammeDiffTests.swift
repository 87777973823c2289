import Foundation
import Lifecycle
import PlanFiles
import Testing

/// One thing changed in a definition, and what is said of it.
@Suite struct ProgrammeDiffTests {
    struct Edit: Sendable, CustomTestStringConvertible {
        let file: String
        let replace: String
        let with: String
        let area: ProgrammeDiff.Area
        let kind: ProgrammeDiff.Kind
        let id: String
        /// Parts of what was and of what is, in English.
        var was = ""
        var now = ""

        var testDescription: String { "\(area) \(kind): \(with)" }
    }

    private func diff(_ file: String, _ replace: String, _ with: String) throws -> ProgrammeDiff {
        let files = try Repository.programme("research-plan-humanities-general")
        var edited = files
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: replace), "the file does not hold \(replace)")
        edited[file] = text.replacingCharacters(in: range, with: with)
        return ProgrammeDiff(
            from: try PlanFolder.programme(files: files), to: try PlanFolder.programme(files: edited))
    }

    @Test func `a definition beside itself differs in nothing`() throws {
        for id in ["research-plan-humanities-general", "research-plan-natural-general"] {
            let programme = try PlanFolder.programme(files: try Repository.programme(id))
            #expect(ProgrammeDiff(from: programme, to: programme).isEmpty)
        }
    }

    @Test func `comments, blank lines and cases are nothing an applicant notices`() throws {
        #expect(try diff("rules.yaml", "rules:\n", "# 说明\n\nrules:\n").isEmpty)
        #expect(try diff("cases.yaml", "name: 2021 市属高校教师各项", "name: 又一个").isEmpty)
    }

    @Test(arguments: [
        Edit(
            file: "rules.yaml", replace: "percent: 90}}\n        label: {zh: 35",
            with: "percent: 95}}\n        label: {zh: 35",
            area: .rule, kind: .tightened, id: "youth-share", was: "90 %", now: "95 %"),
        Edit(
            file: "rules.yaml",
            replace:
                "{applicationsPerPerson: 1}\n        standing: binding\n        cites: {source: notice-2022}",
            with:
                "{applicationsPerPerson: 2}\n        standing: binding\n        cites: {source: notice-2022}",
            area: .rule, kind: .loosened, id: "one-application", was: "at most 1", now: "at most 2"),
        Edit(
            file: "rules.yaml", replace: "demand: {yearsSinceLateClosing: {family: research-plan, years: 2}}",
            with: "demand: {yearsSinceLateClosing: {family: research-plan, years: 3}}", area: .rule,
            kind: .tightened, id: "late-closing-pause"),
        Edit(
            file: "rules.yaml", replace: "demand: {neverLed: {family: research-plan}}",
            with: "demand: unstated",
            area: .rule, kind: .removed, id: "never-led-plan", now: "not stated"),
        Edit(
            file: "rules.yaml", replace: "{from: 2020-01-01, until: 2021-05-01, demand: unstated",
            with: "{from: 2020-01-01, until: 2021-05-01, demand: fullTimeTeacher", area: .rule, kind: .added,
            id: "no-active-project", was: "not stated", now: "full-time"),
        Edit(
            file: "rules.yaml", replace: "        exceptionBy: commission-leader\n", with: "", area: .rule,
            kind: .tightened, id: "not-senior-at-forty"),
        Edit(
            file: "rules.yaml", replace: "        demand: fullTimeTeacher\n        standing: binding",
            with: "        demand: fullTimeTeacher\n        standing: borrowed", area: .rule, kind: .changed,
            id: "full-time-teacher", was: "binding", now: "borrowed"),
        Edit(
            file: "procedure.yaml", replace: "within: {days: 30}", with: "within: {days: 20}", area: .step,
            kind: .tightened, id: "review", was: "30 days", now: "20 days"),
        Edit(
            file: "procedure.yaml", replace: "within: {days: 30}", with: "within: {workingDays: 30}",
            area: .step,
            kind: .changed, id: "review", now: "30 working days"),
        Edit(
            file: "procedure.yaml", replace: "needs: 3", with: "needs: 5", area: .step, kind: .changed,
            id: "review",
            was: "3", now: "5"),
        Edit(
            file: "terms.yaml", replace: "value: 5\n", with: "value: 7\n", area: .practice,
            kind: .changed,
            id: "noticeWorkingDays", was: "5", now: "7"),
        Edit(
            file: "terms.yaml", replace: "    demo: 2\n    least: 1\n    most: 10\n",
            with: "    demo: 2\n    least: 1\n    most: 5\n", area: .parameter, kind: .tightened,
            id: "projectYears", was: "10", now: "5"),
        Edit(
            file: "programme.yaml", replace: "title: {zh: 科研计划（人文社科类）一般项目", with: "title: {zh: 科研计划一般项目",
            area: .head, kind: .reworded, id: "title"),
        Edit(
            file: "review.yaml", replace: "commentLeast: 30", with: "commentLeast: 100", area: .review,
            kind: .tightened, id: "commentLeast", was: "30", now: "100"),
        Edit(
            file: "review.yaml", replace: "points: 4, label: {zh: 优, en",
            with: "points: 5, label: {zh: 优, en",
            area: .review, kind: .changed, id: "grades"),
        Edit(
            file: "funding.yaml", replace: "lumpSum: true", with: "lumpSum: false", area: .funding,
            kind: .changed,
            id: "lumpSum", was: "yes", now: "no"),
    ])
    func `one thing changed is said once, with what was and what is`(edit: Edit) throws {
        let diff = try diff(edit.file, edit.replace, edit.with)
        #expect(diff.changes.count == 1, "\(diff.changes)")
        let change = try #require(diff.changes.first)
        #expect(change.area == edit.area && change.kind == edit.kind, "\(change)")
        #expect(change.id == edit.id, "\(change)")
        #expect(edit.was.isEmpty || change.before?.en.contains(edit.was) == true, "\(change)")
        #expect(edit.now.isEmpty || change.after?.en.contains(edit.now) == true, "\(change)")
        for label in [change.subject, change.what] { #expect(!label.zh.isEmpty && !label.en.isEmpty) }
    }

    @Test(arguments: [
        ("statements.yaml", "verdict: [done, returned, refused]", "verdict: [done, refused]", "grounds"),
        ("statements.yaml", "seenBy: [expert, commission]", "seenBy: [commission]", "grounds"),
        ("statements.yaml", "favour: [agree], least: 2", "favour: [agree, abstain], least: 2", "collective"),
        ("statements.yaml", "{id: risk, kind: prose, required: false,", "{id: risk, kind: prose,", "risk"),
        ("programme.yaml", "letting: directed", "letting: open-competition", "letting"),
        ("appraisals.yaml", "quorum: 2", "quorum: 1", ""),
        ("appraisals.yaml", "least: 60, label: {zh: 必要", "least: 70, label: {zh: 必要", "necessary"),
    ])
    func `statements, appraisals and the way of letting are compared too`(
        file: String, replace: String, with: String, id: String
    ) throws {
        let files = try Repository.programme("directed-commission")
        var edited = files
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: replace), "the file does not hold \(replace)")
        edited[file] = text.replacingCharacters(in: range, with: with)
        let diff = ProgrammeDiff(
            from: try PlanFolder.programme(files: files), to: try PlanFolder.programme(files: edited))
        #expect(diff.changes.count == 1, "\(diff.changes)")
        let change = try #require(diff.changes.first)
        #expect(id.isEmpty || change.id == id, "\(change)")
        #expect(change.before != change.after)
    }

    /// A new part of a definition is compared, or named here as what nobody notices.
    @Test func `every part of a definition is compared`() throws {
        let programme = try PlanFolder.programme(files: try Repository.programme("directed-commission"))
        let compared: Set = [
            "title", "summary", "family", "clauses", "nature", "rules", "form", "procedure", "review",
            "funding",
            "parameters", "defaults", "letting", "intake", "parties", "statements", "leavesOut", "appraisals",
            "race", "quotaFormula", "nonConsensus", "joint", "topics", "preferences",
        ]
        let unnoticed: Set = ["id", "cases", "quotaCases", "digest"]
        let parts = Set(Mirror(reflecting: programme).children.compactMap(\.label))
        #expect(parts == compared.union(unnoticed))
    }

    @Test func `a field that becomes optional, longer, or goes away is told from one that comes`() throws {
        let files = try Repository.programme("research-plan-humanities-general")
        let whole = try PlanFolder.programme(files: files)
        func with(_ fields: [ApplicationForm.Field]) -> Programme {
            let first = whole.form.sections[0]
            let sections =
                [ApplicationForm.Section(id: first.id, label: first.label, hint: first.hint, fields: fields)]
                + whole.form.sections.dropFirst()
            return Programme(
                id: whole.id, title: whole.title, summary: whole.summary, family: whole.family,
                clauses: whole.clauses, nature: whole.nature, rules: whole.rules,
                form: ApplicationForm(sections: sections), procedure: whole.procedure, review: whole.review,
                funding: whole.funding, parameters: whole.parameters, defaults: whole.defaults,
                cases: whole.cases, digest: whole.digest)
        }
        let label = Label("甲", "a")
        let field = ApplicationForm.Field(id: "a", kind: .line, label: label, least: 4, most: 40)
        func kinds(_ old: [ApplicationForm.Field], _ new: [ApplicationForm.Field]) -> [ProgrammeDiff.Kind] {
            ProgrammeDiff(from: with(old), to: with(new)).changes.map(\.kind)
        }
        #expect(kinds([], [field]) == [.added])
        #expect(kinds([field], []) == [.removed])
        #expect(
            kinds(
                [field],
                [
                    ApplicationForm.Field(
                        id: "a", kind: .line, label: label, required: false, least: 4, most: 40)
                ])
                == [.loosened])
        #expect(
            kinds([field], [ApplicationForm.Field(id: "a", kind: .line, label: label, least: 5, most: 50)])
                == [.tightened, .loosened])
        #expect(
            kinds([field], [ApplicationForm.Field(id: "a", kind: .line, label: label, least: 4)]) == [
                .loosened
            ])
    }

    @Test func `two programmes that have little in common differ in every area, in both languages`() throws {
        let (one, other) = (
            try PlanFolder.programme(files: try Repository.programme("research-plan-humanities-general")),
            try PlanFolder.programme(files: try Repository.programme("research-plan-natural-general"))
        )
        let diff = ProgrammeDiff(from: one, to: other)
        #expect(Set(diff.changes.map(\.area)).isSuperset(of: [.head, .rule]))
        for change in diff.changes {
            for label in [change.subject, change.what, change.before, change.after].compactMap(\.self) {
                #expect(!label.zh.isEmpty && !label.en.isEmpty, "\(change)")
            }
            #expect(change.before != change.after, "\(change)")
        }
        // Read the other way round, what was added is removed.
        let back = ProgrammeDiff(from: other, to: one)
        #expect(back.changes.count { $0.kind == .removed } == diff.changes.count { $0.kind == .added })
    }
}
