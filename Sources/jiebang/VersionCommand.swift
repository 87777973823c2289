import ArgumentParser
import Portal
import Store

/// `jiebang version`
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version", abstract: "Print the program's version and the schema it knows.")

    static let number = "0.1.0"

    @OptionGroup var output: OutputOptions

    func run() throws {
        let schema = try House.migrations().map(\.number).max() ?? 0
        if output.json { return try Terminal.json(["version": Self.number, "schema": "\(schema)"]) }
        Terminal.say("jiebang \(Self.number), schema \(schema)")
    }
}
