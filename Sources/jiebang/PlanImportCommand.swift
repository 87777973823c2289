import ArgumentParser
import Foundation
import Lifecycle

/// `jiebang plan import FILE`: a policy document as a tree of clauses.
struct PlanImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Read a policy document into its clauses.")

    @Argument(help: "The document: plain text in UTF-8.") var file: String
    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        guard let bytes = FileManager.default.contents(atPath: file) else {
            throw Complaint(
                "\(file):1:1: error: \(Terminal.words("无法读取此文件", "the file cannot be read")) [file.missing]")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Complaint(
                "\(file):1:1: error: \(Terminal.words("不是有效的 UTF-8", "this is not valid UTF-8")) [text.utf8]")
        }
        let document = PolicyDocument(text)
        if output.json { try Terminal.json(document) } else { Terminal.say(document.outline) }
        guard !document.clauses.isEmpty else {
            throw Complaint(
                "\(file):1:1: error: \(Terminal.words("没有找到条款", "no clause was found")) [document.empty]")
        }
    }
}
