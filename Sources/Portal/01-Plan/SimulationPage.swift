import Lifecycle

/// `/office/plan/simulate/{programme}`: how the procedure would run, drawn with its figures by step.
struct SimulationPage: Sendable {
    let title: String
    let action: String
    let summary: String
    let grounds: String
    let sizes: [Choice]
    let seed: String
    let staff: [People]
    let figures: [Figure]
    /// Of the times that people wait.
    let unit: String
    let deadEnds: [DeadEnd]
    let hasDeadEnds: Bool
    let procedure: ProcedureDrawing
    let steps: [StepLine]
    let roles: [RoleLine]
    let hasRoles: Bool

    struct Choice: Sendable {
        let value: String
        let label: String
        let selected: Bool
    }

    struct People: Sendable {
        let id: String
        let label: String
        let value: String
    }

    struct Figure: Sendable {
        let kind: String
        let value: String
        let label: String
    }

    struct DeadEnd: Sendable {
        let label: String
        let reason: String
    }

    struct StepLine: Sendable {
        let label: String
        let by: String
        let reached: String
        let days: String
        let waited: String
        let missed: String
        let isMissed: Bool
        let back: String
    }

    struct RoleLine: Sendable {
        let label: String
        let people: String
        let tasks: String
        let waited: String
        let busy: String
        let busyText: String
    }

    init(
        _ programme: Programme, _ report: SimulationReport, _ assumptions: SimulationAssumptions,
        _ form: SimulationForm, _ words: Words.Catalogue
    ) {
        let spell = SimulationWords(words: words)
        title = programme.title.text(in: words.language)
        action = "/office/plan/simulate/\(programme.id)"
        summary = words.filled(
            "simulation.summary",
            ["n": "\(report.dossiers)", "rounds": "\(report.rounds)", "each": "\(report.perRound)"])
        grounds = words.filled(
            "simulation.grounds", ["standing": words["rule.standing.\(report.standing.rawValue)"]])
        sizes = SimulationForm.sizes.map {
            Choice(value: "\($0)", label: "\($0)", selected: $0 == form.dossiers)
        }
        seed = "\(form.seed)"
        staff = form.roles.map {
            People(
                id: "staff-\($0.rawValue)", label: words["procedure.by.\($0.rawValue)"],
                value: "\(form.staff[$0] ?? 1)")
        }
        var figures = [
            Figure(kind: "good", value: "\(report.finished)", label: words["simulation.finished"]),
            Figure(kind: "", value: "\(report.refused)", label: words["simulation.refused"]),
            Figure(kind: "warn", value: "\(report.late)", label: words["simulation.late"]),
            Figure(kind: "bad", value: "\(report.stuck)", label: words["simulation.stuck"]),
            Figure(kind: "", value: spell.days(report.days), label: words["simulation.whole"]),
        ]
        if let hours = report.hours {
            figures.append(
                Figure(kind: "", value: spell.hours(hours), label: words["simulation.wholeHours"]))
        }
        self.figures = figures
        unit = words["simulation.unit.\(report.unit.rawValue)"]
        deadEnds = report.deadEnds.map {
            DeadEnd(label: $0.label.text(in: words.language), reason: spell.reason($0.reason))
        }
        hasDeadEnds = !deadEnds.isEmpty
        let dead = Set(report.deadEnds.map(\.step))
        procedure = ProcedureDrawing(
            programme.procedure, standing: nil, caption: words["simulation.caption"],
            figures: Dictionary(
                report.steps.map { step in
                    let state =
                        dead.contains(step.id) ? "closed" : step.id == report.bottleneck ? "current" : "done"
                    return (
                        step.id,
                        ProcedureDrawing.Figure(
                            state: state, short: spell.short(step), long: spell.long(step, report.unit))
                    )
                }, uniquingKeysWith: { first, _ in first }), words: words)
        steps = report.steps.map { step in
            StepLine(
                label: step.label.text(in: words.language), by: words["procedure.by.\(step.by.rawValue)"],
                reached: "\(step.reached)", days: spell.took(step), waited: spell.working(step.waited),
                missed: spell.share(step.missed, of: step.opened), isMissed: step.missed > 0,
                back: "\(step.returned) / \(step.refused)")
        }
        roles = report.roles.map { role in
            RoleLine(
                label: words["procedure.by.\(role.role.rawValue)"], people: "\(role.people)",
                tasks: "\(role.tasks)",
                waited: "\(spell.working(role.waited.p50)) / \(spell.working(role.waited.p95))",
                busy: "\(role.busy)", busyText: "\(role.busy)%")
        }
        hasRoles = !roles.isEmpty
    }
}

/// A report's figures in finished words.
struct SimulationWords: Sendable {
    let words: Words.Catalogue

    func days(_ spread: SimulationReport.Spread?) -> String {
        spread.map { words.filled("simulation.days", ["p50": "\($0.p50)", "p95": "\($0.p95)"]) } ?? "—"
    }

    func hours(_ spread: SimulationReport.Spread) -> String {
        words.filled("simulation.hours", ["p50": "\(spread.p50)", "p95": "\(spread.p95)"])
    }

    /// In hours where the step's term is hours.
    func took(_ step: SimulationReport.OfStep) -> String { step.hours.map(hours) ?? days(step.days) }

    /// Fits into a box of the drawing.
    func short(_ step: SimulationReport.OfStep) -> String {
        let key = step.hours == nil ? "simulation.short" : "simulation.shortHours"
        return (step.hours ?? step.days).map { words.filled(key, ["p50": "\($0.p50)", "p95": "\($0.p95)"]) }
            ?? "—"
    }

    func long(_ step: SimulationReport.OfStep, _ unit: SimulationReport.Unit) -> String {
        words.filled(
            "simulation.long",
            [
                "days": took(step), "waited": working(step.waited),
                "unit": words["simulation.unit.\(unit.rawValue)"],
                "missed": share(step.missed, of: step.opened),
            ])
    }

    /// Hundredths of the unit with one decimal.
    func working(_ hundredths: Int) -> String {
        let tenths = (hundredths + 5) / 10
        return "\(tenths / 10).\(tenths % 10)"
    }

    func share(_ part: Int, of whole: Int) -> String {
        guard part > 0, whole > 0 else { return "0" }
        return words.filled(
            "simulation.share",
            ["n": "\(part)", "percent": part * 100 < whole ? "<1" : "\(part * 100 / whole)"])
    }

    func reason(_ reason: SimulationReport.DeadEnd.Reason) -> String {
        func role(_ role: Role) -> String { words["procedure.by.\(role.rawValue)"] }
        return switch reason {
        case .neverReached: words["simulation.dead.never-reached"]
        case .nobody(let who): words.filled("simulation.dead.nobody", ["role": role(who)])
        case .tooFew(let who, let needs, let people):
            words.filled(
                "simulation.dead.too-few", ["role": role(who), "needs": "\(needs)", "people": "\(people)"])
        case .apart(let who, let needs, let people):
            words.filled(
                "simulation.dead.apart", ["role": role(who), "needs": "\(needs)", "people": "\(people)"])
        }
    }
}
