import Crypto
import Foundation
package import Lifecycle
import Store
import TransparencyLog

/// The journal was taken up again from a state older than what had been published, under a new name and key.
/// The reason says why.
package struct LogForked: FactBody {
    package static let kind = FactKind("log.forked")
    /// The old log's name.
    package let origin: String
    /// The newest checkpoint of the old log that is known; nil where there is none.
    package let head: String?
    package init(origin: String, head: String?) {
        self.origin = origin
        self.head = head
    }
}

/// Puts a house back from its backup, into a folder that holds nothing but keys.
package enum Restore {
    package enum Refused: SpokenError {
        case notEmpty(String)
        case notABackup(String, why: String)
        case damaged(String, what: String)
        /// The published head knows facts that the backup does not.
        case newerHead(head: UInt64, backup: UInt64)
        /// The keys are of another log, or the published head contradicts the backup.
        case otherLog(String)
        case unsound([Finding])

        package func text(in language: Language) -> String {
            switch language {
            case .zh: chinese
            case .en: english
            }
        }

        private var english: String {
            switch self {
            case .notEmpty(let folder): "\(folder): the folder is not empty"
            case .notABackup(let path, let why): "\(path): not a backup made by jiebang backup: \(why)"
            case .damaged(let path, let what): "\(path): the backup is damaged: \(what)"
            case .newerHead(let head, let backup):
                "a checkpoint over \(head) facts was published, the backup ends at \(backup): restoring it would lose facts; --fork REASON starts a new log that says so"
            case .otherLog(let why): "\(why); --fork REASON starts a new log that names the old one"
            case .unsound(let findings):
                "the backup does not verify: "
                    + findings.prefix(3).map { $0.line(in: .en) }.joined(separator: "; ")
            }
        }

        private var chinese: String {
            switch self {
            case .notEmpty(let folder): "\(folder)：目录不是空的"
            case .notABackup(let path, let why): "\(path)：不是 jiebang backup 所做的备份：\(why)"
            case .damaged(let path, let what): "\(path)：备份已损坏：\(what)"
            case .newerHead(let head, let backup):
                "已发布的检查点有 \(head) 条事实，备份只到 \(backup) 条：恢复会丢失事实；用 --fork REASON 另起一个说明此事的新日志"
            case .otherLog(let why): "\(why)；用 --fork REASON 另起一个写明旧日志的新日志"
            case .unsound(let findings):
                "备份没有通过核验：" + findings.prefix(3).map { $0.line(in: .zh) }.joined(separator: "；")
            }
        }
    }

    /// Restores and verifies; nothing is in place until everything was checked.
    ///
    /// - Parameter fork: why a new log begins; nil to go on with the old one.
    package static func restore(
        _ source: String, into data: String, keys keysFolder: String, fork: String?,
        projections: Projections, world: World
    ) throws -> Backup.Manifest {
        let inside = (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
        guard inside.allSatisfy({ ["keys", "serve.lock", ".restoring"].contains($0) }) else {
            throw Refused.notEmpty(data)
        }
        let workshop = "\(data)/.restoring"
        try? FileManager.default.removeItem(atPath: workshop)
        try DurableFile.makeFolder(workshop)
        defer { try? FileManager.default.removeItem(atPath: workshop) }
        let manifest = try unpacked(source, into: workshop)
        let database = try Database.open(
            path: "\(workshop)/\(Backup.databaseName)", Database.Options(creates: false))
        try House.requireMigrated(database)
        let sealed = try verify(database, manifest, workshop, projections)
        let publicKeys = try? JournalKeys.openPublic(folder: keysFolder)
        let contradiction = try contradiction(publicKeys, manifest, sealed, database)
        if let contradiction, fork == nil { throw contradiction }
        // Who was signed in then is not signed in now.
        try database.writeNow { _ = try $0.run("DELETE FROM session") }
        if let fork {
            try begin(fork, manifest, publicKeys, keysFolder, database, projections, world)
        }
        try database.close()
        let files = FileManager.default
        if files.fileExists(atPath: "\(workshop)/attachments") {
            try files.moveItem(atPath: "\(workshop)/attachments", toPath: "\(data)/attachments")
        }
        // The database last: what is there with it is whole.
        try files.moveItem(
            atPath: "\(workshop)/\(Backup.databaseName)", toPath: "\(data)/\(Backup.databaseName)")
        try DurableFile.syncFolder(of: "\(data)/\(Backup.databaseName)")
        return manifest
    }

    /// The same, with what is wrong with the archive said of the file that was given.
    private static func unpacked(_ source: String, into workshop: String) throws -> Backup.Manifest {
        do {
            return try unpack(source, into: workshop)
        } catch let refused as Ustar.Refused {
            // Until its first file is there, nothing says that it ever was a backup.
            let isBegun = FileManager.default.fileExists(atPath: "\(workshop)/\(Backup.databaseName)")
            throw isBegun
                ? Refused.damaged(source, what: "\(refused)") : Refused.notABackup(source, why: "\(refused)")
        }
    }

    /// The archive's files, each with the bytes that the manifest states, and no others.
    private static func unpack(_ source: String, into workshop: String) throws -> Backup.Manifest {
        guard let handle = FileHandle(forReadingAtPath: source) else {
            throw DurableFile.failure("open \(source)")
        }
        defer { try? handle.close() }
        var reader = UstarReader(handle)
        var text = Data()
        var manifest: Backup.Manifest?
        var expected: [String: Backup.Manifest.File] = [:]
        try reader.forEach { name, size in
            if manifest == nil {
                guard name == Backup.manifestName, size < 1 << 30 else {
                    throw Refused.notABackup(source, why: "it does not begin with its manifest")
                }
                return { piece in
                    if let piece { text.append(piece); return }
                    guard let read = try? JSONDecoder().decode(Backup.Manifest.self, from: text),
                        read.format == Backup.Manifest.format
                    else { throw Refused.notABackup(source, why: "its manifest cannot be read") }
                    manifest = read
                    expected = Dictionary(read.files.map { ($0.path, $0) }) { first, _ in first }
                }
            }
            // A name is taken only if the manifest has it and it is one of ours: never a path out of here.
            guard let file = expected.removeValue(forKey: name), file.size == size, isOurs(file) else {
                throw Refused.damaged(source, what: "\(name) is not as the manifest says")
            }
            let path = "\(workshop)/\(name)"
            try DurableFile.makeFolder((path as NSString).deletingLastPathComponent)
            try DurableFile.create([], at: path)
            guard let target = FileHandle(forWritingAtPath: path) else {
                throw DurableFile.failure("open \(path)")
            }
            var hasher = SHA256()
            return { piece in
                if let piece {
                    hasher.update(data: piece)
                    try target.write(contentsOf: piece)
                    return
                }
                try target.synchronize()
                try target.close()
                guard Canonical.hex(hasher.finalize()) == file.sha256 else {
                    throw Refused.damaged(source, what: "\(name) was changed")
                }
            }
        }
        guard let manifest else { throw Refused.notABackup(source, why: "it is empty") }
        if let first = expected.keys.min() { throw Refused.damaged(source, what: "\(first) is missing") }
        return manifest
    }

    private static func isOurs(_ file: Backup.Manifest.File) -> Bool {
        if file.path == Backup.databaseName { return true }
        let hash = file.sha256
        return hash.utf8.count == 64
            && hash.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
            && file.path == "attachments/\(hash.prefix(2))/\(hash)"
    }

    /// Verifies the unpacked house by the key in its manifest, apart from what was published elsewhere.
    ///
    /// - Returns: the size of its newest checkpoint.
    private static func verify(
        _ database: Database, _ manifest: Backup.Manifest, _ workshop: String, _ projections: Projections
    ) throws -> UInt64 {
        let folder = "\(workshop)/keys"
        try DurableFile.makeFolder(folder)
        try DurableFile.write(Array("\(manifest.vkey)\n".utf8), to: "\(folder)/journal.vkey")
        if let note = manifest.checkpoint { try DurableFile.write(Array(note.utf8), to: "\(folder)/head") }
        let report = try JournalVerifier(
            database: database, projections: projections, keys: try JournalKeys.openPublic(folder: folder),
            attachments: "\(workshop)/attachments"
        ).verify()
        let grave = report.findings.filter { finding in
            // A file that was missing when the backup was made is not the restoring's fault.
            !(finding.code == "attachment.missing" && manifest.missing.contains(finding.row ?? ""))
        }
        guard grave.isEmpty else { throw Refused.unsound(grave) }
        return report.sealed
    }

    /// Why the old log cannot go on from this backup; nil if it can.
    private static func contradiction(
        _ keys: JournalKeys?, _ manifest: Backup.Manifest, _ sealed: UInt64, _ database: Database
    ) throws -> Refused? {
        guard let keys, FileManager.default.fileExists(atPath: "\(keys.folder)/journal.key") else {
            return .otherLog("the journal's signing key is missing")
        }
        guard keys.verifier.vkey == manifest.vkey else {
            return .otherLog("the keys at hand are of \(keys.origin), not of the backup's log")
        }
        guard let head = try keys.head() else { return nil }
        guard head.size <= sealed else { return .newerHead(head: head.size, backup: sealed) }
        let root = try database.readNow { try JournalTiles.reader(size: head.size, $0).root() }
        return root == head.rootHash ? nil : .otherLog("the published head contradicts the backup")
    }

    /// Begins a new log over the old facts: new key and name, and a first fact that says why.
    private static func begin(
        _ reason: String, _ manifest: Backup.Manifest, _ old: JournalKeys?, _ folder: String,
        _ database: Database, _ projections: Projections, _ world: World
    ) throws {
        let head =
            old.flatMap { try? String(contentsOfFile: $0.headPath, encoding: .utf8) } ?? manifest.checkpoint
        let origin = try NoteVerifier(vkey: manifest.vkey).name
        try setAside(folder)
        let keys = try JournalKeys.create(folder: folder, world: world)
        let now = world.now()
        try database.writeNow { store in
            _ = try store.run("DELETE FROM checkpoint")
            _ = try store.run("DELETE FROM tile")
            let change = Change(store: store, at: now, actor: nil, world: world, projections: projections)
            try change.append(
                LogForked(origin: origin, head: head), about: Subject(kind: "journal", id: keys.origin),
                reason: reason)
        }
        try Sealer(database: database, keys: keys, now: world.now).seal()
    }

    /// Keeps the old log's keys and checkpoints in a folder of their own.
    private static func setAside(_ folder: String) throws {
        let files = FileManager.default
        let names = ["journal.key", "journal.vkey", "head", "checkpoints.log"].filter {
            files.fileExists(atPath: "\(folder)/\($0)")
        }
        guard !names.isEmpty else { return }
        var number = 1
        while files.fileExists(atPath: "\(folder)/old-\(number)") { number += 1 }
        try DurableFile.makeFolder("\(folder)/old-\(number)")
        for name in names {
            try files.moveItem(atPath: "\(folder)/\(name)", toPath: "\(folder)/old-\(number)/\(name)")
        }
    }
}
