import ArgumentParser

/// `jiebang journal …`
struct JournalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "The journal of facts and its proofs.",
        subcommands: [
            JournalVerifyCommand.self, JournalProveCommand.self, JournalCheckCommand.self,
            JournalRebuildCommand.self, JournalEraseCommand.self,
        ])
}
