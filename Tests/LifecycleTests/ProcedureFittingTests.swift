import Lifecycle
import Testing

/// What a procedure is for one dossier, given whom it asked in.
@Suite struct ProcedureFittingTests {
    private let start = Instant(Day(number: 20_000), hour: 9)
    private let people = (1...4).map { ID<Person>("p\($0)") }

    private func step(
        _ id: String, _ kind: Step.Kind = .statement, by: Role = .partner, after: [String],
        within: Step.Deadline? = nil, apartFrom: [String] = [], each: Bool = false, back: [String] = []
    ) -> Step {
        Step(
            id: id, kind: kind, label: Label(id, id), by: by, after: after, within: within,
            apartFrom: apartFrom, each: each, returnsTo: back)
    }

    /// Partners confirm, then each user, then the university endorses; a plan lies beside.
    private var procedure: Procedure {
        Procedure(steps: [
            step("write", .draft, by: .applicant, after: [], within: .callClosing),
            step("join", after: ["write"], each: true, back: ["write"]),
            step("use", by: .finalUser, after: ["join"], each: true),
            step("plan", by: .applicant, after: ["write"]),
            step(
                "endorse", .endorse, by: .researchOffice, after: ["use", "plan", "join"],
                within: .afterClosing(.days(10)), apartFrom: ["write", "join"], back: ["write"]),
            step("decide", .decide, by: .commissionLeader, after: ["endorse"]),
        ])
    }

    @Test func `a procedure that asks nobody is the same for every dossier`() {
        let plain = Procedure(steps: [
            step("write", .draft, by: .applicant, after: []), step("a", after: ["write"]),
        ])
        #expect(plain.isSameForAll)
        #expect(plain.fitting(.none) == plain)
        #expect(plain.fitting(AcceptedParties([.partner: 3])) == plain)
        #expect(!procedure.isSameForAll)
        #expect(procedure.asksEach(.partner) && procedure.asksEach(.finalUser))
        #expect(!procedure.asksEach(.recommender))
    }

    @Test
    func
        `where nobody accepted the step is not there, and what followed on it follows on what it followed on`()
    {
        let fitted = procedure.fitting(.none)
        #expect(fitted.steps.map(\.id) == ["write", "plan", "endorse", "decide"])
        // Through both that are left out, and each name once.
        #expect(fitted.step("endorse")?.after == ["write", "plan"])
        #expect(fitted.step("endorse")?.apartFrom == ["write"])
        #expect(fitted.step("endorse")?.returnsTo == ["write"])
        #expect(fitted.step("decide") == procedure.step("decide"))
        #expect(fitted.findings.filter { $0.kind == .cycle || $0.kind == .unreachable } == [])
    }

    @Test(arguments: 1...4)
    func `a step of each needs as many as there are, and stays theirs`(count: Int) {
        let fitted = procedure.fitting(AcceptedParties([.partner: count]))
        #expect(fitted.step("join")?.needs == count)
        #expect(fitted.step("join")?.after == ["write"])
        #expect(fitted.step("use") == nil)
        #expect(fitted.step("endorse")?.after == ["join", "plan"])
        // Fitted again it is what it was.
        #expect(fitted.fitting(AcceptedParties([.partner: count])) == fitted)
        #expect(fitted.step("join").map(StatementForm.Outcome.done.move(at:))?.outcome == .contributed)
    }

    private func event(
        _ move: Move, by person: Int = 0, day: Int64, parties: AcceptedParties? = nil
    ) -> Standing.Event {
        Standing.Event(
            move, at: start.adding(seconds: day * 86_400), person: people[person], role: nil, parties: parties
        )
    }

    private func standing(_ events: [Standing.Event]) -> Standing {
        Standing(
            procedure, began: start, closing: start.adding(seconds: 5 * 86_400), events: events,
            calendar: .weekendsOnly)
    }

    private func submitted(_ count: Int, day: Int64) -> Standing.Event {
        event(Move("write", .done), day: day, parties: AcceptedParties([.partner: count]))
    }

    @Test func `the university's turn comes when every partner has spoken, and not before`() {
        var moves = [submitted(2, day: 1), event(Move("plan", .contributed), day: 1)]
        #expect(standing(moves).open.map(\.step.id) == ["join"])
        moves.append(event(Move("join", .contributed), by: 1, day: 2))
        // The same one twice is one.
        #expect(standing(moves + [event(Move("join", .contributed), by: 1, day: 3)]).isOpen("join"))
        moves.append(event(Move("join", .contributed), by: 2, day: 3))
        #expect(standing(moves).open.map(\.step.id) == ["endorse"])
    }

    @Test func `a resubmission is by whom it has then, whoever took part before`() throws {
        let before = [
            submitted(1, day: 1), event(Move("plan", .contributed), day: 1),
            event(Move("join", .contributed), by: 1, day: 2),
            event(Move("endorse", .returned, target: "write"), by: 3, day: 6),
        ]
        // While it is written again it stands as it was submitted.
        #expect(standing(before).open.map(\.step.id) == ["write"])
        let three = standing(before + [submitted(3, day: 7), event(Move("plan", .contributed), day: 7)])
        #expect(three.open.map(\.step.id) == ["join"])
        #expect(three.open.first?.step.needs == 3)
        #expect(three.open.first?.contributions == [])
        let none = standing(before + [submitted(0, day: 7), event(Move("plan", .contributed), day: 7)])
        #expect(none.open.map(\.step.id) == ["endorse"])
        #expect(none.procedure.step("join") == nil)
    }

    /// The first partner comes in after the university sent the application back: the time that gave stays given.
    @Test func `who comes in at a resubmission changes nothing of what was before`() throws {
        let before = [
            submitted(0, day: 1), event(Move("plan", .contributed), day: 1),
            event(Move("endorse", .returned, target: "write"), by: 3, day: 6),
        ]
        let due = try #require(standing(before).open.first?.due)
        #expect(due == Term.days(10).end(from: start.adding(seconds: 5 * 86_400), in: .weekendsOnly))
        let again = standing(before + [submitted(1, day: 8)])
        #expect(
            again.steps.first { $0.step.id == "write" }?.state == .done(at: start.adding(seconds: 8 * 86_400))
        )
        #expect(again.isOpen("join"))
    }

    @Test func `one of several sends it back, and what the others said counts no more`() {
        let moves = [
            submitted(2, day: 1), event(Move("join", .contributed), by: 1, day: 2),
            event(Move("join", .returned, target: "write"), by: 2, day: 3),
        ]
        #expect(standing(moves).open.map(\.step.id) == ["write"])
        #expect(standing(moves).actors(of: "join").isEmpty)
    }
}
