package import Lifecycle
package import Store

/// An expert who is for a proposal that others are against writes its case: once, between the last review and the proposal
/// of a selection.
package enum ChampionActs {
    /// Where an expert stands with the route; missing where it is none of theirs.
    package struct Desk: Sendable {
        package let assignment: AssignmentRecord
        package let terms: NonConsensusTerms
        package let written: ChampionQueries.Written?
        /// Everything that keeps the expert from writing now.
        package let obstacles: [Refusal]
    }

    /// - Throws: `Missing` unless the expert's own review is submitted and the programme has the route.
    package static func desk(
        _ id: ID<Assignment>, _ person: ID<Person>, _ house: House, _ store: Transaction
    ) throws -> Desk {
        let assignment = try ReviewActs.mine(id, person, store)
        let (call, programme) = try Calls.found(assignment.call, house, store)
        guard assignment.state == .submitted, let terms = NonConsensusTerms(call, programme) else {
            throw Missing()
        }
        let written = try ChampionQueries.written(id, store)
        return Desk(
            assignment: assignment, terms: terms, written: written,
            obstacles: written == nil
                ? try obstacles(assignment, call, programme, terms, house, store)
                : [Refusal("champion.written")])
    }

    /// Refusals of a kind at a time. Where the dossier stands, and whether a selection is proposed, an expert is not told
    /// before the public is: all of that is one answer.
    private static func obstacles(
        _ assignment: AssignmentRecord, _ call: Call, _ programme: Programme, _ terms: NonConsensusTerms,
        _ house: House, _ store: Transaction
    ) throws -> [Refusal] {
        let application = assignment.application
        let standing = try Dossiers.standing(of: application, in: call, programme, house, store)
        guard standing.open.contains(where: { $0.step.kind == .decide }), try !isProposed(call.id, store)
        else { return [Refusal("champion.not-now")] }
        let against = try ReviewActs.conflicts(assignment, programme, standing, store)
        guard against.isEmpty else { return against }
        let marks = try ReviewActs.of(application, store).filter { $0.state == .submitted }.map {
            ($0.id, ReviewMarks(grade: $0.grade ?? "", advice: $0.advice ?? ""))
        }
        guard let own = marks.first(where: { $0.0 == assignment.id })?.1 else { return [] }
        return terms.obstacles(to: own, among: marks.map(\.1))
    }

    private static func isProposed(_ call: ID<Call>, _ store: Transaction) throws -> Bool {
        try store.value("SELECT 1 FROM selection WHERE call = \(call) AND state = 'proposed'", as: Int.self)
            != nil
    }

    /// Writes the case. From here on nobody can alter it.
    package static func write(
        _ id: ID<Assignment>, _ text: String, by person: ID<Person>, _ change: Change, _ house: House
    ) throws {
        let desk = try desk(id, person, house, change.store)
        guard desk.obstacles.isEmpty else { throw Refused(desk.obstacles) }
        let wrong = desk.terms.obstacles(toCase: text)
        guard wrong.isEmpty else { throw Refused(wrong) }
        try change.append(
            ProposalChampioned(assignment: id), about: .application(desk.assignment.application),
            as: .expert, reason: text, clause: desk.terms.rules.cites.clause)
    }
}
