import Foundation
import Lifecycle
import Store
import Testing

@testable import Portal

/// What does not happen with a plan of who reviews what.
@Suite struct MatchingRefusalStories {
    @Test func `plans are officers' to make and auditors' to read, and for all others there are none`()
        async throws
    {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let pair = try #require(try stage.pairs(of: path).first)
        let value = "\(pair.application).\(pair.expert)"
        let pages = [
            "\(stage.base)/plans", path, "\(path)/applications/\(pair.application)", "\(path)/files/key.csv",
            "\(stage.base)/compare?a=\(stage.id(of: path))&b=\(stage.id(of: path))",
        ]
        for key in DemoCast.members.map(\.key) where key != "programme-officer" {
            let browser = try stage.season.browser(as: key)
            for page in pages {
                let expected = key == "auditor" ? 200 : 404
                #expect(try await browser.get(page).status == expected, "\(key) \(page)")
            }
            let forms = [
                ("\(stage.base)/plans", [("objective", "total")]),
                ("\(stage.base)/wishes", [("lock", value)]),
                ("\(path)/sign", []),
            ]
            for (form, fields) in forms {
                #expect(try await browser.post(form, fields, from: "/").status == 404, "\(key) \(form)")
            }
        }
        #expect(try await stage.season.publicBrowser.get(path, follow: false).status == 303)
        #expect(try stage.facts(AssignmentPlanSigned.kind) == 0)
        let other = try await stage.officer().get(
            "/office/assign/zzzzzzzzzzzzzzzz/plans/\(stage.id(of: path))")
        #expect(other.status == 404, "a plan stands under its own call only")
    }

    @Test func `an officer who is conflicted with one dossier plans none of its call`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let officer = stage.season.cast.person("programme-officer")
        try stage.house.changeNow(by: officer, at: stage.season.now) { change in
            try ConflictActs.declare(
                .application(stage.applications[0]), nature: "曾同组研究", by: officer, as: .programmeOfficer,
                change)
        }
        let browser = try stage.officer()
        #expect(try await browser.get(path).status == 404)
        #expect(try await browser.get("\(path)/files/key.csv").status == 404)
        #expect(try await stage.sign(path, by: browser).status == 404)
        let list = try await browser.get("\(stage.base)/plans")
        #expect(list.contains("须由其他人匹配") && !list.contains(path))
        let asked = try await browser.post("\(stage.base)/plans", [("objective", "total")])
        #expect(asked.status == 422 && asked.contains("须由其他项目主管匹配"))
        #expect(try stage.facts(AssignmentPlanSigned.kind) == 0)
    }

    @Test func `a form without an objective, and a floor that is no number, are sent back`() async throws {
        let stage = try await MatchingStage()
        let browser = try stage.officer()
        #expect(try await browser.post("\(stage.base)/plans", []).contains("请选择目标"))
        let floor = try await browser.post(
            "\(stage.base)/plans", [("objective", "fair"), ("floor", "很多")])
        #expect(floor.status == 422 && floor.contains("最低分值"))
        let below = try await browser.post("\(stage.base)/plans", [("objective", "fair"), ("floor", "-1")])
        #expect(below.status == 422)
    }

    @Test func `a conflict cannot be locked, with the article`() async throws {
        let stage = try await MatchingStage()
        let application = stage.applications[0]
        let expert = try stage.conflicted(with: application)
        let browser = try stage.officer()
        let refused = try await browser.post(
            "\(stage.base)/wishes", [("lock", "\(application).\(expert)")], from: "\(stage.base)/plans")
        #expect(refused.status == 422)
        #expect(refused.contains("同一法人单位") && refused.contains("第二十条"))
        let path = try await stage.plan()
        #expect(
            !(try stage.pairs(of: path).contains { $0.expert == expert && $0.application == application }))
        let page = try await browser.get("\(path)/applications/\(application)")
        #expect(page.contains("同一法人单位") && page.contains("分值够高、但不能邀请的专家"))
        #expect(!page.contains("value=\"\(application).\(expert)\""), "nothing to press")
    }

    @Test func `a lock that has become a conflict stops the job, with the reason`() async throws {
        let stage = try await MatchingStage()
        let first = try await stage.plan()
        let pair = try #require(try stage.pairs(of: first).first { $0.change == .added })
        let browser = try stage.officer()
        let locked = try await browser.post(
            "\(stage.base)/wishes", [("lock", "\(pair.application).\(pair.expert)")], from: first)
        #expect(locked.status == 200)
        try stage.house.changeNow(by: pair.expert, at: stage.season.now) { change in
            try ConflictActs.declare(
                .application(pair.application), nature: "师生关系", by: pair.expert, as: .expert, change)
        }
        let asked = try await browser.post("\(stage.base)/plans", [("objective", "total")])
        try JobRunner(stage.house).runNext("assignment-plan")
        let job = try await browser.get(asked.path)
        #expect(job.contains(pair.expertName) && job.contains("已声明"), "\(job.text)")
    }

    @Test func `a conflict declared after the plan was made refuses the signature, and nothing is written`()
        async throws
    {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let pair = try #require(try stage.pairs(of: path).first { $0.change == .added })
        try stage.house.changeNow(by: pair.expert, at: stage.season.now) { change in
            try ConflictActs.declare(
                .application(pair.application), nature: "合作研究", by: pair.expert, as: .expert, change)
        }
        let refused = try await stage.sign(path)
        #expect(refused.status == 422)
        #expect(refused.contains(pair.expertName) && refused.contains("已声明"))
        #expect(try stage.facts(AssignmentPlanSigned.kind) == 0)
        #expect(try stage.facts(ReviewerAssigned.kind) == 0)
    }

    @Test func `an invitation sent, or declined, after the plan was made refuses the signature`() async throws
    {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let pair = try #require(try stage.pairs(of: path).first { $0.change == .added })
        let (house, officer) = (stage.house, stage.season.cast.person("programme-officer"))
        let id = try house.changeNow(by: officer, at: stage.season.now) { change in
            try ReviewActs.assign(
                pair.expert, to: pair.application, id: house.world.id(), by: officer, change, house)
        }
        let asked = try await stage.sign(path)
        #expect(asked.status == 422 && asked.contains("已另行邀请\(pair.expertName)"))
        try house.changeNow(by: pair.expert, at: stage.season.now) { change in
            try ReviewActs.decline(id, by: pair.expert, reason: "近期没有精力", change)
        }
        let declined = try await stage.sign(path)
        #expect(declined.status == 422 && declined.contains("谢绝了评审"))
        #expect(try stage.facts(AssignmentPlanSigned.kind) == 0)
    }

    @Test func `a plan is signed once`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let second = try await stage.plan("fair")
        #expect(try await stage.sign(path).status == 200)
        let assigned = try stage.facts(ReviewerAssigned.kind)
        let again = try await stage.sign(path)
        #expect(again.status == 422 && again.contains("不能再签一次"))
        let overtaken = try await stage.sign(second)
        #expect(overtaken.status == 422, "the other plan knows nothing of these invitations")
        #expect(try stage.facts(AssignmentPlanSigned.kind) == 1)
        #expect(try stage.facts(ReviewerAssigned.kind) == assigned)
    }

    @Test func `a kept file or pair that was altered refuses the signature`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        let plan = stage.id(of: path)
        let house = stage.house
        let kept = try house.database.readNow { store in
            try PlanQueries.bytes(of: "certificate.json", in: plan, isPublic: true, store)
        }
        func write(_ bytes: [UInt8]) throws {
            try house.database.writeNow { store in
                _ = try store.run(
                    """
                    UPDATE assignment_plan_document SET bytes = \(bytes)
                    WHERE plan = \(plan) AND is_public = 1 AND name = 'certificate.json'
                    """)
            }
        }
        try write(kept + [0x20])
        #expect(try await stage.sign(path).contains("与摘要或与指派不一致"))
        try write(kept)
        let pair = try #require(try stage.pairs(of: path).first { $0.change == .added })
        let stranger = stage.season.cast.person("expert-2")
        try house.database.writeNow { store in
            _ = try store.run(
                """
                UPDATE assignment_plan_pair SET expert = \(stranger)
                WHERE plan = \(plan) AND application = \(pair.application) AND expert = \(pair.expert)
                """)
        }
        #expect(try await stage.sign(path).status == 422)
        #expect(try stage.facts(AssignmentPlanSigned.kind) == 0)
    }

    @Test func `a job cancelled before its turn leaves no plan`() async throws {
        let stage = try await MatchingStage()
        let browser = try stage.officer()
        let asked = try await browser.post("\(stage.base)/plans", [("objective", "total")])
        _ = try await browser.post("\(asked.path)/cancel", [], from: asked.path)
        #expect(try JobRunner(stage.house).runNext("assignment-plan") == false)
        let plans = try stage.house.database.readNow { try PlanQueries.all(in: stage.season.call.id, $0) }
        #expect(plans.isEmpty)
    }

    @Test func `an unsigned plan has no public page, and its files are nobody's`() async throws {
        let stage = try await MatchingStage()
        let path = try await stage.plan()
        for browser in [stage.season.publicBrowser, try stage.season.browser(as: "auditor")] {
            let page = try await browser.get("/matchings/\(stage.id(of: path))", follow: false)
            let file = try await browser.get("/matchings/\(stage.id(of: path))/pairs.csv", follow: false)
            #expect(page.status != 200 && file.status != 200)
        }
    }
}
