import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// The rule by which an appraisal comes to its conclusion is published with the call, in words made from its data.
struct AppraisalRuleTests {
    @Test func `a call without appraisals has no such rule`() async throws {
        let season = try await Season(experts: 0)
        let call = try await Self.publish(season.programme, in: season)
        let page = try await season.publicBrowser.get("/calls/\(call.id)")
        #expect(page.status == 200 && !page.contains("论证办法：怎样得出结论"))
    }

    @Test(arguments: [
        "beijing-laboratory", "transfer-centre", "innovation-centre-humanities", "rapid-response",
    ])
    func `everybody reads weights, thresholds, quorum and what follows, in both languages`(id: String)
        async throws
    {
        let season = try await Season(experts: 0)
        let programme = try #require(season.house.plan.programme(id))
        let call = try await Self.publish(programme, in: season)
        let page = try await season.publicBrowser.get("/calls/\(call.id)")
        #expect(page.status == 200 && page.contains("论证办法：怎样得出结论"))
        for appraisal in programme.appraisals ?? [] {
            for lens in appraisal.lenses {
                #expect(
                    page.contains(
                        "\(lens.label.zh)视角：\(lens.experts) 位"), "\(appraisal.id)/\(lens.id)")
                #expect(page.contains("至少 \(lens.quorum) 位提交才能启封"))
                #expect(page.contains("\(lens.label.zh) \(lens.weight)%"))
            }
            for conclusion in appraisal.conclusions {
                #expect(page.contains("\(conclusion.label.zh)不低于 \(conclusion.least)%"))
            }
        }
        let catalogue = try GuardDogTests.words.get().catalogue(.en)
        for appraisal in programme.appraisals ?? [] {
            let words = AppraisalRuleWords(appraisal, catalogue)
            let text = words.sentences.joined(separator: " ")
            #expect(!text.contains("{") && !text.contains("视角"))
            for lens in appraisal.lenses { #expect(text.contains("\(lens.label.en) \(lens.weight) %")) }
        }
    }

    /// What is published is what is reckoned by: another number in the data is another sentence.
    @Test func `another number is another sentence`() throws {
        let catalogue = try GuardDogTests.words.get().catalogue(.zh)
        func appraisal(least: Int, abstention: Appraisal.Abstention) -> Appraisal {
            Appraisal(
                id: "one", label: Label("论证", "Appraisal"),
                lenses: [
                    Appraisal.Lens(
                        id: "science", label: Label("科技", "Science"), weight: 100, of: .science, experts: 3,
                        quorum: 2, criteria: [], conclusions: ["need"])
                ],
                conclusions: [
                    Appraisal.Conclusion(id: "need", label: Label("必要", "Necessary"), least: least)
                ],
                combination: Appraisal.Combination(
                    needs: ["need"], abstention: abstention, otherwise: .refused),
                groundsLeast: 10, standing: .demo, cites: Citation())
        }
        let first = AppraisalRuleWords.sentences(appraisal(least: 60, abstention: .leftOut), catalogue)
        let second = AppraisalRuleWords.sentences(appraisal(least: 70, abstention: .counts), catalogue)
        #expect(first[0] == "科技视角：3 位科技专家，至少 2 位提交才能启封，回答：必要。")
        #expect(first.count == 6 && zip(first, second).count(where: { $0 != $1 }) == 2)
        #expect(second[2].contains("必要不低于 70%"))
    }

    private static func publish(_ programme: Programme, in season: Season) async throws -> Call {
        var round = DemoRound(
            house: season.house, register: season.register, kind: .natural, chance: SplitMix64(seed: 61))
        return try round.publish(
            programme, number: "2026-LZ", title: "论证办法试验",
            published: Instant(Season.day("2026-04-20"), hour: 9),
            opens: Instant(Season.day("2026-06-01"), hour: 9),
            closes: Instant(Season.day("2026-12-30"), hour: 16))
    }
}
