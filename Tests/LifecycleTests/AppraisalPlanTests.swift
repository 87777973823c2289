import Foundation
import Lifecycle
import PlanFiles
import Testing

/// `appraisals.yaml` with one thing made wrong.
@Suite struct AppraisalPlanTests {
    private func problems(_ wrong: PlanCheckTests.Wrong) throws -> [PlanProblem] {
        var files = try Repository.programme("beijing-laboratory")
        let text = try #require(files[wrong.file])
        let range = try #require(
            text.firstRange(of: wrong.replace), "the file does not hold \(wrong.replace)")
        files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        return PlanCheck.check(files: files)
    }

    @Test(arguments: [
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "weight: 40", with: "weight: 45",
            code: "appraisal.not-hundred", says: "105"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "weight: 40", with: "weight: 0", code: "type.number"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "experts: 2", with: "experts: 0", code: "type.number"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "experts: 2", with: "experts: 26", code: "type.number"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "quorum: 2", with: "quorum: 3", code: "type.number",
            says: "1 to 2"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "of: science", with: "of: sience", code: "type.choice",
            says: "did you mean “science”"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "id: industry", with: "id: science", code: "id.duplicate"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "needs: [necessary, feasible]",
            with: "needs: [necesary, feasible]",
            code: "appraisal.unknown-conclusion", says: "did you mean “necessary”"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "needs: [fits]", with: "needs: []", code: "list.empty"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "abstentions: left-out", with: "abstentions: ignored",
            code: "type.choice"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "otherwise: refused", with: "otherwise: returned",
            code: "step.no-return"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "least: 50, ", with: "", code: "key.missing"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "least: 50", with: "least: 101", code: "type.number"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "    groundsLeast: 10\n", with: "", code: "key.missing"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "cites: {source: approval-2023}",
            with: "cites: {source: approval-2032}", code: "source.unknown"),
        PlanCheckTests.Wrong(
            file: "appraisals.yaml", replace: "  - id: coordination", with: "  - id: co-ordination",
            code: "appraisal.unused", says: "co-ordination"),
        PlanCheckTests.Wrong(
            file: "procedure.yaml", replace: "appraisal: macro", with: "appraisal: marco",
            code: "step.unknown-appraisal", says: "did you mean “macro”"),
        PlanCheckTests.Wrong(
            file: "procedure.yaml", replace: "    appraisal: macro\n", with: "", code: "step.no-appraisal"),
        PlanCheckTests.Wrong(
            file: "procedure.yaml", replace: "    kind: screen\n",
            with: "    kind: screen\n    appraisal: macro\n",
            code: "step.not-appraise"),
        PlanCheckTests.Wrong(
            file: "procedure.yaml", replace: "    by: expert\n", with: "    by: programme-officer\n",
            code: "step.appraise-by"),
        PlanCheckTests.Wrong(
            file: "procedure.yaml", replace: "apartFrom: [ripen, screen, coordinate, macro, field]",
            with: "apartFrom: [ripen, screen, coordinate, macro]", code: "step.not-apart", says: "field"),
    ])
    func `one thing made wrong is found at its place`(wrong: PlanCheckTests.Wrong) throws {
        let found = try problems(wrong)
        let problem = try #require(
            found.first {
                $0.code == wrong.code && (wrong.says.isEmpty || $0.message.en.contains(wrong.says))
            }, "\(found.map { $0.text(in: .en) })")
        // What an appraisal needs of its step is told at the step.
        let place = ["step.no-return"].contains(wrong.code) ? "procedure.yaml" : wrong.file
        #expect(problem.path == place)
        #expect(problem.line > 1 && problem.column >= 1)
    }

    @Test func `a conclusion that no lens answers is found at its line`() throws {
        let files = try Repository.programme("beijing-laboratory")
        let text = try #require(files["appraisals.yaml"])
        let conclusion = "      - {id: fits, least: 50"
        let range = try #require(text.firstRange(of: conclusion))
        let line = text[..<range.lowerBound].count { $0 == "\n" } + 1
        var changed = files
        changed["appraisals.yaml"] = text.replacingCharacters(
            in: range, with: "      - {id: lost, least: 50, label: {zh: 无人答, en: Lost}}\n\(conclusion)"
        ).replacingOccurrences(
            of: "        experts: 2\n        quorum: 2\n        criteria:\n          - {id: layout",
            with:
                "        experts: 2\n        quorum: 2\n        conclusions: [fits]\n        criteria:\n          - {id: layout"
        )
        let found = PlanCheck.check(files: changed)
        #expect(
            found.map { $0.text(in: .en) } == [
                "appraisals.yaml:\(line + 1):9: error: no lens answers the conclusion “lost” [appraisal.unused-conclusion]"
            ])
    }

    @Test func `a programme that reviews needs review.yaml, and one that only appraises does not`() throws {
        var review = try Repository.programme("research-plan-natural-general")
        review["review.yaml"] = nil
        #expect(PlanCheck.check(files: review).map(\.code) == ["file.missing"])
        let laboratory = try Repository.programme("beijing-laboratory")
        #expect(laboratory["review.yaml"] == nil)
        #expect(PlanCheck.check(files: laboratory).isEmpty)
        var without = laboratory
        without["appraisals.yaml"] = nil
        let codes = PlanCheck.check(files: without).map(\.code)
        #expect(codes == Array(repeating: "step.unknown-appraisal", count: 3))
    }

    @Test func `appraisals are pinned with the rest of the definition`() throws {
        let files = try Repository.programme("beijing-laboratory")
        var changed = files
        changed["appraisals.yaml"] = files["appraisals.yaml"]?.replacingOccurrences(
            of: "weight: 100", with: "weight: 100 # unchanged")
        #expect(PlanFolder.digest(of: files) != PlanFolder.digest(of: changed))
        let programme = try PlanFolder.programme(files: files)
        #expect(programme.appraisals?.map(\.id) == ["coordination", "macro", "field"])
        #expect(programme.appraisals?.allSatisfy { $0.standing == .demo } == true)
        let step = try #require(programme.procedure.step("macro"))
        #expect(programme.appraisal(of: step)?.lenses.map(\.of) == [.science, .industry, .investment])
    }
}
