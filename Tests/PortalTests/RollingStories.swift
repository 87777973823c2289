import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store
import Testing

/// Applications that come at any time and are decided one by one, in a procedure without list, screening or review.
@Suite struct RollingStories {
    @Test func `the programme of the story is sound`() throws {
        #expect(PlanCheck.check(files: try RollingStage.files()) == [])
    }

    @Test func `branches run side by side, each with its own author and its own hours`() async throws {
        var stage = try await RollingStage()
        let candidate = try stage.submitted(1)
        let id = candidate.id
        #expect(try stage.step(id) == "support/open")
        #expect(
            try stage.write("research-office", "support", of: id, ["means": "提供场地。"]) == [
                "statement.not-signed"
            ])
        #expect(
            try stage.write(
                "programme-officer", "grounds", of: id, ["type": "sole", "alternatives": "没有其他。"]) == [
                    "step.not-open"
                ])
        #expect(
            try stage.write("university-leader", "support", of: id, ["means": "提供场地。"], signed: true) == [
                "step.not-yours"
            ])
        // The clock of the first branch runs in hours from the submission.
        let due = try stage.house.database.readNow { store in
            try store.value(
                "SELECT due_at FROM open_step WHERE application = \(id) AND step = 'support'",
                as: Instant.self)
        }
        #expect(due == stage.season.now.adding(seconds: 48 * 3600))
        let office = try stage.season.browser(as: "research-office")
        #expect(try await office.get("/todo").contains("/cases/\(id)/statements/support"))
        let desk = try stage.season.browser(as: "programme-officer")
        // Who is to use the result is the officer's to ask, and nobody else's.
        #expect(
            try stage.codes("research-office") {
                try PartyActs.invite("a@b.example", as: .finalUser, to: id, by: $0, $1, stage.house)
            } == ["missing"])
        #expect(
            try stage.codes("programme-officer") {
                try PartyActs.invite("a@b.example", as: .recommender, to: id, by: $0, $1, stage.house)
            } == ["missing"])
        let asked = try await desk.post(
            "/cases/\(id)/parties", [("role", "final-user"), ("email", "recommender@jiebang.example")],
            from: "/cases/\(id)/statements")
        #expect(asked.contains("recommender@jiebang.example"))
        #expect(asked.contains("等待答复"))
        let invitation = try #require(
            try stage.house.database.readNow { store in try InvitedParty.all(of: id, store).last?.invitation }
        )
        let user = try stage.season.browser(as: "recommender")
        #expect(try await user.get("/cases/\(id)/statements/user").status == 404)
        _ = try await user.post(
            "/parties/\(invitation)/accept", [("confirmed", "yes")], from: "/parties/\(invitation)")
        let page = "/cases/\(id)/statements/user"
        // The second branch is theirs although the first is still open.
        #expect(try await user.get("/todo").contains(page))
        #expect(try await user.get(page).contains("需求"))
        #expect(try await user.post(page, [("need", "需要在一年内投入使用。")], from: page).status == 200)
        #expect(try stage.step(id) == "support/open")
        #expect(
            try stage.write("research-office", "support", of: id, ["means": "提供场地和配套。"], signed: true) == [])
        #expect(try stage.step(id) == "grounds/open")
        // No tab of what the procedure does not have.
        let overview = try await desk.get("/cases/\(id)")
        for tab in ["screening", "assign", "reviews", "contract", "payment", "reuse"] {
            #expect(!overview.contains("\"/cases/\(id)/\(tab)\""), "\(tab)")
        }
        #expect(overview.contains("公开竞争"))
    }

    @Test func `what is sent back is written again, and what was said before counts no more`() async throws {
        var stage = try await RollingStage()
        let candidate = try stage.submitted(1)
        let id = candidate.id
        #expect(
            try stage.write("research-office", "support", of: id, ["means": "提供场地和配套。"], signed: true) == [])
        #expect(
            try stage.codes("programme-officer") {
                try PartyActs.invite(
                    DemoCast.email(of: "recommender"), as: .finalUser, to: id, by: $0, $1, stage.house)
            } == [])
        let invitation = try #require(
            try stage.house.database.readNow { store in try InvitedParty.all(of: id, store).last?.invitation }
        )
        #expect(
            try stage.codes("recommender") {
                try PartyActs.accept(invitation, by: $0, isConfirmed: true, $1, stage.house)
            } == [])
        #expect(try stage.write("recommender", "user", of: id, ["need": "需要在一年内投入使用。"]) == [])
        #expect(
            try stage.write("programme-officer", "grounds", of: id, [:], .returned, reason: "退") == [
                "reason.short"
            ])
        #expect(
            try stage.write("programme-officer", "grounds", of: id, [:], .returned, reason: "请补充技术路线的比较")
                == [])
        #expect(try stage.step(id) == "write/open")
        let own = Browser(stage.house)
        try own.signIn(candidate.person, stage.house)
        let draft = try await own.get("/drafts/\(id)")
        #expect(draft.contains("请补充技术路线的比较"))
        #expect(try await own.get("/cases/\(id)/statements").contains("不再计入"))
        try stage.round.act(candidate.person, stage.season.now) { _, change in
            _ = try ApplicationActs.submit(
                try Drafts.find(id, of: candidate.person, change.store), change, stage.house)
        }
        #expect(try stage.step(id) == "support/open")
        // Whoever said it before says it again.
        #expect(try stage.write("recommender", "user", of: id, ["need": "需要在一年内投入使用。"]) == [])
        #expect(
            try stage.write("research-office", "support", of: id, ["means": "提供场地和配套。"], signed: true) == [])
        #expect(
            try stage.write(
                "programme-officer", "grounds", of: id, ["type": "urgent", "alternatives": "另有两家，均不具备。"],
                .refused, reason: "不属于应急情形")
                == [])
        #expect(try stage.step(id) == "grounds/refused")
        #expect(
            try stage.write(
                "programme-officer", "grounds", of: id, ["type": "sole", "alternatives": "没有其他。"]) == [
                    "step.ended"
                ])
    }

    @Test func `each is proposed and decided by itself, several times over the life of the call`()
        async throws
    {
        var stage = try await RollingStage()
        let (first, second, third) = (try stage.submitted(1), try stage.submitted(2), try stage.submitted(3))
        try stage.grounded(first.id)
        #expect(try stage.step(first.id) == "decide/open")
        let (officer, leader, call) = (
            stage.season.cast.person("programme-officer"), stage.season.cast.person("commission-leader"),
            stage.call.id
        )
        let house = stage.house
        func propose(_ id: ID<Application>, funded: Bool) throws -> [String] {
            try stage.codes("programme-officer") { _, change in
                try DecisionActs.propose(
                    [id: DecisionActs.Choice(funded: funded, amount: Money(yuan: 40_000), departure: nil)],
                    in: call, by: officer, change, house)
            }
        }
        func sign() throws -> [String] {
            try stage.codes("commission-leader") { _, change in
                try DecisionActs.sign(call, by: leader, change, house)
            }
        }
        // The others are not through, and hold nobody up; what is not through cannot be proposed.
        #expect(try propose(second.id, funded: true) == ["selection.empty"])
        let desk = try stage.season.browser(as: "programme-officer")
        #expect(try await desk.get("/todo").contains("/rounds/\(call)"))
        #expect(try await desk.get("/rounds/\(call)").contains("本次提出"))
        #expect(try propose(first.id, funded: true) == [])
        #expect(try sign() == [])
        #expect(try stage.step(first.id) == "plate/open")

        try stage.grounded(second.id)
        try stage.grounded(third.id)
        let page = try await desk.post(
            "/rounds/\(call)/propose", [], from: "/rounds/\(call)")
        #expect(page.status == 422)
        #expect(page.contains("还没有勾选本次要提出的申请"))
        // Against, alone, while another waits: nobody need be funded.
        let confirm = try await desk.post(
            "/rounds/\(call)/propose", [("line", second.id.rawValue)], from: "/rounds/\(call)")
        #expect(confirm.status == 200)
        let sent = try await desk.post(
            "/rounds/\(call)/propose", [("line", second.id.rawValue), ("confirmed", "yes")],
            from: "/rounds/\(call)")
        #expect(sent.path.contains("done=selection-proposed") || sent.contains("等待签批"))
        #expect(try sign() == [])
        #expect(try stage.step(second.id) == "decide/refused")
        #expect(try stage.step(third.id) == "decide/open")
        #expect(try stage.write("programme-officer", "plate", of: first.id, ["hung": "2026-07-01"]) == [])
        #expect(try stage.step(first.id) == "plate/finished")

        // An erased statement keeps its step and loses its words.
        let number = try #require(
            try house.database.readNow { store in
                try store.value(
                    "SELECT MIN(fact) FROM statement WHERE application = \(first.id) AND step = 'support'",
                    as: Int64.self)
            })
        try house.changeNow(by: nil, at: stage.season.now) { change in
            _ = try Erasure.erase([.payload], of: [number], reason: "本人申请", change, house.projections)
        }
        #expect(try stage.step(first.id) == "plate/finished")
        let shown = try await desk.get("/cases/\(first.id)/statements")
        #expect(shown.contains("内容已按规定删除"))
        #expect(!shown.contains("提供场地和经费配套"))
    }
}
