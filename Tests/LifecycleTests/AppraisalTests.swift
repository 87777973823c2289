import Lifecycle
import PlanFiles
import Testing

@Suite struct AppraisalTests {
    /// The three lenses of the laboratories' appraisal in the field: 3, 2 and 2 experts, 40, 30 and 30 %.
    private let field: Appraisal

    init() throws {
        let files = try Repository.programme("beijing-laboratory")
        field = try #require(try PlanFolder.programme(files: files).appraisals?.first { $0.id == "field" })
    }

    private func vote(_ lens: String, _ answer: AppraisalAnswer) -> AppraisalVote {
        AppraisalVote(
            lens: lens, answers: ["necessary": answer, "feasible": answer, "reasonable": answer])
    }

    private func votes(
        _ science: [AppraisalAnswer], _ industry: [AppraisalAnswer], _ investment: [AppraisalAnswer]
    )
        -> [AppraisalVote]
    {
        science.map { vote("science", $0) } + industry.map { vote("industry", $0) }
            + investment.map { vote("investment", $0) }
    }

    // ---- refusals

    @Test func `what an expert leaves out is told whole, each by its name`() throws {
        let lens = try #require(field.lens("science"))
        guard
            case .failure(let refused) = ExpertAppraisal.reading(
                ["answer-necessary": "perhaps", "grounds-feasible": "太短"], for: lens, of: field)
        else {
            Issue.record("read")
            return
        }
        #expect(
            refused.refusals.map { "\($0.code) \($0.values["id"] ?? "")" } == [
                "appraisal.answer necessary", "appraisal.grounds necessary", "appraisal.answer feasible",
                "appraisal.grounds feasible", "appraisal.answer reasonable", "appraisal.grounds reasonable",
                "appraisal.criterion directions", "appraisal.criterion team",
            ])
    }

    @Test func `a panel that says nothing lets nothing pass`() {
        let nobody = field.result(of: [])
        #expect(!nobody.isPositive)
        #expect(nobody.lines.allSatisfy { $0.share == nil && !$0.holds })
        let silent = field.result(
            of: votes([.abstain, .abstain, .abstain], [.abstain, .abstain], [.abstain, .abstain]))
        #expect(!silent.isPositive)
        #expect(silent.lines.allSatisfy { $0.share == nil })
    }

    @Test func `a share just under the threshold does not hold, and does not look as if it did`() {
        // 40 · 2/3 + 30 · 1 = 56.66… of 100
        let result = field.result(of: votes([.yes, .yes, .no], [.yes, .yes], [.no, .no]))
        #expect(!result.isPositive)
        #expect(result.lines[0].share?.percentText == "56.6")
        let near = AppraisalResult.Share(5_999_999, of: 10_000_000)
        #expect(near.percentText == "59.9")
        #expect(!near.isAtLeast(percent: 60))
    }

    // ---- the rule

    @Test func `a share on the threshold holds`() {
        // 30 + 30 of 100
        let result = field.result(of: votes([.no, .no, .no], [.yes, .yes], [.yes, .yes]))
        #expect(result.lines[0].share?.percentText == "60.0")
        #expect(result.isPositive)
    }

    @Test func `a lens in which all abstain is left out whole, or drags down, as the rule says`() {
        let answers = votes([.yes, .yes, .no], [.abstain, .abstain], [.yes, .no])
        // (40 · 2/3 + 30 · 1/2) / 70
        #expect(field.result(of: answers).lines[0].share?.percentText == "59.5")
        let strict = Appraisal(
            id: field.id, label: field.label, lenses: field.lenses, conclusions: field.conclusions,
            combination: Appraisal.Combination(
                needs: field.combination.needs, abstention: .counts, otherwise: .refused),
            groundsLeast: 0, standing: .demo, cites: field.cites)
        #expect(strict.result(of: answers).lines[0].share?.percentText == "41.6")
    }

    @Test func `who dissented is who was on the other side; an abstention is on none`() {
        let answers = votes([.yes, .no, .abstain], [.yes, .yes], [.yes, .yes])
        let result = field.result(of: answers)
        #expect(result.isPositive)
        #expect(field.dissent(from: result.lines[0], in: answers) == [1])
        let refused = votes([.no, .no, .yes], [.no, .abstain], [.no, .no])
        #expect(field.dissent(from: field.result(of: refused).lines[0], in: refused) == [2])
    }

    @Test func `the narrowest case says which expert, which weight and which lens would have changed it`() {
        // On the threshold: 60.0
        let answers = votes([.no, .no, .no], [.yes, .yes], [.yes, .yes])
        let changes = field.sensitivity(of: answers)
        let necessary = changes.filter { $0.conclusion == "necessary" }
        #expect(necessary.contains { $0.cause == .answer(vote: 3, .no) && !$0.holds })
        // The other expert of industry still says yes, and an abstention is left out.
        #expect(!necessary.contains { $0.cause == .answer(vote: 3, .abstain) })
        #expect(!necessary.contains { $0.cause == .answer(vote: 0, .yes) })
        #expect(necessary.contains { $0.cause == .weight(lens: "science", points: 1) })
        #expect(necessary.contains { $0.cause == .without(lens: "investment") })
        #expect(!necessary.contains { $0.cause == .without(lens: "science") })
        let all = votes([.yes, .yes, .yes], [.yes, .yes], [.yes, .yes])
        #expect(field.sensitivity(of: all).isEmpty)
    }

    // ---- properties, and the oracle

    @Test func `the combination and its sensitivity are what trying everything gives`() {
        var seeds = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &seeds)
        var chance = SplitMix64(seed: seed)
        for round in Rounds(400) {
            let (appraisal, votes) = Appraisal.random(using: &chance)
            let oracle = AppraisalOracle(appraisal: appraisal)
            let result = appraisal.result(of: votes)
            #expect(
                result.lines.map(\.holds) + [result.isPositive] == oracle.holds(votes),
                "seed \(seed), round \(round)")
            let changes = appraisal.sensitivity(of: votes)
            #expect(Set(changes).count == changes.count, "seed \(seed), round \(round)")
            #expect(Set(changes) == oracle.changes(votes), "seed \(seed), round \(round)")
        }
    }

    @Test func `the order of the votes means nothing, and an answer moved towards yes lowers no share`() {
        var seeds = SystemRandomNumberGenerator()
        let seed = UInt64.random(in: 0...UInt64.max, using: &seeds)
        var chance = SplitMix64(seed: seed)
        let order: [AppraisalAnswer] = [.no, .abstain, .yes]
        for _ in Rounds(400) {
            let (appraisal, votes) = Appraisal.random(using: &chance)
            let result = appraisal.result(of: votes)
            #expect(appraisal.result(of: votes.shuffled(using: &chance)) == result, "seed \(seed)")
            let place = chance.below(votes.count)
            for (conclusion, answer) in votes[place].answers {
                guard let rank = order.firstIndex(of: answer), rank < 2 else { continue }
                var better = votes
                better[place] = AppraisalVote(
                    lens: votes[place].lens,
                    answers: votes[place].answers.merging([conclusion: order[rank + 1]]) { $1 })
                let now = appraisal.result(of: better).line(conclusion)
                #expect(now?.holds == true || result.line(conclusion)?.holds == false, "seed \(seed)")
            }
        }
    }

    @Test func `the largest panel there may be stays exact`() throws {
        let lenses = (0..<Appraisal.mostLenses).map { place in
            Appraisal.Lens(
                id: "\(place)", label: Label("视角", "lens"), weight: place == 0 ? 30 : 10, of: .science,
                experts: Appraisal.mostExperts - place, quorum: 1, criteria: [], conclusions: ["c"])
        }
        let appraisal = Appraisal(
            id: "large", label: Label("论证", "appraisal"), lenses: lenses,
            conclusions: [Appraisal.Conclusion(id: "c", label: Label("结论", "conclusion"), least: 50)],
            combination: Appraisal.Combination(needs: ["c"], abstention: .leftOut, otherwise: .refused),
            groundsLeast: 0, standing: .demo, cites: Citation(document: "演示"))
        let votes = lenses.flatMap { lens in
            (0..<lens.experts).map {
                AppraisalVote(lens: lens.id, answers: ["c": $0 * 2 < lens.experts ? .yes : .no])
            }
        }
        let oracle = AppraisalOracle(appraisal: appraisal)
        let result = appraisal.result(of: votes)
        #expect(result.lines.map(\.holds) + [result.isPositive] == oracle.holds(votes))
        #expect(Set(appraisal.sensitivity(of: votes)) == oracle.changes(votes))
        let share = try #require(result.lines[0].share)
        #expect(share.denominator < 1 << 48)
    }
}
