internal import Glibc

/// Makes a file that either bears its name whole and on the disk, or does not exist.
enum SyncedFile {
    /// Makes an empty file, readable by its owner only.
    static func create(_ path: String) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create \(path)") }
        close(descriptor)
    }

    /// Sees that a file can be opened, making it where it is missing and wanted.
    ///
    /// SQLite itself would make it readable by everyone; its -wal and -shm files follow its mode.
    static func touch(_ path: String, creating: Bool) throws {
        let descriptor = open(path, O_RDWR | O_CLOEXEC | (creating ? O_CREAT : 0), 0o600)
        guard descriptor >= 0 else { throw failure("open \(path)") }
        close(descriptor)
    }

    /// Gives the finished file its name, after its bytes and before its folder reach the disk.
    ///
    /// - Throws: where `path` exists already; it is left as it was.
    static func publish(_ partial: String, as path: String) throws {
        try sync(partial)
        // `link` fails where the name is taken; `rename` would replace it.
        guard link(partial, path) == 0 else { throw failure("create \(path)") }
        try sync(folder(of: path))
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("sync \(path)") }
    }

    private static func failure(_ what: String) -> StoreError {
        let code = errno
        return StoreError(.other(code: Int(code), message: "\(what): \(String(cString: strerror(code)))"))
    }
}
