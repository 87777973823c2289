import ArgumentParser
import Foundation
import Glibc
import Lifecycle
import PlanFiles
import Portal

/// 揭榜: research funding from call to first payment.
///
/// Exit status: 0 fine, 1 refused or a finding, 2 wrong usage.
@main
struct Jiebang: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jiebang", abstract: "揭榜 — research funding from call to first payment",
        subcommands: [
            ServeCommand.self, InitCommand.self, MigrateCommand.self, BackupCommand.self,
            RestoreCommand.self, PlanCommand.self, WhyCommand.self, JournalCommand.self, MatchCommand.self,
            ReuseCommand.self, DrawCommand.self, BenchCommand.self, VersionCommand.self,
        ])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let code as ExitCode {
            Glibc.exit(code.rawValue)
        } catch let problems as PlanProblems {
            for problem in problems.problems { Terminal.tell(problem.text(in: Terminal.language)) }
            Glibc.exit(1)
        } catch let refused as Refused {
            for refusal in refused.refusals { Terminal.tell("error: \(Terminal.sentence(refusal))") }
            Glibc.exit(1)
        } catch let spoken as any SpokenError {
            Terminal.tell("error: \(spoken.text(in: Terminal.language))")
            Glibc.exit(1)
        } catch {
            let status = exitCode(for: error)
            let text = status == .failure ? Terminal.error("\(error)") : fullMessage(for: error)
            if status == .success { Terminal.say(text) } else { Terminal.tell(text) }
            Glibc.exit(status == .validationFailure ? 2 : status.rawValue)
        }
    }
}
