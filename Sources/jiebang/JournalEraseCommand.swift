import ArgumentParser
import Portal
import Store

/// `jiebang journal erase FACT … --reason TEXT`: takes personal data out of the journal.
struct JournalEraseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Erase payloads or reasons that carry personal data; the tree still verifies.")

    @Argument(help: "Numbers of the facts.") var facts: [Int64]
    @Option(help: "What to erase of each: payload, reason or both.") var what = Parts.payload
    @Option(help: "On what ground. It is shown to many, so it names no person.") var reason: String
    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions

    enum Parts: String, ExpressibleByArgument, CaseIterable, Sendable {
        case payload
        case reason
        case both

        var erased: Set<Erasure.Part> {
            switch self {
            case .payload: [.payload]
            case .reason: [.reason]
            case .both: [.payload, .reason]
            }
        }
    }

    struct Done: Encodable {
        let erased: [Int64]
        let what: String
        let sameReason: [Int64]
        let files: [String]
    }

    func run() async throws {
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        try place.require()
        let house = try await HouseOnDisk(place: place, plan: plan).open()
        defer { try? house.database.close() }
        let (facts, what, reason) = (facts, what, reason)
        let left = try house.changeNow(by: nil, at: house.now) { change in
            try Erasure.erase(what.erased, of: facts, reason: reason, change, house.projections)
        }
        try AttachmentStore(folder: house.attachmentFolder).remove(left.unnamedFiles)
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        if output.json {
            return try Terminal.json(
                Done(
                    erased: facts, what: what.rawValue, sameReason: left.sameReason,
                    files: left.unnamedFiles.sorted()))
        }
        let count = facts.count
        let done =
            switch what {
            case .payload: Terminal.words("已删除\(count)条的载荷", "erased the payloads of \(count) facts")
            case .reason: Terminal.words("已删除\(count)条的理由", "erased the reasons of \(count) facts")
            case .both:
                Terminal.words("已删除\(count)条的载荷和理由", "erased payloads and reasons of \(count) facts")
            }
        Terminal.say(done)
        Terminal.say(
            Terminal.words(
                "此前的备份仍含有它们；草稿不在日志内，也不受影响",
                "earlier backups still hold them; drafts are outside the journal and stay as they are"))
        if !left.unnamedFiles.isEmpty {
            let files = left.unnamedFiles.count
            Terminal.say(
                Terminal.words("随之删除了\(files)个文件", "\(files) files that nothing else names went with them"))
        }
        guard !left.sameReason.isEmpty else { return }
        let numbers = left.sameReason.map(String.init).joined(separator: " ")
        Terminal.say(
            Terminal.words(
                "这些事实的理由与所删除的逐字相同：\(numbers)", "the same words stand as the reason of: \(numbers)"))
    }
}
