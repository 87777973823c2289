import Foundation
import PlanFiles
import Testing

@testable import Lifecycle

/// What `plan check`, a comparison and a simulation make of steps that each party takes and of what parties bring.
@Suite struct PartnerPlanTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let file: String
        let replace: String
        let with: String
        let code: String
        var testDescription: String { "\(code): \(with)" }
    }

    static let programme = "research-plan-natural-key"

    static func changed(_ file: String, _ replace: String, _ with: String) throws -> [String: String] {
        var files = try Repository.programme(programme)
        let text = try #require(files[file])
        let range = try #require(text.firstRange(of: replace), "no \(replace)")
        files[file] = text.replacingCharacters(in: range, with: with)
        return files
    }

    @Test func `the key projects ask each partner, and nothing is wrong with that`() throws {
        for id in [
            Self.programme, "research-plan-natural-major", "innovation-centre-natural",
            "innovation-centre-humanities", "beijing-laboratory",
        ] {
            let files = try Repository.programme(id)
            #expect(PlanCheck.check(files: files).filter(\.isError) == [], "\(id)")
            let programme = try PlanFolder.programme(files: files)
            #expect(programme.procedure.asksEach(.partner), "\(id)")
            #expect(programme.partyRule(.partner)?.contributes?.share == "percent", "\(id)")
        }
        let key = try PlanFolder.programme(files: try Repository.programme(Self.programme)).procedure
        #expect(key.step("endorse")?.after == ["join"])
        #expect(key.fitting(.none).step("endorse")?.after == ["write"])
    }

    @Test(arguments: [
        Wrong(file: "procedure.yaml", replace: "needs: each", with: "needs: all", code: "type.number"),
        Wrong(
            file: "procedure.yaml", replace: "needs: 3", with: "needs: each", code: "each.step"),
        Wrong(
            file: "programme.yaml", replace: "invitedBy: applicant", with: "invitedBy: programme-officer",
            code: "each.inviter"),
        Wrong(
            file: "statements.yaml", replace: "verdict: [done, returned]", with: "verdict: [done, refused]",
            code: "each.verdict"),
        Wrong(
            file: "procedure.yaml", replace: "apartFrom: [write, join]\n    returnsTo: [write]",
            with: "apartFrom: [write, join]\n    returnsTo: [join]", code: "each.return"),
        Wrong(
            file: "programme.yaml", replace: "statement: partnership", with: "statement: partnershp",
            code: "contribution.statement"),
        Wrong(
            file: "procedure.yaml", replace: "by: partner", with: "by: final-user", code: "contribution.step"),
        Wrong(
            file: "programme.yaml", replace: "body: body", with: "body: bdy", code: "contribution.field"),
        Wrong(file: "programme.yaml", replace: "body: body", with: "body: type", code: "contribution.kind"),
        Wrong(file: "programme.yaml", replace: "type: type", with: "type: money", code: "contribution.kind"),
        Wrong(
            file: "programme.yaml", replace: "brings: money", with: "brings: percent",
            code: "contribution.kind"),
        Wrong(
            file: "programme.yaml", replace: "share: percent", with: "share: money", code: "contribution.kind"
        ),
        Wrong(
            file: "programme.yaml", replace: "share: percent", with: "share: share",
            code: "contribution.field"),
        Wrong(
            file: "statements.yaml", replace: "kind: count, least: 0, most: 100",
            with: "kind: count, least: 0, most: 200", code: "contribution.share"),
        Wrong(
            file: "statements.yaml", replace: "kind: count, least: 0, most: 100",
            with: "kind: count, most: 100",
            code: "contribution.share"),
        Wrong(
            file: "programme.yaml", replace: "brings: money, ", with: "", code: "key.missing"),
        Wrong(
            file: "programme.yaml", replace: "brings: money, ", with: "brings: money, gives: money, ",
            code: "key.unknown"),
    ])
    func `one thing made wrong is found at its line`(wrong: Wrong) throws {
        let found = PlanCheck.check(files: try Self.changed(wrong.file, wrong.replace, wrong.with))
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.line > 1)
        #expect(hit.isError)
    }

    @Test func `a dossier without partners must not stop where only they would go on`() throws {
        var files = try Self.changed("procedure.yaml", "after: [join]\n", "after: [write]\n")
        // The university's word is the last but the partners'.
        let text = try #require(files["procedure.yaml"])
        let end = try #require(text.range(of: "  - step: screen")).lowerBound
        files["procedure.yaml"] = String(text[..<end]).replacing(
            "after: [write]\n    within: {afterClosing: {days: 5}}",
            with: "after: [endorse]\n    within: {afterClosing: {days: 5}}")
        let found = PlanCheck.check(files: files)
        #expect(found.contains { $0.code == "each.last" }, "\(found)")
    }

    @Test func `a change of who speaks and of what is passed on is told`() throws {
        let old = try PlanFolder.programme(files: try Repository.programme(Self.programme))
        func changes(_ file: String, _ replace: String, _ with: String) throws -> [ProgrammeDiff.Change] {
            let new = try PlanFolder.programme(files: try Self.changed(file, replace, with))
            return ProgrammeDiff(from: old, to: new).changes
        }
        let each = try changes("procedure.yaml", "    needs: each\n", "")
        #expect(each.map(\.area) == [.step] && each.map(\.id) == ["join"])
        #expect(each.first?.before?.en == "yes" && each.first?.after?.en == "no")
        let share = try changes("programme.yaml", ", share: percent}", "}")
        #expect(share.map(\.id) == ["party-partner"])
        #expect(share.first?.before?.en.contains("share passed on percent") == true)
        #expect(share.first?.after?.en.contains("share passed on") == false)
        let most = try changes("programme.yaml", "    least: 0\n    most: 5", "    least: 1\n    most: 5")
        #expect(most.map(\.kind) == [.tightened])
    }

    @Test func `a simulation has the partners that its assumptions say, and nobody is left waiting`() throws {
        let plan = try Repository.loaded()
        let programme = try #require(plan.programme(Self.programme))
        let assumptions = try #require(plan.assumptions)
        #expect(assumptions.accepted(in: programme)[.partner] == 2)
        let report = Simulation(
            programme, assumptions, calendar: plan.calendar, seed: 5, dossiers: 60
        ).run()
        #expect(report.deadEnds.isEmpty)
        // A partner that declines ends the dossier.
        let join = try #require(report.step("join"))
        #expect(join.done + join.returned + join.refused == join.opened && join.done > 0)
        // Never more than the programme lets in, never fewer than one.
        #expect(assumptions.with(staff: [:]).parties == [.partner: 2])
        let alone = try PlanFolder.programme(
            files: try Self.changed(
                "programme.yaml", "    least: 0\n    most: 5", "    least: 1\n    most: 1"))
        #expect(assumptions.accepted(in: alone)[.partner] == 1)
    }
}
