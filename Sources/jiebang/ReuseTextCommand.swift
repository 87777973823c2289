import ArgumentParser
import Foundation
import TextExtraction

/// `jiebang reuse text FILE`
struct ReuseTextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Print the text that is read from a file, in which offsets count.")

    @Argument(help: "A text, HTML, DOCX or PDF file.") var file: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        let text = try TextFile(path: file).text
        guard output.json else { return FileHandle.standardOutput.write(Data(text)) }
        try Terminal.json(Found(id: file, text: String(decoding: text, as: UTF8.self)))
    }

    /// As a line of a collection is written.
    private struct Found: Encodable {
        let id: String
        let text: String
    }
}
