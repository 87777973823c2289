import ArgumentParser
import TextReuse

/// `jiebang reuse …`
struct ReuseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reuse", abstract: "Find passages that stand in more than one text.",
        discussion: """
            Offsets count Unicode scalars of the text as it was given, from 0; an end is one behind the last. \
            For DOCX and PDF they count in the text that `reuse text` prints. What is found is a lead for a \
            human to read, never a verdict.
            """,
        subcommands: [
            ReuseIndexCommand.self, ReuseCheckCommand.self, ReusePairsCommand.self, ReuseAlignCommand.self,
            ReuseRebuildCommand.self, ReuseImportCommand.self, ReuseTextCommand.self,
        ])
}

/// What counts as reuse.
struct SharingOptions: ParsableArguments {
    @Option(help: "Report spans of at least so many symbols: a Chinese character is one, a Latin word two.")
    var minSpan = 60
    @Flag(help: "Look at every single common phrase: slower, finds what was changed every few words.")
    var singleSeed = false

    func validate() throws {
        guard 12...1_000_000 ~= minSpan else { throw ValidationError("--min-span is 12 to 1000000") }
    }

    var sharing: Sharing { Sharing(minSpan: minSpan, singleSeed: singleSeed) }
}

/// How much of the machine long work may use.
struct ThreadOptions: ParsableArguments {
    @Option(help: "How many threads.") var threads = 2

    func validate() throws {
        guard 1...64 ~= threads else { throw ValidationError("--threads is 1 to 64") }
    }
}
