/// The plan as data: what `Plan/` at the root of the project says.
package struct Plan: Sendable, Equatable {
    package let clauses: [PlanClause]
    package let tasks: [PlanTask]
    /// What the plan's own text says can be told of its success.
    package let indicators: [PlanIndicator]
    package let units: [ResponsibleUnit]
    package let calendar: WorkCalendar
    package let programmes: [Programme]
    /// The texts each programme was read from, by programme id and file name: what a call pins.
    package let definitions: [String: [String: String]]
    /// How problems are put in; nil where the plan has no `problem.yaml`, and then none are taken.
    package let problemForm: ProblemForm?
    /// What simulations take for granted; nil where the plan does not say.
    package let assumptions: SimulationAssumptions?

    package init(
        clauses: [PlanClause], tasks: [PlanTask], units: [ResponsibleUnit], calendar: WorkCalendar,
        programmes: [Programme], definitions: [String: [String: String]] = [:],
        problemForm: ProblemForm? = nil,
        assumptions: SimulationAssumptions? = nil, indicators: [PlanIndicator] = []
    ) {
        self.clauses = clauses
        self.tasks = tasks
        self.indicators = indicators
        self.units = units
        self.calendar = calendar
        self.programmes = programmes
        self.definitions = definitions
        self.problemForm = problemForm
        self.assumptions = assumptions
    }

    package func clause(_ id: ClauseID) -> PlanClause? { clauses.first { $0.id == id } }
    package func programme(_ id: String) -> Programme? { programmes.first { $0.id == id } }
}

/// A clause of the action plan under a short title in our own words; the text itself stays with its authors.
package struct PlanClause: Sendable, Codable, Hashable {
    package let id: ClauseID
    package let title: Label

    package init(id: ClauseID, title: Label) {
        self.id = id
        self.title = title
    }
}

/// A piece of work the plan calls for, with the slots of the units that answer for it.
package struct PlanTask: Sendable, Codable, Hashable {
    package let id: String
    package let title: Label
    package let clauses: [ClauseID]
    /// Ids of ``ResponsibleUnit``.
    package let units: [String]
    package let from: Day
    package let until: Day
    /// The programmes that carry it out, by id; empty where none is encoded yet.
    package let programmes: [String]

    package init(
        id: String, title: Label, clauses: [ClauseID], units: [String], from: Day, until: Day,
        programmes: [String] = []
    ) {
        self.id = id
        self.title = title
        self.clauses = clauses
        self.units = units
        self.from = from
        self.until = until
        self.programmes = programmes
    }
}

/// Something by which the plan's own text lets its success be told. The text gives hardly a figure, and none is added: an
/// indicator without one says so.
package struct PlanIndicator: Sendable, Codable, Hashable {
    package let id: String
    package let title: Label
    package let clauses: [ClauseID]
    /// What the text states of how much or how often; nil where it states nothing.
    package let target: Label?
    /// Nil where the text names no day.
    package let until: Day?

    package init(id: String, title: Label, clauses: [ClauseID], target: Label?, until: Day?) {
        self.id = id
        self.title = title
        self.clauses = clauses
        self.target = target
        self.until = until
    }
}

/// A slot for a unit that answers for tasks. The plan names none for most: an empty slot is shown as such.
package struct ResponsibleUnit: Sendable, Codable, Hashable {
    package let id: String
    package let title: Label
    /// The organisation that fills the slot; nil until someone says.
    package let organisation: String?

    package init(id: String, title: Label, organisation: String? = nil) {
        self.id = id
        self.title = title
        self.organisation = organisation
    }
}
