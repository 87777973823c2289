import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What `plan check` says of titles, papers, awards, age and degree as conditions of applying: each on a programme in YAML
/// with one thing put in.
@Suite struct ConditionCheckTests {
    private struct Change {
        let file: String
        let replace: String
        let with: String
    }

    private func codes(_ programme: String, _ changes: [Change]) throws -> [String] {
        try found(programme, changes).map(\.code)
    }

    private func found(_ programme: String, _ changes: [Change]) throws -> [PlanProblem] {
        var files = try Repository.programme(programme)
        for change in changes {
            let text = try #require(files[change.file])
            let range = try #require(text.firstRange(of: change.replace), "no \(change.replace)")
            files[change.file] = text.replacingCharacters(in: range, with: change.with)
        }
        return PlanCheck.check(files: files)
    }

    /// A field put before the first of a form.
    private func asking(_ field: String) -> Change {
        Change(file: "form.yaml", replace: "    fields:\n", with: "    fields:\n      - \(field)\n")
    }

    private static let paper = "{id: asked, kind: prose, label: {zh: 说明, en: Note}, demands: "

    @Test func `a word that is none of the vocabulary is refused, with the one probably meant`() throws {
        let problems = try found(
            "transfer-centre", [asking("\(Self.paper)[paper]}")])
        let wrong = try #require(problems.first { $0.isError })
        #expect(wrong.path == "form.yaml" && wrong.code == "type.choice")
    }

    @Test(arguments: ["titles", "papers", "awards"])
    func `a required field that asks for titles, papers or awards warns at its line`(word: String) throws {
        let problems = try found("transfer-centre", [asking("\(Self.paper)[\(word)]}")])
        #expect(problems.map(\.code) == ["field.title-condition"], "\(problems)")
        #expect(problems.allSatisfy { !$0.isError && $0.path == "form.yaml" && $0.line > 1 })
        // What may be left empty keeps nobody out, nor does what is declared to be no condition.
        #expect(
            try codes(
                "transfer-centre", [asking("\(Self.paper)[\(word)], required: false}")]) == [])
        #expect(try codes("transfer-centre", [asking("\(Self.paper)[]}")]) == [])
    }

    @Test(arguments: ["近五年论文目录", "专业技术职务", "获奖情况"])
    func `a required field whose words speak of one cannot pass in silence`(label: String) throws {
        let field = "{id: asked, kind: prose, label: {zh: \(label), en: Asked}}"
        #expect(try codes("transfer-centre", [asking(field)]) == ["condition.undeclared"])
        let said = "{id: asked, kind: prose, label: {zh: \(label), en: Asked}, demands: []}"
        #expect(try codes("transfer-centre", [asking(said)]) == [])
    }

    @Test func `age and degree warn in an open challenge, and nowhere else`() throws {
        for word in ["age", "degree"] {
            let field = asking("\(Self.paper)[\(word)]}")
            #expect(try codes("open-challenge", [field]) == ["field.age-condition"], "\(word)")
            #expect(try codes("transfer-centre", [field]) == [], "\(word)")
        }
        let field = asking("{id: asked, kind: line, label: {zh: 最高学历, en: Schooling}}")
        #expect(try codes("open-challenge", [field]) == ["condition.undeclared"])
        #expect(try codes("transfer-centre", [field]) == [])
    }

    @Test func `a rule declares what its words demand, and kinds that rest on one are known by themselves`()
        throws
    {
        let declared = Change(
            file: "rules.yaml", replace: "        standing: binding\n",
            with: "        standing: binding\n        demands: [awards]\n")
        #expect(try codes("transfer-centre", [declared]) == ["rule.title-condition"])
        let empty = Change(
            file: "rules.yaml", replace: "        standing: binding\n",
            with: "        standing: binding\n        demands: []\n")
        #expect(try codes("transfer-centre", [empty]) == [])
        // By kind, whatever is declared.
        let titled = try codes("research-plan-humanities-general", [])
        #expect(titled == ["rule.title-condition"])
        #expect(
            Demand.notTitleAtAge(titleLevel: "正高", age: 40, onParameter: "x").restricts == [.titles, .age])
        #expect(Demand.ageAtMostShare(age: 40, onParameter: "x", percent: 90).restricts == [.age])
        #expect(Demand.bornOnOrAfterShare(parameter: "x", percent: 90).restricts == [.age])
        #expect(Demand.organisationLevel(["本科"]).restricts == [.degree])
        #expect(Demand.fullTimeTeacher.restricts.isEmpty)
    }

    @Test func `a rule whose words speak of papers wants a declaration`() throws {
        let spoken = Change(
            file: "rules.yaml", replace: "label: {zh: 建设单位须为北京高校", with: "label: {zh: 建设单位须有核心期刊论文")
        #expect(try codes("transfer-centre", [spoken]) == ["condition.undeclared"])
    }

    @Test func `a level of schooling warns in an open challenge`() throws {
        var files = try Repository.programme("open-challenge")
        let rules = try #require(files["rules.yaml"])
        let rule = """
              - id: level
                label: {zh: 本科高校, en: Universities with first degrees}
                scope: application
                versions:
                  - {from: 2022-01-01, demand: {organisationLevel: {levels: [本科]}}, standing: demo, cites: {source: plan, clause: "3.6.1"}, verified: false}

            """
        files["rules.yaml"] = rules + rule
        let found = PlanCheck.check(files: files)
        #expect(found.contains { $0.code == "rule.age-condition" && !$0.isError }, "\(found)")
    }

    @Test func `a parameter that a guide states declares what it demands`() throws {
        var files = try Repository.programme("rapid-response")
        let head = try #require(files["programme.yaml"])
        files["programme.yaml"] = head.replacing(
            "  - id: trigger\n", with: "  - id: trigger\n    demands: [papers, titles]\n")
        let found = PlanCheck.check(files: files)
        #expect(found.map(\.code) == ["parameter.title-condition"], "\(found)")
        #expect(found.first?.path == "programme.yaml" && (found.first?.line ?? 0) > 1)
    }

    @Test func `a parameter whose words speak of papers wants a declaration`() throws {
        func asking(_ more: String) -> Change {
            Change(
                file: "programme.yaml", replace: "  - id: trigger\n",
                with: "  - {id: asked, kind: text, label: {zh: 近五年论文, en: Asked}\(more)}\n  - id: trigger\n")
        }
        let found = try found("rapid-response", [asking("")])
        #expect(found.map(\.code) == ["condition.undeclared"], "\(found)")
        #expect(found.allSatisfy { !$0.isError && $0.path == "programme.yaml" && $0.line > 1 })
        #expect(try codes("rapid-response", [asking(", demands: []")]) == [])
        #expect(try codes("rapid-response", [asking(", demands: [papers]")]) == ["parameter.title-condition"])
    }

    @Test func `what hands out no money is not the statute's`() throws {
        let field = asking("\(Self.paper)[papers]}")
        #expect(try codes("humanities-forum", [field]) == [])
    }

    @Test func `what was written before there was the key reads, and its body is the same`() throws {
        let programme = try PlanFolder.programme(files: try Repository.programme("transfer-centre"))
        let text = String(decoding: try JSONEncoder().encode(programme), as: UTF8.self)
        #expect(!text.contains("\"demands\""))
        #expect(try JSONDecoder().decode(Programme.self, from: Data(text.utf8)) == programme)
    }
}
