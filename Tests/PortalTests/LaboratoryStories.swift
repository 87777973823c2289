import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// Beijing laboratories: taken in at any time, led with partners, appraised when ripe.
@Suite struct LaboratoryStories {
    private static let items = ["need", "layout", "team", "partners", "tasks", "accounts", "means"]
    private static let joins = [
        "body": "合作高校", "type": "central", "tasks": "承担共性技术与平台共享，逐年考核。", "means": "提供实验平台和六名教师。",
        "money": "0", "percent": "30",
    ]

    /// A written application that nobody has joined yet.
    private func written() async throws -> (RollingStage, DemoRound.Candidate) {
        var stage = try await RollingStage(of: "beijing-laboratory")
        let home = try #require(stage.season.register.universities.first { $0.institutionCode == "10011" })
        let candidate = try stage.round.candidate(
            of: stage.call, stage.programme, at: home, number: 1, asking: [], stage.season.now)
        return (stage, candidate)
    }

    private func submit(_ candidate: DemoRound.Candidate, _ stage: RollingStage) throws -> [String] {
        try stage.codes(candidate.person) { _, change in
            _ = try ApplicationActs.submit(
                try Drafts.find(candidate.id, of: candidate.person, change.store), change, stage.house)
        }
    }

    private func join(_ candidate: DemoRound.Candidate, _ stage: RollingStage) throws {
        #expect(
            try stage.codes(candidate.person) {
                try PartyActs.invite(
                    DemoCast.email(of: "recommender"), as: .partner, to: candidate.id, by: $0, $1,
                    stage.house)
            } == [])
        let id = candidate.id
        let invitation = try #require(
            try stage.read { store in try InvitedParty.all(of: id, store).last?.invitation })
        #expect(
            try stage.codes("recommender") {
                try PartyActs.accept(invitation, by: $0, isConfirmed: true, $1, stage.house)
            } == [])
    }

    private func find(
        _ item: String, _ state: CriterionFound.State, _ id: ID<Application>, _ stage: RollingStage
    )
        throws -> [String]
    {
        try stage.codes("programme-officer") {
            try CriterionActs.find(
                CriterionActs.Said(item, state, "已逐页核对材料"), at: "ripen", of: id, by: $0, $1, stage.house)
        }
    }

    @Test func `nobody leads a laboratory alone`() async throws {
        let (stage, candidate) = try await written()
        #expect(try submit(candidate, stage) == ["party.too-few"])
        try join(candidate, stage)
        #expect(try submit(candidate, stage) == [])
        #expect(try stage.step(candidate.id) == "support/open")
    }

    @Test func `it is appraised when university and partner have spoken and each item is met`() async throws {
        let (stage, candidate) = try await written()
        try join(candidate, stage)
        #expect(try submit(candidate, stage) == [])
        let id = candidate.id
        for item in Self.items {
            #expect(try find(item, item == "accounts" ? .missing : .met, id, stage) == [])
        }
        #expect(
            try stage.write(
                "research-office", "support", of: id,
                ["opinion": "同意牵头，列入学校规划。", "means": "提供场地和人员，逐年到位。", "matching": "0"]) == [])
        // The partner has not said what it brings.
        #expect(try stage.write("programme-officer", "ripen", of: id, [:]) == ["step.not-open"])
        #expect(try stage.write("recommender", "join", of: id, Self.joins) == [])
        #expect(try stage.step(id) == "ripen/open")
        let own = try stage.browser(of: candidate.person)
        let seen = try await own.get("/cases/\(id)/statements")
        #expect(seen.contains("具备 6 项，尚缺 1 项，尚未核对 0 项"))
        #expect(seen.contains("承担共性技术与平台共享"))
        #expect(try stage.write("programme-officer", "ripen", of: id, [:]) == ["statement.not-ripe"])
        #expect(try find("accounts", .met, id, stage) == [])
        #expect(try stage.write("programme-officer", "ripen", of: id, [:]) == [])
        #expect(try stage.step(id) == "screen/open")
    }

    @Test func `a call for laboratories tells what makes one ripe, and no list of a university`() async throws
    {
        let (stage, _) = try await written()
        let call = try await Browser(stage.house).get("/calls/\(stage.call.id)")
        #expect(call.contains("成熟度清单") && call.contains("经费单独核算的安排已落实"))
        #expect(call.contains("接受邀请者人人须办"))
        #expect(stage.programme.procedure.step(of: .endorse) == nil && stage.programme.isRolling)
    }
}
