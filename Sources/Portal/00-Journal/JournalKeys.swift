import Foundation
package import Lifecycle
package import TransparencyLog

/// The journal's signing key and what of the journal has left the house: a folder outside database and backup,
/// so that whoever owns the database cannot rewrite history unnoticed.
///
/// `journal.key` is the secret, `journal.vkey` its public half, `head` the last signed checkpoint, and
/// `checkpoints.log` all of them, one JSON line each, to be carried off by mail or copy.
package struct JournalKeys: Sendable {
    package let folder: String
    package let verifier: NoteVerifier
    /// Nil where only the public half is at hand, which is enough to verify.
    let signer: NoteSigner?

    /// The name of the log, first line of each checkpoint; also the name of its key.
    package var origin: String { verifier.name }

    package enum Refused: SpokenError {
        /// The secret half.
        case noKey(String)
        /// The public half, which reading and verifying need.
        case noPublicKey(String)
        case unreadable(String, String)

        package func text(in language: Language) -> String {
            let isChinese = language == .zh
            return switch self {
            case .noKey(let path):
                isChinese
                    ? "\(path)：没有日志的签名私钥；请用 --keys 指明密钥所在的目录"
                    : "\(path): the journal's signing key is missing; give its folder with --keys"
            case .noPublicKey(let path):
                isChinese
                    ? "\(path)：没有日志的验证公钥；请用 --keys 指明密钥所在的目录"
                    : "\(path): the journal's public verification key is missing; give its folder with --keys"
            case .unreadable(let path, let why): isChinese ? "\(path)：\(why)" : "\(path): \(why)"
            }
        }
    }

    /// The keys in the folder, which must be there.
    package static func open(folder: String) throws -> JournalKeys {
        let path = "\(folder)/journal.key"
        guard let bytes = FileManager.default.contents(atPath: path) else { throw Refused.noKey(path) }
        do {
            let text = String(decoding: bytes, as: UTF8.self).trimmed
            let signer = try NoteSigner(skey: text)
            return JournalKeys(folder: folder, verifier: signer.verifier, signer: signer)
        } catch {
            throw Refused.unreadable(path, "\(error)")
        }
    }

    /// The public half alone: what an auditor holds, and all that verifying reads.
    package static func openPublic(folder: String) throws -> JournalKeys {
        let path = "\(folder)/journal.vkey"
        guard let bytes = FileManager.default.contents(atPath: path) else { throw Refused.noPublicKey(path) }
        do {
            let text = String(decoding: bytes, as: UTF8.self).trimmed
            return JournalKeys(folder: folder, verifier: try NoteVerifier(vkey: text), signer: nil)
        } catch {
            throw Refused.unreadable(path, "\(error)")
        }
    }

    /// The keys in the folder, or new ones of a new log.
    package static func openOrCreate(folder: String, world: World) throws -> JournalKeys {
        if FileManager.default.fileExists(atPath: "\(folder)/journal.key") { return try open(folder: folder) }
        return try create(folder: folder, world: world)
    }

    /// New keys of a log with a new name. Refuses to overwrite.
    package static func create(folder: String, world: World) throws -> JournalKeys {
        try DurableFile.makeFolder(folder)
        let name = "jiebang.example/\(Canonical.hex(world.secretBytes(8)))"
        let signer = try NoteSigner.generate(name: name)
        // The secret last: a crash between leaves no key without its public half.
        try DurableFile.write(
            Array("\(signer.verifier.vkey)\n".utf8), to: "\(folder)/journal.vkey", mode: 0o644)
        try DurableFile.create(Array("\(signer.skey)\n".utf8), at: "\(folder)/journal.key")
        return JournalKeys(folder: folder, verifier: signer.verifier, signer: signer)
    }

    var headPath: String { "\(folder)/head" }
    package var logPath: String { "\(folder)/checkpoints.log" }

    /// The last checkpoint that left the house; nil before the first.
    package func head() throws -> Checkpoint? {
        guard let bytes = FileManager.default.contents(atPath: headPath) else { return nil }
        return try checkpoint(note: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads a note and verifies that this log signed it.
    package func checkpoint(note: String) throws(CheckpointRefused) -> Checkpoint {
        try Checkpoint(note: note, log: verifier, origin: origin)
    }

    /// One line of `checkpoints.log`.
    package struct Published: Codable, Sendable {
        package let size: UInt64
        package let note: String
    }

    /// The checkpoints that have left the house, oldest first. A line that a crash cut short is left out.
    package func published() throws -> [Published] {
        guard let bytes = FileManager.default.contents(atPath: logPath) else { return [] }
        let decoder = JSONDecoder()
        return bytes.split(separator: 10).compactMap { try? decoder.decode(Published.self, from: $0) }
    }

    func publishToLog(_ published: Published) throws {
        try DurableFile.append(Array("\(try Canonical.json(published))\n".utf8), to: logPath)
    }

    func publishHead(_ note: String) throws {
        try DurableFile.write(Array(note.utf8), to: headPath, mode: 0o644)
    }
}
