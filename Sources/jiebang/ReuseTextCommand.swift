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
        let found = try TextFile(path: file)
        if let unread = found.unread { Terminal.tell("note: \(file): \(unread)") }
        guard output.json else { return FileHandle.standardOutput.write(Data(found.text)) }
        try Terminal.json(
            Found(
                id: file, text: String(decoding: found.text, as: UTF8.self),
                unread: found.unread.map { "\($0)" }))
    }

    /// As a line of a collection is written.
    private struct Found: Encodable {
        let id: String
        let text: String
        /// What of the file was not read; absent where all of it was.
        let unread: String?
    }
}
