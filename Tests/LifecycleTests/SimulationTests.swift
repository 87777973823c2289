import PlanFiles
import Testing

@testable import Lifecycle

/// Invented dossiers through procedures: what comes out is what the procedure says, and nothing else.
@Suite struct SimulationTests {
    private let plan: Plan
    private let humanities: Programme

    init() throws {
        plan = try Repository.loaded()
        humanities = try #require(plan.programme("research-plan-humanities-general"))
    }

    private func step(
        _ id: String, _ kind: Step.Kind = .screen, by: Role = .programmeOfficer, after: [String],
        within: Step.Deadline? = nil, apartFrom: [String] = [], needs: Int = 1, parties: [Role] = [],
        returnsTo: [String] = []
    ) -> Step {
        Step(
            id: id, kind: kind, label: Label(id, id), by: by, after: after, within: within,
            apartFrom: apartFrom, needs: needs, parties: parties, returnsTo: returnsTo)
    }

    /// Everything takes `work`, nothing is waited for, sent back or refused unless a habit says so.
    private func assumptions(
        work: Int = 100, pause: Int = 0, staff: [Role: Int] = [:], own: Set<Role> = [.applicant],
        habits: [Step.Kind: SimulationAssumptions.Habit] = [:], perRound: Int = 50,
        urgent: [Step.Kind: SimulationAssumptions.Habit]? = nil
    ) -> SimulationAssumptions {
        SimulationAssumptions(
            standing: .demo, opens: Day(number: 20_605), openDays: 30, beginWithin: 100, perRound: perRound,
            returnsMost: 2, staff: staff, own: own, habits: habits,
            otherwise: SimulationAssumptions.Habit(
                pause: SimulationAssumptions.Span(pause, pause, pause),
                work: SimulationAssumptions.Span(work, work, work)),
            urgent: urgent.map { SimulationAssumptions.Urgent(habits: $0, otherwise: habit()) })
    }

    private func report(
        _ steps: [Step], _ assumptions: SimulationAssumptions, dossiers: Int = 50, seed: UInt64 = 1
    ) -> SimulationReport {
        Simulation(
            "p", Procedure(steps: steps), assumptions, calendar: .weekendsOnly, seed: seed, dossiers: dossiers
        ).run()
    }

    private func habit(returned: Int = 0, refused: Int = 0, work: Int = 1) -> SimulationAssumptions.Habit {
        SimulationAssumptions.Habit(
            pause: SimulationAssumptions.Span(0, 0, 0), work: SimulationAssumptions.Span(work, work, work),
            returned: returned, refused: refused)
    }

    // MARK: - what is never done

    @Test func `more reviewers than there are is a dead end, and what follows is never reached`() {
        let report = report(
            [
                step("write", .draft, by: .applicant, after: []),
                step("review", .review, by: .expert, after: ["write"], needs: 3),
                step("decide", .decide, by: .commissionLeader, after: ["review"]),
            ], assumptions(staff: [.expert: 2]))
        #expect(
            report.deadEnds.map(\.reason) == [.tooFew(.expert, needs: 3, people: 2), .neverReached])
        #expect(report.stuck == 50 && report.finished == 0)
        #expect(report.step("review")?.stuck == 50 && report.step("decide")?.reached == 0)
    }

    @Test func `one person cannot do two steps that are kept apart`() {
        let steps = [
            step("write", .draft, by: .applicant, after: []), step("one", after: ["write"]),
            step("two", after: ["one"], apartFrom: ["one"]),
        ]
        let alone = report(steps, assumptions(work: 1, staff: [.programmeOfficer: 1]))
        #expect(alone.deadEnds.map(\.reason) == [.apart(.programmeOfficer, needs: 2, people: 1)])
        #expect(alone.step("one")?.done == 50 && alone.step("two")?.done == 0)
        let both = report(steps, assumptions(work: 1, staff: [.programmeOfficer: 2]))
        #expect(both.deadEnds.isEmpty && both.finished == 50)
    }

    @Test func `a role without anybody, a step that waits for nothing known and a loop are never done`() {
        let nobody = report(
            [
                step("write", .draft, by: .applicant, after: []),
                step("pay", .pay, by: .finance, after: ["write"]),
            ],
            assumptions(staff: [.finance: 0]))
        #expect(nobody.deadEnds.map(\.reason) == [.nobody(.finance)])
        let unknown = report(
            [step("write", .draft, by: .applicant, after: []), step("pay", .pay, after: ["writ"])],
            assumptions())
        #expect(unknown.deadEnds.map(\.step) == ["pay"] && unknown.deadEnds[0].reason == .neverReached)
        let loop = report(
            [
                step("write", .draft, by: .applicant, after: []), step("a", after: ["b"]),
                step("b", after: ["a"]),
            ], assumptions())
        #expect(loop.deadEnds.map(\.step) == ["a", "b"])
    }

    @Test func `what is not handed in when the call closes is not taken`() {
        let late = report(
            [
                step("write", .draft, by: .applicant, after: [], within: .callClosing),
                step("pay", .pay, after: ["write"]),
            ],
            assumptions(work: 100_000))
        #expect(late.late == 50 && late.finished == 0 && late.step("write")?.missed == 50)
        #expect(late.step("pay")?.reached == 0)
    }

    @Test func `what everybody refuses goes no further`() {
        let report = report(
            [
                step("write", .draft, by: .applicant, after: []), step("screen", .screen, after: ["write"]),
                step("pay", .pay, by: .finance, after: ["screen"]),
            ], assumptions(habits: [.screen: habit(refused: 100)]))
        #expect(report.refused == 50 && report.step("screen")?.refused == 50)
        #expect(report.step("pay")?.reached == 0)
    }

    @Test func `what is always sent back comes back as often as it may and then goes on`() {
        let report = report(
            [
                step("write", .draft, by: .applicant, after: []),
                step("endorse", .endorse, by: .researchOffice, after: ["write"], returnsTo: ["write"]),
            ], assumptions(work: 1, habits: [.endorse: habit(returned: 100)]))
        #expect(report.finished == 50)
        #expect(report.step("endorse")?.returned == 100 && report.step("write")?.opened == 150)
        #expect(report.step("write")?.reached == 50)
    }

    // MARK: - what waits

    @Test func `one person for fifty days' work makes the last wait, and fifty people make nobody wait`()
        throws
    {
        let steps = [
            step("write", .draft, by: .applicant, after: []), step("screen", .screen, after: ["write"]),
        ]
        let habits: [Step.Kind: SimulationAssumptions.Habit] = [
            .draft: habit(work: 0), .screen: habit(work: 100),
        ]
        let one = report(steps, assumptions(staff: [.programmeOfficer: 1], habits: habits))
        let waited = try #require(one.role(.programmeOfficer)?.waited)
        // Fifty days' work for one within 22 days of arrivals: the last waits some 28 days.
        #expect((2_000...3_500).contains(waited.most), "\(waited)")
        #expect(one.bottleneck == "screen" && (one.role(.programmeOfficer)?.busy ?? 0) > 85)
        let fifty = report(steps, assumptions(staff: [.programmeOfficer: 50], habits: habits))
        #expect(fifty.role(.programmeOfficer)?.waited.most == 0)
        #expect(fifty.bottleneck == nil)
    }

    @Test func `rounds do not wait for each other`() {
        let steps = [
            step("write", .draft, by: .applicant, after: []), step("screen", .screen, after: ["write"]),
        ]
        let together = report(steps, assumptions(perRound: 100), dossiers: 100)
        let apart = report(steps, assumptions(perRound: 10), dossiers: 100)
        #expect(together.rounds == 1 && apart.rounds == 10)
        #expect(
            (together.role(.programmeOfficer)?.waited.p95 ?? 0)
                > (apart.role(.programmeOfficer)?.waited.p95 ?? 0))
    }

    @Test func `a deadline is missed by who takes longer, and a term ends with its last day`() {
        func missed(_ work: Int, _ within: Step.Deadline) -> Int {
            report(
                [
                    step("write", .draft, by: .applicant, after: []),
                    step("check", by: .teamMember, after: ["write"], within: within),
                ], assumptions(work: work, own: [.applicant, .teamMember])
            ).step("check")?.missed ?? -1
        }
        #expect(missed(500, .term(.workingDays(5))) == 0)
        #expect(missed(601, .term(.workingDays(5))) == 50)
        #expect(missed(100, .term(.days(10))) == 0)
        #expect(missed(2_000, .term(.days(10))) == 50)
        #expect(missed(3_000, .afterClosing(.days(3))) == 50)
    }

    // MARK: - hours

    /// Written at once, checked within six hours of the publication, signed within four of that, closed within two
    /// working days.
    private var hourly: [Step] {
        [
            step(
                "write", .draft, by: .applicant, after: [], within: .afterPublication(.hours(2))),
            step("check", after: ["write"], within: .afterPublication(.hours(6))),
            step("sign", .contract, by: .teamMember, after: ["check"], within: .term(.hours(4))),
            step("close", .publicise, by: .teamMember, after: ["sign"], within: .term(.workingDays(2))),
        ]
    }

    private func byHour(check: Int, sign: Int, close: Int = 100) -> SimulationReport {
        report(
            hourly,
            assumptions(
                work: close, own: [.applicant, .programmeOfficer, .teamMember],
                urgent: [
                    .draft: habit(work: 0), .screen: habit(work: check), .contract: habit(work: sign),
                ]))
    }

    @Test func `an hour too late is late, and one hour less is not`() {
        let late = byHour(check: 601, sign: 401)
        #expect(late.unit == .hours)
        #expect(late.step("check")?.missed == 50 && late.step("sign")?.missed == 50)
        // From the publication, whenever a dossier began in the first two hours; and from the step before.
        let inTime = byHour(check: 400, sign: 400)
        #expect(inTime.step("check")?.missed == 0 && inTime.step("sign")?.missed == 0)
        #expect(inTime.step("check")?.hours?.most == 4 && inTime.step("check")?.days == nil)
        #expect(inTime.step("sign")?.hours?.p50 == 4)
        // The check and up to two hours in which dossiers begin; signing is counted from the step before.
        let whole = inTime.hours
        #expect((4...6).contains(whole?.p50 ?? 0) && (whole?.most ?? 99) <= 6, "\(String(describing: whole))")
        #expect(inTime.finished == 50)
    }

    @Test func `what is counted in days beside it goes by working days, nights and weekends left out`() throws
    {
        let report = byHour(check: 100, sign: 100, close: 500)
        let close = try #require(report.step("close"))
        // Five working days from a Monday on, of which two were allowed.
        #expect(close.hours == nil && close.missed == 50)
        #expect(close.days?.p50 == 7 && close.days?.most == 7)
        #expect(byHour(check: 100, sign: 100, close: 50).step("close")?.missed == 0)
    }

    @Test func `without a word on hours they are rounded up to days, as before`() {
        let report = report(
            hourly, assumptions(work: 50, own: [.applicant, .programmeOfficer, .teamMember]))
        #expect(report.unit == .workingDays && report.hours == nil)
        #expect(report.steps.allSatisfy { $0.hours == nil && $0.days != nil })
    }

    @Test func `the rapid response of the plan is counted in hours and signed within its two days`() throws {
        let assumptions = try #require(plan.assumptions)
        let programme = try #require(plan.programme("rapid-response"))
        let report = Simulation(programme, assumptions, calendar: plan.calendar, seed: 1, dossiers: 50).run()
        #expect(report.unit == .hours && report.stuck == 0 && report.finished > 0)
        for id in ["write", "screen", "consult", "decide", "contract", "prepare", "approve", "pay"] {
            #expect(report.step(id)?.hours != nil && report.step(id)?.days == nil, "\(id)")
        }
        for id in ["notice", "university", "review-after", "review-heard"] {
            #expect(report.step(id)?.hours == nil && report.step(id)?.days != nil, "\(id)")
        }
        // What experts find afterwards ends nothing and sends nothing back.
        let review = try #require(report.step("review-after"))
        #expect(review.reached > 0 && review.refused == 0 && review.returned == 0)
        let hours = try #require(report.hours)
        #expect((1...200).contains(hours.p50), "\(hours)")
    }

    @Test func `a statement ends or sends back a dossier only where its form says so`() throws {
        let assumptions = try #require(plan.assumptions)
        let laboratory = try #require(plan.programme("beijing-laboratory"))
        let report = Simulation(laboratory, assumptions, calendar: plan.calendar, seed: 1, dossiers: 600)
            .run()
        for step in laboratory.procedure.steps where step.kind == .statement {
            let outcomes = laboratory.statement(of: step)?.outcomes ?? []
            let tallied = report.steps.first { $0.id == step.id }
            if !outcomes.contains(.refused) { #expect(tallied?.refused == 0, "\(step.id)") }
            if !outcomes.contains(.returned) { #expect(tallied?.returned == 0, "\(step.id)") }
        }
        #expect(report.steps.contains { $0.id == "ripen" && ($0.refused > 0 || $0.returned > 0) })
    }

    // MARK: - the same again

    @Test func `the same seed gives the same report, and another one another`() throws {
        let assumptions = try #require(plan.assumptions)
        func run(_ seed: UInt64) -> SimulationReport {
            Simulation(humanities, assumptions, calendar: plan.calendar, seed: seed, dossiers: 300).run()
        }
        let one = run(7)
        #expect(run(7) == one)
        #expect(run(8) != one)
        #expect(one.deadEnds.isEmpty && one.stuck == 0)
        #expect(one.finished + one.refused + one.late == 300)
    }

    @Test func `every programme of the plan runs to its end without a line of its own`() throws {
        let assumptions = try #require(plan.assumptions)
        for programme in plan.programmes {
            let report = Simulation(programme, assumptions, calendar: plan.calendar, seed: 1, dossiers: 600)
                .run()
            #expect(report.deadEnds.isEmpty, "\(programme.id): \(report.deadEnds)")
            #expect(report.stuck == 0 && report.finished > 0)
            #expect(report.steps.map(\.id) == programme.procedure.steps.map(\.id))
        }
    }

    /// The walk keeps states and deadlines of its own; the replay of facts is the house's truth. They say the same.
    @Test(arguments: [UInt64(3), 4, 5]) func `states and deadlines are those a replay of the moves gives`(
        seed: UInt64
    ) throws {
        let assumptions = try #require(plan.assumptions)
        let procedures =
            plan.programmes.map(\.procedure) + [
                // Parallel branches that join, and returns into both.
                Procedure(steps: [
                    step("write", .draft, by: .applicant, after: [], within: .callClosing),
                    step(
                        "left", .endorse, by: .researchOffice, after: ["write"], within: .term(.days(9)),
                        returnsTo: ["write"]),
                    step(
                        "right", .review, by: .expert, after: ["write"], within: .term(.workingDays(9)),
                        needs: 2),
                    step(
                        "join", .approvePayment, by: .financeApprover, after: ["left", "right"],
                        within: .afterClosing(.workingDays(40)), returnsTo: ["write", "right"]),
                    step(
                        "end", .contract, by: .applicant, after: ["join"],
                        parties: [.applicant, .researchOffice]),
                ])
            ]
        for procedure in procedures {
            var round = SimulationRound(
                SimulationGraph(procedure, assumptions), assumptions, calendar: plan.calendar, seed: seed,
                first: 0,
                count: 60, watched: true)
            round.play()
            let moves = Dictionary(grouping: round.moves ?? [], by: \.dossier)
            for dossier in 0..<60 {
                try expectReplay(of: moves[dossier] ?? [], gives: round, dossier, procedure, assumptions)
            }
        }
    }

    private func expectReplay(
        of moves: [SimulationRound.Move], gives round: SimulationRound, _ dossier: Int,
        _ procedure: Procedure,
        _ assumptions: SimulationAssumptions
    ) throws {
        var clock = SimulationClock(from: assumptions.opens, calendar: plan.calendar, unit: round.unit)
        let isByHour = round.unit == .hours
        let began =
            isByHour
            ? clock.moment(of: round.beginning(dossier))
            : Instant(clock.day(of: round.beginning(dossier)), hour: 1)
        let events = moves.enumerated().map { place, move in
            Standing.Event(
                Move(
                    procedure.steps[move.step].id, move.outcome,
                    target: move.target.map { procedure.steps[$0].id }),
                at: isByHour
                    ? clock.moment(of: move.tick) : Instant(move.day, hour: 2).adding(seconds: Int64(place)),
                person: ID("p\(move.slot)"),
                role: procedure.steps[move.step].parties.isEmpty
                    ? procedure.steps[move.step].by : procedure.steps[move.step].parties[move.slot])
        }
        let standing = Standing(
            procedure, began: began, published: Instant(assumptions.opens),
            closing: Instant(assumptions.opens.adding(assumptions.openDays), hour: 16),
            events: events, calendar: plan.calendar)
        // One that was too late ends without a move: nobody takes it in.
        let isLate = standing.open.contains { $0.step.within == .callClosing }
        for (index, state) in standing.steps.enumerated() {
            let ours = round.state(dossier, index)
            let note: Comment = "dossier \(dossier), \(state.step.id): \(ours), \(state.state)"
            switch state.state {
            case .waiting: #expect(ours == .waiting || isLate && ours == .skipped, note)
            case .open(_, let due):
                #expect(ours == .open || isLate && ours == .skipped, note)
                let ourDue = round.due(dossier, index)
                #expect(due?.day == ourDue?.day, note)
                if state.step.isByHour, isByHour {
                    #expect(due == ourDue?.tick.map { clock.moment(of: $0) }, note)
                }
            case .done: #expect(ours == .done || isLate && ours == .skipped, note)
            case .refused: #expect(ours == .refused, note)
            case .skipped: #expect(ours == .skipped, note)
            }
        }
    }

    @Test func `a term ends for the simulation when it ends for the house`() {
        let first = Day(number: 20_605)
        for calendar in [plan.calendar, .weekendsOnly] {
            var clock = SimulationClock(from: first, calendar: calendar)
            for offset in 0..<400 {
                let day = first.adding(offset)
                for count in [1, 2, 5, 23] {
                    for term in [Term.days(count), .workingDays(count)] {
                        let end = term.end(from: Instant(day, hour: 10), in: calendar).day
                        #expect(clock.end(of: term, from: day) == end, "\(day) \(term)")
                    }
                }
            }
        }
    }

    @Test func `draws stay between the least and the most, and lean to the likely`() {
        var chance = SplitMix64(seed: 1)
        let span = SimulationAssumptions.Span(10, 20, 100)
        let drawn = (0..<20_000).map { _ in span.draw(using: &chance) }
        #expect(drawn.allSatisfy { (10...100).contains($0) })
        // The mean of a triangle is a third of its corners.
        let mean = Double(drawn.reduce(0, +)) / Double(drawn.count)
        #expect(abs(mean - 130.0 / 3) < 1, "\(mean)")
        #expect(SimulationAssumptions.Span(7, 7, 7).draw(using: &chance) == 7)
    }
}
