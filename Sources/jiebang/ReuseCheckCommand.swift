import ArgumentParser
import TextExtraction
import TextReuse

/// `jiebang reuse check FILE --index PATH`
struct ReuseCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Find where the passages of a text stand in an index.")

    @Argument(help: "A text file, or a collection (.jsonl) of texts to check one after the other.") var file:
        String
    @Option(help: "The folder with the index.") var index: String
    @OptionGroup var options: SharingOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let index = try ReuseIndex(reading: index)
        var intake = ReuseIntake()
        var texts = 0
        var found = 0
        let watch = Stopwatch()
        try intake.forEach(in: file) { id, text, _, unread in
            let name = String(decoding: id, as: UTF8.self)
            let sources = try index.check(
                text, sharing: options.sharing, excluding: try index.document(id: id, text: text))
            texts += 1
            found += sources.count
            let named = try sources.map { (id: try index.id(of: $0.document), overlap: $0.overlap) }
            if output.json {
                return Terminal.say(ReuseReport.check(id: name, sources: named, unread: unread))
            }
            Terminal.say(name)
            for source in named { Terminal.say("  \(ReuseReport.words(source.id, source.overlap))") }
        }
        Terminal.tell("\(texts) checked against \(index.documentCount): \(found) sources in \(watch.seconds)")
    }
}
