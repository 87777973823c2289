import Lifecycle
import PlanFiles
import Testing

/// A step of appraisal in the replay of a dossier: only its closing lets anything follow.
@Suite struct AppraisalStandingTests {
    private let calendar: WorkCalendar
    private let laboratory: Procedure
    private let began: Instant

    init() throws {
        let plan = try Repository.loaded()
        calendar = plan.calendar
        began = try #require(Instant(text: "2026-06-01 09:00"))
        laboratory = try #require(plan.programme("beijing-laboratory")).procedure.fitting(.none)
    }

    private func event(
        _ step: String, _ outcome: Move.Outcome, by person: String = "a", day: Int64, to target: String? = nil
    ) -> Standing.Event {
        Standing.Event(
            Move(step, outcome, target: target), at: began.adding(seconds: day * 86_400), person: ID(person),
            role: .expert)
    }

    private func standing(_ procedure: Procedure, _ events: [Standing.Event]) -> Standing {
        Standing(procedure, began: began, closing: began, events: events, calendar: calendar)
    }

    private var screened: [Standing.Event] {
        [
            event("write", .done, day: 1), event("support", .done, by: "b", day: 2),
            event("ripen", .done, by: "c", day: 2), event("screen", .done, by: "c", day: 3),
        ]
    }

    @Test func `however many experts have answered, the step stays open until it is closed`() {
        let answers = (0..<9).map { event("coordinate", .contributed, by: "e\($0)", day: 4) }
        let open = standing(laboratory, screened + answers)
        #expect(open.open.map(\.step.id) == ["coordinate"])
        #expect(open.actors(of: "coordinate").count == 9)
        let closed = standing(laboratory, screened + answers + [event("coordinate", .done, by: "o", day: 5)])
        #expect(closed.open.map(\.step.id) == ["macro"])
    }

    @Test func `who is taken out leaves the others seated: the opening and the deadline stay`() {
        let answers = [
            event("coordinate", .contributed, by: "e1", day: 4),
            event("coordinate", .contributed, by: "e2", day: 5),
        ]
        let before = standing(laboratory, screened + answers)
        let after = standing(
            laboratory, screened + answers + [event("coordinate", .retracted, by: "o", day: 6, to: "e1")])
        #expect(after.open.first?.since == before.open.first?.since)
        #expect(after.open.first?.due == before.open.first?.due)
        #expect(after.actors(of: "coordinate") == [ID("e2")])
    }

    @Test func `what is sent back to be changed opens a new panel when it comes again`() {
        let again =
            screened + [
                event("coordinate", .contributed, by: "e1", day: 4),
                event("coordinate", .returned, by: "o", day: 5, to: "write"),
                event("write", .done, day: 6), event("support", .done, by: "b", day: 7),
                event("ripen", .done, by: "c", day: 7), event("screen", .done, by: "c", day: 8),
            ]
        let standing = standing(laboratory, again)
        #expect(standing.open.map(\.step.id) == ["coordinate"])
        #expect(standing.open.first?.since == began.adding(seconds: 8 * 86_400))
        #expect(standing.actors(of: "coordinate").isEmpty)
    }

    @Test func `branches beside each other join when both are closed, and end together when one fails`() {
        func step(_ id: String, _ kind: Step.Kind, after: [String]) -> Step {
            Step(id: id, kind: kind, label: Label(id, id), by: .expert, after: after, within: nil)
        }
        let forked = Procedure(steps: [
            step("write", .draft, after: []), step("left", .appraise, after: ["write"]),
            step("right", .appraise, after: ["write"]), step("decide", .decide, after: ["left", "right"]),
        ])
        let one = [event("write", .done, day: 1), event("right", .done, by: "o", day: 2)]
        #expect(standing(forked, one).open.map(\.step.id) == ["left"])
        #expect(
            standing(forked, one + [event("left", .done, by: "o", day: 3)]).open.map(\.step.id) == ["decide"])
        let failed = standing(forked, one + [event("left", .refused, by: "o", day: 3)])
        #expect(failed.isRefused)
        #expect(failed.open.isEmpty)
    }

    @Test func `experts heard after the contract hold up no payment, nor it them`() throws {
        let rapid = try #require(try Repository.loaded().programme("rapid-response")).procedure
        let decided = ["write", "screen", "consult", "decide", "contract"].enumerated().map { day, step in
            event(step, .done, by: step, day: Int64(day))
        }
        #expect(standing(rapid, decided).open.map(\.step.id) == ["prepare", "university", "review-after"])
        let heard = decided + [event("review-after", .done, by: "o", day: 6)]
        #expect(standing(rapid, heard).open.map(\.step.id) == ["prepare", "university", "review-heard"])
        let paid =
            decided + ["prepare", "approve", "pay"].map { event($0, .done, by: $0, day: 6) }
        #expect(standing(rapid, paid).open.map(\.step.id) == ["notice", "university", "review-after"])
    }
}
