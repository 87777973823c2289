import Foundation
import Lifecycle
import PlanFiles
import Testing

/// The thirteen programmes and platforms that the action plan names, and the award beside them: each is data, has its
/// task, carries out the clauses that name it, and says where each of its rules comes from.
@Suite struct ThirteenTests {
    struct Named: Sendable, CustomTestStringConvertible {
        /// As the plan itself calls it.
        let name: String
        let id: String
        let clauses: [String]
        var testDescription: String { id }
    }

    static let named = [
        Named(name: "卓越青年科学家计划项目", id: "outstanding-young-scientists", clauses: ["3.1.1", "3.4.2"]),
        Named(name: "北京实验室", id: "beijing-laboratory", clauses: ["3.1.1", "3.2.1"]),
        Named(name: "科研计划（自然科学类）一般项目", id: "research-plan-natural-general", clauses: ["3.1.2"]),
        Named(name: "科研计划（自然科学类）重点项目", id: "research-plan-natural-key", clauses: ["3.1.2"]),
        Named(name: "科研计划（自然科学类）重大项目", id: "research-plan-natural-major", clauses: ["3.2.2"]),
        Named(name: "高精尖创新中心（自然科学类）", id: "innovation-centre-natural", clauses: ["3.2.1"]),
        Named(name: "科技成果转移转化促进中心", id: "transfer-centre", clauses: ["3.2.2"]),
        Named(name: "科研计划（人文社科类）一般项目", id: "research-plan-humanities-general", clauses: ["3.3.1"]),
        Named(name: "科研计划（人文社科类）重点项目", id: "research-plan-humanities-key", clauses: ["3.3.1"]),
        Named(name: "北京人文社会科学研究中心", id: "humanities-centre", clauses: ["3.3.2"]),
        Named(name: "北京人文论坛", id: "humanities-forum", clauses: ["3.3.2"]),
        Named(name: "哲学社会科学研究基地", id: "research-base", clauses: ["3.3.3"]),
        Named(name: "高精尖创新中心（人文社科类）", id: "innovation-centre-humanities", clauses: ["3.3.4"]),
        Named(name: "优秀成果奖", id: "humanities-award", clauses: ["3.3.3"]),
    ]

    private let plan: Plan
    private let coverage: PlanCoverage

    init() throws {
        plan = try Repository.loaded()
        coverage = PlanCoverage(plan)
    }

    @Test func `there are thirteen, and the award`() {
        #expect(Self.named.count == 14 && Set(Self.named.map(\.id)).count == 14)
    }

    @Test(arguments: ThirteenTests.named) func `each carries out the clauses that name it`(_ named: Named)
        throws
    {
        let programme = try #require(plan.programme(named.id))
        for id in named.clauses.map({ ClauseID($0) }) {
            #expect(programme.clauses.contains(id))
            let line = try #require(coverage.line(id))
            #expect(line.state == .carried)
            #expect(line.uses.contains { $0.kind == .programme && $0.id == named.id })
        }
        let task = try #require(plan.tasks.first { $0.programmes.contains(named.id) })
        #expect(Set(task.clauses).isSubset(of: Set(programme.clauses)))
        #expect(!coverage.openTasks.contains { $0.id == task.id })
    }

    @Test(.enabled(if: Repository.hasActionPlan), arguments: ThirteenTests.named)
    func `the clauses are those in which the plan itself names it`(_ named: Named) throws {
        let document = PolicyDocument(try String(contentsOf: Repository.actionPlan, encoding: .utf8))
        let naming = document.clauses.filter { $0.text.contains(named.name) }.map(\.id.rawValue)
        for clause in named.clauses { #expect(naming.contains(clause), "\(naming)") }
    }

    /// No amount and no term was found for most of them: whoever publishes a call fills them in.
    @Test(arguments: ThirteenTests.named) func `what is unknown is open, and what is made up is marked`(
        _ named: Named
    ) throws {
        let programme = try #require(plan.programme(named.id))
        for parameter in programme.parameters where parameter.kind == .money {
            #expect(parameter.hint != nil, "\(parameter.id)")
        }
        for rule in programme.rules {
            for version in rule.versions where version.standing == .binding {
                #expect(version.cites.document != nil || version.cites.clause != nil, "\(rule.id)")
            }
        }
        for step in programme.procedure.steps where step.standing != .demo {
            #expect(step.cites != nil, "\(step.id)")
        }
        #expect(programme.givesMoney == (programme.funding != FundingRegime.none))
    }

    @Test(arguments: ThirteenTests.named) func `each procedure runs to its end, with people enough`(
        _ named: Named
    ) throws {
        let programme = try #require(plan.programme(named.id))
        let assumptions = try #require(plan.assumptions)
        let report = Simulation(
            programme.id, programme.procedure, assumptions, calendar: plan.calendar, seed: 7, dossiers: 400
        ).run()
        #expect(report.deadEnds.isEmpty, "\(report.deadEnds)")
        #expect(report.finished > 0)
    }

    /// Clause 3.6.2 judges basic research and technological innovation by different things, and 3.6.1 names a class
    /// between them.
    @Test func `each class of research has its instrument, and a criterion cites its clause or is borrowed`()
        throws
    {
        for (id, criterion) in [
            ("research-plan-natural-general", "discovery"), ("research-plan-natural-key", "discovery"),
            ("research-plan-humanities-key", "question"), ("research-plan-natural-major", "effect"),
        ] {
            let review = try #require(plan.programme(id)).review
            #expect(review.criteria.contains { $0.id == criterion }, "\(id)")
        }
        for programme in plan.programmes {
            let criteria =
                programme.review.criteria
                + (programme.appraisals ?? []).flatMap(\.lenses).flatMap(\.criteria)
            for criterion in criteria {
                guard let clause = criterion.clause else {
                    // Of these two the plan says nothing: they came with the whole instrument from elsewhere.
                    #expect(
                        ["value", "impact"].contains(criterion.id) && programme.review.standing == .borrowed,
                        "\(programme.id): \(criterion.id)")
                    continue
                }
                #expect(plan.clause(clause) != nil)
            }
        }
    }
}
