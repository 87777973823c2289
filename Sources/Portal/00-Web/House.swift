import Foundation
package import Lifecycle
package import Store
import Synchronization

/// The running house: the database, the plan, the words, and what varies. One for a process; passed, not global.
package final class House: Sendable {
    package let database: Database
    package let plan: Plan
    package let shelf: WordShelf
    package let pages: Pages
    package let world: World
    package let slices: [Slice]
    package let projections: Projections
    package let options: Options
    package let keys: JournalKeys
    /// Second-level codes of GB/T 13745—2009 with their names.
    package let disciplines: Set<String>
    package let disciplineNames: [String: String]
    let definitions: Definitions
    let passwords: Passwords
    /// How far the demo's clock is ahead, in milliseconds; always 0 without `--demo`.
    let clockOffset = Mutex<Int64>(0)

    package struct Options: Sendable {
        package var data: String
        package var keys: String
        package var demo: Bool
        /// Where templates, words and assets are being written and read again as they change; nil where they are
        /// those that ship beside the binary.
        package var written: String?
        /// Argon2id passes and memory; tests choose small ones.
        package var passwordCost: PasswordCost
        /// Version of the assets, for their addresses.
        package var assetVersion: String

        package init(
            data: String, keys: String? = nil, demo: Bool = false, written: String? = nil,
            passwordCost: PasswordCost = .standard, assetVersion: String = "0"
        ) {
            self.data = data
            self.keys = keys ?? "\(data)/keys"
            self.demo = demo
            self.written = written
            self.passwordCost = passwordCost
            self.assetVersion = assetVersion
        }
    }

    package init(
        database: Database, plan: Plan, shelf: WordShelf, pages: Pages, world: World, slices: [Slice],
        options: Options, keys: JournalKeys, disciplineNames: [String: String],
        definitions: Definitions
    ) {
        self.database = database
        self.plan = plan
        self.shelf = shelf
        self.pages = pages
        self.world = world
        self.slices = slices
        self.projections = Projections(slices)
        self.options = options
        self.keys = keys
        self.disciplineNames = disciplineNames
        self.definitions = definitions
        passwords = Passwords(cost: options.passwordCost)
        disciplines = Set(disciplineNames.keys)
    }

    /// The house's time: the real clock, or the demo's.
    package var now: Instant {
        world.now().adding(milliseconds: clockOffset.withLock { $0 })
    }

    package func words(in language: Language) -> Words.Catalogue { shelf.words().catalogue(language) }

    package var attachmentFolder: String { "\(options.data)/attachments" }

    /// One transaction in which facts are appended; all or nothing.
    package func change<Value: Sendable>(
        by actor: ID<Person>?, at: Instant, _ body: @escaping @Sendable (Change) throws -> Value
    ) async throws -> Value {
        try await database.write { store in
            try body(
                Change(store: store, at: at, actor: actor, world: self.world, projections: self.projections))
        }
    }

    /// The same, blocking: for the command line, seeding and tests.
    package func changeNow<Value>(
        by actor: ID<Person>?, at: Instant, _ body: (Change) throws -> Value
    ) throws -> Value {
        try database.writeNow { store in
            try body(
                Change(store: store, at: at, actor: actor, world: self.world, projections: self.projections))
        }
    }
}

/// Argon2id's parameters (RFC 9106).
package struct PasswordCost: Sendable {
    package let passes: UInt32
    package let kibibytes: UInt32
    package init(passes: UInt32, kibibytes: UInt32) {
        self.passes = passes
        self.kibibytes = kibibytes
    }
    package static let standard = PasswordCost(passes: 2, kibibytes: 19 * 1024)
}
