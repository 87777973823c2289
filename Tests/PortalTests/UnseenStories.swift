import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store
import Testing

/// A programme never seen before runs from the call to its first payment, by its YAML alone.
@Suite struct UnseenStories {
    @Test func `the folder is sound beside the plan's own, and a simulation of it ends`() throws {
        let folder = try UnseenStage.folder()
        let problems = PlanCheck.check(folder.path).filter { $0.path.contains("night-school") }
        #expect(problems.isEmpty, "\(problems)")
        let plan = try PlanFolder.load(folder.path)
        let programme = try #require(plan.programme("night-school"))
        let assumptions = try #require(plan.assumptions)
        let report = Simulation(programme, assumptions, calendar: plan.calendar, seed: 3, dossiers: 300).run()
        #expect(report.deadEnds.isEmpty && report.finished > 0)
        // It is data: it carries out a clause from the moment its folder is there.
        let line = try #require(PlanCoverage(plan).line(ClauseID("3.3.1")))
        #expect(line.uses.contains { $0.kind == .programme && $0.id == "night-school" })
    }

    @Test func `no source of the program knows it`() throws {
        let root = URL(fileURLWithPath: Season.planFolder).deletingLastPathComponent()
        let files = try #require(
            FileManager.default.enumerator(
                at: root.appendingPathComponent("Sources"), includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(!text.contains("night-school") && !text.contains("夜校"), "\(file.lastPathComponent)")
        }
    }

    @Test func `from the call to the first payment`() async throws {
        var stage = try await UnseenStage()
        let page = try await stage.season.publicBrowser.get("/calls/\(stage.call.id)")
        #expect(page.contains("社区夜校微课题") && page.contains("调研类不少于一半"))
        let course = try stage.candidate(1, class: "course", user: "recommender")
        let survey = try stage.candidate(2, class: "survey", user: "recommender-2")
        for candidate in [course, survey] { #expect(try stage.submit(candidate) == []) }

        // The neighbourhood speaks, each of its own school.
        let need = ["need": "周围没有成人课堂，居民多次提出。", "people": "40"]
        #expect(try stage.step(course.id) == "need/open")
        #expect(try stage.write("recommender-2", "need", of: course.id, need) == ["missing"])
        #expect(try stage.write("recommender", "need", of: course.id, need) == [])
        #expect(try stage.write("recommender-2", "need", of: survey.id, need) == [])

        // A list without a survey, or with too few of them, is not put forward; the reason names the article.
        stage.season.move(to: UnseenStage.at("2026-07-02"))
        let lacking = try stage.lacking([course.id])
        #expect(lacking.map(\.code) == ["rule.list-unmet", "rule.list-unmet"])
        #expect(lacking.allSatisfy { $0.citation?.article == "第二条" })
        #expect(lacking.allSatisfy { $0.values["facts"]?.contains("属于所列类别的 0") == true })
        #expect(lacking.last?.values["label"] == "调研类不少于一半")
        #expect(try stage.endorse([survey.id, course.id]) == [])

        let ids = [course.id, survey.id]
        #expect(try stage.round.screen(ids, at: UnseenStage.at("2026-07-10")).count == 2)
        // The review and the room lie side by side; the decision waits for both.
        stage.season.move(to: UnseenStage.at("2026-07-14"))
        let room = ["seenOn": "2026-07-12", "room": "社区活动室，可坐六十人。"]
        for id in ids { #expect(try stage.write("programme-officer", "room", of: id, room) == []) }
        #expect(try stage.step(course.id) == "review/open")
        try stage.round.review(
            ids, in: stage.call, stage.programme, at: UnseenStage.at("2026-07-15"), answered: 100)
        for id in ids { #expect(try stage.step(id) == "decide/open") }

        stage.season.move(to: UnseenStage.at("2026-07-27"))
        let (house, call) = (stage.house, stage.call.id)
        try stage.fund(ids, Money(yuan: 20_000), in: call)
        try stage.round.establish(stage.call, noticeAt: UnseenStage.at("2026-08-03"))
        // Both are paid 70 %, as the notice says.
        let paid = try house.database.readNow { store in
            try store.values(
                """
                SELECT account_balance.balance FROM account_balance JOIN application
                  ON account_balance.account = 'paid:' || application.id
                WHERE application.call = \(call) AND account_balance.balance > 0
                """, as: Int64.self)
        }
        #expect(paid == [Money(yuan: 14_000).rawValue, Money(yuan: 14_000).rawValue])

        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        let report = try JournalVerifier(
            database: house.database, projections: house.projections,
            keys: try JournalKeys.openPublic(folder: house.options.keys),
            attachments: house.attachmentFolder
        ).verify()
        #expect(report.findings.isEmpty, "\(report.findings)")
    }
}
