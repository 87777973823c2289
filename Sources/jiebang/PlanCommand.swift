import ArgumentParser

/// `jiebang plan …`
struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "The plan as data.",
        subcommands: [
            PlanImportCommand.self, PlanCheckCommand.self, PlanCoverageCommand.self, PlanSimulateCommand.self,
            PlanWhatIfCommand.self, PlanDiffCommand.self,
        ])
}
