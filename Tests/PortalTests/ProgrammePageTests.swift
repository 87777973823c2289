import Lifecycle
import Store
import Testing

@testable import Portal

/// The public page of each programme.
struct ProgrammePageTests {
    @Test func `everybody reads every programme, in both languages`() async throws {
        let season = try await Season(experts: 0)
        let coverage = try await season.publicBrowser.get("/plan/coverage")
        for programme in season.house.plan.programmes {
            let path = "/plan/programmes/\(programme.id)"
            #expect(coverage.contains("href=\"\(path)\""), "\(programme.id)")
            for language in ["zh", "en"] {
                let page = try await season.publicBrowser.get("\(path)?lang=\(language)")
                #expect(page.status == 200, "\(path)")
                // A word that nobody wrote stands as its key.
                for stem in ["programme.demand.", "programme.stepKind.", "programme.parameterKind.", "role."]
                {
                    #expect(!page.contains(">\(stem)"), "\(path) \(language) \(stem)")
                }
            }
        }
        #expect(try await season.browser(as: "applicant").get("/plan/programmes/none").status == 404)
    }

    @Test func `both generations of the outstanding young stand side by side`() async throws {
        let season = try await Season(experts: 0)
        let page = try await season.publicBrowser.get("/plan/programmes/outstanding-young-scientists?lang=zh")
        #expect(page.contains("2017-01-01 至 2021-12-31") && page.contains("2022-01-01 至 2022-08-24"))
        #expect(page.contains("京教研〔2017〕15号"))
        #expect(page.contains("原文未载明") && page.contains("待核对原文"))
        #expect(page.contains("href=\"/plan/coverage#c-3.1.1\""))
    }

    @Test func `a rule of one choice says of which, and a step whether its source was checked`() async throws
    {
        let season = try await Season(experts: 0)
        let page = try await season.publicBrowser.get("/plan/programmes/humanities-award?lang=zh")
        #expect(page.contains("“类别”为 党的创新理论、决策咨询与社会服务 的：“发表或完成日期”不早于“成果发表起始日”"))
        let steps = try #require(page.text.between("id=\"steps\"", "</section>"))
        #expect(steps.contains("待核对原文"))
        let challenge = try await season.publicBrowser.get("/plan/programmes/open-challenge?lang=zh")
        let told = try #require(challenge.text.between("id=\"steps\"", "</section>"))
        #expect(told.contains("通行说法，待核对原文"))
    }

    @Test func `a call leads to its programme, and so does the officers' page of the plan`() async throws {
        let season = try await Season(experts: 0)
        let link = "href=\"/plan/programmes/\(season.programme.id)\""
        #expect(try await season.publicBrowser.get("/calls/\(season.call.id)").contains(link))
        #expect(try await season.browser(as: "programme-officer").get("/office/plan").contains(link))
    }

    @Test func `a version that holds over several periods is one cell, and a gap says so`() throws {
        let words = try Words(directory: "\(House.resources)/Words").catalogue(.zh)
        func version(_ from: String, _ until: String?, _ demand: Demand?) throws -> RuleVersion {
            RuleVersion(
                from: try #require(Day(text: from)), until: until.flatMap { Day(text: $0) }, demand: demand,
                standing: .demo, cites: Citation(), verified: false)
        }
        let plan = try Season.plan.get()
        let old = try #require(plan.programmes.first)
        let rules = [
            Rule(
                id: "a", label: Label("甲", "A"), scope: .application,
                versions: [
                    try version("2020-01-01", "2021-01-01", .fullTimeTeacher),
                    try version("2022-01-01", nil, nil),
                ]),
            Rule(
                id: "b", label: Label("乙", "B"), scope: .application,
                versions: [try version("2020-01-01", nil, .fullTimeTeacher)]),
        ]
        let programme = Programme(
            id: old.id, title: old.title, summary: old.summary, family: old.family, clauses: old.clauses,
            nature: old.nature, rules: rules, form: old.form, procedure: old.procedure, review: old.review,
            funding: old.funding, parameters: old.parameters, defaults: old.defaults, cases: [], digest: "0")
        let table = ProgrammeRuleTable(
            programme, today: try #require(Day(text: "2021-06-01")), words)
        #expect(
            table.periods.map(\.label) == [
                "2020-01-01 至 2020-12-31", "2021-01-01 至 2021-12-31", "2022-01-01 起",
            ])
        #expect(table.periods.map(\.isCurrent) == [false, true, false])
        #expect(table.rows.map { $0.cells.map(\.span) } == [["1", "1", "1"], ["3"]])
        #expect(table.rows[0].cells.map(\.isAbsent) == [false, true, false])
        #expect(table.rows[0].cells[2].version?.isUnstated == true)
    }
}
