import ArgumentParser

/// `jiebang draw …`: a draw by lot that anyone can repeat. Needs neither database nor network.
struct DrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draw", abstract: "Draw by lot so that anyone can repeat it.",
        discussion: """
            commit freezes who may be drawn, how many, and which public sources will bring chance, and prints the \
            digest to publish. When the sources have their values, run draws and writes every step down. verify \
            repeats a draw from its transcript; verify_draw.py does the same with Python alone.
            """,
        subcommands: [
            DrawCommitCommand.self, DrawRunCommand.self, DrawVerifyCommand.self, DrawPromiseCommand.self,
        ])
}
