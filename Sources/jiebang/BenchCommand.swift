import ArgumentParser

/// `jiebang bench …`
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure on this machine.",
        subcommands: [
            BenchJournalCommand.self, BenchCrowdCommand.self, BenchBusyCommand.self, BenchPlanCommand.self,
        ])
}
