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
        try require()
        let database = try Self.open(databasePath, Database.Options(creates: false))
        try House.requireMigrated(database)
        return database
    }

    /// Complains where there is no house, and says what makes one.
    func require() throws {
        guard hasDatabase else {
            throw Complaint(
                Terminal.words(
                    "\(databasePath)：没有数据库；请先运行 jiebang init",
                    "\(databasePath): there is no database; run jiebang init"))
        }
    }

    /// Opens a database, and names the file that is none.
    static func open(_ path: String, _ options: Database.Options = Database.Options()) throws -> Database {
        do {
            return try Database.open(path: path, options)
        } catch let error as StoreError {
            // 26 is SQLITE_NOTADB, 11 SQLITE_CORRUPT.
            guard case .other(let code, let message) = error.kind, [26, 11].contains(code) else {
                throw error
            }
            throw Complaint(
                Terminal.words(
                    "\(path)：不是揭榜的数据库，或已损坏（\(message)）",
                    "\(path): not a Jiebang database, or a damaged one (\(message))"))
        }
    }

    /// The same for who changes it: no other process may write meanwhile.
    func lock() throws -> DataLock {
        guard FileManager.default.fileExists(atPath: data) else {
            throw Complaint(Terminal.words("\(data)：没有这个目录", "\(data): there is no such folder"))
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
            if let plan {
                throw Complaint(
                    Terminal.words(
                        "\(plan)：--plan 所指的目录中没有 plan.yaml",
                        "\(plan): the folder that --plan names has no plan.yaml"))
            }
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
