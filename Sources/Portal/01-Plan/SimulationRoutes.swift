import Lifecycle

/// The procedure in force of a programme, played with invented dossiers, for programme officers and leaders.
enum SimulationRoutes {
    static func add(to routes: Routes) {
        routes.get("/office/plan/simulate/{programme}") { ask in try await show(ask) }
    }

    private static func show(_ ask: Ask) async throws -> Answer {
        try ask.require(.programmeOfficer, .commissionLeader)
        // On a reader's thread: a second of reckoning would hold up everybody else's pages.
        let page = try await ask.read { store in
            guard let programme = try ask.house.definitions.inForce(ask.parameter("programme"), store) else {
                throw Missing()
            }
            guard let assumptions = ask.house.plan.assumptions else {
                throw Refused("simulation.nothing-granted")
            }
            let form = SimulationForm(ask.query, programme, assumptions)
            let report = Simulation(
                programme, assumptions.with(staff: form.staff), calendar: ask.calendar, seed: form.seed,
                dossiers: form.dossiers
            ).run()
            return SimulationPage(programme, report, assumptions, form, ask.words)
        }
        return try await ask.page("simulation/simulation", page)
    }
}

/// What an officer may change: how many dossiers, the seed, the people of each role that keeps others waiting.
struct SimulationForm: Sendable {
    static let sizes = [600, 3_000, 10_000]
    static let mostPeople = 10_000

    let dossiers: Int
    let seed: UInt64
    /// In the order of the procedure.
    let roles: [Role]
    let staff: [Role: Int]

    init(_ query: FormFields, _ programme: Programme, _ assumptions: SimulationAssumptions) {
        dossiers = Int(query.text("dossiers")).flatMap { Self.sizes.contains($0) ? $0 : nil } ?? Self.sizes[0]
        seed = UInt64(query.text("seed")) ?? 1
        var roles: [Role] = []
        for step in programme.procedure.steps {
            for role in step.parties.isEmpty ? [step.by] : step.parties
            where !roles.contains(role) && !assumptions.own.contains(role) { roles.append(role) }
        }
        self.roles = roles
        var staff: [Role: Int] = [:]
        for role in roles {
            staff[role] =
                Int(query.text("staff-\(role.rawValue)")).map { min(max($0, 0), Self.mostPeople) }
                ?? assumptions.people(role)
        }
        self.staff = staff
    }
}
