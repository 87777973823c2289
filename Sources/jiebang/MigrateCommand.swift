import ArgumentParser
import Portal
import Store

/// `jiebang migrate`: brings the database to this program's schema.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database to this program's schema.")

    @OptionGroup var place: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        try place.require()
        let database = try DataOptions.open(place.databasePath)
        let applied = try Migrator(try House.migrations()).migrate(database)
        try database.close()
        if output.json { return try Terminal.json(["applied": applied]) }
        Terminal.say(
            applied.isEmpty
                ? Terminal.words("数据库已是最新", "the database is up to date") : applied.joined(separator: "\n"))
    }
}
