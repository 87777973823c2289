import ArgumentParser
import TextExtraction
import TextReuse

/// `jiebang reuse index DIR|FILE… --index PATH`
struct ReuseIndexCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index", abstract: "Add texts to an index, and make it where there is none.",
        discussion: """
            A text that is there already is passed over, one that changed is replaced: after an interruption, \
            run the same command again.
            """)

    @Argument(help: "Folders, text files, or collections (.jsonl) with {\"id\", \"text\"} on each line.")
    var sources: [String]
    @Option(help: "The folder with the index.") var index: String
    @Option(help: "A text that everyone may share, such as a form's headings; may be given several times.")
    var template: [String] = []
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let index = try ReuseIndex(writing: index)
        for path in template {
            try TextFile(path: path).text.withUnsafeBytes { try index.addTemplate($0) }
        }
        var intake = ReuseIntake()
        var tally = Tally()
        let watch = Stopwatch()
        for source in sources {
            try intake.forEach(in: source) { id, text, isRepeated, _ in
                let added = try index.add(id: id, text: text, replacing: !isRepeated)
                tally.count(added, text)
                if isRepeated, added == .new {
                    Terminal.tell(
                        "note: \(String(decoding: id, as: UTF8.self)): the id occurs twice; both are kept")
                }
                if index.isSealDue {
                    try index.seal(threads: threads.threads)
                    Terminal.tell("  \(tally.texts) texts, \(watch.rate(bytes: tally.bytes))")
                }
            }
        }
        try index.seal(threads: threads.threads)
        try index.merge(threads: threads.threads)
        Terminal.tell(
            "\(tally.new) new, \(tally.replaced) replaced, \(tally.unchanged) unchanged, "
                + "\(intake.skipped) without text; \(index.documentCount) in the index")
        Terminal.tell("\(tally.bytes) bytes in \(watch.seconds): \(watch.rate(bytes: tally.bytes))")
        if output.json {
            try Terminal.json(
                Indexed(
                    new: tally.new, replaced: tally.replaced, unchanged: tally.unchanged,
                    skipped: intake.skipped, bytes: tally.bytes, documents: index.documentCount,
                    seconds: watch.rounded))
        }
        if tally.texts == 0 { throw Complaint("no text was found in \(sources.joined(separator: ", "))") }
    }

    /// What the run came to.
    private struct Indexed: Encodable {
        let new: Int
        let replaced: Int
        let unchanged: Int
        /// Files from which no text came.
        let skipped: Int
        let bytes: Int
        /// In the index now.
        let documents: Int
        let seconds: Double
    }

    private struct Tally {
        var new = 0
        var replaced = 0
        var unchanged = 0
        var bytes = 0

        var texts: Int { new + replaced + unchanged }

        mutating func count(_ added: ReuseIndex.Added, _ text: UnsafeRawBufferPointer) {
            bytes += text.count
            switch added {
            case .new: new += 1
            case .replaced: replaced += 1
            case .unchanged: unchanged += 1
            }
        }
    }
}
