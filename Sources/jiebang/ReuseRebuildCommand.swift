import ArgumentParser
import TextReuse

/// `jiebang reuse rebuild --index PATH`
struct ReuseRebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make an index's segments again from the texts it holds.")

    @Option(help: "The folder with the index.") var index: String
    @OptionGroup var threads: ThreadOptions

    func run() throws {
        let watch = Stopwatch()
        let rebuilt = try ReuseIndex.rebuild(at: index, threads: threads.threads) { done, count in
            Ticker(of: count).show(done)
            return true
        }
        Terminal.tell("\(rebuilt.documents) texts indexed again in \(watch.seconds)")
        guard rebuilt.damagedPlaces == 0 else {
            throw Complaint(
                "\(index)/texts: damaged in \(rebuilt.damagedPlaces) places; the texts there are lost: "
                    + "run reuse index on their files again")
        }
    }
}
