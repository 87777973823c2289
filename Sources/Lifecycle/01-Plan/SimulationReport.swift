/// What came of a simulation. Every figure rests on ``SimulationAssumptions``, whose standing it repeats.
package struct SimulationReport: Sendable, Codable, Hashable {
    /// A middle, a high and the highest value of many.
    package struct Spread: Sendable, Codable, Hashable {
        package let p50: Int
        package let p95: Int
        package let most: Int

        /// Nil of nothing. Nearest rank: the least value that so many of a hundred do not exceed.
        init?(_ values: [Int]) {
            guard !values.isEmpty else { return nil }
            let sorted = values.sorted()
            func rank(_ percent: Int) -> Int { sorted[(sorted.count * percent + 99) / 100 - 1] }
            (p50, p95, most) = (rank(50), rank(95), sorted[sorted.count - 1])
        }
    }

    /// What people wait hundredths of.
    package enum Unit: String, Sendable, Codable {
        case workingDays = "working-days"
        /// Where terms are hours: hours, day and night.
        case hours
    }

    package struct OfStep: Sendable, Codable, Hashable {
        package let id: String
        package let label: Label
        package let by: Role
        package let reached: Int
        /// How often it opened: more than `reached` where dossiers were sent back.
        package let opened: Int
        package let done: Int
        package let returned: Int
        package let refused: Int
        package let missed: Int
        package let stuck: Int
        /// Calendar days from opening to done or refused; nil where that never happened, or hours are counted.
        package let days: Spread?
        /// Hours, where the step's term is hours, each begun one as a whole.
        package let hours: Spread?
        /// Hundredths of the report's unit that one opening's tasks waited for people, on average.
        package let waited: Int
    }

    package struct OfRole: Sendable, Codable, Hashable {
        package let role: Role
        package let people: Int
        package let tasks: Int
        /// Hundredths of the report's unit that a task waited for a person.
        package let waited: Spread
        /// Of a hundred, while the round lasted.
        package let busy: Int
    }

    /// A step that is never done.
    package struct DeadEnd: Sendable, Codable, Hashable {
        package enum Reason: Sendable, Codable, Hashable {
            /// No dossier came there.
            case neverReached
            /// The role has nobody.
            case nobody(Role)
            /// It takes more different people than the role has.
            case tooFew(Role, needs: Int, people: Int)
            /// It is kept apart from an earlier step, and the role has too few people for both.
            case apart(Role, needs: Int, people: Int)
        }

        package let step: String
        package let label: Label
        package let reason: Reason
    }

    package let programme: String
    package let unit: Unit
    package let standing: RuleStanding
    package let seed: UInt64
    package let dossiers: Int
    package let rounds: Int
    package let perRound: Int
    package let steps: [OfStep]
    package let roles: [OfRole]
    package let finished: Int
    package let refused: Int
    /// Not handed in before the call closed.
    package let late: Int
    package let stuck: Int
    /// Calendar days from the first letter to the last step.
    package let days: Spread?
    /// Hours from the publication to the last of the steps that are counted from there; nil where none is.
    package let hours: Spread?
    package let deadEnds: [DeadEnd]

    package func step(_ id: String) -> OfStep? { steps.first { $0.id == id } }
    package func role(_ role: Role) -> OfRole? { roles.first { $0.role == role } }

    /// The step at which most time is waited, all openings together; nil where nobody waits.
    package var bottleneck: String? {
        let worst = steps.max { $0.waited * $0.opened < $1.waited * $1.opened }
        return worst.flatMap { $0.waited > 0 ? $0.id : nil }
    }
}

extension SimulationReport {
    init(_ tally: SimulationTally, of simulation: Simulation, graph: SimulationGraph, rounds: Int) {
        programme = simulation.programme
        unit = graph.unit
        standing = simulation.assumptions.standing
        seed = simulation.seed
        dossiers = simulation.dossiers
        self.rounds = rounds
        perRound = simulation.assumptions.perRound
        steps = zip(graph.nodes, tally.steps).map { node, own -> OfStep in
            let isByHour = graph.unit == .hours && node.step.isByHour
            let took = Spread(own.took)
            return OfStep(
                id: node.step.id, label: node.step.label, by: node.step.by, reached: own.reached,
                opened: own.opened, done: own.done, returned: own.returned, refused: own.refused,
                missed: own.missed, stuck: own.stuck, days: isByHour ? nil : took,
                hours: isByHour ? took : nil,
                waited: own.opened == 0 ? 0 : own.waited / own.opened)
        }
        roles = tally.roles.keys.sorted { Role.place($0) < Role.place($1) }.compactMap { role in
            guard let own = tally.roles[role], let waited = Spread(own.waits) else { return nil }
            let people = simulation.assumptions.people(role)
            return OfRole(
                role: role, people: people, tasks: own.tasks, waited: waited,
                busy: min(100, own.busy * 100 / max(people * tally.lastTick, 1)))
        }
        finished = tally.finished
        refused = tally.refused
        late = tally.late
        stuck = tally.stuck
        days = Spread(tally.took)
        hours = Spread(tally.hours)
        deadEnds = zip(graph.nodes, tally.steps).compactMap { node, own in
            guard let reason = node.obstacle ?? (own.reached == 0 ? .neverReached : nil) else { return nil }
            return DeadEnd(step: node.step.id, label: node.step.label, reason: reason)
        }
    }
}

extension Role {
    fileprivate static func place(_ role: Role) -> Int { allCases.firstIndex(of: role) ?? 0 }
}
