import ArgumentParser
import Foundation
import PlanFiles
import Portal
import Store

/// Where the house keeps what is its own.
struct DataOptions: ParsableArguments {
    @Option(help: "The folder with database and attachments.") var data = "var"
    @Option(help: "The folder with the journal's signing key (default: DATA/keys).") var keys: String?

    var databasePath: String { "\(data)/jiebang.sqlite" }
    var keysFolder: String { keys ?? "\(data)/keys" }
}

/// Where the plan's definitions are read.
struct PlanOptions: ParsableArguments {
    @Option(help: "The plan's folder (default: Plan here, else beside the program).") var plan: String?

    var folder: String {
        if let plan { return plan }
        if FileManager.default.fileExists(atPath: "Plan/plan.yaml") { return "Plan" }
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let folder =
            Bundle.main.executableURL?.deletingLastPathComponent() ?? program.deletingLastPathComponent()
        return folder.appendingPathComponent("Plan").path
    }
}
