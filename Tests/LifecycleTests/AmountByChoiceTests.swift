import Foundation
import Lifecycle
import PlanFiles
import Testing

/// Ceilings of an amount by the class that was chosen.
@Suite struct AmountByChoiceTests {
    private static let id = "outstanding-young-scientists"
    private let day = Day(number: 20_000)
    private let demand = Demand.amountByChoice(
        field: "class",
        most: [
            AmountCeiling(option: "basic", most: .parameter("basicYear")),
            AmountCeiling(option: "applied", label: Label("应用", "Applied"), most: .amount(Money(yuan: 300))),
        ], years: "years")

    private func verdict(_ applicant: Applicant, _ settings: [String: String]) -> Verdict {
        Rule(
            id: "r", label: Label("规则", "rule"), scope: .application,
            versions: [
                RuleVersion(
                    from: day, demand: demand, standing: .binding, cites: Citation(document: "通知"),
                    verified: false)
            ]
        ).verdict(
            on: day, applicant: applicant, settings: Settings(settings), callYear: 2024, projectEnd: nil)
    }

    private func asking(_ yuan: Int64?, _ chosen: String?) -> Applicant {
        Applicant(
            choices: chosen.map { ["class": $0] } ?? [:], amount: yuan.map { Money(yuan: $0) })
    }

    /// 100 yuan a year, five years.
    private let settings = ["basicYear": "10000", "years": "5"]

    @Test func `the ceiling is that of the class, and a fen more is too much`() {
        #expect(verdict(asking(500, "basic"), settings).result == .met)
        var more = asking(500, "basic")
        more.amount = Money(fen: 50_001)
        #expect(verdict(more, settings).result == .unmet)
        #expect(verdict(asking(1_500, "applied"), settings).result == .met)
        #expect(verdict(asking(1_501, "applied"), settings).result == .unmet)
    }

    @Test func `what is not known decides nothing`() {
        #expect(verdict(asking(nil, "basic"), settings).result == .unknown)
        #expect(verdict(asking(1, nil), settings).result == .unknown)
        #expect(verdict(Applicant(amount: Money(yuan: 1)), settings).result == .unknown)
        // A class of which nothing was stated.
        #expect(verdict(asking(1, "other"), settings).result == .unknown)
        #expect(verdict(asking(1, "basic"), ["years": "5"]).result == .unknown)
        #expect(verdict(asking(1, "basic"), ["basicYear": "10000"]).result == .unknown)
        #expect(verdict(asking(1, "basic"), ["basicYear": "\(Int64.max)", "years": "5"]).result == .unknown)
    }

    @Test func `the verdict shows class, amount, ceiling and years`() {
        let looked = verdict(asking(600, "basic"), settings).looked
        #expect(looked.map(\.value) == ["basic", "600.00", "500.00", "5"])
        #expect(looked.allSatisfy { $0.label.en != $0.label.zh })
    }

    @Test func `what an earlier house kept of an applicant still reads`() throws {
        let old = try JSONDecoder().decode(
            Applicant.self, from: Data(#"{"group":"市属","otherApplications":1}"#.utf8))
        #expect(old.amount == nil && old.familyApplications == nil && old.otherApplications == 1)
        let kept = asking(5, "basic")
        #expect(try JSONDecoder().decode(Applicant.self, from: JSONEncoder().encode(kept)) == kept)
        let stored = try JSONEncoder().encode(demand)
        #expect(try JSONDecoder().decode(Demand.self, from: stored) == demand)
    }

    @Test func `both generations have their classes, and a grant knows its ceiling`() throws {
        let programme = try PlanFolder.programme(files: try Repository.programme(Self.id))
        let rule = try #require(programme.rules.first { $0.id == "amount-by-class" })
        func options(_ day: String) throws -> [String] {
            guard
                case .amountByChoice(_, let most, _)? = rule.version(on: try #require(Day(text: day)))?.demand
            else { return [] }
            return most.map(\.option)
        }
        #expect(try options("2018-01-01") == ["humanities", "natural", "innovation-application"])
        #expect(
            try options("2023-01-01") == [
                "natural-basic", "natural-applied", "humanities-basic", "humanities-applied",
            ])
        let settings = Settings(["humanitiesBasicYear": "50000000", "projectYears": "5"])
        let today = try #require(Day(text: "2026-06-01"))
        #expect(
            programme.amountCeiling(for: ["researchClass": "humanities-basic"], on: today, settings)
                == Money(yuan: 2_500_000))
        #expect(
            programme.amountCeiling(for: ["researchClass": "natural-basic"], on: today, settings) == nil)
        #expect(PlanCheck.check(files: try Repository.programme(Self.id)).filter(\.isError) == [])
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let replace: String
        let with: String
        let code: String
        var testDescription: String { "\(code): \(with)" }
    }

    @Test(arguments: [
        Wrong(
            replace: "{option: natural-basic, parameter", with: "{option: natural-bassic, parameter",
            code: "rule.unknown-option"),
        Wrong(
            replace: "label: {zh: 创新应用类, en: Innovation and application}, amount", with: "amount",
            code: "rule.unknown-option"),
        Wrong(
            replace: "parameter: naturalBasicYear", with: "parameter: privateUniversities",
            code: "rule.unknown-parameter"),
        Wrong(replace: "years: projectYears", with: "years: projectStart", code: "rule.unknown-parameter"),
        Wrong(replace: "amount: 15000000}", with: "amount: many}", code: "type.money"),
        Wrong(replace: "amount: 15000000}", with: "amount: 1, parameter: grantAmount}", code: "demand.shape"),
        Wrong(replace: "{option: natural, label", with: "{option: humanities, label", code: "id.duplicate"),
        Wrong(
            replace: "            field: researchClass\n            years",
            with: "            field: title\n            years", code: "rule.unknown-choice"),
    ])
    func `one thing made wrong is found at its line`(wrong: Wrong) throws {
        var files = try Repository.programme(Self.id)
        let text = try #require(files["rules.yaml"])
        let range = try #require(
            text.firstRange(of: wrong.replace), "the file does not hold \(wrong.replace)")
        files["rules.yaml"] = text.replacingCharacters(in: range, with: wrong.with)
        let found = PlanCheck.check(files: files)
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.isError && hit.line > 1, "\(hit)")
    }

    @Test func `what is favoured is told and judges nobody`() throws {
        let files = try Repository.programme(Self.id)
        let programme = try PlanFolder.programme(files: files)
        let favoured = try #require(programme.preferences)
        #expect(
            favoured.contains { $0.id == "best-tenth" } && favoured.allSatisfy { !$0.verified.isVerified })
        #expect(!programme.rules.contains { rule in favoured.contains { $0.id == rule.id } })
        var edited = files
        edited["programme.yaml"] = try #require(files["programme.yaml"]).replacingOccurrences(
            of: "每批实施较好的前 10%", with: "每批实施较好的前 20%")
        let changes = ProgrammeDiff(from: programme, to: try PlanFolder.programme(files: edited)).changes
        #expect(changes.map(\.id) == ["best-tenth"] && changes.map(\.kind) == [.reworded])
        edited["programme.yaml"] = try #require(files["programme.yaml"]).replacingOccurrences(
            of: "  - id: best-tenth\n", with: "  - id: under-40\n")
        #expect(PlanCheck.check(files: edited).contains { $0.code == "id.duplicate" })
    }
}
