import Foundation
import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A definition comes into force by two people, and calls that run move whole or not at all.
struct DefinitionForceStories {
    private static let home = "/office/plan/definitions/\(EditedCity.programme)"
    private static let grounds = "规则已由会议纪要确认，按此执行。"

    private static func fields(_ texts: [String: String], base: Int) -> [(String, String)] {
        // As a browser sends them.
        texts.map { ("file-\($0.key)", $0.value.replacing("\n", with: "\r\n")) } + [("base", "\(base)")]
    }

    private func proposal(_ edited: EditedCity) throws -> Int64 {
        try #require(
            try edited.house.database.readNow {
                try DefinitionQueries.waiting(EditedCity.programme, $0)?.fact
            })
    }

    // MARK: Refusals

    @Test func `pages of definitions are for officials, and only officers write`() async throws {
        let edited = try await EditedCity { $0 }
        for key in ["applicant", "research-office", "expert", "finance", "system-admin"] {
            let browser = try edited.browser(as: key)
            for path in [Self.home, "\(Self.home)/edit", "/office/plan/proposals/1"] {
                #expect(try await browser.get(path).status == 404, "\(key) \(path)")
            }
        }
        for key in ["commission-leader", "auditor"] {
            let browser = try edited.browser(as: key)
            #expect(try await browser.get(Self.home).status == 200)
            #expect(try await browser.get("\(Self.home)/edit").status == 404)
            let sent = try await browser.post(
                "\(Self.home)/propose", [("grounds", Self.grounds)], from: Self.home)
            #expect(sent.status == 404)
        }
        let officer = try edited.browser(as: "programme-officer")
        #expect(try await officer.get("/office/plan/definitions/no-such").status == 404)
        #expect(try await officer.get("/office/plan/proposals/999999").status == 404)
        #expect(try await officer.get("/office/plan/proposals/none").status == 404)
    }

    @Test func `errors are shown at the line that the file on the disk would name`() async throws {
        let edited = try await EditedCity { $0 }
        let officer = try edited.browser(as: "programme-officer")
        var texts = edited.texts
        texts["rules.yaml"] = texts["rules.yaml"]?.replacing("rules:", with: "rulez:")
        let expected = PlanCheck.check(files: texts, clauses: Set(edited.house.plan.clauses.map(\.id)))
        let first = try #require(expected.first { $0.path == "rules.yaml" })
        let page = try await officer.post(
            "\(Self.home)/edit", Self.fields(texts, base: 0), from: "\(Self.home)/edit")
        #expect(page.contains("rules.yaml:\(first.line):\(first.column)"))
        #expect(page.contains("rulez"))
        #expect(!page.contains("\(Self.home)/propose"))
        let sent = try await officer.post(
            "\(Self.home)/propose", [("base", "1"), ("grounds", Self.grounds)], from: "\(Self.home)/edit")
        #expect(sent.status == 422 && sent.contains("改正后才能提出"))
        // A colleague who began from what was there before is told, and keeps what was typed.
        let colleague = try edited.browser(as: "programme-officer")
        let clash = try await colleague.post(
            "\(Self.home)/edit", Self.fields(["rules.yaml": "# 我写的"], base: 0), from: "\(Self.home)/edit")
        #expect(clash.status == 409 && clash.contains("# 我写的") && clash.contains("没有丢"))
    }

    @Test func `who proposes does not activate, and what is in force is not proposed`() async throws {
        let edited = try await EditedCity { "# 只是说明\n\($0)" }
        let house = edited.house
        let (officer, leader) = (
            try edited.person("programme-officer"), try edited.person("commission-leader")
        )
        let (texts, now) = (edited.texts, house.now)
        func codes(_ person: ID<Person>, _ act: (Viewer, Change) throws -> Void) throws -> [String] {
            let roles: [Role] = [.programmeOfficer, .commissionLeader]
            let viewer = Viewer(
                person: person, name: "",
                tenures: roles.map {
                    Tenure(person: person, role: $0, organisation: ID("commission000000"), from: Season.start)
                }, legalEntity: nil)
            return try refusals { try house.changeNow(by: person, at: now) { try act(viewer, $0) } }
        }
        func propose(_ files: [String: String], _ grounds: String) throws -> [String] {
            try codes(officer) {
                try DefinitionActs.propose(
                    EditedCity.programme, files: files, moving: [], grounds: grounds, by: $0, $1, house)
            }
        }
        #expect(try propose(texts, "好") == ["reason.short"])
        #expect(try propose(texts.filter { $0.key != "form.yaml" }, Self.grounds) == ["definition.problems"])
        let other = house.plan.definitions["research-plan-natural-general"] ?? [:]
        #expect(try propose(other, Self.grounds) == ["definition.other-id"])
        let same = try Season.plan.get().definitions[EditedCity.programme] ?? [:]
        #expect(try propose(same, Self.grounds) == ["definition.same"])
        #expect(try propose(texts, Self.grounds) == [])
        #expect(try propose(texts, Self.grounds) == ["definition.waiting"])
        let waiting = try proposal(edited)
        #expect(
            try codes(officer) {
                try DefinitionActs.activate(waiting, reason: Self.grounds, by: $0, $1, house)
            } == ["definition.two"])
        #expect(
            try codes(leader) { try DefinitionActs.withdraw(waiting, reason: Self.grounds, by: $0, $1) }
                == ["definition.not-yours"])
        #expect(
            try codes(leader) { try DefinitionActs.decline(waiting, reason: Self.grounds, by: $0, $1) } == [])
        #expect(
            try codes(leader) {
                try DefinitionActs.activate(waiting, reason: Self.grounds, by: $0, $1, house)
            } == ["definition.settled"])
        #expect(try edited.digestInForce() != house.plan.programme(EditedCity.programme)?.digest)
    }

    @Test func `what plan check finds is what keeps the act from moving a call`() async throws {
        let edited = try await EditedCity("shared/general-grant/procedure.yaml") {
            $0.replacing("write", with: "compose")
        }
        let house = edited.house
        let programmes = house.plan.programmes
        func found(_ numbers: [String]) throws -> [DefinitionCheck.Finding] {
            try house.database.readNow {
                try DefinitionCheck.findings(for: programmes, moving: numbers, house, $0)
            }
        }
        let running = try house.database.readNow {
            try CallMoving.running(EditedCity.programme, at: house.now, $0)
        }
        let call = try #require(
            running.first { call in
                (try? outlines(call.id, house))?.isEmpty == false
            })
        let dossier = try #require(
            try house.database.readNow {
                try $0.value(
                    "SELECT MIN(number) FROM application WHERE call = \(call.id)", as: String.self)
            })
        // Nobody says that it goes over: it would be stranded, and is not.
        #expect(try found([]).allSatisfy { !$0.isStated })
        #expect(
            try found(["no-such"]).contains {
                $0.isStated && $0.refusals.map(\.code) == ["definition.no-call"]
            })
        let stated = try #require(try found([call.number]).first { $0.number == call.number })
        #expect(stated.isStated && stated.programme == EditedCity.programme)
        let lost = try #require(
            stated.refusals.first { $0.code == "migration.stranded" && $0.values["number"] == dossier })
        #expect(lost.values["id"] == "write" && lost.values["at"]?.isEmpty == false)
        let officer = try edited.browser(as: "programme-officer")
        _ = try await officer.post(
            "\(Self.home)/edit", Self.fields(edited.texts, base: 0), from: "\(Self.home)/edit")
        let refused = try await officer.post(
            "\(Self.home)/propose", [("base", "1"), ("grounds", Self.grounds), ("moving", call.id.rawValue)],
            from: "\(Self.home)/edit")
        #expect(refused.status == 422 && refused.contains(dossier) && refused.contains("会失去步骤"))
        // What is in force strands nobody.
        let plain = try await EditedCity { $0 }
        let none = try plain.house.database.readNow {
            try DefinitionCheck.findings(
                for: plain.house.plan.programmes, moving: [call.number], plain.house, $0)
        }
        #expect(none.isEmpty, "\(none)")
    }

    // MARK: The way into force

    @Test func `a folder's newer definition waits for two, and new calls go by what is in force`()
        async throws
    {
        let edited = try await EditedCity { "# 只是说明\n\($0)" }
        let old = try #require(try edited.digestInForce())
        let new = try #require(edited.house.plan.programme(EditedCity.programme)?.digest)
        #expect(old != new)
        let officer = try edited.browser(as: "programme-officer")
        #expect(try await officer.get(Self.home).contains("尚未启用"))
        #expect(try await officer.get("\(Self.home)/edit?from=folder").contains("# 只是说明"))
        let checked = try await officer.post(
            "\(Self.home)/edit", Self.fields(edited.texts, base: 0), from: "\(Self.home)/edit")
        // Warnings keep nobody from proposing.
        #expect(checked.contains("提醒") && checked.contains("\(Self.home)/propose"))
        let proposed = try await officer.post(
            "\(Self.home)/propose", [("base", "1"), ("grounds", Self.grounds)], from: "\(Self.home)/edit")
        #expect(proposed.contains("已提出") && proposed.contains("等待启用"))
        #expect(try edited.digestInForce() == old)
        let path = "/office/plan/proposals/\(try proposal(edited))"
        let leader = try edited.browser(as: "commission-leader")
        #expect(try await leader.get("/todo").contains(path))
        #expect(try await leader.get(path).contains("没有实质不同"))
        let short = try await leader.post("\(path)/activate", [("reason", "行")], from: path)
        #expect(short.status == 422)
        let active = try await leader.post("\(path)/activate", [("reason", Self.grounds)], from: path)
        #expect(active.contains("已启用"))
        #expect(try edited.digestInForce() == new)
        #expect(!(try await officer.get(Self.home).contains("尚未启用")))
        // The call that ran keeps what it pinned.
        let call = edited.call
        let pinned = try edited.house.database.readNow {
            try $0.value("SELECT digest FROM call WHERE id = \(call)", as: String.self)
        }
        #expect(pinned == old)
    }

    @Test func `a call that runs goes over with its dossiers, or not at all`() async throws {
        let label = "zh: 形式审查"
        let edited = try await EditedCity("shared/general-grant/procedure.yaml") {
            $0.replacing(label, with: "zh: 形式审查与核对")
        }
        let house = edited.house
        let running = try house.database.readNow {
            try CallMoving.running(EditedCity.programme, at: house.now, $0)
        }
        let call = try #require(running.first { $0.digest != house.plan.programme($0.programme)?.digest })
        let officer = try edited.browser(as: "programme-officer")
        // A field that was answered may not go.
        var damaged = edited.texts
        let form = try #require(damaged["form.yaml"])
        let field = try #require(house.plan.programme(EditedCity.programme)?.form.sections.last?.fields.last)
        damaged["form.yaml"] = form.replacing("id: \(field.id),", with: "id: other-\(field.id),")
        _ = try await officer.post(
            "\(Self.home)/edit", Self.fields(damaged, base: 0), from: "\(Self.home)/edit")
        let refused = try await officer.post(
            "\(Self.home)/propose", [("base", "1"), ("grounds", Self.grounds), ("moving", call.id.rawValue)],
            from: "\(Self.home)/edit")
        #expect(refused.status == 422 && refused.contains(field.label.zh) && refused.contains("将无法查看"))

        _ = try await officer.post(
            "\(Self.home)/edit", Self.fields(edited.texts, base: 1), from: "\(Self.home)/edit")
        let proposed = try await officer.post(
            "\(Self.home)/propose", [("base", "2"), ("grounds", Self.grounds), ("moving", call.id.rawValue)],
            from: "\(Self.home)/edit")
        #expect(proposed.contains("已提出"))
        let path = "/office/plan/proposals/\(try proposal(edited))"
        let leader = try edited.browser(as: "commission-leader")
        #expect(try await leader.get(path).contains(call.number))
        let before = try outlines(call.id, house)
        #expect(!before.isEmpty)
        #expect(
            try await leader.post("\(path)/activate", [("reason", Self.grounds)], from: path).contains("已启用"))
        let (moved, programme) = try house.database.readNow { try Calls.found(call.id, house, $0) }
        #expect(moved.digest == house.plan.programme(EditedCity.programme)?.digest)
        #expect(programme.procedure.steps.contains { $0.label.zh == "形式审查与核对" })
        #expect(try outlines(call.id, house) == before)
        let version = try house.database.readNow {
            try $0.value("SELECT version FROM call WHERE id = \(call.id)", as: Int.self)
        }
        let seen = try await Browser(house).get("/calls/\(call.id)/versions/\(version ?? 0)")
        #expect(seen.contains("适用的项目定义"))
        try house.database.close()
        let report = try edited.city.verify()
        #expect(report.findings.isEmpty, "\(report.findings)")
    }

    private func outlines(_ call: ID<Call>, _ house: House) throws -> [String] {
        try house.database.readNow {
            try $0.values(
                "SELECT number || ' ' || step || ' ' || state FROM application WHERE call = \(call) ORDER BY number",
                as: String.self)
        }
    }
}
