import ArgumentParser
import Portal
import Store

/// `jiebang restore SRC`: a house from its backup.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a house back from its backup, into a folder that holds only keys.")

    @Argument(help: "The backup.") var source: String
    @Option(help: "Start a new log that names the old one; for this reason.") var fork: String?
    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let fork, fork.trimmed.isEmpty { throw ValidationError("--fork states a reason") }
    }

    func run() throws {
        try DurableFile.makeFolder(place.data)
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        let manifest = try Restore.restore(
            source, into: place.data, keys: place.keysFolder, fork: fork?.trimmed,
            projections: Projections(Slices.all(Definitions())), world: .real)
        if output.json { return try Terminal.json(manifest) }
        Terminal.say(
            Terminal.words(
                "已恢复\(manifest.facts)条事实（备份于\(manifest.at)）",
                "restored \(manifest.facts) facts of \(manifest.at)"))
    }
}
