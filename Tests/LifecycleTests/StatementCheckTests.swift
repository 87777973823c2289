import Foundation
import Lifecycle
import PlanFiles
import Testing

/// What `plan check` says of statements, parties and ways of letting: each finding on a sound programme with one
/// thing made wrong.
@Suite struct StatementCheckTests {
    struct Wrong: Sendable, CustomTestStringConvertible {
        let file: String
        let replace: String
        let with: String
        let code: String
        var testDescription: String { "\(code): \(with)" }
    }

    static func files() throws -> [String: String] {
        try Repository.programme("outstanding-young-scientists")
    }

    static func changed(_ changes: [Wrong]) throws -> [String: String] {
        var files = try files()
        for wrong in changes {
            let text = try #require(files[wrong.file])
            let range = try #require(text.firstRange(of: wrong.replace), "no \(wrong.replace)")
            files[wrong.file] = text.replacingCharacters(in: range, with: wrong.with)
        }
        return files
    }

    @Test func `the programme by recommendation has no finding`() throws {
        #expect(PlanCheck.check(files: try Self.files()) == [])
        let programme = try PlanFolder.programme(files: try Self.files())
        #expect(programme.way == .recommendation)
        #expect(!programme.isRolling)
        #expect(programme.partyRule(.recommender)?.perPerson == 3)
        let step = try #require(programme.procedure.step("recommend"))
        #expect(programme.statement(of: step)?.fields.count == 5)
    }

    @Test(arguments: [
        Wrong(
            file: "procedure.yaml", replace: "    statement: letter\n", with: "", code: "step.statement"),
        Wrong(
            file: "procedure.yaml", replace: "statement: letter", with: "statement: leter",
            code: "statement.unknown"),
        Wrong(
            file: "procedure.yaml", replace: "    kind: endorse\n",
            with: "    kind: endorse\n    statement: letter\n", code: "step.statement"),
        Wrong(
            file: "procedure.yaml", replace: "within: {days: 30}\n    needs: 3",
            with: "within: {hours: 5, days: 30}\n    needs: 3", code: "step.deadline"),
        Wrong(
            file: "procedure.yaml", replace: "within: {days: 30}\n    needs: 3",
            with: "within: {hours: soon}\n    needs: 3", code: "type.number"),
        Wrong(
            file: "procedure.yaml", replace: "kind: screen", with: "kind: review", code: "procedure.twice"),
        Wrong(
            file: "procedure.yaml", replace: "kind: publicise",
            with: "kind: statement\n    statement: letter",
            code: "procedure.without"),
        Wrong(
            file: "statements.yaml", replace: "    seenBy: [research-office, expert, commission]",
            with: "    verdict: [done, returned]\n    seenBy: [commission]", code: "statement.returns"),
        Wrong(
            file: "statements.yaml", replace: "    seenBy: [research-office, expert, commission]",
            with: "    verdict: [done, refused]\n    seenBy: [commission]", code: "statement.needs"),
        Wrong(
            file: "statements.yaml", replace: "    seenBy: [research-office, expert, commission]",
            with: "    verdict: [refused]\n    seenBy: [commission]", code: "statement.outcome"),
        // What is written at a meeting decides nothing, and is read by those who decide.
        Wrong(
            file: "statements.yaml", replace: "    seenBy: [commission]",
            with: "    verdict: [done, refused]\n    seenBy: [commission]", code: "meeting.notes"),
        Wrong(
            file: "statements.yaml", replace: "    seenBy: [commission]",
            with: "    seenBy: [research-office]",
            code: "meeting.notes-hidden"),
        Wrong(
            file: "procedure.yaml", replace: "    statement: interview\n", with: "", code: "meeting.no-terms"),
        Wrong(file: "procedure.yaml", replace: "    statement: interview\n", with: "", code: "meeting.hears"),
        Wrong(
            file: "procedure.yaml", replace: "    kind: screen\n",
            with: "    kind: screen\n    hears: true\n",
            code: "meeting.hears"),
        Wrong(
            file: "programme.yaml", replace: "id: meetingQuorum", with: "id: otherQuorum",
            code: "meeting.no-terms"),
        Wrong(
            file: "statements.yaml", replace: "      - {id: person,", with: "      - {id: early,",
            code: "statement.reserved"),
        Wrong(
            file: "statements.yaml", replace: "seenBy: [commission]", with: "seenBy: [everybody]",
            code: "type.choice"),
        Wrong(
            file: "statements.yaml", replace: "      - id: acquaintance\n        kind: prose",
            with: "      - id: reason\n        kind: prose", code: "statement.reserved"),
        Wrong(
            file: "statements.yaml", replace: "      - id: acquaintance\n        kind: prose",
            with: "      - id: acquaintance\n        kind: discipline", code: "statement.field-kind"),
        Wrong(
            file: "statements.yaml", replace: "    verified: false\n",
            with: "    verified: false\n    checklist: true\n", code: "statement.checklist"),
        Wrong(
            file: "statements.yaml", replace: "    verified: false\n",
            with: "    verified: false\n    checklist: true\n", code: "statement.checklist-hidden"),
        Wrong(
            file: "statements.yaml", replace: "    verified: false\n",
            with: "    verified: false\n    checklist: true\n    pledge: true\n", code: "statement.nature"),
        Wrong(
            file: "statements.yaml", replace: "    cites: {source: practice-2021}\n", with: "",
            code: "rule.no-citation"),
        Wrong(file: "programme.yaml", replace: "    least: 3", with: "    least: 2", code: "party.too-few"),
        Wrong(file: "programme.yaml", replace: "    most: 5", with: "    most: 2", code: "party.range"),
        Wrong(
            file: "programme.yaml", replace: "role: recommender", with: "role: partner", code: "party.no-step"
        ),
        Wrong(
            file: "programme.yaml", replace: "role: recommender", with: "role: expert", code: "party.role"),
        Wrong(
            file: "programme.yaml", replace: "role: recommender", with: "role: partner", code: "party.none"),
        Wrong(
            file: "programme.yaml", replace: "invitedBy: applicant", with: "invitedBy: auditor",
            code: "party.inviter"),
        Wrong(
            file: "programme.yaml", replace: "letting: recommendation", with: "letting: directed",
            code: "letting.grounds"),
        Wrong(
            file: "programme.yaml", replace: "letting: recommendation", with: "letting: open-challenge",
            code: "letting.pledge"),
        Wrong(
            file: "programme.yaml", replace: "letting: recommendation", with: "letting: rapid-response",
            code: "letting.hours"),
        Wrong(
            file: "programme.yaml", replace: "letting: recommendation", with: "letting: when-ripe",
            code: "letting.checklist"),
        Wrong(
            file: "programme.yaml", replace: "letting: recommendation", with: "letting: when-ripe",
            code: "letting.rolling"),
        Wrong(
            file: "programme.yaml", replace: "letting: recommendation",
            with: "letting: recommendation\nleavesOut: [{label: {zh: 初评, en: Review}, madeUpBy: pay}]",
            code: "letting.leaves-out"),
        Wrong(
            file: "programme.yaml", replace: "intake: round", with: "intake: rolling", code: "intake.endorse"),
        Wrong(
            file: "programme.yaml", replace: "intake: round", with: "intake: rolling", code: "intake.closing"),
        Wrong(
            file: "programme.yaml", replace: "letting: recommendation", with: "letting: lottery",
            code: "type.choice"),
    ])
    func `one thing made wrong is found at its line`(wrong: Wrong) throws {
        let found = PlanCheck.check(files: try Self.changed([wrong]))
        let hit = try #require(found.first { $0.code == wrong.code }, "\(found)")
        #expect(hit.line > 1)
        #expect(
            hit.path == wrong.file
                || ["procedure.yaml", "programme.yaml", "statements.yaml"].contains(hit.path))
        #expect(hit.isError)
    }

    /// A rule by title warns and does not stop; by age only where the challenge is open.
    @Test func `a rule by title warns everywhere, one by age in an open challenge`() throws {
        var files = try Repository.programme("research-plan-humanities-general")
        let before = PlanCheck.check(files: files)
        #expect(before.map(\.code) == ["rule.title-condition"])
        #expect(before.allSatisfy { !$0.isError })
        #expect(before[0].text(in: .zh).contains("warning"))
        #expect(before[0].text(in: .zh).contains("第五十条"))
        #expect(throws: Never.self) { try PlanFolder.programme(files: files) }

        let head = try #require(files["programme.yaml"])
        files["programme.yaml"] = head.replacing("family:", with: "letting: open-challenge\nfamily:")
        let codes = PlanCheck.check(files: files).map(\.code)
        #expect(codes.contains("rule.age-condition"))
        #expect(codes.contains("letting.pledge"))
    }

    @Test func `a statement nothing uses is a warning`() throws {
        var files = try Self.files()
        let spare = [
            "  - id: spare", "    label: {zh: 备用, en: Spare}", "    seenBy: []", "    standing: demo",
            "    fields: [{id: note, kind: line, label: {zh: 说明, en: Note}}]", "",
        ]
        files["statements.yaml"] = (files["statements.yaml"] ?? "") + spare.joined(separator: "\n")
        let found = PlanCheck.check(files: files)
        #expect(found.map(\.code) == ["statement.unused"], "\(found)")
        #expect(found.allSatisfy { !$0.isError })
    }

    @Test func `a definition from before the new words still reads, and its body is the same`() throws {
        let programme = try PlanFolder.programme(
            files: try Repository.programme("research-plan-natural-general"))
        let text = String(decoding: try JSONEncoder().encode(programme), as: UTF8.self)
        for word in ["letting", "intake", "parties\":[{\"role", "statements", "leavesOut"] {
            #expect(!text.contains("\"\(word)"), "\(word)")
        }
        #expect(try JSONDecoder().decode(Programme.self, from: Data(text.utf8)) == programme)
        #expect(programme.way == .openCompetition)
    }
}

@Suite struct StatementFormTests {
    private let start = Instant(Day(number: 20_000), hour: 22)

    @Test func `hours run day and night`() {
        let end = Term.hours(48).end(from: start, in: .weekendsOnly)
        #expect(end == start.adding(seconds: 48 * 3600))
        #expect(end < Term.days(2).end(from: start, in: .weekendsOnly))
    }

    private func form(_ nature: StatementForm.Nature?, _ outcomes: [StatementForm.Outcome] = [.done])
        -> StatementForm
    {
        StatementForm(
            id: "f", label: Label("清单", "List"),
            fields: [
                ApplicationForm.Field(id: "site", kind: .flag, label: Label("场地", "Site")),
                ApplicationForm.Field(
                    id: "note", kind: .prose, label: Label("说明", "Note"), required: false, most: 20),
            ], outcomes: outcomes, seenBy: [.applicant], nature: nature, standing: .demo, cites: nil,
            verified: false)
    }

    private func codes(
        _ form: StatementForm, _ outcome: StatementForm.Outcome, _ answers: [String: String],
        signed: Bool = false, reason: String = ""
    ) -> [String] {
        form.obstacles(
            to: outcome, answers: answers, isSigned: signed, reason: reason, settings: Settings()
        ).map(\.code)
    }

    @Test func `what is missing, unsigned or unripe refuses`() {
        #expect(codes(form(nil), .done, [:]) == ["answer.required"])
        #expect(
            codes(form(nil), .refused, ["site": "true"], reason: "不够成熟") == [
                "statement.no-outcome", "reason.short",
            ])
        #expect(
            codes(form(nil, [.done, .refused]), .refused, ["site": "true"], reason: "x") == ["reason.short"])
        #expect(codes(form(.checklist), .done, ["site": "false"]) == ["statement.not-ripe"])
        #expect(codes(form(.checklist), .done, [:]) == ["statement.not-looked"])
        #expect(codes(form(.pledge), .done, ["site": "true"]) == ["statement.not-signed"])
        #expect(
            codes(form(nil), .done, ["site": "true", "note": String(repeating: "长", count: 21)]) == [
                "answer.too-long"
            ])
        #expect(codes(form(.checklist), .done, ["site": "true"]) == [])
        #expect(codes(form(.pledge), .done, ["site": "true"], signed: true) == [])
        #expect(form(.checklist).criteria.map(\.id) == ["site"])
        #expect(form(.checklist).section.fields.map(\.id) == ["note"])
        #expect(form(.pledge).criteria.isEmpty && form(.pledge).section.fields.count == 2)
        // What is sent back may be half filled.
        #expect(codes(form(nil, [.done, .returned]), .returned, [:], reason: "请补充场地材料") == [])
    }

    private func step(_ id: String, _ kind: Step.Kind, after: [String], needs: Int = 1, back: [String] = [])
        -> Step
    {
        Step(
            id: id, kind: kind, label: Label(id, id), by: .recommender, after: after, within: nil,
            needs: needs,
            returnsTo: back)
    }

    @Test func `three letters of three people complete a step, and branches run side by side`() {
        let procedure = Procedure(steps: [
            step("write", .draft, after: []), step("letters", .statement, after: ["write"], needs: 3),
            step("plan", .statement, after: ["write"], back: ["write"]),
            step("decide", .decide, after: ["letters", "plan"]),
        ])
        let people = (1...3).map { ID<Person>("p\($0)") }
        func events(_ moves: [(Move, ID<Person>)]) -> [Standing.Event] {
            moves.enumerated().map {
                Standing.Event(
                    $0.element.0, at: start.adding(seconds: Int64($0.offset)), person: $0.element.1, role: nil
                )
            }
        }
        let letters = procedure.steps[1]
        let plan = procedure.steps[2]
        let done = StatementForm.Outcome.done
        func standing(_ moves: [(Move, ID<Person>)]) -> Standing {
            Standing(
                procedure, began: start, closing: nil, events: events(moves), calendar: .weekendsOnly)
        }
        var moves = [(Move("write", .done), people[0])]
        #expect(standing(moves).open.map(\.step.id) == ["letters", "plan"])
        moves += [(done.move(at: letters), people[0]), (done.move(at: letters), people[0])]
        moves += [(done.move(at: plan), people[1])]
        // The same person twice is one.
        moves += [(done.move(at: letters), people[1])]
        #expect(standing(moves).open.map(\.step.id) == ["letters"])
        #expect(standing(moves + [(done.move(at: letters), people[2])]).open.map(\.step.id) == ["decide"])
        let returned = standing(moves + [(StatementForm.Outcome.returned.move(at: plan), people[2])])
        #expect(returned.open.map(\.step.id) == ["write"])
        #expect(returned.actors(of: "letters").isEmpty)
        #expect(standing(moves + [(StatementForm.Outcome.refused.move(at: plan), people[2])]).isRefused)
    }

    @Test func `what was erased keeps its outcome and none of its words`() throws {
        let fact = Fact(
            number: 7, at: start, kind: StatementMade.kind, subject: Subject(kind: "application", id: "a"),
            actor: ID("p"), role: .recommender, move: Move("letters", .returned), reason: nil, clause: nil)
        let erased = try #require(StatementMade.erased(fact))
        #expect(erased.answers.isEmpty)
        #expect(erased.outcome == .returned)
    }

    @Test func `who was asked in by name neither judges nor handles`() {
        let parties = DossierParties(people: [ID("a")], entities: [], interested: [ID("r")])
        #expect(parties.reasonsAgainstReview(by: ID("r"), of: nil) == [.interested])
        #expect(parties.reasonsAgainstHandling(by: ID("r")) == [.interested])
        #expect(parties.reasonsAgainstReview(by: ID("x"), of: nil) == [])
    }

    @Test func `roles of a dossier are apart from those of the commission`() {
        for role in [Role.recommender, .finalUser, .partner] {
            #expect(role.isOfDossier)
            #expect(!role.mayExcept)
            #expect(role.apartFrom.isSuperset(of: [.programmeOfficer, .commissionLeader]))
        }
        #expect(Role.allCases.filter(\.isOfDossier).count == 3)
    }
}
