import ArgumentParser
import Foundation
import Portal
import Store

/// `jiebang journal prove FACT`: the evidence that a fact stands in the journal.
struct JournalProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove", abstract: "Write the proof of one fact, with its payload and its reason.")

    @Argument(help: "The fact's number.") var fact: Int64
    @Option(name: .shortAndLong, help: "The file to write (default: standard output).") var out: String?
    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let text = try place.openForReading().readNow { try FactProof.make(fact, $0) }
        if let out {
            try DurableFile.write(Array(text.utf8), to: out)
        } else if output.json {
            try Terminal.json(["proof": text])
        } else {
            FileHandle.standardOutput.write(Data(text.utf8))
        }
    }
}
