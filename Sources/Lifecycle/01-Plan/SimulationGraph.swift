/// A procedure with its names looked up, as a simulation walks it.
struct SimulationGraph {
    struct Node {
        let step: Step
        let habit: SimulationAssumptions.Habit
        /// Places of the steps it waits for; nil where one of them does not exist, so that it never opens.
        let after: [Int]?
        /// Places of the steps that wait for it, directly or not, and itself.
        let onward: [Int]
        let returnsTo: [Int]
        /// The role of each who must contribute.
        let roles: [Role]
        /// Why nobody can ever do it at this staffing; nil where somebody can.
        let obstacle: SimulationReport.DeadEnd.Reason?
    }

    let nodes: [Node]
    let unit: SimulationReport.Unit

    init(
        _ procedure: Procedure, statements: [StatementForm]? = nil, appraisals: [Appraisal]? = nil,
        _ assumptions: SimulationAssumptions
    ) {
        unit = assumptions.unit(of: procedure)
        let steps = procedure.steps
        let places = Dictionary(
            steps.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        nodes = steps.enumerated().map { index, step in
            let after = step.after.map { places[$0] }
            var onward: Set<String> = [step.id]
            var grew = true
            while grew {
                grew = false
                for other in steps where !onward.contains(other.id) {
                    if other.after.contains(where: onward.contains) {
                        onward.insert(other.id)
                        grew = true
                    }
                }
            }
            return Node(
                step: step, habit: assumptions.habit(of: step, among: statements, appraisals),
                after: after.contains(nil) ? nil : after.compactMap(\.self),
                onward: steps.indices.filter { onward.contains(steps[$0].id) },
                returnsTo: step.returnsTo.compactMap { places[$0] },
                roles: step.parties.isEmpty
                    ? Array(repeating: step.by, count: max(step.needs, 1)) : step.parties,
                obstacle: Self.obstacle(to: step, in: procedure, assumptions))
        }
    }

    /// Different people have to do a step and those it is kept apart from.
    private static func obstacle(
        to step: Step, in procedure: Procedure, _ assumptions: SimulationAssumptions
    ) -> SimulationReport.DeadEnd.Reason? {
        if let party = step.parties.first(where: { assumptions.people($0) == 0 }) { return .nobody(party) }
        guard step.parties.isEmpty else { return nil }
        let people = assumptions.people(step.by)
        let needs = max(step.needs, 1)
        if people == 0 { return .nobody(step.by) }
        if people < needs { return .tooFew(step.by, needs: needs, people: people) }
        let others = procedure.steps.filter {
            $0.by == step.by && $0.parties.isEmpty && $0.id != step.id
                && (step.apartFrom.contains($0.id) || $0.apartFrom.contains(step.id))
        }
        // Only the later of two is blocked; the earlier one finds its person. Of two side by side it is the one that is
        // written down later.
        let place = procedure.steps.firstIndex { $0.id == step.id } ?? 0
        let above = Set(procedure.steps.prefix(place).map(\.id))
        let earlier = others.filter {
            procedure.comes($0.id, before: step.id)
                || above.contains($0.id) && procedure.isBeside($0.id, step.id)
        }
        if let widest = earlier.map({ max($0.needs, 1) }).max(), people < needs + widest {
            return .apart(step.by, needs: needs + widest, people: people)
        }
        return nil
    }
}

extension Procedure {
    /// Whether the second step waits for the first, directly or not.
    func comes(_ first: String, before second: String) -> Bool {
        var seen: Set<String> = []
        var left = step(second)?.after ?? []
        while let next = left.popLast() {
            if next == first { return true }
            if seen.insert(next).inserted { left += step(next)?.after ?? [] }
        }
        return false
    }
}
