import ArgumentParser
import TextExtraction
import TextReuse

/// `jiebang reuse align A B`
struct ReuseAlignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "align", abstract: "Find the passages that two texts share, without an index.")

    @Argument(help: "The first text file.") var a: String
    @Argument(help: "The second text file.") var b: String
    @Option(help: "A text that everyone may share; may be given several times.") var template: [String] = []
    @OptionGroup var options: SharingOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        var comparison = Comparison(
            sharing: options.sharing, sampling: options.singleSeed ? .close : .standard)
        for path in template {
            try TextFile(path: path).text.withUnsafeBytes { comparison.addTemplate($0) }
        }
        let files = [try TextFile(path: a), try TextFile(path: b)]
        for file in files {
            if let unread = file.unread { Terminal.tell("note: \(file.path): \(unread)") }
        }
        let watch = Stopwatch()
        let overlap = files[0].text.withUnsafeBytes { first in
            files[1].text.withUnsafeBytes { second in comparison(first, second) }
        }
        if output.json {
            Terminal.say(ReuseReport.align(a: a, b: b, overlap: overlap, unread: files.map(\.unread)))
        } else if let overlap {
            Terminal.say(ReuseReport.words(b, overlap))
            for span in overlap.spans {
                Terminal.say(
                    "  [\(span.a.lowerBound), \(span.a.upperBound))  [\(span.b.lowerBound), \(span.b.upperBound))"
                )
            }
        }
        Terminal.tell("\(overlap?.spans.count ?? 0) spans in \(watch.seconds)")
    }
}
