import Foundation
import Lifecycle
import PlanFiles
import Testing

/// Clause by clause: what carries the plan out, and what nothing does.
@Suite struct PlanCoverageTests {
    private let plan: Plan
    private let coverage: PlanCoverage

    init() throws {
        plan = try Repository.loaded()
        coverage = PlanCoverage(plan)
    }

    /// The plan with one thing left.
    private func plan(tasks: [PlanTask] = [], programmes: [Programme] = []) -> Plan {
        Plan(
            clauses: plan.clauses, tasks: tasks, units: plan.units, calendar: plan.calendar,
            programmes: programmes)
    }

    @Test func `a plan without tasks and programmes carries nothing out and says so of every clause`() {
        let empty = PlanCoverage(plan())
        #expect(empty.lines.map(\.clause) == plan.clauses)
        #expect(empty.count(.carried) == 0 && empty.count(.planned) == 0)
        let items = plan.clauses.filter { clause in !plan.clauses.contains { $0.id.parent == clause.id } }
        #expect(empty.nothingYet.map(\.clause) == items)
    }

    @Test func `a task alone carries nothing out`() throws {
        let task = try #require(plan.tasks.first { $0.clauses == ["3.2.1"].map { ClauseID($0) } })
        let planned = PlanCoverage(plan(tasks: [task]))
        #expect(planned.line(ClauseID("3.2.1"))?.state == .planned)
        #expect(planned.nothingYet.contains { $0.clause.id == ClauseID("3.2.1") })
    }

    @Test func `settings of the demo carry nothing out, and one that binds does`() throws {
        let clause = ClauseID("3.5.1")
        #expect(PlanCoverage(plan(programmes: plan.programmes)).line(clause)?.state == .demo)
        let uses = try #require(coverage.line(ClauseID("4.2"))).uses.filter {
            $0.kind != .task && $0.kind != .indicator
        }
        #expect(!uses.isEmpty && uses.allSatisfy { !$0.carries })
        #expect(coverage.line(ClauseID("4.2"))?.state == .demo)
        #expect(coverage.line(ClauseID("3.1.2"))?.uses.contains(where: \.carries) == true)
    }

    @Test func `an indicator carries nothing out, and says what the plan states of it`() throws {
        let clause = ClauseID("1.1")
        let told = PlanCoverage(
            Plan(
                clauses: plan.clauses, tasks: [], units: plan.units, calendar: plan.calendar, programmes: [],
                indicators: [
                    PlanIndicator(
                        id: "results", title: Label("成果", "Results"), clauses: [clause], target: nil,
                        until: nil)
                ]))
        let line = try #require(told.line(clause))
        #expect(line.state == .nothing && line.uses.map(\.kind) == [.indicator])
        #expect(line.uses.first?.target?.zh == "计划没有写明数值")
        #expect(
            plan.indicators.allSatisfy { indicator in
                indicator.clauses.allSatisfy { plan.clause($0) != nil } && !indicator.clauses.isEmpty
            })
    }

    /// Nothing is added to what the plan says: no figure stands in an indicator.
    @Test func `no indicator of the plan has a figure`() {
        #expect(plan.indicators.count > 5)
        for target in plan.indicators.compactMap(\.target) {
            #expect(!target.zh.contains(where: \.isNumber) && !target.en.contains(where: \.isNumber))
        }
    }

    @Test(arguments: [
        ("    target: unstated\n", "", "key.missing"),
        (
            "    clauses: [\"1.1\", \"3.1.1\"]\n    target", "    clauses: [\"9.9\"]\n    target",
            "clause.unknown"
        ),
        ("    clauses: [\"1.1\", \"3.1.1\"]\n    target", "    target", "key.missing"),
        ("    target: unstated\n", "    target: many\n", "type"),
    ])
    func `an indicator is refused with its line`(replace: String, with: String, code: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "plan-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(at: URL(fileURLWithPath: Repository.plan), to: folder)
        let file = folder.appending(path: "plan.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        let range = try #require(text.range(of: replace))
        try text.replacingCharacters(in: range, with: with).write(to: file, atomically: true, encoding: .utf8)
        let found = PlanCheck.check(folder.path)
        #expect(
            found.contains { $0.code.hasPrefix(code) && $0.path.hasSuffix("plan.yaml") && $0.line > 1 },
            "\(found)")
    }

    @Test func `every clause of parts three and four appears`() throws {
        let wanted = [
            "3", "3.1", "3.1.1", "3.1.2", "3.2", "3.2.1", "3.2.2", "3.3", "3.3.1", "3.3.2", "3.3.3", "3.3.4",
            "3.4", "3.4.1", "3.4.2", "3.5", "3.5.1", "3.6", "3.6.1", "3.6.2", "3.6.3", "4", "4.1", "4.2",
            "4.3",
            "4.4",
        ]
        let shown = coverage.lines.map(\.clause.id.rawValue).filter { $0.hasPrefix("3") || $0.hasPrefix("4") }
        #expect(shown == wanted)
    }

    @Test(.enabled(if: Repository.hasActionPlan))
    func `the clauses are those of the document itself`() throws {
        let document = PolicyDocument(try String(contentsOf: Repository.actionPlan, encoding: .utf8))
        let named = Set(document.clauses.map(\.id))
        for line in coverage.lines where line.clause.id.parts[0] == "3" || line.clause.id.parts[0] == "4" {
            #expect(named.contains(line.clause.id), "\(line.clause.id.rawValue)")
        }
        for clause in document.clauses where clause.id.parts[0] == "3" || clause.id.parts[0] == "4" {
            #expect(coverage.line(clause.id) != nil, "\(clause.id.rawValue)")
        }
    }

    @Test func `a programme, its rules, steps and criteria are found under the clauses they cite`() throws {
        let humanities = try #require(coverage.line(ClauseID("3.3.1")))
        #expect(humanities.state == .carried)
        #expect(
            humanities.uses.contains { $0.kind == .programme && $0.id == "research-plan-humanities-general" })
        #expect(humanities.uses.contains { $0.kind == .rule && $0.id == "municipal-university" })
        let money = try #require(coverage.line(ClauseID("4.2")))
        #expect(money.uses.contains { $0.kind == .step && $0.id == "prepare" })
        let judging = try #require(coverage.line(ClauseID("3.6.2")))
        #expect(judging.uses.contains { $0.kind == .criterion && $0.id == "innovation" })
    }

    @Test func `the criteria of an appraisal count, and say whose demo setting they are`() throws {
        let joining = try #require(coverage.line(ClauseID("3.5.1")))
        // What was made up for the demo carries nothing out.
        #expect(joining.state == .demo)
        #expect(coverage.nothingYet.contains(joining))
        let use = try #require(joining.uses.first { $0.kind == .criterion })
        #expect(use.standing == .demo && use.programme != nil && use.id.contains("/"))
        let managing = try #require(coverage.line(ClauseID("3.6.1")))
        for kind in [PlanCoverage.Use.Kind.appraisal, .statement, .step] {
            #expect(managing.uses.contains { $0.kind == kind }, "\(kind)")
        }
    }

    /// A clause asks for several things: that it is carried out says nothing of each.
    @Test func `a task of which no programme takes care is listed, whatever becomes of its clause`() throws {
        let open = coverage.openTasks
        #expect(open.map(\.id) == plan.tasks.filter(\.programmes.isEmpty).map(\.id))
        let managers = try #require(open.first { $0.id == "project-managers" })
        #expect(coverage.line(managers.clauses[0])?.state == .carried)
        #expect(PlanCoverage(plan()).openTasks.isEmpty)
    }

    @Test func `what nothing carries out yet, of parts three and four, is this`() {
        let open = coverage.nothingYet.map(\.clause.id.rawValue).filter { $0 >= "3" }
        #expect(open == ["3.5.1", "3.6.3", "4.1", "4.2", "4.3", "4.4"])
    }

    @Test func `what cites is named once, and in one order`() {
        for line in coverage.lines {
            #expect(Set(line.uses).count == line.uses.count, "\(line.clause.id.rawValue)")
        }
        #expect(PlanCoverage(plan) == coverage)
        let states = PlanCoverage.State.allCases.map(coverage.count)
        #expect(states.reduce(0, +) == plan.clauses.count)
    }
}
