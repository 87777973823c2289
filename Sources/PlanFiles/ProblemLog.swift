import Lifecycle

/// Collects what is wrong while a folder is read, so that one reading reports everything.
final class ProblemLog {
    private(set) var problems: [PlanProblem] = []
    /// Where named things stand, for the checks that come after reading: `rule:quota`, `step:screen`.
    private(set) var places: [String: Place] = [:]

    func add(_ problem: PlanProblem) { problems.append(problem) }

    func add(_ place: Place, _ code: String, _ zh: String, _ en: String) {
        problems.append(PlanProblem(place, code, zh, en))
    }

    func warn(_ place: Place, _ code: String, _ zh: String, _ en: String) {
        problems.append(PlanProblem(place, code, zh, en, weight: .warning))
    }

    func mark(_ name: String, _ place: Place) { places[name] = place }
}
