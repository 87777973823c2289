import ArgumentParser
import Foundation
import Lifecycle
import PlanFiles
import Portal
import Store

/// `jiebang init`: a new house with its commission and three administrators.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a new house in an empty folder.",
        discussion: "Prints one-time links by which the three administrators set their passwords.")

    @OptionGroup var place: DataOptions
    @OptionGroup var plan: PlanOptions
    @OptionGroup var output: OutputOptions
    @Option(help: "Name of the commission.") var commission = "北京市教育委员会"
    @Option(help: "The system administrator, as NAME:EMAIL.") var systemAdmin =
        "系统管理员:system-admin@jiebang.example"
    @Option(help: "The security administrator, as NAME:EMAIL.") var securityAdmin =
        "安全管理员:security-admin@jiebang.example"
    @Option(help: "The audit administrator, as NAME:EMAIL.") var auditAdmin =
        "审计管理员:audit-admin@jiebang.example"
    @Option(help: "The house's address, for the links.") var address = "http://127.0.0.1:8080"
    @Flag(help: "The demo city instead; --json names its people with their sign-in links.") var demo = false
    @Option(help: "How large a demo city is seeded: small or full.") var demoSize = DemoSize.full

    func validate() throws {
        _ = try administrators()
        guard !commission.trimmed.isEmpty else { throw ValidationError("--commission is a name") }
        guard let url = URL(string: address), ["http", "https"].contains(url.scheme?.lowercased()),
            url.host?.isEmpty == false
        else {
            throw ValidationError(
                "--address begins with http:// or https://, such as https://jiebang.example, not “\(address)”"
            )
        }
    }

    func run() async throws {
        // Whatever can be refused is refused before anything is written.
        try plan.require()
        _ = try PlanFolder.load(plan.folder)
        let goesOn = isHalfMade
        if !goesOn { try requireNothing() }
        let (dataBefore, keysBefore) = (try FolderBefore(place.data), try FolderBefore(place.keysFolder))
        try DurableFile.makeFolder(place.data)
        let lock = try place.lock()
        defer { withExtendedLifetime(lock) {} }
        // Another process may have made a house in the meantime: that is not ours to take away.
        if !goesOn { try requireNothing() }
        let onDisk = HouseOnDisk(place: place, plan: plan, demo: demo, size: demoSize.size)
        if demo {
            // What is broken off is gone on with another time.
            return try await buildDemo(onDisk)
        }
        let links: [Founding.Link]
        do {
            links = try await found(onDisk)
        } catch {
            // Else the folder would be neither a house nor empty. What another run had begun is not ours.
            if !goesOn {
                keysBefore.restore()
                dataBefore.restore()
            }
            throw error
        }
        let address = address.hasSuffix("/") ? String(address.dropLast()) : address
        if output.json {
            try Terminal.json(
                links.map { ["role": $0.role.rawValue, "name": $0.name, "href": "\(address)\($0.path)"] })
        } else {
            Terminal.say(
                Terminal.words(
                    "一次性链接，七天内有效，请分别交给三位管理员：",
                    "One-time links, good for seven days; hand each to its administrator:"))
            for link in links { Terminal.say("  \(link.name)  \(address)\(link.path)") }
        }
    }

    /// Refuses a folder that holds something, and keys of another journal.
    private func requireNothing() throws {
        let files = FileManager.default
        let inside =
            files.fileExists(atPath: place.data) ? try files.contentsOfDirectory(atPath: place.data) : []
        guard inside.allSatisfy({ $0 == "keys" || $0 == "serve.lock" }) else {
            throw Complaint(
                Terminal.words("\(place.data)：目录不是空的", "\(place.data): the folder is not empty"))
        }
        guard !files.fileExists(atPath: "\(place.keysFolder)/journal.key") else {
            throw Complaint(
                Terminal.words(
                    "\(place.keysFolder)：其中已有一个日志的密钥",
                    "\(place.keysFolder) holds the keys of a journal already"))
        }
    }

    /// The house with its commission and administrators, sealed and closed.
    private func found(_ onDisk: HouseOnDisk) async throws -> [Founding.Link] {
        let house = try await onDisk.open()
        defer { try? house.database.close() }
        let commission = Organisation(
            id: house.world.id(), name: commission, nameEn: "", pinyin: Self.pinyin(commission),
            kind: .commission)
        let people = try administrators()
        let links = try house.changeNow(by: nil, at: house.now) { change in
            try Founding.found(commission: commission, administrators: people, change)
        }
        try Sealer(database: house.database, keys: house.keys, now: { house.now }).seal()
        return links
    }

    /// Whether the folder holds what was begun and not finished, a demo city or a house without people: it is gone on
    /// with. A demo city becomes no house.
    private var isHalfMade: Bool {
        guard place.hasDatabase, let database = try? place.openForReading() else { return false }
        defer { try? database.close() }
        let isSeeding = (try? DemoSeeding.unfinished(database)) != nil
        return (demo || !isSeeding) && (try? DemoSeeding.isHalfMade(database)) ?? false
    }

    /// The links work once the house is served with `--demo`.
    private func buildDemo(_ onDisk: HouseOnDisk) async throws {
        let house = try await onDisk.openDemo { _ in }
        defer { try? house.database.close() }
        if output.json {
            let address = address
            try Terminal.json(try house.database.readNow { try DemoLink.all(at: address, $0) })
        } else {
            Terminal.say(Terminal.words("演示城市已建好", "the demo city is built"))
        }
    }

    private func administrators() throws -> [Founding.Administrator] {
        let all = try [
            (Role.systemAdmin, systemAdmin), (.securityAdmin, securityAdmin), (.auditAdmin, auditAdmin),
        ].map {
            role, text in
            let parts = text.split(separator: ":").map { String($0).trimmed }
            guard parts.count == 2, !parts[0].isEmpty, let email = Email.normalised(parts[1]) else {
                throw ValidationError("an administrator is given as NAME:EMAIL, not “\(text)”")
            }
            return Founding.Administrator(
                role: role, name: parts[0], pinyin: Self.pinyin(parts[0]), email: email)
        }
        guard Set(all.map(\.email)).count == all.count else {
            throw ValidationError(
                "the three administrators are three people, each with an e-mail address of their own")
        }
        return all
    }

    /// Latin letters to sort and search by; a name that is Latin already stays as it is.
    private static func pinyin(_ name: String) -> String {
        let latin = name.applyingTransform(.toLatin, reverse: false) ?? name
        return (latin.applyingTransform(.stripDiacritics, reverse: false) ?? latin).lowercased()
    }
}
