import ArgumentParser
import Matching
import MatchingFiles

/// `jiebang match verify`: whether an assignment keeps every rule and is as good as its certificate claims.
struct MatchVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check an assignment by its certificate, without solving.")

    @OptionGroup var input: MatchFilesOptions
    @Option(help: "The assignment to check.") var assignment: String
    @Option(help: "The certificate to check it by.") var certificate: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        do {
            // One JSON object either way: what may be read by a program was never written otherwise.
            Terminal.say(try verified())
        } catch {
            if output.json { try Terminal.json(Refusal(accepted: false, error: "\(error)")) }
            throw error
        }
    }

    private func verified() throws -> String {
        let (problem, scale) = try input.files.read()
        let pairs = try AssignmentFile.read(
            path: assignment, proposals: problem.proposals, experts: problem.experts)
        let claimed = try CertificateFile.read(path: certificate)
        let verified = try claimed.verify(problem, pairs, scale: scale)
        let isOptimal = try claimed.provesOptimal(verified, problem, pairs, scale: scale)
        return ReportText.verified(verified, isOptimal: isOptimal, scale: scale)
    }

    private struct Refusal: Encodable {
        let accepted: Bool
        let error: String
    }
}
