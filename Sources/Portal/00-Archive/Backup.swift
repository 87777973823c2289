import Crypto
import Foundation
package import Store
import TransparencyLog

/// The whole house but for its keys in one file: a tar archive with a manifest, the database and every
/// attachment it names. Made while others read and write.
package enum Backup {
    static let databaseName = "jiebang.sqlite"
    static let manifestName = "manifest.json"

    /// What the archive holds. Sizes in bytes, hashes SHA-256 in hexadecimal.
    package struct Manifest: Codable, Sendable {
        package struct File: Codable, Sendable {
            package let path: String
            package let size: UInt64
            package let sha256: String
        }

        package let format: String
        /// RFC 3339.
        package let at: String
        /// The log's public key.
        package let vkey: String
        /// The newest signed checkpoint inside; nil where nothing is sealed yet.
        package let checkpoint: String?
        package let facts: Int64
        package let files: [File]
        /// Hashes of attachments that the database names but that were not there.
        package let missing: [String]

        static let format = "jiebang/backup/1"
    }

    /// Writes a backup to a new file.
    ///
    /// - Throws: where `destination` exists already.
    @discardableResult
    package static func make(
        of database: Database, attachments: String, keys: JournalKeys, at now: String, to destination: String
    ) throws -> Manifest {
        guard !FileManager.default.fileExists(atPath: destination) else {
            throw DurableFile.Failed(description: "\(destination): there is such a file already")
        }
        // The picture of the database first; files it names were there before their rows.
        let picture = destination + ".jiebang-database"
        let partial = destination + ".jiebang-partial"
        for leftover in [picture, partial] { try? FileManager.default.removeItem(atPath: leftover) }
        try database.backup(to: picture)
        defer { try? FileManager.default.removeItem(atPath: picture) }
        let named = try names(in: picture)
        var files = [try file(at: picture, as: databaseName)]
        var missing: [String] = []
        for hash in named.hashes.sorted() {
            let path = AttachmentCheck.path(hash, in: attachments)
            if FileManager.default.fileExists(atPath: path) {
                files.append(try file(at: path, as: "attachments/\(hash.prefix(2))/\(hash)"))
            } else {
                missing.append(hash)
            }
        }
        let manifest = Manifest(
            format: Manifest.format, at: now, vkey: keys.verifier.vkey, checkpoint: named.checkpoint,
            facts: named.facts, files: files, missing: missing)
        try DurableFile.create([], at: partial)
        defer { try? FileManager.default.removeItem(atPath: partial) }
        guard let handle = FileHandle(forWritingAtPath: partial) else {
            throw DurableFile.failure("open \(partial)")
        }
        let archive = UstarWriter(handle)
        try archive.add(Array(try Canonical.json(manifest).utf8), name: manifestName)
        for file in files {
            let source = file.path == databaseName ? picture : "\(attachments)/\(file.path.dropFirst(12))"
            try archive.add(fileAt: source, size: file.size, name: file.path)
        }
        try archive.finish()
        try handle.close()
        // `link` fails where the name is taken meanwhile; `rename` would replace it.
        guard link(partial, destination) == 0 else { throw DurableFile.failure("create \(destination)") }
        try DurableFile.syncFolder(of: destination)
        return manifest
    }

    private struct Named {
        let hashes: Set<String>
        let checkpoint: String?
        let facts: Int64
    }

    private static func names(in picture: String) throws -> Named {
        let database = try Database.open(path: picture, Database.Options(creates: false))
        defer {
            try? database.close()
            for tail in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: picture + tail) }
        }
        return try database.readNow { store in
            Named(
                hashes: try AttachmentNames.all(store), checkpoint: try CheckpointRow.last(store)?.note,
                facts: try store.value("SELECT COUNT(*) FROM fact", as: Int64.self) ?? 0)
        }
    }

    private static func file(at path: String, as name: String) throws -> Manifest.File {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw DurableFile.failure("open \(path)")
        }
        defer { try? handle.close() }
        var hasher = SHA256()
        var size: UInt64 = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hasher.update(data: piece)
            size += UInt64(piece.count)
        }
        return Manifest.File(path: name, size: size, sha256: Canonical.hex(hasher.finalize()))
    }
}
