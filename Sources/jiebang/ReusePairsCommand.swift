import ArgumentParser
import TextReuse

/// `jiebang reuse pairs --index PATH`
struct ReusePairsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairs", abstract: "Find all pairs of texts in an index that share passages.")

    @Option(help: "The folder with the index.") var index: String
    @OptionGroup var options: SharingOptions
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let index = try ReuseIndex(reading: index)
        let watch = Stopwatch()
        let json = output.json
        let ids = try (0..<index.count).map { try index.id(of: $0) }
        let lines = BufferedLines()
        let ticker = Ticker(of: index.count)
        try index.pairs(
            sharing: options.sharing, threads: threads.threads,
            proceed: { done in
                ticker.show(done)
                return true
            },
            report: { pair in
                let (a, b) = (ids[pair.a], ids[pair.b])
                lines.say(
                    json
                        ? ReuseReport.pair(a: a, b: b, overlap: pair.overlap)
                        : "\(ReuseReport.words(a, pair.overlap))  \(b)")
            })
        let count = lines.finish()
        Terminal.tell("\(count) pairs among \(index.documentCount) texts in \(watch.seconds)")
    }
}
