import PlanFiles
import Testing

@testable import Lifecycle

/// Two steps of appraisal side by side: they join before the decision, and what one does to the other is defined.
@Suite struct ParallelPanelTests {
    private let calendar: WorkCalendar
    private let centre: Procedure
    private let began: Instant

    init() throws {
        let plan = try Repository.loaded()
        calendar = plan.calendar
        began = try #require(Instant(text: "2026-06-01 09:00"))
        centre = try #require(plan.programme("transfer-centre")).procedure
    }

    private func event(
        _ step: String, _ outcome: Move.Outcome, by person: String = "a", day: Int64, to target: String? = nil
    ) -> Standing.Event {
        Standing.Event(
            Move(step, outcome, target: target), at: began.adding(seconds: day * 86_400), person: ID(person),
            role: .expert)
    }

    private func standing(_ events: [Standing.Event], of procedure: Procedure? = nil) -> Standing {
        Standing(procedure ?? centre, began: began, closing: began, events: events, calendar: calendar)
    }

    private func submitted(_ day: Int64) -> [Standing.Event] {
        [
            event("write", .done, day: day), event("support", .done, by: "b", day: day),
            event("ripen", .done, by: "c", day: day), event("screen", .done, by: "c", day: day),
        ]
    }

    private func step(
        _ id: String, _ kind: Step.Kind, after: [String], apartFrom: [String] = [], returnsTo: [String] = []
    ) -> Step {
        Step(
            id: id, kind: kind, label: Label(id, id), by: .expert, after: after, within: nil,
            apartFrom: apartFrom, returnsTo: returnsTo)
    }

    // MARK: - a dossier in both

    @Test func `both are open at once, and the decision waits for the slower`() {
        let both = standing(submitted(1))
        #expect(both.open.map(\.step.id) == ["science", "market"])
        #expect(both.open[0].due == both.open[1].due)
        for (first, second) in [("science", "market"), ("market", "science")] {
            let one = submitted(1) + [event(first, .done, by: "o", day: 3)]
            #expect(standing(one).open.map(\.step.id) == [second])
            #expect(
                standing(one + [event(second, .done, by: "o", day: 9)]).open.map(\.step.id) == ["decide"])
        }
    }

    @Test func `one that sends the dossier back ends the other, which begins anew when it comes again`() {
        let events =
            submitted(1) + [
                event("market", .contributed, by: "e1", day: 2),
                event("science", .returned, by: "o", day: 3, to: "write"),
            ]
        let back = standing(events)
        #expect(back.open.map(\.step.id) == ["write"])
        #expect(back.actors(of: "market").isEmpty, "what was said of the earlier text counts for nothing")
        let again = standing(events + submitted(5))
        #expect(again.open.map(\.step.id) == ["science", "market"])
        #expect(again.open.allSatisfy { $0.since == began.adding(seconds: 5 * 86_400) })
        #expect(again.actors(of: "market").isEmpty)
    }

    @Test func `one that was passed is appraised anew where the other sends the dossier back`() {
        let events =
            submitted(1) + [
                event("science", .done, by: "o", day: 2),
                event("market", .returned, by: "o", day: 3, to: "write"),
            ]
        #expect(!standing(events).isDone("science"))
        #expect(standing(events + submitted(5)).open.map(\.step.id) == ["science", "market"])
    }

    @Test func `what goes back within one branch leaves the other branch's panel seated`() {
        let forked = Procedure(steps: [
            step("write", .draft, after: []), step("ready", .statement, after: ["write"]),
            step("left", .appraise, after: ["ready"], returnsTo: ["ready"]),
            step("right", .appraise, after: ["write"]), step("decide", .decide, after: ["left", "right"]),
        ])
        let before = [
            event("write", .done, day: 1), event("ready", .done, day: 2),
            event("right", .contributed, by: "e1", day: 3),
        ]
        let after = standing(before + [event("left", .returned, by: "o", day: 4, to: "ready")], of: forked)
        #expect(after.open.map(\.step.id) == ["ready", "right"])
        #expect(after.actors(of: "right") == [ID("e1")])
        #expect(after.open.last?.since == began.adding(seconds: 86_400))
    }

    // MARK: - the plan

    @Test func `branches that join are in order`() {
        #expect(centre.findings == [])
        #expect(centre.isBeside("science", "market") && !centre.isBeside("science", "decide"))
        #expect(centre.appraisals(beside: "science").map(\.id) == ["market"])
    }

    @Test func `a branch that the decision does not wait for is refused, through whatever it passes`() {
        let dangling = Procedure(steps: [
            step("write", .draft, after: []), step("left", .appraise, after: ["write"]),
            step("right", .appraise, after: ["write"]), step("filed", .statement, after: ["right"]),
            step("decide", .decide, after: ["left"], apartFrom: ["left", "right"]),
            step("notice", .publicise, after: ["decide"]),
        ])
        let found = dangling.findings.filter { $0.kind == .neverJoins("decide") }
        #expect(found.map(\.step.id) == ["right"], "a paper that is only filed may be filed late")
        let joined = Procedure(
            steps: dangling.steps.map {
                $0.id == "decide"
                    ? step("decide", .decide, after: ["left", "filed"], apartFrom: ["left", "right"]) : $0
            })
        #expect(joined.findings == [])
    }

    @Test func `who is kept apart of two side by side is kept apart both ways`() throws {
        var files = try Repository.programme("transfer-centre")
        let text = try #require(files["procedure.yaml"])
        let both = "apartFrom: [write, support, ripen, screen, science]"
        try #require(text.contains(both))
        files["procedure.yaml"] = text.replacing(both, with: "apartFrom: [write, support, ripen, screen]")
        let found = PlanCheck.check(files: files).filter(\.isError)
        #expect(found.map(\.code) == ["step.apart-one-way"], "\(found.map { $0.text(in: .en) })")
        #expect(found.allSatisfy { $0.path == "procedure.yaml" && $0.line > 1 })
    }

    @Test func `the check names a panel that never joins`() throws {
        var files = try Repository.programme("transfer-centre")
        let text = try #require(files["procedure.yaml"])
        try #require(text.contains("after: [science, market]"))
        files["procedure.yaml"] = text.replacing("after: [science, market]", with: "after: [science]")
        let found = PlanCheck.check(files: files).filter { $0.code == "procedure.never-joins" }
        #expect(found.count == 1 && found[0].message.en.contains("“market”"))
    }

    // MARK: - the simulation

    private func report(_ steps: [Step], experts: Int = 1_000) -> SimulationReport {
        func habit(_ work: Int) -> SimulationAssumptions.Habit {
            SimulationAssumptions.Habit(
                pause: SimulationAssumptions.Span(0, 0, 0), work: SimulationAssumptions.Span(work, work, work)
            )
        }
        let assumptions = SimulationAssumptions(
            standing: .demo, opens: Day(number: 20_605), openDays: 30, beginWithin: 1, perRound: 20,
            returnsMost: 0, staff: [.expert: experts], own: [],
            habits: [.appraise: habit(1_000), .review: habit(300)], otherwise: habit(1), urgent: nil)
        return Simulation(
            "p", Procedure(steps: steps), assumptions, calendar: .weekendsOnly, seed: 1, dossiers: 20
        ).run()
    }

    @Test func `side by side takes as long as the longer, and not as both`() throws {
        let write = step("write", .draft, after: [])
        let long = step("long", .appraise, after: ["write"])
        func days(_ middle: [Step]) throws -> Int {
            let last = middle.map(\.id)
            let run = report([write] + middle + [step("end", .statement, after: last)])
            #expect(run.finished == 20)
            return try #require(run.days).p50
        }
        let alone = try days([long])
        let beside = try days([long, step("short", .review, after: ["write"])])
        let row = report([
            write, long, step("short", .review, after: ["long"]), step("end", .statement, after: ["short"]),
        ])
        #expect(beside == alone)
        #expect(try #require(row.days).p50 > beside)
    }

    @Test func `two panels of different people need as many as both seat`() {
        let steps = [
            step("write", .draft, after: []),
            step("left", .appraise, after: ["write"], apartFrom: ["right"]),
            step("right", .appraise, after: ["write"], apartFrom: ["left"]),
        ]
        #expect(report(steps, experts: 1).deadEnds.map(\.step) == ["right"])
        #expect(report(steps, experts: 2).deadEnds.isEmpty)
    }
}
