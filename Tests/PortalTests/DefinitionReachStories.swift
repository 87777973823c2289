import Lifecycle
import Store
import Testing

@testable import Portal

/// A definition that was written in the browser, and that the plan's folder never had, is what the pages speak of once
/// two people brought it into force; before, a closed round is asked what it would change.
struct DefinitionReachStories {
    private static let rule = "申请人须在市属高校任职"
    private static let step = "形式审查与核对"

    /// A label of a rule and one of a step, as nobody but the browser has them.
    private static func written(_ edited: EditedCity) throws -> [String: String] {
        var texts = edited.texts
        let rules = try #require(texts["rules.yaml"])
        let procedure = try #require(texts["procedure.yaml"])
        texts["rules.yaml"] = rules.replacing("zh: 申请人所在单位须为市属高校", with: "zh: \(rule)")
        texts["procedure.yaml"] = procedure.replacing("zh: 形式审查,", with: "zh: \(step),")
        #expect(texts["rules.yaml"] != rules && texts["procedure.yaml"] != procedure)
        return texts
    }

    private static func closed(_ edited: EditedCity) throws -> Call {
        let house = edited.house
        let calls = try house.database.readNow {
            try CallMoving.closed(EditedCity.programme, at: house.now, $0)
        }
        return try #require(calls.first)
    }

    @Test func `what the browser brought into force is simulated, covered and asked of closed rounds`()
        async throws
    {
        let edited = try await EditedCity { $0 }
        let call = try Self.closed(edited)
        let officer = try edited.browser(as: "programme-officer")
        let simulation = "/office/plan/simulate/\(EditedCity.programme)"
        let whatIf = "/office/plan/what-if/\(call.id)"
        let diff = "/office/plan/diff/\(call.id)"
        let proposal = try edited.propose(try Self.written(edited))
        // Proposed is not in force.
        #expect(!(try await officer.get(simulation).contains(Self.step)))
        #expect(!(try await officer.get("/plan/coverage").contains(Self.rule)))
        #expect(!(try await officer.get("\(whatIf)?rules=in-force").contains(Self.rule)))
        #expect(try await officer.get(diff).contains("就是现行定义"))
        #expect(!(try await officer.get("/office/calls/\(call.id)").contains(diff)))
        try edited.activate(proposal)
        #expect(try await officer.get(simulation).contains(Self.step))
        #expect(try await Browser(edited.house).get("/plan/coverage").contains(Self.rule))
        #expect(try await officer.get("\(whatIf)?rules=in-force").contains(Self.rule))
        #expect(!(try await officer.get(whatIf).contains(Self.rule)))
        #expect(try await officer.get(diff).contains(Self.step))
        #expect(try await officer.get("/office/calls/\(call.id)").contains(diff))
        #expect(try await officer.get("/office/plan").contains(diff))
    }

    @Test func `a proposal is asked of a closed round before anybody activates it`() async throws {
        let edited = try await EditedCity { $0 }
        let call = try Self.closed(edited)
        let proposal = try edited.propose(try Self.written(edited))
        let whatIf = "/office/plan/what-if/\(call.id)"
        let asked = "\(whatIf)?rules=proposal:\(proposal)"
        for key in ["applicant", "research-office", "expert", "auditor"] {
            #expect(try await edited.browser(as: key).get(asked).status == 404, "\(key)")
        }
        let leader = try edited.browser(as: "commission-leader")
        let page = try await leader.get("/office/plan/proposals/\(proposal)")
        #expect(page.contains(asked) && page.contains(call.number))
        // An auditor reads the proposal, and is not led where nothing is shown.
        let auditor = try await edited.browser(as: "auditor").get("/office/plan/proposals/\(proposal)")
        #expect(auditor.status == 200 && !auditor.contains(whatIf))
        let shown = try await leader.get(asked)
        #expect(shown.status == 200 && shown.contains(Self.rule))
        #expect(shown.contains("/office/plan/proposals/\(proposal)"))
        // It is offered to whoever asks about the round.
        #expect(try await leader.get(whatIf).contains("value=\"proposal:\(proposal)\""))
        #expect(try await leader.get("\(whatIf)?rules=proposal:999999").status == 404)
        #expect(try await leader.get("\(whatIf)?rules=proposal:x").contains("结果没有任何变化"))
    }

    @Test func `another programme's proposal is none of this round's`() async throws {
        let edited = try await EditedCity { $0 }
        let call = try Self.closed(edited)
        let leader = try edited.browser(as: "commission-leader")
        // The one that came with the city; see `JournalCity`.
        let other = try #require(
            try edited.house.database.readNow {
                try $0.value(
                    "SELECT fact FROM definition_proposal WHERE programme <> \(EditedCity.programme) LIMIT 1",
                    as: Int64.self)
            })
        #expect(try await leader.get("/office/plan/proposals/\(other)").status == 200)
        #expect(
            try await leader.get("/office/plan/what-if/\(call.id)?rules=proposal:\(other)").status == 404)
    }

    @Test func `a proposal says where the dossiers of the calls that go over stand, and which calls stay`()
        async throws
    {
        let edited = try await EditedCity { $0 }
        let house = edited.house
        let running = try house.database.readNow {
            try CallMoving.running(EditedCity.programme, at: house.now, $0)
        }
        func dossiers(_ call: Call) throws -> Int {
            try house.database.readNow {
                try $0.value("SELECT COUNT(*) FROM application WHERE call = \(call.id)", as: Int.self) ?? 0
            }
        }
        let call = try #require(running.first { (try? dossiers($0)) ?? 0 > 0 })
        let proposal = try edited.propose(try Self.written(edited), moving: [call.id])
        let leader = try edited.browser(as: "commission-leader")
        let path = "/office/plan/proposals/\(proposal)"
        // Replayed only when somebody asks.
        let asked = "\(path)?shifts=1"
        let page = try await leader.get(path)
        #expect(page.contains("href=\"\(asked)\"") && !page.contains("份申请在"))
        for other in running where other.id != call.id {
            #expect(page.contains(other.number) && page.contains("等进行中的征集不转入"))
        }
        let replayed = try await leader.get(asked)
        let told = replayed.text.matches(of: /([0-9]+) 份申请在/).compactMap { Int($0.1) }
        #expect(try told.reduce(0, +) == dossiers(call))
        #expect(!replayed.contains("href=\"\(asked)\""))
        // A refused answer replays nothing, whatever its address says.
        let refused = try await leader.post("\(path)/activate?shifts=1", [("reason", "行")], from: path)
        #expect(refused.status == 422 && refused.contains(call.number) && !refused.contains("份申请在"))
        try edited.activate(proposal)
        // What went over is not told as if it were still to come.
        let after = try await leader.get(asked)
        #expect(after.contains(call.number) && !after.contains("份申请在"))
        #expect(!after.contains("href=\"\(asked)\""))
    }

    @Test func `dossiers of all the calls that go over count towards what a page replays`() async throws {
        let edited = try await EditedCity { $0 }
        let house = edited.house
        let call = try Self.closed(edited)
        let running = try house.database.readNow {
            try CallMoving.running(EditedCity.programme, at: house.now, $0)
        }
        let other = try #require(running.first { $0.id != call.id })
        try house.database.readNow { store in
            func count(_ call: Call) throws -> Int {
                try store.value("SELECT COUNT(*) FROM application WHERE call = \(call.id)", as: Int.self) ?? 0
            }
            let (first, both) = (try count(call), try count(call) + count(other))
            #expect(first > 0)
            #expect(try !DefinitionReach.exceed(both, [call, other], store))
            #expect(try DefinitionReach.exceed(both - 1, [call, other], store))
            #expect(try DefinitionReach.exceed(first - 1, [call, other], store))
            #expect(try !DefinitionReach.exceed(0, [], store))
        }
    }
}

extension DefinitionReachStories {
    @Test func `whoever has an interest in a dossier is not told where those of its call stand`() async throws
    {
        let edited = try await EditedCity { $0 }
        let house = edited.house
        let call = try Self.closed(edited)
        let running = try house.database.readNow {
            try CallMoving.running(EditedCity.programme, at: house.now, $0)
        }
        let moving = try #require(
            running.first { call in
                (try? house.database.readNow {
                    try $0.value("SELECT MIN(id) FROM application WHERE call = \(call.id)", as: String.self)
                }) != nil
            })
        let proposal = try edited.propose(try Self.written(edited), moving: [moving.id])
        let path = "/office/plan/proposals/\(proposal)"
        let leader = try edited.person("commission-leader")
        let whatIf = "/office/plan/what-if/\(call.id)?rules=proposal:\(proposal)"
        let before = try await edited.browser(as: "commission-leader").get("\(path)?shifts=1")
        #expect(before.contains("份申请在") && before.contains(whatIf))
        #expect(try await edited.browser(as: "commission-leader").get(whatIf).status == 200)
        for one in Set([call.id, moving.id]) {
            let dossier = try #require(
                try house.database.readNow {
                    try $0.value(
                        "SELECT MIN(id) FROM application WHERE call = \(one)", as: ID<Application>.self)
                })
            _ = try house.changeNow(by: leader, at: house.now) { change in
                try change.append(
                    ConflictDeclared(person: leader, about: .application(dossier)), about: .person(leader))
            }
        }
        let page = try await edited.browser(as: "commission-leader").get("\(path)?shifts=1")
        #expect(page.status == 200 && page.contains("这里不显示它们所在的步骤"))
        #expect(!page.contains("份申请在"))
        // Who has an interest in a closed round is told so only where it would be opened.
        #expect(try await edited.browser(as: "commission-leader").get(whatIf).status == 404)
    }

    @Test func `more dossiers than a page replays are left to the command`() async throws {
        let edited = try await EditedCity { $0 }
        let house = edited.house
        let running = try house.database.readNow {
            try CallMoving.running(EditedCity.programme, at: house.now, $0)
        }
        let call = try #require(
            running.first { call in
                (try? house.database.readNow {
                    try $0.value("SELECT MIN(id) FROM application WHERE call = \(call.id)", as: String.self)
                }) != nil
            })
        let proposal = try edited.propose(try Self.written(edited), moving: [call.id])
        // One dossier of the call, and as many more as a page would replay.
        try house.database.writeNow { store in
            _ = try store.run(
                """
                WITH RECURSIVE more(place) AS (
                  SELECT 1 UNION ALL SELECT place + 1 FROM more WHERE place < \(DefinitionReach.mostReplayed))
                INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
                  university_name, title, discipline, amount, fact, version, first_submitted_at, submitted_at,
                  step, step_kind, holder, state, due_at)
                SELECT 'more' || place, call, programme, digest, 'more' || place, owner, owner_name, university,
                  university_name, title, discipline, amount, fact, version, first_submitted_at, submitted_at,
                  step, step_kind, holder, state, due_at FROM application, more
                WHERE application.id = (SELECT MIN(id) FROM application WHERE call = \(call.id))
                """)
        }
        let leader = try edited.browser(as: "commission-leader")
        let path = "/office/plan/proposals/\(proposal)"
        #expect(!(try await leader.get(path).contains("网页上不逐份核对")))
        let page = try await leader.get("\(path)?shifts=1")
        #expect(page.status == 200 && page.contains("超过 20000 份，网页上不逐份核对"))
        #expect(page.contains("plan check --data") && !page.contains("份申请在"))
    }
}
