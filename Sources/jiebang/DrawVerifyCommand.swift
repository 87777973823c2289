import ArgumentParser
import Foundation
import PublicDraw

/// `jiebang draw verify TRANSCRIPT.json`
struct DrawVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Repeat a draw and compare every step.",
        discussion: "Exit status 0 if the transcript is what the draw gives, 1 if not.")

    @Argument(help: "The transcript, or - for standard input.") var transcript: String
    @Option(help: "The digest published beforehand, or the file of the commitment.") var commitment: String?
    @OptionGroup var form: OutputOptions

    func validate() throws {
        // What is meant as a digest is not looked for as a file.
        guard let commitment, commitment.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            commitment.utf8.count != 64, !FileManager.default.fileExists(atPath: commitment)
        else { return }
        throw ValidationError(
            "--commitment: a digest has 64 hexadecimal digits, “\(commitment)” has \(commitment.utf8.count)")
    }

    func run() throws {
        let text = try DrawFile.text(transcript)
        let digest = try commitment.map(Self.digest)
        let verified: Transcript
        do throws(TranscriptRefused) {
            verified = try Transcript.verified(text, commitmentDigest: digest)
        } catch {
            guard case .document(let refusal) = error else {
                throw Complaint("\(transcript):1:1: error: \(error) [draw.differs]")
            }
            throw Complaint(DrawDocument.complaint(transcript, refusal))
        }
        let summary = DrawnSummary(verified)
        if form.json { return try Terminal.json(summary) }
        Terminal.say(summary.description)
        Terminal.say(
            digest == nil
                ? "The draw follows from this commitment. Compare its digest with the one published beforehand."
                : "The draw follows from the published commitment.")
    }

    private static func digest(_ text: String) throws -> String {
        let isDigest = text.utf8.count == 64 && text.allSatisfy(\.isHexDigit)
        return isDigest ? text : try DrawRunCommand.read(text).digest
    }
}
