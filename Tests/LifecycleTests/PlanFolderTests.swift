import Lifecycle
import PlanFiles
import Testing

@Suite struct PlanFolderTests {
    @Test func `the plan in the repository reads and passes every check`() throws {
        let problems = PlanCheck.check(Repository.plan)
        let errors = problems.filter(\.isError)
        #expect(errors.isEmpty, "\(errors.map(\.description).joined(separator: "\n"))")
        // 正高且 40 周岁以上不得申报: stated by the notice, and a person has to judge it by article 50.
        #expect(problems.map(\.code) == ["rule.title-condition"], "\(problems)")
        let plan = try Repository.loaded()
        #expect(
            plan.programmes.map(\.id) == [
                "beijing-laboratory",
                "directed-commission",
                "humanities-award",
                "humanities-centre",
                "humanities-forum",
                "innovation-centre-humanities",
                "innovation-centre-natural",
                "open-challenge",
                "open-challenge-race",
                "outstanding-young-scientists",
                "rapid-response",
                "research-base",
                "research-plan-humanities-general",
                "research-plan-humanities-key",
                "research-plan-natural-general", "research-plan-natural-key", "research-plan-natural-major",
                "transfer-centre",
            ])
        #expect(plan.clauses.count == 37)
        #expect(plan.tasks.count == 25)
    }

    @Test func `every case of the plan's rules comes out as a lawyer wrote it`() throws {
        let plan = try Repository.loaded()
        var judged = 0
        for programme in plan.programmes {
            for own in programme.cases {
                for (id, expected) in own.expect {
                    let rule = try #require(programme.rules.first { $0.id == id })
                    let verdict = try #require(own.verdict(of: rule))
                    #expect(verdict.result == expected, "\(programme.id): \(own.name): \(id)")
                    #expect(!verdict.looked.isEmpty)
                    judged += 1
                }
            }
        }
        #expect(judged > 90)
    }

    @Test func `a programme re-read from its pinned texts is the same programme`() throws {
        let plan = try Repository.loaded()
        for programme in plan.programmes {
            let files = try #require(plan.definitions[programme.id])
            #expect(try PlanFolder.programme(files: files) == programme)
            #expect(programme.digest == PlanFolder.digest(of: files))
            #expect(programme.digest.utf8.count == 64)
            var changed = files
            changed["form.yaml", default: ""] += "\n"
            #expect(PlanFolder.digest(of: changed) != programme.digest)
        }
    }

    @Test func `calendars know the make-up days of 2025 and that 2027 is not published`() throws {
        let calendar = try Repository.loaded().calendar
        #expect((2024...2026).allSatisfy(calendar.isPublished))
        #expect(!calendar.isPublished(2027))
        let saturday = try #require(Day(text: "2025-10-11"))
        #expect(saturday.weekday == 6 && calendar.isWorking(saturday))
    }
}
