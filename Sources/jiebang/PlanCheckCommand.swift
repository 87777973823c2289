import ArgumentParser
import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store

/// `jiebang plan check [DIR]`: what is wrong with the plan's files, and with taking running calls over to them.
struct PlanCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find what is wrong with the plan's files.",
        discussion: """
            With --data the definitions are held against a house too: a call that --moving names is to go over to \
            them, and so is one that a waiting proposal names; what would strand a dossier is an error. Any other \
            running call keeps what it pinned, and what would forbid its going over is a warning.
            """)

    @Argument(help: "The plan's folder.") var folder: String?
    @Option(help: "The folder of a house, whose running dossiers are looked at.") var data: String?
    @Option(help: "The folder with that house's keys (default: DATA/keys).") var keys: String?
    @Option(
        parsing: .upToNextOption, help: "Numbers of running calls that are to go over to these definitions.")
    var moving: [String] = []
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !moving.isEmpty, data == nil { throw ValidationError("--moving needs --data") }
        if keys != nil, data == nil { throw ValidationError("--keys needs --data") }
    }

    func run() async throws {
        let folder = folder ?? plan.folder
        var problems = PlanCheck.check(folder)
        // What cannot be read is not held against dossiers.
        if let data, !problems.contains(where: \.isError) {
            problems += try await migrations(to: folder, in: data)
        }
        if output.json {
            try Terminal.json(problems)
        } else {
            for problem in problems { Terminal.tell(problem.text(in: Terminal.language)) }
            if problems.isEmpty {
                Terminal.say(Terminal.words("\(folder)：没有发现问题", "\(folder): nothing is wrong"))
            }
        }
        if problems.contains(where: \.isError) { throw ExitCode(1) }
    }

    private func migrations(to folder: String, in data: String) async throws -> [PlanProblem] {
        let house = try await HouseOnDisk(
            place: DataOptions.parse(["--data", data] + (keys.map { ["--keys", $0] } ?? [])),
            plan: PlanOptions.parse(["--plan", folder])
        ).openForReading()
        let moving = moving
        let found = try house.database.readNow { store in
            try DefinitionCheck.findings(for: house.plan.programmes, moving: moving, house, store)
        }
        let (zh, en) = (house.words(in: .zh), house.words(in: .en))
        return found.flatMap { finding in
            finding.refusals.map { refusal in
                PlanProblem(
                    place(of: finding, folder, data), refusal.code,
                    "征集 \(finding.number)：\(zh.sentence(refusal))",
                    "call \(finding.number): \(en.sentence(refusal))",
                    weight: finding.isStated ? .error : .warning)
            }
        }
    }

    private func place(of finding: DefinitionCheck.Finding, _ folder: String, _ data: String) -> Place {
        let path =
            if let proposal = finding.proposal {
                "\(data)/office/plan/proposals/\(proposal)"
            } else if finding.programme.isEmpty {
                data
            } else {
                "\(folder)/programmes/\(finding.programme)"
            }
        return Place(path: path, line: 1, column: 1)
    }
}
