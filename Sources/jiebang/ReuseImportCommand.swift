import ArgumentParser
import Foundation
import Lifecycle
import Portal
import Store

/// `jiebang reuse import-archive FILE… --data DIR`
struct ReuseImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-archive",
        abstract: "Take texts from elsewhere into the archive that a house's applications are compared with.",
        discussion: """
            Each line of a file is {"id", "text"}, perhaps with "lang" and "title". A text that is there under its \
            id is replaced. Afterwards the house's index is made anew. The house must not be served meanwhile.
            """)

    @Argument(help: "Collections (.jsonl).") var files: [String]
    @Option(help: "The house's folder with database and attachments.") var data = "var"
    @Flag(
        help: "The texts are published: where a call allows it, applicants may see what they share with them."
    )
    var published = false
    @OptionGroup var output: OutputOptions

    func run() throws {
        let imported = try ReuseHouse.open(data) { database in
            var taken: [Imported.File] = []
            for file in files {
                guard let collection = FileManager.default.contents(atPath: file) else {
                    throw Complaint("\(file): the file cannot be read")
                }
                let count = try take(collection, from: file, database)
                Terminal.tell(
                    "\(file): \(count.new) new, \(count.changed) changed, \(count.unchanged) unchanged")
                taken.append(
                    Imported.File(
                        file: file, new: count.new, changed: count.changed, unchanged: count.unchanged))
            }
            return Imported(files: taken, index: try ReuseHouse.rebuild(data, database))
        }
        if output.json { try Terminal.json(imported) }
    }

    /// What came of the files, and the index that was made anew.
    private struct Imported: Encodable {
        let files: [File]
        let index: ReuseHouse.Rebuilt

        struct File: Encodable {
            let file: String
            let new: Int
            let changed: Int
            let unchanged: Int
        }
    }

    private func take(_ collection: Data, from file: String, _ database: Database) throws
        -> ReuseArchive.Count
    {
        let projections = Projections(Slices.all(Definitions()))
        do {
            return try database.writeNow { store in
                try ReuseArchive.take(
                    collection, published: published,
                    Change(
                        store: store, at: World.real.now(), actor: nil, world: .real,
                        projections: projections))
            }
        } catch let malformed as ReuseArchive.Malformed {
            throw Complaint("\(file): \(malformed)")
        }
    }
}
