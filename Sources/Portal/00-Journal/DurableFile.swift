import Foundation
package import Glibc

/// Files that are on the disk when the call returns, and are never seen half written under their name.
package enum DurableFile {
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    /// Writes a new file beside `path` and renames it over: readers see the old bytes or the new ones.
    package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws {
        let partial = path + ".partial"
        try put(bytes, into: partial, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, mode)
        guard rename(partial, path) == 0 else { throw failure("rename \(partial)") }
        try syncFolder(of: path)
    }

    /// Writes a file that must not be there yet.
    package static func create(_ bytes: [UInt8], at path: String, mode: mode_t = 0o600) throws {
        try put(bytes, into: path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode)
        try syncFolder(of: path)
    }

    /// Adds to the end of a file. A line that an earlier crash left unfinished is ended first.
    package static func append(_ bytes: [UInt8], to path: String) throws {
        let old = open(path, O_RDONLY | O_CLOEXEC)
        var lead: [UInt8] = []
        if old >= 0 {
            var last: UInt8 = 10
            if lseek(old, -1, SEEK_END) >= 0, read(old, &last, 1) == 1, last != 10 { lead = [10] }
            close(old)
        }
        try put(lead + bytes, into: path, O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0o644)
    }

    /// Makes the names in a folder durable.
    package static func syncFolder(of path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open \(folder)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync \(folder)") }
    }

    /// Makes a folder that its owner alone may enter, and those above it.
    package static func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    private static func put(_ bytes: [UInt8], into path: String, _ flags: Int32, _ mode: mode_t) throws {
        let descriptor = open(path, flags, mode)
        guard descriptor >= 0 else { throw failure("create \(path)") }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write \(path)") }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure("sync \(path)") }
    }

    static func failure(_ what: String) -> Failed {
        Failed(description: "\(what): \(String(cString: strerror(errno)))")
    }
}
