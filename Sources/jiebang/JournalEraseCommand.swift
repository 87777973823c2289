import ArgumentParser
import Portal
import Store

/// `jiebang journal erase FACT … --reason TEXT`: takes personal data out of the journal.
struct JournalEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase", abstract: "Erase payloads that carry personal data; the tree still verifies.")

    @Argument(help: "Numbers of the facts.") var facts: [Int64]
    @Option(help: "On what ground. It stays in the journal, so it names no person.") var reason: String
    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        guard place.hasDatabase else { throw Complaint("\(place.databasePath): there is no database") }
        let house = try await HouseOnDisk(place: place, plan: plan).open()
        defer { try? house.database.close() }
        let (facts, reason) = (facts, reason)
        let files = try house.changeNow(by: nil, at: house.now) { change in
            try Erasure.erase(facts, reason: reason, change, house.projections)
        }
        try AttachmentStore(folder: house.attachmentFolder).remove(files)
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        if output.json { return try Terminal.json(["erased": facts]) }
        Terminal.say(
            Terminal.words(
                "已删除\(facts.count)条的载荷和\(files.count)个文件；此前的备份仍含有它们",
                "erased \(facts.count) payloads and \(files.count) files; earlier backups still hold them"))
    }
}
