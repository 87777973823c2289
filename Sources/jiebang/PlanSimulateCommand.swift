import ArgumentParser
import Lifecycle
import PlanFiles

/// `jiebang plan simulate PROGRAMME`: thousands of invented dossiers through its procedure, at a stated staffing.
struct PlanSimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Run invented dossiers through a programme's procedure.",
        discussion: """
            How long people take and how often things come back stands in PLAN/simulation.yaml. It is a demo \
            setting of this system and not a fact; neither are the figures that rest on it. The same seed gives \
            the same report. The status is 1 where a step is never done.
            """)

    @Argument(help: "The programme's id.") var programme: String
    @Option(help: "How many dossiers.") var dossiers = 10_000
    @Option(help: "Decides what is drawn.") var seed: UInt64 = 1
    @Option(help: "Dossiers of one round, which wait for the same people (default: as the plan says).")
    var perRound: Int?
    @Option(
        parsing: .upToNextOption,
        help: "People of a role, such as programme-officer=4 (default: as the plan says).")
    var staff: [String] = []
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...1_000_000).contains(dossiers) else {
            throw ValidationError("--dossiers is from 1 to 1000000")
        }
        if let perRound, !(1...1_000_000).contains(perRound) {
            throw ValidationError("--per-round is from 1 to 1000000")
        }
        _ = try people()
    }

    private func people() throws -> [Role: Int] {
        var people: [Role: Int] = [:]
        for entry in staff {
            let halves = entry.split(separator: "=", omittingEmptySubsequences: false)
            guard halves.count == 2, let role = Role(rawValue: String(halves[0])), let count = Int(halves[1]),
                (0...100_000).contains(count), people[role] == nil
            else {
                let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError(
                    "--staff \(entry): write role=number, each role once; roles are \(roles)")
            }
            people[role] = count
        }
        return people
    }

    func run() throws {
        try plan.require()
        let loaded = try PlanFolder.load(plan.folder)
        guard let chosen = loaded.programme(programme) else {
            let known = loaded.programmes.map(\.id).joined(separator: ", ")
            throw Complaint(
                Terminal.words(
                    "没有项目“\(programme)”；有：\(known)",
                    "there is no programme “\(programme)”; there are \(known)"))
        }
        guard let assumptions = loaded.assumptions else {
            throw Complaint(
                Terminal.words(
                    "\(plan.folder)/simulation.yaml：没有模拟的设定，无从模拟",
                    "\(plan.folder)/simulation.yaml: there is nothing to take for granted, so nothing to simulate"
                ))
        }
        let report = Simulation(
            chosen, assumptions.with(staff: try people(), perRound: perRound), calendar: loaded.calendar,
            seed: seed, dossiers: dossiers
        ).run()
        if output.json { try Terminal.json(report) } else { SimulationText(report).print() }
        if !report.deadEnds.isEmpty { throw ExitCode(1) }
    }
}

/// A report as a terminal shows it.
private struct SimulationText {
    let report: SimulationReport

    init(_ report: SimulationReport) { self.report = report }

    func print() {
        let words = Terminal.words
        Terminal.say(
            words(
                "\(report.programme)：\(report.dossiers) 份，\(report.rounds) 轮，每轮 \(report.perRound) 份，种子 \(report.seed)",
                "\(report.programme): \(report.dossiers) dossiers in \(report.rounds) rounds of \(report.perRound), seed \(report.seed)"
            ))
        Terminal.say(
            words(
                "以下数字出自 simulation.yaml 的设定（\(PlanCoverageCommand.word(for: report.standing))），不是统计事实。",
                "These figures rest on simulation.yaml (\(PlanCoverageCommand.word(for: report.standing))); nothing was measured."
            ))
        Terminal.say(
            words(
                "办完 \(report.finished) · 终止 \(report.refused) · 错过截止 \(report.late) · 卡住 \(report.stuck) · 全程 \(days(report.days))",
                "finished \(report.finished) · ended \(report.refused) · too late \(report.late) · stuck \(report.stuck) · from first to last \(days(report.days))"
            ))
        if let hours = report.hours {
            Terminal.say(
                words(
                    "从发布到以小时计的最后一步 \(spread(hours, "小时", "hours"))",
                    "from the publication to the last step counted in hours \(spread(hours, "小时", "hours"))"))
        }
        Terminal.say("")
        for step in report.steps {
            Terminal.say(
                "  \(step.id) \(step.label.text(in: Terminal.language)): "
                    + words(
                        "到达 \(step.reached)，用时 \(took(step))，等人平均 \(hundredths(step.waited)) \(unit)，逾期 \(step.missed)，退回 \(step.returned)，终止 \(step.refused)",
                        "reached \(step.reached), took \(took(step)), waited \(hundredths(step.waited)) \(unit) on average, missed \(step.missed), returned \(step.returned), ended \(step.refused)"
                    ))
        }
        Terminal.say("")
        for role in report.roles {
            Terminal.say(
                "  \(role.role.rawValue) ×\(role.people): "
                    + words(
                        "\(role.tasks) 件，等候 \(hundredths(role.waited.p50)) / \(hundredths(role.waited.p95)) \(unit)（中位 / 95%），忙 \(role.busy)%",
                        "\(role.tasks) tasks, waited \(hundredths(role.waited.p50)) / \(hundredths(role.waited.p95)) \(unit) (p50 / p95), busy \(role.busy) %"
                    ))
        }
        guard !report.deadEnds.isEmpty else { return }
        Terminal.say("")
        for end in report.deadEnds {
            Terminal.say(
                "  \(words("走不到头", "never done")): \(end.step) \(end.label.text(in: Terminal.language)) — \(reason(end.reason))"
            )
        }
    }

    private func days(_ spread: SimulationReport.Spread?) -> String {
        spread.map { self.spread($0, "天", "days") } ?? "—"
    }

    private func took(_ step: SimulationReport.OfStep) -> String {
        step.hours.map { spread($0, "小时", "hours") } ?? days(step.days)
    }

    private func spread(_ spread: SimulationReport.Spread, _ zh: String, _ en: String) -> String {
        Terminal.words(
            "\(spread.p50) / \(spread.p95) \(zh)（中位 / 95%）", "\(spread.p50) / \(spread.p95) \(en) (p50 / p95)"
        )
    }

    private var unit: String {
        switch report.unit {
        case .workingDays: Terminal.words("个工作日", "working days")
        case .hours: Terminal.words("小时", "hours")
        }
    }

    private func hundredths(_ number: Int) -> String {
        "\(number / 100).\(number % 100 / 10)\(number % 10)"
    }

    private func reason(_ reason: SimulationReport.DeadEnd.Reason) -> String {
        switch reason {
        case .neverReached: Terminal.words("没有一份走到这里", "no dossier came here")
        case .nobody(let role): Terminal.words("\(role.rawValue) 没有人", "there is no \(role.rawValue)")
        case .tooFew(let role, let needs, let people):
            Terminal.words(
                "要 \(needs) 个不同的 \(role.rawValue)，只有 \(people) 个",
                "it takes \(needs) different people (\(role.rawValue)), and there are \(people)")
        case .apart(let role, let needs, let people):
            Terminal.words(
                "与前面的步骤须由不同的人办，共要 \(needs) 个 \(role.rawValue)，只有 \(people) 个",
                "kept apart from an earlier step it takes \(needs) people (\(role.rawValue)), and there are \(people)"
            )
        }
    }
}
