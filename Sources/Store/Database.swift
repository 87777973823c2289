internal import Foundation
internal import GRDB
internal import Synchronization

/// How far a commit has gone when it is answered.
package enum Durability: Sendable {
    /// On the disk: survives loss of power. For facts.
    case full
    /// With the operating system: survives a kill; the last seconds may be lost with the power, the
    /// database stays whole. For drafts and sessions.
    case relaxed
}

/// An SQLite database: one writer at a time, readers beside it that see the last committed state.
package final class Database: Sendable {
    package struct Options: Sendable {
        /// Connections for reading, at most.
        package var readers: Int
        /// Seconds to wait for another process that writes, before ``StoreError/Kind/busy``.
        package var busyTimeout: Double

        /// Whether a missing file is made. Where the data must be there already (verifying, backing up),
        /// a mistyped path should not become an empty database.
        package var creates: Bool

        /// Told the text of every statement before it runs, never a value: for tests that look at how the engine
        /// answers what the pages ask.
        package var watch: (@Sendable (_ statement: String) -> Void)?

        package init(
            readers: Int = 4, busyTimeout: Double = 10, creates: Bool = true,
            watch: (@Sendable (_ statement: String) -> Void)? = nil
        ) {
            self.readers = readers
            self.busyTimeout = busyTimeout
            self.creates = creates
            self.watch = watch
        }
    }

    private let connections: any DatabaseWriter
    private let watch: (@Sendable (String) -> Void)?
    /// What the writing connection is set to now. `nonisolated(unsafe)` because it is touched only by
    /// work that runs on the writing connection, one after another.
    private nonisolated(unsafe) var synchronous: Durability?

    private let isClosed = Mutex(false)

    /// The thread whose reads and writes are one transaction now: see ``together(_:)``.
    private let joining = Mutex<pthread_t?>(nil)
    /// That transaction. `nonisolated(unsafe)` because only the thread in `joining` touches it.
    private nonisolated(unsafe) var joined: Transaction?

    private init(_ connections: any DatabaseWriter, _ options: Options) {
        self.connections = connections
        watch = options.watch
    }

    /// Opens the file at `path`. One that is made is readable by its owner only.
    package static func open(path: String, _ options: Options = Options()) throws -> Database {
        try translating {
            try SyncedFile.touch(path, creating: options.creates)
            return Database(try DatabasePool(path: path, configuration: configuration(options)), options)
        }
    }

    /// A database that is gone when closed. Reads and writes share its one connection.
    package static func inMemory() throws -> Database {
        let options = Options()
        return try translating {
            Database(try DatabaseQueue(configuration: configuration(options)), options)
        }
    }

    /// A database in memory that begins with all that is committed in the other now. Neither sees what becomes of the
    /// other: for stories that begin alike.
    package static func inMemory(copying other: Database) throws -> Database {
        let copy = try inMemory()
        try translating { try other.connections.backup(to: copy.connections) }
        return copy
    }

    private static func configuration(_ options: Options) -> Configuration {
        var configuration = Configuration()
        configuration.label = "store"
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = options.readers
        configuration.busyMode = .timeout(options.busyTimeout)
        configuration.prepareDatabase { db in
            guard !db.configuration.readonly else { return }
            // What is erased is overwritten, not only unlinked.
            try db.execute(sql: "PRAGMA secure_delete = ON")
        }
        return configuration
    }

    /// Runs `body` on one snapshot, read only, away from the cooperative threads.
    package func read<T: Sendable>(
        _ body: @Sendable @escaping (Transaction) throws -> T
    ) async throws -> T {
        do {
            return try await connections.read { db in try self.within(db, body) }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// Runs `body` as one transaction that holds the write lock from its start. Commits when `body`
    /// returns; nothing is kept when it throws.
    package func write<T: Sendable>(
        _ durability: Durability = .full, _ body: @Sendable @escaping (Transaction) throws -> T
    ) async throws -> T {
        do {
            return try await connections.writeWithoutTransaction { db in
                try self.commit(db, durability, body)
            }
        } catch let error as DatabaseError {
            throw StoreError(error)
        }
    }

    /// As `read`, blocking the calling thread: for the command line and tests, never for a request.
    package func readNow<T>(_ body: (Transaction) throws -> T) throws -> T {
        if let mine { return try body(mine) }
        return try translating { try connections.read { db in try within(db, body) } }
    }

    /// As `write`, blocking the calling thread: for the command line and tests, never for a request.
    package func writeNow<T>(
        _ durability: Durability = .full, _ body: (Transaction) throws -> T
    ) throws -> T {
        if let mine { return try mine.savepoint { try body(mine) } }
        return try translating {
            try connections.writeWithoutTransaction { db in try commit(db, durability, body) }
        }
    }

    /// Makes one transaction of all that `body` reads and writes here by ``readNow(_:)`` and ``writeNow(_:_:)`` on
    /// its own thread: all of it is kept, or nothing where `body` throws or the process ends. For work that is made
    /// of many changes and must not stay half done; blocks every other writer as long as it takes.
    package func together<T>(_ body: () throws -> T) throws -> T {
        try writeNow { transaction in
            // One within another is a part of it.
            guard joined == nil else { return try body() }
            joined = transaction
            joining.withLock { $0 = pthread_self() }
            defer {
                joining.withLock { $0 = nil }
                joined = nil
            }
            return try body()
        }
    }

    /// The transaction that this thread is within, if it made one of many.
    private var mine: Transaction? {
        guard joining.withLock({ $0 == pthread_self() }) else { return nil }
        return joined
    }

    /// Ends every connection, waiting for work under way. Later use throws; closing again does nothing, while the
    /// engine would crash on a checkpoint of a connection that is gone.
    ///
    /// What stands in the write-ahead log is moved into the database first, as far as no other process reads
    /// it: the driver closes its readers last, and those may not do it.
    package func close() throws {
        try isClosed.withLock { isClosed in
            guard !isClosed else { return }
            try translating {
                if let pool = connections as? DatabasePool {
                    _ = try? pool.writeWithoutTransaction { db in try db.checkpoint(.truncate) }
                }
                try connections.close()
            }
            isClosed = true
        }
    }

    /// Writes all that is committed now to a new file at `path`, while others read and write.
    ///
    /// `VACUUM INTO` rather than SQLite's page-by-page backup: it reads one snapshot, is not restarted by
    /// writes of other processes, makes a single file without a write-ahead log, and copies no free
    /// pages, in which erased data might linger. The file is complete and on the disk before it bears its
    /// name, and readable by its owner only.
    ///
    /// - Throws: where `path` exists already.
    package func backup(to path: String) throws {
        let partial = path + ".partial-\(UInt32.random(in: .min ... .max))"
        try SyncedFile.create(partial)
        defer { unlink(partial) }
        try translating("VACUUM INTO") {
            try connections.unsafeRead { db in
                try db.execute(sql: "VACUUM INTO ?", arguments: [partial])
            }
        }
        try SyncedFile.publish(partial, as: path)
    }

    private func commit<T>(
        _ db: GRDB.Database, _ durability: Durability, _ body: (Transaction) throws -> T
    ) throws -> T {
        if synchronous != durability {
            synchronous = nil
            switch durability {
            case .full: try db.execute(sql: "PRAGMA synchronous = FULL")
            case .relaxed: try db.execute(sql: "PRAGMA synchronous = NORMAL")
            }
            synchronous = durability
        }
        var result: T?
        try db.inTransaction(.immediate) {
            result = try within(db, body)
            return .commit
        }
        guard let result else { throw StoreError(.transactionOver("not committed")) }
        return result
    }

    private func within<T>(_ db: GRDB.Database, _ body: (Transaction) throws -> T) throws -> T {
        let transaction = Transaction(db, watch: watch)
        defer { transaction.state.isOver = true }
        let result = try body(transaction)
        try transaction.check()
        return result
    }
}
