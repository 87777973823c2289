import Lifecycle
import Store

extension House {
    /// The plan as it is carried out now: each programme as it is in force, everything else as the folder had it at the
    /// start. A folder that was edited, and whose definition nobody activated, changes nothing here.
    func planInForce(_ store: Transaction) throws -> Plan {
        Plan(
            clauses: plan.clauses, tasks: plan.tasks, units: plan.units, calendar: plan.calendar,
            programmes: try definitions.inForce(store), definitions: plan.definitions,
            problemForm: plan.problemForm, assumptions: plan.assumptions, indicators: plan.indicators)
    }
}
