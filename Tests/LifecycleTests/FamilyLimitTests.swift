import Foundation
import Lifecycle
import PlanFiles
import Testing

/// At most so many applications of one person in all calls of a family of a year.
@Suite struct FamilyLimitTests {
    private static let id = "research-plan-humanities-general"
    private let day = Day(number: 20_000)

    private func verdict(_ demand: Demand, _ others: [Applicant.FamilyApplication]?) -> Verdict {
        Rule(
            id: "r", label: Label("规则", "rule"), scope: .application,
            versions: [
                RuleVersion(
                    from: day, demand: demand, standing: .demo, cites: Citation(document: "通知"),
                    verified: false)
            ]
        ).verdict(
            on: day, applicant: Applicant(otherApplications: 0, familyApplications: others),
            settings: Settings(), callYear: 2024, projectEnd: nil)
    }

    private func other(_ call: String, _ family: String = "f") -> Applicant.FamilyApplication {
        Applicant.FamilyApplication(family: family, call: call)
    }

    @Test func `applications of the family count wherever they are, and the calls are named`() {
        let demand = Demand.applicationsPerPersonInFamily(most: 2, family: "f")
        #expect(verdict(demand, []).result == .met)
        #expect(verdict(demand, [other("2024-A")]).result == .met)
        let full = verdict(demand, [other("2024-B"), other("2024-A"), other("2024-C", "g")])
        #expect(full.result == .unmet)
        #expect(full.looked.map(\.value) == ["2", "2024-A、2024-B", "2"])
        // Another family's do not count.
        #expect(verdict(demand, [other("2024-C", "g"), other("2024-D", "g")]).result == .met)
        // What nobody looked up is not nothing.
        #expect(verdict(demand, nil).result == .unknown)
    }

    private func edited(_ file: String, _ replace: String, _ with: String, in files: [String: String]? = nil)
        throws -> [String: String]
    {
        var files = try files ?? Repository.programme(Self.id)
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: replace), "the file does not hold \(replace)")
        files[file] = text.replacingCharacters(in: range, with: with)
        return files
    }

    private static let single =
        "{applicationsPerPerson: 1}\n        standing: binding\n        cites: {source: notice-2022}"
    private static let across =
        "{applicationsPerPerson: {most: 1, family: research-plan}}\n        standing: binding\n        cites: {source: notice-2022}"

    @Test func `a number is one call's limit, a mapping the family's`() throws {
        let programme = try PlanFolder.programme(
            files: try edited("rules.yaml", Self.single, Self.across))
        let rule = try #require(programme.rules.first { $0.id == "one-application" })
        #expect(
            rule.versions.map(\.demand).contains(
                .applicationsPerPersonInFamily(most: 1, family: "research-plan")))
        #expect(rule.versions.map(\.demand).contains(.applicationsPerPerson(1)))
    }

    @Test func `the limit over all calls is the tighter one`() throws {
        let one = try PlanFolder.programme(files: try Repository.programme(Self.id))
        let all = try PlanFolder.programme(files: try edited("rules.yaml", Self.single, Self.across))
        let there = try #require(ProgrammeDiff(from: one, to: all).changes.first)
        #expect(there.id == "one-application" && there.kind == .tightened)
        #expect(there.after?.en.contains("all calls of research-plan") == true)
        #expect(ProgrammeDiff(from: all, to: one).changes.map(\.kind) == [.loosened])
    }

    @Test(arguments: [
        ("family: research-plan}}", "family: research-plann}}", "rule.other-family"),
        ("most: 1, family", "most: 0, family", "type.number"),
        ("{most: 1, family: research-plan}", "{most: 1}", "key.missing"),
    ])
    func `a family that is not the programme's own, and what does not read, is found`(
        replace: String, with: String, code: String
    ) throws {
        let wrong = Self.across.replacing(replace, with: with)
        #expect(wrong != Self.across)
        let found = PlanCheck.check(files: try edited("rules.yaml", Self.single, wrong))
        #expect(found.contains { $0.code == code && $0.isError && $0.line > 1 }, "\(found)")
    }

    @Test func `cases state the other applications`() throws {
        let files = try edited("rules.yaml", Self.single, Self.across)
        func check(_ applicant: String, _ expected: String) throws -> [String] {
            let own = """
                  - name: 同年度已在别的科研计划征集申报
                    on: 2021-06-01
                    applicant: \(applicant)
                    expect: {one-application: \(expected)}

                """
            let all = try edited("cases.yaml", "cases:\n", "cases:\n\(own)", in: files)
            return PlanCheck.check(files: all).filter { $0.code == "case.fails" && $0.line < 10 }.map(\.code)
        }
        let taken = "{familyApplications: [{family: research-plan, call: 2021-KM}]}"
        #expect(try check(taken, "unmet") == [])
        #expect(try check(taken, "met") == ["case.fails"])
        #expect(try check("{familyApplications: []}", "met") == [])
        #expect(try check("{otherApplications: 0}", "unknown") == [])
    }
}
