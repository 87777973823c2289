import ArgumentParser

/// `jiebang match …`
struct MatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match", abstract: "Assign reviewers to proposals, with proof.",
        subcommands: [MatchSolveCommand.self, MatchVerifyCommand.self],
        defaultSubcommand: MatchSolveCommand.self)
}
