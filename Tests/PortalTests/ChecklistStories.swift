import Foundation
import Lifecycle
import Portal
import Store
import Testing

/// 成熟一个、建设一个: each item of the checklist is looked at by itself, with its own evidence, and the applicant reads
/// from the first day on what is missing.
@Suite struct ChecklistStories {
    private static let hash = String(repeating: "a", count: 64)
    private static let items = ["place", "staff", "rules", "scope", "shares", "objections"]

    /// A centre's application with one file, handed in or not.
    private func played(submitting: Bool) async throws -> (RollingStage, DemoRound.Candidate) {
        var stage = try await RollingStage(of: "transfer-centre")
        let home = try #require(stage.season.register.universities.first { $0.institutionCode == "10011" })
        let candidate = try stage.round.candidate(
            of: stage.call, stage.programme, at: home, number: 1, asking: [], stage.season.now)
        try stage.house.database.writeNow { [now = stage.season.now] store in
            let words = "（演示）近三年的合同、许可和作价投资都有登记，口径写明在附表里，可以逐项核对。"
            _ = try Drafts.save(
                candidate.id, section: "groundwork", base: 1,
                answers: ["foundation": words, "fullTime": "3", "rooms": words], by: candidate.person,
                at: now,
                store)
            _ = try store.run(
                """
                INSERT INTO draft_attachment (draft, hash, name, size, type, added_at)
                VALUES (\(candidate.id), \(Self.hash), \("场地证明.pdf"), \(9), \("application/pdf"), \(now))
                """)
        }
        if submitting {
            try stage.round.act(candidate.person, stage.season.now) { _, change in
                _ = try ApplicationActs.submit(
                    try Drafts.find(candidate.id, of: candidate.person, change.store), change, stage.house)
            }
        }
        return (stage, candidate)
    }

    private func find(
        _ stage: RollingStage, _ key: String, _ item: String, _ state: CriterionFound.State?, _ words: String,
        file: String = "", at step: String = "ripen", of id: ID<Application>
    ) throws -> [String] {
        try stage.codes(key) {
            try CriterionActs.find(
                CriterionActs.Said(item, state, words, attachment: file), at: step, of: id, by: $0, $1,
                stage.house)
        }
    }

    @Test func `an item is found by whose step it is, with words, and of what is there`() async throws {
        let (stage, candidate) = try await played(submitting: true)
        let id = candidate.id
        let good = "租赁合同至2030年，已核对原件"
        #expect(
            try find(stage, "research-office", "place", .met, good, of: id) == ["step.not-yours"])
        #expect(try find(stage, "expert", "place", .met, good, of: id) == ["missing"])
        #expect(try find(stage, "programme-officer", "nothing", .met, good, of: id) == ["missing"])
        #expect(
            try find(stage, "programme-officer", "place", .met, good, at: "screen", of: id) == ["missing"])
        #expect(
            try find(stage, "programme-officer", "place", nil, "好", of: id) == [
                "criterion.no-state", "criterion.words",
            ])
        let long = String(repeating: "长", count: 2001)
        #expect(try find(stage, "programme-officer", "place", .met, long, of: id) == ["criterion.long"])
        let other = String(repeating: "b", count: 64)
        #expect(
            try find(stage, "programme-officer", "place", .met, good, file: other, of: id) == [
                "criterion.no-file"
            ])
        // Nothing was written by any of them.
        #expect(try stage.read { try CriterionFinding.all(of: id, $0).isEmpty })
    }

    @Test func `who is not of the dossier finds no form and sends none`() async throws {
        let (stage, candidate) = try await played(submitting: true)
        let path = "/cases/\(candidate.id)/statements/ripen"
        for key in ["expert", "finance", "research-office"] {
            let browser = try stage.season.browser(as: key)
            #expect(try await browser.get(path).status == 404, "\(key)")
            let sent = try await browser.post(
                "\(path)/criteria", [("criterion", "place"), ("state", "met"), ("words", "已经核对过原件")],
                from: "/")
            #expect(sent.status == 404, "\(key)")
        }
    }

    @Test func `the applicant reads what is asked before and while writing, and what is missing ever after`()
        async throws
    {
        let (stage, candidate) = try await played(submitting: false)
        let id = candidate.id
        let call = try await Browser(stage.house).get("/calls/\(stage.call.id)")
        #expect(call.contains("有固定场所") && call.contains("异议处理办法已公布"))
        let own = Browser(stage.house)
        try own.signIn(candidate.person, stage.house)
        let draft = try await own.get("/drafts/\(id)")
        #expect(draft.contains("有固定场所") && draft.contains("尚未核对 6 项"))
        try stage.round.act(candidate.person, stage.season.now) { _, change in
            _ = try ApplicationActs.submit(
                try Drafts.find(id, of: candidate.person, change.store), change, stage.house)
        }
        let first = try await own.get("/cases/\(id)/statements")
        #expect(first.contains("具备 0 项，尚缺 0 项，尚未核对 6 项"))
        // The university has not spoken, and what is missing can be said already.
        #expect(try stage.step(id) == "support/open")
        let desk = try stage.season.browser(as: "programme-officer")
        let path = "/cases/\(id)/statements/ripen"
        #expect(try await desk.get("/cases/\(id)/statements").contains("\"\(path)\""))
        let form = try await desk.get(path)
        #expect(form.contains("场地证明.pdf") && form.contains("words-staff"))
        let refused = try await desk.post(
            "\(path)/criteria", [("criterion", "staff"), ("state", "missing"), ("words", "缺")], from: path)
        #expect(refused.status == 422)
        #expect(refused.contains("#words-staff"))
        let said = try await desk.post(
            "\(path)/criteria", [("criterion", "staff"), ("state", "missing"), ("words", "专职人员只有一名，聘任文件未附")],
            from: path)
        #expect(said.status == 200)
        #expect(
            try find(
                stage, "programme-officer", "place", .met, "租赁合同至2030年，已核对原件", file: Self.hash, of: id) == [])
        let seen = try await own.get("/cases/\(id)/statements")
        #expect(seen.contains("具备 1 项，尚缺 1 项，尚未核对 4 项"))
        #expect(seen.contains("专职人员只有一名") && seen.contains("/attachments/\(id)/\(Self.hash)"))
        #expect(try await own.get("/drafts/\(id)").contains("专职人员只有一名"))
        // Who has nothing to do with it reads nothing.
        #expect(try await stage.season.browser(as: "expert").get("/cases/\(id)/statements").status == 404)
    }

    @Test func `it goes on once each item was found to be met, and then nothing more is said`() async throws {
        let (stage, candidate) = try await played(submitting: true)
        let id = candidate.id
        #expect(
            try stage.write(
                "research-office", "support", of: id,
                ["opinion": "同意建设，列入学校规划。", "means": "提供场地、人员编制和配套经费。"]) == [])
        #expect(try stage.step(id) == "ripen/open")
        // What the author of the statement sends about an item does not count.
        let all = Dictionary(uniqueKeysWithValues: Self.items.map { ($0, "true") })
        #expect(
            try stage.write("programme-officer", "ripen", of: id, all)
                == Self.items.map { _ in "statement.not-looked" })
        for item in Self.items {
            #expect(
                try find(
                    stage, "programme-officer", item, item == "staff" ? .missing : .met, "已逐项核对材料", of: id)
                    == [])
        }
        #expect(try stage.write("programme-officer", "ripen", of: id, [:]) == ["statement.not-ripe"])
        #expect(try find(stage, "programme-officer", "staff", .met, "聘任文件已补齐，共三名", of: id) == [])
        #expect(try stage.write("programme-officer", "ripen", of: id, [:]) == [])
        #expect(try stage.step(id) == "screen/open")
        #expect(
            try find(stage, "programme-officer", "staff", .missing, "又缺一名专职人员", of: id) == [
                "step.done-already"
            ])
        // What was said first stays in the journal; the last holds.
        let found = try stage.read { try CriterionFinding.all(of: id, $0).filter { $0.criterion == "staff" } }
        #expect(found.map(\.state) == [.missing, .met])
        let made = try #require(try stage.read { try StatementRecord.all(of: id, $0).last })
        #expect(made.answers.contains("\"staff\":\"true\""))
    }
}
