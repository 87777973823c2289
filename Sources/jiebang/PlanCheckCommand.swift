import ArgumentParser
import Foundation
import PlanFiles

/// `jiebang plan check [DIR]`: what is wrong with the plan's files.
struct PlanCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find what is wrong with the plan's files.")

    @Argument(help: "The plan's folder.") var folder: String?
    @OptionGroup var plan: PlanOptions
    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let folder = folder ?? plan.folder
        let problems = PlanCheck.check(folder)
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
}
