import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// After a plan is signed, experts decline: one click fills what is empty and leaves the rest alone.
@Suite struct GapStories {
    private static let again = "补配缺额"

    private func decline(_ record: AssignmentRecord, in stage: MatchingStage) throws {
        try stage.house.changeNow(by: record.expert, at: stage.season.now) { change in
            try ReviewActs.decline(record.id, by: record.expert, reason: "近期没有精力", change)
        }
    }

    @Test func `who is no officer, or is barred from an application of the call, fills nothing`() async throws
    {
        let stage = try await MatchingStage()
        #expect(try await stage.sign(try await stage.plan()).status == 200)
        let (application, records) = try stage.complete()
        try decline(records[0], in: stage)
        let path = "\(stage.base)/plans/again"
        for member in DemoCast.members where member.role != .programmeOfficer {
            let browser = try stage.season.browser(as: member.key)
            #expect(try await browser.post(path, [], from: "/").status == 404, "\(member.key)")
        }
        let officer = stage.season.cast.person("programme-officer")
        try stage.house.changeNow(by: officer, at: stage.season.now) { change in
            try ConflictActs.declare(
                .application(application), nature: "近亲属关系", by: officer, as: .programmeOfficer, change)
        }
        let browser = try stage.officer()
        let refused = try await browser.post(path, [], from: "/conflicts")
        #expect(refused.status == 422 && refused.contains("须由其他项目主管匹配"))
        #expect(try await !browser.get("\(stage.base)/plans").contains(Self.again))
        #expect(
            try await !browser.get("/office/assign?call=\(stage.season.call.id)").contains(Self.again))
    }

    @Test func `nothing signed and nothing empty are refused, and no page offers it`() async throws {
        let stage = try await MatchingStage()
        let browser = try stage.officer()
        let list = "\(stage.base)/plans"
        let unsigned = try await browser.post("\(list)/again", [], from: list)
        #expect(unsigned.status == 422 && unsigned.contains("还没有签署过方案"))
        #expect(try await !browser.get(list).contains(Self.again))
        #expect(try await stage.sign(try await stage.plan()).status == 200)
        let summary = try stage.house.database.readNow { store in
            try PlanGap.last(in: stage.season.call.id, needed: 3, store)
        }
        let gap = try #require(summary)
        #expect(gap.gone == 0)
        guard gap.lacking == 0 else { return }
        let full = try await browser.post("\(list)/again", [], from: list)
        #expect(full.status == 422 && full.contains("没有缺额"))
        #expect(try await !browser.get(list).contains(Self.again))
    }

    @Test func `one click gives a plan that fills the place, tells the difference, and is signed`()
        async throws
    {
        let stage = try await MatchingStage()
        let first = try await stage.plan()
        #expect(try await stage.sign(first).status == 200)
        let (application, records) = try stage.complete()
        try stage.house.changeNow(by: records[1].expert, at: stage.season.now) { change in
            try ReviewActs.accept(records[1].id, by: records[1].expert, change)
        }
        try decline(records[0], in: stage)
        let browser = try stage.officer()
        let desk = try await browser.get("/office/assign?call=\(stage.season.call.id)")
        #expect(desk.contains("方案签署后有 1 人次退出") && desk.contains(Self.again))
        let asked = try await browser.post("\(stage.base)/plans/again", [], from: "\(stage.base)/plans")
        #expect(asked.status == 200 && asked.path.hasPrefix("/jobs/"), "\(asked.text)")
        try JobRunner(stage.house).runNext("assignment-plan")
        let id = String(asked.path.dropFirst("/jobs/".count))
        let outcome = try stage.house.database.readNow { store in
            try store.value("SELECT outcome FROM job WHERE id = \(id)", as: String.self)
        }
        let second = try #require(outcome)
        let pairs = try stage.pairs(of: second)
        #expect(pairs.allSatisfy { $0.application == application || $0.change == .kept })
        let new = try #require(pairs.first { $0.change == .added })
        #expect(new.application == application && new.expert != records[0].expert)
        #expect(pairs.contains { $0.expert == records[1].expert && $0.isLocked })
        // As good as begun anew: what it began from decides only how long it took.
        let anew = try await stage.plan()
        #expect(try stage.summary(of: anew).total == stage.summary(of: second).total)
        #expect(try stage.summary(of: second).gap == 0)

        let page = try await browser.get(second)
        let gone = try #require(try stage.pairs(of: first).first { $0.expert == records[0].expert })
        #expect(page.contains("与已签署方案相比") && page.contains("退出"))
        for words in [gone.expertName, "近期没有精力", "已谢绝", new.expertName] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(page.contains("compare?a=\(stage.id(of: first))&amp;b=\(stage.id(of: second))"))
        let signed = try await stage.sign(second)
        #expect(signed.status == 200 && !signed.contains("与已签署方案相比"))
        #expect(try stage.active(application).count == 3)
        #expect(
            try await !browser.get("/office/assign?call=\(stage.season.call.id)").contains("人次退出"))
    }
}
