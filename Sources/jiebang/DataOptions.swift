import ArgumentParser
import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store

/// Where the house keeps what is its own.
struct DataOptions: ParsableArguments {
    @Option(help: "The folder with database and attachments.") var data = "var"
    @Option(help: "The folder with the journal's signing key (default: DATA/keys).") var keys: String?

    var databasePath: String { Self.databasePath(in: data) }
    var keysFolder: String { keys ?? "\(data)/keys" }
    var attachmentFolder: String { "\(data)/attachments" }

    static func databasePath(in folder: String) -> String { "\(folder)/jiebang.sqlite" }

    var hasDatabase: Bool { FileManager.default.fileExists(atPath: databasePath) }

    /// The database as it is, which must be there and up to date.
    func openForReading() throws -> Database {
        guard hasDatabase else { throw Complaint("\(databasePath): there is no database; run jiebang init") }
        let database = try Database.open(path: databasePath, Database.Options(creates: false))
        try House.requireMigrated(database)
        return database
    }

    /// The same for who changes it: no other process may write meanwhile.
    func lock() throws -> DataLock {
        guard FileManager.default.fileExists(atPath: data) else {
            throw Complaint("\(data): there is no such folder")
        }
        return try DataLock(folder: data)
    }
}

/// Where the plan's definitions are read.
struct PlanOptions: ParsableArguments {
    @Option(help: "The plan's folder (default: Plan here, else beside the program).") var plan: String?

    var folder: String {
        if let plan { return plan }
        if FileManager.default.fileExists(atPath: "Plan/plan.yaml") { return "Plan" }
        let program = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        var above = program.resolvingSymlinksInPath().deletingLastPathComponent()
        // Beside the program, or above the folders a build puts it in.
        for _ in 0..<5 {
            let folder = above.appendingPathComponent("Plan").path
            if FileManager.default.fileExists(atPath: "\(folder)/plan.yaml") { return folder }
            above.deleteLastPathComponent()
        }
        return "Plan"
    }

    /// Complains before anything is begun, and says which option helps.
    func require() throws {
        let file = "\(folder)/plan.yaml"
        guard FileManager.default.fileExists(atPath: file) else {
            throw Complaint(
                Terminal.words(
                    "\(file)：当前目录和程序旁边都没有计划文件；请用 --plan DIR 指明计划所在的目录",
                    "\(file): there is no plan here or beside the program; name its folder with --plan DIR"))
        }
    }
}

struct OutputOptions: ParsableArguments {
    @Flag(help: "Answer as JSON.") var json = false
}

/// A refusal in words, for the terminal.
struct Complaint: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
