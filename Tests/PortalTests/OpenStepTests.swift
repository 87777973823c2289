import Lifecycle
import PlanFiles
import Store
import Testing

@testable import Portal

/// A step counts as open wherever it lies, not only where it is a dossier's first.
struct OpenStepTests {
    @Test func `a meeting is called while another step is open beside it`() async throws {
        #expect(
            PlanCheck.check(files: try MeetingStage.files(beside: true)).filter(\.isError).map(\.description)
                == [])
        let stage = try await MeetingStage(beside: true)
        let officer = stage.officer
        #expect(try stage.step(stage.applications[0]) == "letter")
        let form = "/office/meetings/new/\(stage.call.id)"
        let desk = try stage.browser(of: officer)
        #expect(try await desk.get("/todo").contains(form))
        #expect(try await desk.get(form).contains("value=\"\(stage.applications[0])\""))
        #expect(
            try stage.codes(officer) { try MeetingActs.call(stage.meeting(), by: officer, $0, stage.house) }
                == [])
        // What is on an agenda waits for no other, and is offered no more.
        #expect(!(try await desk.get("/todo").contains(form)))
        // The letter still waits for the university.
        let office = try stage.browser(of: try stage.office(stage.applications[0]))
        #expect(try await office.get("/statements").contains("/statements/letter"))
    }

    @Test func `a dossier that another branch sends back during its turn locks no meeting`() async throws {
        let stage = try await MeetingStage(beside: true)
        let (house, officer, panel) = (stage.house, stage.officer, stage.panel)
        let (id, dossier) = (stage.meeting().id, stage.applications[0])
        #expect(
            try stage.codes(officer) {
                try MeetingActs.call(stage.meeting(), by: officer, $0, house)
                try MeetingActs.open(id, present: panel, by: officer, $0)
                try MeetingActs.begin(id, dossier, by: officer, $0, house)
            } == [])
        #expect(try stage.codes(panel[0]) { try MeetingActs.vote(id, .yes, by: panel[0], $0) } == [])
        func putOff(_ reason: String) throws -> [String] {
            try stage.codes(officer) { try MeetingActs.putOff(id, reason: reason, by: officer, $0, house) }
        }
        // While it waits, a vote is counted and not put off.
        #expect(try putOff("学校退回修改，另行安排") == ["missing"])
        let desk = try stage.browser(of: officer)
        #expect(!(try await desk.get("/meetings/\(id)").contains("/put-off")))
        let office = try stage.office(dossier)
        #expect(
            try stage.codes(office) {
                try $0.append(
                    StatementMade(form: "letter", outcome: .returned, answers: [:]),
                    about: .application(dossier), as: .researchOffice,
                    move: Move("letter", .returned, target: "write"), reason: "材料须重写")
            } == [])
        #expect(try stage.step(dossier) == "write")
        #expect(
            try stage.codes(officer) { try MeetingActs.count(id, by: officer, $0, house) } == [
                "step.not-open"
            ])
        #expect(
            try stage.codes(officer) { try MeetingActs.end(id, by: officer, $0, house) } == [
                "meeting.item-open"
            ])
        let page = try await desk.get("/meetings/\(id)")
        #expect(page.contains("不再等待会议") && page.contains("/put-off"))
        #expect(try putOff("缺") == ["reason.short"])
        #expect(try putOff("学校退回修改，另行安排") == [])
        #expect(try stage.read { try MeetingQueries.result(of: dossier, $0)?.result } == .deferred)
        // The others have their turn.
        #expect(
            try stage.codes(officer) {
                try MeetingActs.begin(id, stage.applications[1], by: officer, $0, house)
            } == [])
    }

    @Test func `an appraisal beside another open step is listed, and its experts are reminded`() async throws
    {
        let stage = try await AppraisalStage(changing: [
            (
                "procedure.yaml", "  - step: coordinate\n",
                """
                  - step: word
                    kind: statement
                    statement: word
                    label: {zh: 学校说明, en: A word}
                    by: research-office
                    after: [screen]
                    within: {days: 60}
                    standing: demo
                  - step: coordinate

                """
            ),
            (
                "statements.yaml", "statements:\n",
                """
                statements:
                  - id: word
                    label: {zh: 学校说明, en: A word}
                    seenBy: [expert, commission]
                    standing: demo
                    cites: {source: demo}
                    verified: false
                    fields:
                      - {id: words, kind: prose, least: 10, most: 1000, label: {zh: 说明, en: Words}}

                """
            ),
        ])
        let dossier = stage.dossier
        #expect(
            try stage.read {
                try $0.value("SELECT step FROM application WHERE id = \(dossier)", as: String.self)
            } == "word")
        let officer = try stage.browser(of: "programme-officer")
        #expect(try await officer.get("/todo").contains("/office/appraisals?call=\(stage.call.id)"))
        #expect(try await officer.get("/office/appraisals").contains(stage.path("coordinate")))
        let seat = try stage.seat("s1", for: "science", in: "coordinate")
        #expect(try await stage.browser(of: "s1").get("/todo").contains("/appraisals/\(seat)"))
    }

    @Test func `a count takes in what lies beside another step, and whose term runs out first`() throws {
        let database = try Database.inMemory()
        _ = try Migrator(try House.migrations()).migrate(database)
        try database.writeNow { store in
            _ = try store.run(
                """
                INSERT INTO call (id, programme, digest, number, title, year, opens_at, closes_at, version,
                  published_at, budget, body)
                VALUES ('c1', 'p', 'd', 'N', '批次', 2026, 0, 1, 1, 0, 0, '')
                """)
            for (id, kind, due) in [("a1", "statement", 3), ("a2", "review", 9)] {
                _ = try store.run(
                    """
                    INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
                      university_name, title, discipline, amount, fact, version, first_submitted_at, submitted_at,
                      step, step_kind, holder, state, due_at)
                    VALUES (\(id), 'c1', 'p', 'd', \("N-\(id)"), 'p1', '人', 'u1', '大学', '题目', '63010', 100, 1, 1, 0,
                      77, \(kind), \(kind), 'expert', 'open', \(due))
                    """)
                _ = try store.run(
                    """
                    INSERT INTO application_count (call, step_kind, state, reviewers, count)
                    VALUES ('c1', \(kind), 'open', 0, 1)
                    """)
            }
            for (id, kind, due, beside) in [
                ("a1", "statement", 3, false), ("a1", "review", 7, true), ("a2", "review", 9, false),
            ] {
                _ = try store.run(
                    """
                    INSERT INTO open_step (application, step, kind, call, holder, since, due_at, number, beside)
                    VALUES (\(id), \(kind), \(kind), 'c1', 'expert', 0, \(due), \("N-\(id)"), \(beside))
                    """)
            }
        }
        let (review, short) = try database.readNow { store in
            (
                try OpenStep.all(.review, for: ID("p9"), store),
                try OpenStep.all(.review, for: ID("p9"), needed: { _ in 1 }, store)
            )
        }
        #expect(review.map(\.count) == [2] && review.map { $0.due?.rawValue } == [7])
        #expect(short.map(\.lacking) == [2] && short.map { $0.due?.rawValue } == [7])
        let screening = try database.readNow { try OpenStep.all(.screen, for: ID("p9"), $0) }
        #expect(screening.isEmpty)
    }

    @Test func `a house of before keeps its lists until it is rebuilt`() throws {
        let all = try House.migrations()
        let database = try Database.inMemory()
        _ = try Migrator(all.filter { $0.number < 36 }).migrate(database)
        try database.writeNow { store in
            for (id, step, kind, state) in [
                ("a1", "letter", "statement", "open"), ("a2", "meeting", "meet", "open"),
                ("a3", "pay", "pay", "finished"),
            ] {
                _ = try store.run(
                    """
                    INSERT INTO application (id, call, programme, digest, number, owner, owner_name, university,
                      university_name, title, discipline, amount, fact, version, first_submitted_at, submitted_at,
                      step, step_kind, holder, state, due_at)
                    VALUES (\(id), 'c1', 'p', 'd', \("N-\(id)"), 'p1', '人', 'u1', '大学', '题目', '63010', 100, 1, 1, 0,
                      77, \(step), \(kind), 'programme-officer', \(state), 5)
                    """)
            }
            for step in ["letter", "report"] {
                _ = try store.run(
                    """
                    INSERT INTO open_statement (application, step, call, holder, since, due_at)
                    VALUES ('a1', \(step), 'c1', 'applicant', 3, 9)
                    """)
            }
        }
        _ = try Migrator(all).migrate(database)
        let rows = try database.readNow {
            try $0.values(
                """
                SELECT application || ' ' || step || ' ' || kind || ' ' || holder || ' ' || since || ' ' || due_at
                  || ' ' || number || ' ' || beside
                FROM open_step ORDER BY application, step
                """, as: String.self)
        }
        #expect(
            rows == [
                "a1 letter statement applicant 3 9 N-a1 0", "a1 report statement applicant 3 9 N-a1 1",
                "a2 meeting meet programme-officer 77 5 N-a2 0",
            ])
    }
}
