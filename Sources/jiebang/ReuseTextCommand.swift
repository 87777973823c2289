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
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: file, isDirectory: &isFolder), isFolder.boolValue {
            throw Complaint(
                Terminal.words("\(file)：这是目录，请给出一个文件", "\(file): this is a folder; give a file"))
        }
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
