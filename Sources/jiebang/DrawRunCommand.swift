import ArgumentParser
import Foundation
import PublicDraw

/// `jiebang draw run COMMITMENT --values FILE`
struct DrawRunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Draw from the sources' values and write every step down.",
        discussion: """
            FILE has a line for each source, its name, a colon and what it gave:

                双色球2026138期: 28 07 13 31 02 19
                promises/甲大学: 64 hexadecimal digits, after “late ” if opened too late

            or is JSON: {"双色球2026138期": ["28", "07"], "promises": {"甲大学": "…", "乙大学": {"late": "…"}}}.
            """)

    @Argument(help: "The file that commit wrote, or - for standard input.") var commitment: String
    @Option(help: "The sources' values.") var values: String
    @Option(name: .shortAndLong, help: "The transcript to write (default: standard output).") var output:
        String?
    @OptionGroup var form: OutputOptions

    func run() throws {
        let commitment = try Self.read(commitment)
        let values = try DrawValues(file: values).read(for: commitment)
        let transcript: Transcript
        do throws(ValuesRefused) {
            transcript = try commitment.draw(values: values)
        } catch {
            throw Complaint(DrawFile.complaint(self.values, line: 1, error, code: "draw.values"))
        }
        try DrawOutput(file: output, json: form.json).write(transcript.document, DrawnSummary(transcript))
    }

    static func read(_ file: String) throws -> Commitment {
        let text = try DrawFile.text(file)
        do throws(DocumentRefused) {
            return try Commitment(document: text)
        } catch {
            throw Complaint(DrawDocument.complaint(file, error))
        }
    }
}

/// A refused document with file, line and column where there are any.
enum DrawDocument {
    static func complaint(_ file: String, _ refusal: DocumentRefused) -> String {
        switch refusal {
        case .syntax(let line, let column, let problem):
            "\(file):\(line):\(column): error: \(problem) [draw.document]"
        case .shape, .commitment: "\(file):1:1: error: \(refusal) [draw.document]"
        }
    }
}
