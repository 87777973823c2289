import ArgumentParser
import Portal
import Store

/// `jiebang journal rebuild`: makes the projected tables anew from the facts.
struct JournalRebuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild", abstract: "Make every projected table anew from the facts.")

    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        let database = try place.openForReading()
        let count = try database.writeNow { try Replay.rebuild(Projections(Slices.all(Definitions())), $0) }
        try database.close()
        if output.json { return try Terminal.json(["facts": count]) }
        Terminal.say(Terminal.words("已由\(count)条事实重建", "rebuilt from \(count) facts"))
    }
}
