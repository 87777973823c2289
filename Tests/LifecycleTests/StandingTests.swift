import Lifecycle
import PlanFiles
import Testing

@Suite struct StandingTests {
    private let procedure: Procedure
    private let calendar: WorkCalendar
    private let began: Instant
    private let closing: Instant

    init() throws {
        let plan = try Repository.loaded()
        procedure = try #require(plan.programme("research-plan-humanities-general")).procedure
        calendar = plan.calendar
        began = try #require(Instant(text: "2026-05-01 09:00"))
        closing = try #require(Instant(text: "2026-06-10 16:00"))
    }

    private func event(
        _ step: String, _ outcome: Move.Outcome, by person: String = "a", as role: Role? = nil,
        day: Int64 = 1,
        to target: String? = nil
    ) -> Standing.Event {
        Standing.Event(
            Move(step, outcome, target: target), at: began.adding(seconds: day * 86_400), person: ID(person),
            role: role)
    }

    private func standing(_ events: [Standing.Event]) -> Standing {
        Standing(procedure, began: began, closing: closing, events: events, calendar: calendar)
    }

    private var screened: [Standing.Event] {
        [event("write", .done), event("endorse", .done, by: "b"), event("screen", .done, by: "c")]
    }

    @Test func `a refused dossier ends, and what was still to come is skipped`() {
        let standing = standing([event("write", .done), event("endorse", .done), event("screen", .refused)])
        #expect(standing.isRefused)
        #expect(standing.open.isEmpty)
        #expect(!standing.isFinished)
        #expect(standing.isDone("endorse"))
        #expect(standing.steps.last?.state == .skipped)
    }

    @Test func `a move on a step the procedure does not have changes nothing`() {
        #expect(standing([event("appraise", .done)]) == standing([]))
        #expect(standing([event("appraise", .refused)]) == standing([]))
    }

    @Test func `at the beginning only the draft is open, and it is due when the call closes`() throws {
        let standing = standing([])
        #expect(standing.open.map(\.step.id) == ["write"])
        #expect(standing.open.first?.state == .open(since: began, due: closing))
    }

    @Test func `what is sent back after the closing is due when the university's own time ends`() throws {
        let due = try #require(Instant(text: "2026-06-21 00:00")).adding(milliseconds: -1)
        let late = standing([
            event("write", .done, day: 30), event("endorse", .returned, by: "b", day: 45, to: "write"),
        ])
        #expect(late.open.map(\.step.id) == ["write"])
        #expect(late.open.first?.due == due)
        // Once submitted again and sent back again, the same holds.
        let again = standing([
            event("write", .done, day: 30), event("endorse", .returned, by: "b", day: 42, to: "write"),
            event("write", .done, day: 43), event("endorse", .returned, by: "b", day: 45, to: "write"),
        ])
        #expect(again.open.first?.due == due)
    }

    @Test func `the university's list is due ten days after closing, whenever it was handed in`() throws {
        let standing = standing([event("write", .done)])
        let due = try #require(Instant(text: "2026-06-21 00:00")).adding(milliseconds: -1)
        #expect(standing.open.first?.state == .open(since: began.adding(seconds: 86_400), due: due))
    }

    @Test func `a return opens the step returned to and closes all that follow from it`() {
        let standing = standing([
            event("write", .done), event("endorse", .done), event("screen", .returned, to: "write"),
        ])
        #expect(standing.open.map(\.step.id) == ["write"])
        #expect(!standing.isDone("endorse"))
        #expect(standing.actors(of: "write").isEmpty)
    }

    @Test func `a review needs three different people; one who writes twice counts once`() {
        var events = screened
        events += [event("review", .contributed, by: "x"), event("review", .contributed, by: "y")]
        events += [event("review", .contributed, by: "y")]
        #expect(standing(events).isOpen("review"))
        events.append(event("review", .contributed, by: "z"))
        #expect(standing(events).isDone("review"))
        #expect(standing(events).isOpen("decide"))
        #expect(standing(events).actors(of: "review") == [ID("x"), ID("y"), ID("z")])
    }

    @Test func `a contract waits for every party, not for three signatures of one`() {
        var events = screened + [event("review", .done), event("decide", .done), event("notice", .done)]
        for person in ["p", "q", "r"] {
            events.append(event("contract", .contributed, by: person, as: .applicant))
        }
        #expect(standing(events).isOpen("contract"))
        events.append(event("contract", .contributed, by: "o", as: .researchOffice))
        #expect(standing(events).isOpen("contract"))
        events.append(event("contract", .contributed, by: "c", as: .programmeOfficer))
        #expect(standing(events).isDone("contract"))
        #expect(standing(events).isOpen("prepare"))
    }

    @Test func `the whole way from draft to payment finishes the dossier`() {
        let events = procedure.steps.map { event($0.id, .done) }
        #expect(standing(events).isFinished)
        #expect(standing(events).open.isEmpty)
    }
}
