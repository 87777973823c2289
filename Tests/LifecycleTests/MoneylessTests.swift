import Lifecycle
import PlanFiles
import Testing

/// Programmes that give a prize or a place: without contract and payment there is nothing to say of money.
@Suite struct MoneylessTests {
    @Test func `a procedure with a contract needs funding, one without any step of money does not`() throws {
        var general = try Repository.programme("research-plan-humanities-general")
        general["funding.yaml"] = nil
        #expect(PlanCheck.check(files: general).filter(\.isError).map(\.code) == ["file.missing"])
        for id in ["humanities-award", "humanities-forum"] {
            let files = try Repository.programme(id)
            #expect(files["funding.yaml"] == nil)
            #expect(PlanCheck.check(files: files).isEmpty)
            let programme = try PlanFolder.programme(files: files)
            #expect(!programme.givesMoney && programme.funding == FundingRegime.none)
        }
    }

    @Test func `what is written of money all the same is held to add up`() throws {
        var files = try Repository.programme("humanities-award")
        files["funding.yaml"] = """
            lumpSum: false
            instalments: [{id: a, percent: 90, upon: contract, label: {zh: 首笔, en: First}}]
            milestones: []
            standing: demo
            cites: {source: demo}
            """
        #expect(PlanCheck.check(files: files).map(\.code) == ["funding.not-hundred"])
    }

    @Test func `everything of the plan's that gives money says how`() throws {
        for programme in try Repository.loaded().programmes where programme.givesMoney {
            #expect(
                programme.funding != FundingRegime.none && !programme.funding.instalments.isEmpty,
                "\(programme.id)")
        }
    }
}
