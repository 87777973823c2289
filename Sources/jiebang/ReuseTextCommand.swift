import ArgumentParser
import Foundation
import TextExtraction

/// `jiebang reuse text FILE`
struct ReuseTextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text", abstract: "Print the text that is read from a file, in which offsets count.")

    @Argument(help: "A text, HTML, DOCX or PDF file.") var file: String

    func run() throws {
        let found = try TextFile(path: file)
        if let unread = found.unread { Terminal.tell("note: \(file): \(unread)") }
        FileHandle.standardOutput.write(Data(found.text))
    }
}
