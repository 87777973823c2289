import Lifecycle
import Store
import Testing

@testable import Portal

/// The public page of coverage, and the officers' simulation.
struct PlanPageTests {
    @Test func `everybody reads what carries the plan out, and what nothing does`() async throws {
        let season = try await Season(experts: 0)
        let page = try await season.publicBrowser.get("/plan/coverage")
        #expect(page.status == 200)
        for clause in season.house.plan.clauses where clause.id.parts[0] == "3" || clause.id.parts[0] == "4" {
            if clause.id.parts.count > 1 {
                #expect(page.contains("id=\"c-\(clause.id.rawValue)\""), "\(clause.id.rawValue)")
            }
        }
        let coverage = PlanCoverage(season.house.plan)
        #expect(page.contains("还没有承担的条款（\(coverage.nothingYet.count) 条）"))
        for line in coverage.nothingYet { #expect(page.contains("href=\"#c-\(line.clause.id.rawValue)\"")) }
        let english = try await season.publicBrowser.get("/plan/coverage?lang=en")
        #expect(english.status == 200)
        #expect(try await season.publicBrowser.get("/").contains("/plan/coverage"))
    }

    @Test func `a simulation says what it rests on, where people wait, and which step is never done`()
        async throws
    {
        let season = try await Season(experts: 0)
        let officer = try season.browser(as: "programme-officer")
        let path = "/office/plan/simulate/\(season.programme.id)"
        let page = try await officer.get(path)
        #expect(page.status == 200 && page.contains("simulation.yaml") && page.contains("演示设定"))
        for step in season.programme.procedure.steps { #expect(page.contains(step.label.zh)) }
        let alone = try await officer.get("\(path)?staff-expert=2&staff-programme-officer=1")
        #expect(alone.status == 200 && alone.contains("要 3 个不同的人"))
        for odd in [
            "dossiers=999999999", "seed=-5", "staff-expert=-3", "staff-expert=9999999999", "staff-nobody=1",
        ] {
            #expect(try await officer.get("\(path)?\(odd)").status == 200, "\(odd)")
        }
        #expect(try await season.browser(as: "applicant").get(path).status == 404)
    }

    @Test func `a plan that grants nothing says so instead of simulating`() async throws {
        let season = try await Season(experts: 0)
        let house = season.house
        let plan = Plan(
            clauses: house.plan.clauses, tasks: house.plan.tasks, units: house.plan.units,
            calendar: house.plan.calendar, programmes: house.plan.programmes)
        let bare = House(
            database: house.database, plan: plan, shelf: house.shelf, pages: house.pages, world: house.world,
            slices: house.slices, options: house.options, keys: house.keys,
            disciplineNames: house.disciplineNames, definitions: house.definitions)
        let browser = Browser(bare)
        try browser.signIn(season.cast.person("programme-officer"), bare)
        let page = try await browser.get("/office/plan/simulate/\(season.programme.id)")
        #expect(page.status == 422 && page.contains("simulation.yaml"))
    }

    @Test func `a drawing of figures marks no step as somebody's turn`() throws {
        let procedure = Procedure(steps: [
            Step(id: "a", kind: .draft, label: Label("甲", "A"), by: .applicant, after: [], within: nil),
            Step(id: "b", kind: .pay, label: Label("乙", "B"), by: .finance, after: ["a"], within: nil),
        ])
        let drawing = ProcedureDrawing(
            procedure, standing: nil,
            figures: [
                "a": ProcedureDrawing.Figure(state: "done", short: "3 / 9", long: "three"),
                "b": ProcedureDrawing.Figure(state: "current", short: "5 / 7", long: "five"),
            ], words: try Words(directory: "\(House.resources)/Words").catalogue(.zh))
        #expect(drawing.boxes.map(\.sub) == ["3 / 9", "5 / 7"])
        #expect(drawing.steps.allSatisfy { !$0.isCurrent })
        #expect(drawing.steps[1].detail.contains("five") && drawing.steps[1].detail.contains("财务经办"))
    }
}
