/// Thousands of invented dossiers through a programme's procedure, at a stated staffing.
///
/// Nothing in it knows a programme or a kind of step: who acts, in which order, within which time, how many of them
/// and where it may be sent back to are the procedure's; how long that takes is ``SimulationAssumptions``'. The same
/// seed gives the same report on every machine.
package struct Simulation: Sendable {
    package let programme: String
    package let procedure: Procedure
    /// Say which statements can send back or end a dossier; where nil, all can.
    package let statements: [StatementForm]?
    /// Say which appraisals can; where nil, all can.
    package let appraisals: [Appraisal]?
    package let assumptions: SimulationAssumptions
    package let calendar: WorkCalendar
    package let seed: UInt64
    package let dossiers: Int

    package init(
        _ programme: Programme, _ assumptions: SimulationAssumptions, calendar: WorkCalendar, seed: UInt64,
        dossiers: Int
    ) {
        self.init(
            programme.id, programme.procedure.fitting(assumptions.accepted(in: programme)),
            statements: programme.statements ?? [], appraisals: programme.appraisals, assumptions,
            calendar: calendar, seed: seed, dossiers: dossiers)
    }

    package init(
        _ programme: String, _ procedure: Procedure, statements: [StatementForm]? = nil,
        appraisals: [Appraisal]? = nil, _ assumptions: SimulationAssumptions, calendar: WorkCalendar,
        seed: UInt64, dossiers: Int
    ) {
        self.programme = programme
        self.procedure = procedure
        self.statements = statements
        self.appraisals = appraisals
        self.assumptions = assumptions
        self.calendar = calendar
        self.seed = seed
        self.dossiers = dossiers
    }

    /// Plays round after round, each with the same people and the next dossiers; the last may be smaller.
    package func run() -> SimulationReport {
        let graph = SimulationGraph(
            procedure, statements: statements, appraisals: appraisals, assumptions)
        var tally = SimulationTally(steps: graph.nodes.count)
        var rounds = 0
        var first = 0
        while first < dossiers {
            let count = min(max(assumptions.perRound, 1), dossiers - first)
            var round = SimulationRound(
                graph, assumptions, calendar: calendar, seed: seed, first: first, count: count)
            round.play()
            tally.add(round.tally)
            first += count
            rounds += 1
        }
        return SimulationReport(tally, of: self, graph: graph, rounds: rounds)
    }
}
