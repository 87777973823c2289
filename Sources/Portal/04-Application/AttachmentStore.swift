import Crypto
import Dispatch
import Foundation
import Glibc
package import Lifecycle
import TextExtraction

/// Files of attachments, named by the SHA-256 of their content. A file that bears its name is whole and on the
/// disk; the row that names it commits afterwards.
package struct AttachmentStore: Sendable {
    let folder: String

    package init(folder: String) { self.folder = folder }

    package struct Failed: Error, CustomStringConvertible {
        let what: String
        let code: Int32
        package var description: String { "\(what): \(String(cString: strerror(code)))" }
    }

    package func path(_ hash: String) -> String { "\(folder)/\(hash.prefix(2))/\(hash)" }

    /// The file's bytes; nil where there is none.
    package func bytes(_ hash: String) async throws -> [UInt8]? {
        guard hash.utf8.count == 64,
            hash.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        let path = path(hash)
        return try await Self.besideThePool {
            guard FileManager.default.fileExists(atPath: path) else { return nil }
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        }
    }

    /// A file that may come in. Nothing of it is on the disk yet.
    package struct Judged: Sendable {
        package let reference: AttachmentReference
        let bytes: [UInt8]
    }

    /// Looks at what the files are.
    ///
    /// - Throws: ``Refused`` with a reason for each file that may not come in.
    package static func judge(_ files: [UploadedFile]) async throws -> [Judged] {
        try await besideThePool {
            var judged: [Judged] = []
            var refusals: [Refusal] = []
            for file in files {
                do {
                    let (name, kind) = try nameAndKind(of: file)
                    let hash = Canonical.hex(SHA256.hash(data: file.bytes))
                    judged.append(
                        Judged(
                            reference: AttachmentReference(
                                hash: hash, name: name, size: file.bytes.count, type: kind.mediaType),
                            bytes: file.bytes))
                } catch let refused as Refused {
                    refusals += refused.refusals
                }
            }
            guard refusals.isEmpty else { throw Refused(refusals) }
            return judged
        }
    }

    /// Puts the files on the disk.
    ///
    /// - Throws: ``Failed`` when the disk will not.
    package func keep(_ files: [Judged]) async throws {
        try await Self.besideThePool {
            for file in files { try write(file.bytes, file.reference.hash) }
        }
    }

    /// Takes files away that nothing names any more.
    package func remove(_ hashes: Set<String>) throws {
        for hash in hashes.sorted() {
            guard unlink(path(hash)) == 0 || errno == ENOENT else {
                throw Self.failed("remove \(path(hash))")
            }
        }
    }

    private static func nameAndKind(of file: UploadedFile) throws -> (name: String, AttachmentContent) {
        guard var name = AttachmentName.clean(file.name) else { throw Refused("attachment.name") }
        let values = ["name": name]
        let kind: AttachmentContent
        do {
            kind = try AttachmentContent.found(in: file.bytes, ending: AttachmentName.ending(name))
        } catch {
            switch error {
            case .empty: throw Refused("attachment.empty", values)
            case .kind: throw Refused("attachment.kind", values)
            case .macro: throw Refused("attachment.macro", values)
            case .mismatch(let found):
                throw Refused("attachment.mismatch", ["name": name, "found": found.rawValue.uppercased()])
            case .archive(.unreadable): throw Refused("attachment.broken", values)
            case .archive(.bomb): throw Refused("attachment.bomb", values)
            case .archive(.path): throw Refused("attachment.path", values)
            }
        }
        if AttachmentName.ending(name).isEmpty { name += ".\(kind.endings[0])" }
        return (name, kind)
    }

    /// Written under another name, synced, renamed, and the folder synced: after a loss of power there is the
    /// whole file or none.
    private func write(_ bytes: [UInt8], _ hash: String) throws {
        let shelf = "\(folder)/\(hash.prefix(2))"
        let target = path(hash)
        try Self.makeFolder(folder)
        try Self.makeFolder(shelf)
        if FileManager.default.fileExists(atPath: target) { return try Self.sync(shelf) }
        let partial = "\(shelf)/.\(hash.prefix(16))-\(UInt64.random(in: .min ... .max))"
        let descriptor = open(partial, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failed("create \(partial)") }
        defer { unlink(partial) }
        do {
            defer { close(descriptor) }
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes {
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                }
                guard count > 0 || errno == EINTR else { throw Self.failed("write \(partial)") }
                written += max(0, count)
            }
            guard fsync(descriptor) == 0 else { throw Self.failed("sync \(partial)") }
        }
        guard rename(partial, target) == 0 else { throw Self.failed("rename to \(target)") }
        try Self.sync(shelf)
    }

    private static func makeFolder(_ path: String) throws {
        if mkdir(path, 0o700) == 0 {
            let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
            return try sync(parent.isEmpty ? "/" : parent)
        }
        guard errno == EEXIST else { throw failed("make \(path)") }
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failed("open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failed("sync \(path)") }
    }

    private static func failed(_ what: String) -> Failed { Failed(what: what, code: errno) }

    /// Disks block; the two threads that answer requests must not.
    private static func besideThePool<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { done in
            DispatchQueue.global().async { done.resume(with: Result(catching: work)) }
        }
    }
}
