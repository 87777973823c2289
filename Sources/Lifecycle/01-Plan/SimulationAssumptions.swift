/// What a simulation takes for granted: how long people take and how often things come back. No document says any
/// of it; it is data (`Plan/simulation.yaml`), a setting of this system, and shown as one wherever a figure rests
/// on it.
package struct SimulationAssumptions: Sendable, Hashable {
    /// Hundredths of a working day, drawn from a triangle over `least`, `likely` and `most`.
    package struct Span: Sendable, Hashable {
        package let least: Int
        package let likely: Int
        package let most: Int

        /// - Parameters: `least` ≤ `likely` ≤ `most`; a reader of files sees to it.
        package init(_ least: Int, _ likely: Int, _ most: Int) {
            self.least = least
            self.likely = likely
            self.most = most
        }

        package var isOrdered: Bool { 0 <= least && least <= likely && likely <= most }

        /// One value of the triangular distribution.
        func draw(using chance: inout SplitMix64) -> Int {
            let width = Double(most - least)
            guard width > 0 else { return least }
            // 53 bits: the same on every machine, for every step here is exactly rounded.
            let part = Double(chance.next() >> 11) / 9_007_199_254_740_992
            let rise = Double(likely - least)
            let turn = rise / width
            let value =
                part < turn
                ? (part * width * rise).squareRoot() + Double(least)
                : Double(most) - ((1 - part) * width * Double(most - likely)).squareRoot()
            return Int(value.rounded())
        }
    }

    /// How steps of one kind go.
    package struct Habit: Sendable, Hashable {
        /// Goes by before anybody begins, and keeps nobody busy.
        package let pause: Span
        /// Keeps one person of the role busy.
        package let work: Span
        /// Of a hundred that may be sent back, so many are.
        package let returned: Int
        /// Of a hundred, so many end here.
        package let refused: Int

        package init(pause: Span, work: Span, returned: Int = 0, refused: Int = 0) {
            self.pause = pause
            self.work = work
            self.returned = returned
            self.refused = refused
        }
    }

    /// How steps go whose time is counted in hours: spans are hundredths of an hour, and nobody waits for the morning.
    package struct Urgent: Sendable, Hashable {
        package let habits: [Step.Kind: Habit]
        package let otherwise: Habit

        package init(habits: [Step.Kind: Habit], otherwise: Habit) {
            self.habits = habits
            self.otherwise = otherwise
        }
    }

    package let standing: RuleStanding
    /// The day on which the call of each simulated round opens: fixed, so that a seed gives the same on any day.
    package let opens: Day
    package let openDays: Int
    /// Of the time the call is open, dossiers begin within the first so many of a hundred.
    package let beginWithin: Int
    /// Dossiers of one round, which wait for the same people.
    package let perRound: Int
    /// A dossier is sent back at most so often.
    package let returnsMost: Int
    /// People of a role; a role that is not named has one.
    package let staff: [Role: Int]
    /// Roles in which each dossier has people of its own, who keep nobody else waiting.
    package let own: Set<Role>
    /// How many of a role each dossier asks in, as far as the programme leaves it open. A role that is not named: the
    /// fewest with which each step of it is done.
    package let parties: [Role: Int]
    package let habits: [Step.Kind: Habit]
    /// For kinds without a habit of their own.
    package let otherwise: Habit
    /// Nil where nothing is said of hours: such steps go by days like the others.
    package let urgent: Urgent?

    package init(
        standing: RuleStanding, opens: Day, openDays: Int, beginWithin: Int, perRound: Int, returnsMost: Int,
        staff: [Role: Int], own: Set<Role>, parties: [Role: Int] = [:], habits: [Step.Kind: Habit],
        otherwise: Habit, urgent: Urgent? = nil
    ) {
        self.standing = standing
        self.opens = opens
        self.openDays = openDays
        self.beginWithin = beginWithin
        self.perRound = perRound
        self.returnsMost = returnsMost
        self.staff = staff
        self.own = own
        self.parties = parties
        self.habits = habits
        self.otherwise = otherwise
        self.urgent = urgent
    }

    /// A statement goes back, and ends a dossier, only where its form lets its author say so or counts voices; an
    /// appraisal, only where its rule does.
    func habit(
        of step: Step, among statements: [StatementForm]?, _ appraisals: [Appraisal]? = nil
    ) -> Habit {
        let habit = habit(of: step)
        if let appraisal = appraisals?.first(where: { $0.id == step.appraisal }),
            appraisal.combination.otherwise == .noted
        {
            return Habit(pause: habit.pause, work: habit.work)
        }
        guard step.kind == .statement, let form = statements?.first(where: { $0.id == step.statement }) else {
            return habit
        }
        return Habit(
            pause: habit.pause, work: habit.work,
            returned: form.outcomes.contains(.returned) ? habit.returned : 0,
            refused: form.outcomes.contains(.refused) || form.tally != nil ? habit.refused : 0)
    }

    package func habit(of step: Step) -> Habit {
        if step.isByHour, let urgent { return urgent.habits[step.kind] ?? urgent.otherwise }
        return habits[step.kind] ?? otherwise
    }

    /// In what a procedure is counted: in hours, day and night, as soon as one of its terms is.
    func unit(of procedure: Procedure) -> SimulationReport.Unit {
        urgent != nil && procedure.steps.contains(where: \.isByHour) ? .hours : .workingDays
    }

    /// How many people of the role one dossier can meet.
    package func people(_ role: Role) -> Int { own.contains(role) ? 1 : max(staff[role] ?? 1, 0) }

    /// How many parties of each role a dossier of the programme has in a simulation: at least one, so that what each of
    /// them does is looked at, and otherwise within what the programme allows.
    package func accepted(in programme: Programme) -> AcceptedParties {
        AcceptedParties(
            Dictionary(
                (programme.parties ?? []).map { rule in
                    (rule.role, min(max(parties[rule.role] ?? 1, rule.least, 1), rule.most))
                }, uniquingKeysWith: { first, _ in first }))
    }

    /// The same with other numbers of people, or another size of round.
    package func with(staff other: [Role: Int], perRound size: Int? = nil) -> SimulationAssumptions {
        SimulationAssumptions(
            standing: standing, opens: opens, openDays: openDays, beginWithin: beginWithin,
            perRound: size ?? perRound, returnsMost: returnsMost,
            staff: staff.merging(other) { _, new in new }, own: own.subtracting(other.keys),
            parties: parties, habits: habits, otherwise: otherwise, urgent: urgent)
    }
}
