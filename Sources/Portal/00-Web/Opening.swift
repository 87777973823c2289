import Foundation
package import Lifecycle
package import Store
import Synchronization

extension House {
    /// Where what ships beside the binary lies: schema, templates, words, assets, data.
    package static var resources: String { Bundle.module.resourcePath ?? "." }

    package static func migrations() throws -> [Migration] {
        let folder = "\(resources)/Schema"
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".sql") }
            .sorted()
            .map { file in
                let number = Int(file.prefix { $0.isNumber }) ?? 0
                return Migration(
                    number: number, name: String(file.dropLast(4)),
                    sql: try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8))
            }
    }

    /// Opens the house on a database: migrates, reads plan, words and templates, adopts what is new in the plan.
    ///
    /// A journal that was signed before needs its keys; a new one gets new keys.
    ///
    /// - Parameters:
    ///   - reading: changes nothing, so that it may run beside a server; the database must be up to date.
    ///   - more: slices beside the house's own, for measuring.
    ///   - shipped: what was read before for another house; nil to read it now.
    package static func open(
        database: Database, plan: Plan, world: World = .real, options: Options, reading: Bool = false,
        more: [Slice] = [], shipped: Shipped? = nil
    ) async throws -> House {
        let keys: JournalKeys
        if reading {
            try requireMigrated(database)
            keys = try JournalKeys.openPublic(folder: options.keys)
        } else {
            _ = try Migrator(try migrations()).migrate(database)
            let isSigned = try database.readNow { try CheckpointRow.last($0) } != nil
            keys =
                isSigned
                ? try JournalKeys.open(folder: options.keys)
                : try JournalKeys.openOrCreate(folder: options.keys, world: world)
        }
        let beside: Shipped
        if let shipped { beside = shipped } else { beside = try await .read(written: options.written) }
        var options = options
        options.assetVersion = beside.assetVersion
        let definitions = Definitions()
        let house = House(
            database: database, plan: plan, shelf: beside.shelf, pages: beside.pages, world: world,
            slices: Slices.all(definitions) + more, options: options, keys: keys,
            disciplineNames: beside.disciplineNames, definitions: definitions)
        try house.restoreClock()
        if !reading { try Adoption.adopt(house) }
        return house
    }

    package struct NotMigrated: Error, CustomStringConvertible {
        package let pending: [String]
        package var description: String {
            "the database lacks \(pending.joined(separator: ", ")): run jiebang migrate"
        }
    }

    /// Refuses a database that an older program wrote.
    package static func requireMigrated(_ database: Database) throws {
        let pending = try Migrator(try migrations()).pending(database)
        guard pending.isEmpty else { throw NotMigrated(pending: pending.map(\.name)) }
    }

    private func restoreClock() throws {
        guard options.demo else { return }
        let offset = try database.readNow { store in
            try store.value("SELECT value FROM house_setting WHERE name = 'clock-offset'", as: String.self)
        }
        clockOffset.withLock { $0 = offset.flatMap { Int64($0) } ?? 0 }
    }

    /// Moves the demo's clock so that it now shows `instant`. Journaled; refused without `--demo`.
    package func moveClock(to instant: Instant, by person: ID<Person>?) async throws {
        guard options.demo else { throw Missing() }
        let offset = instant.rawValue - world.now().rawValue
        try await change(by: person, at: now) { change in
            try change.append(ClockMoved(to: instant), about: Subject(kind: "house", id: "clock"))
            _ = try change.store.run(
                """
                INSERT INTO house_setting (name, value) VALUES ('clock-offset', \(String(offset)))
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """)
        }
        clockOffset.withLock { $0 = offset }
    }
}
