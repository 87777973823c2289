internal import Glibc

/// What the system says of an error number.
func systemMessage(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
}

/// An open file that closes itself. Every refusal names path and deed.
final class SystemFile {
    let path: String
    let descriptor: Int32

    /// `flags` as for open(2); what is created is private to its owner.
    init(_ path: String, _ flags: Int32) throws(IndexFault) {
        self.path = path
        var opened = open(path, flags | O_CLOEXEC, 0o600)
        while opened < 0, errno == EINTR { opened = open(path, flags | O_CLOEXEC, 0o600) }
        guard opened >= 0 else { throw .system(path: path, doing: "open", code: errno) }
        descriptor = opened
    }

    deinit { close(descriptor) }

    func size() throws(IndexFault) -> Int {
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else { throw .system(path: path, doing: "stat", code: errno) }
        return Int(facts.st_size)
    }

    /// Writes all bytes at `offset`.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(IndexFault) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if written > 0 {
                done += written
            } else if written == 0 || errno != EINTR {
                throw .system(path: path, doing: "write", code: errno)
            }
        }
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(IndexFault) {
        try bytes.withUnsafeBufferPointer { bytes throws(IndexFault) in
            try write(UnsafeRawBufferPointer(bytes), at: offset)
        }
    }

    func truncate(to size: Int) throws(IndexFault) {
        guard ftruncate(descriptor, off_t(size)) == 0 else {
            throw .system(path: path, doing: "truncate", code: errno)
        }
    }

    /// Waits until what was written is on the disk.
    func sync() throws(IndexFault) {
        guard fsync(descriptor) == 0 else { throw .system(path: path, doing: "sync", code: errno) }
    }

    /// Takes the advisory lock of one writer, or says that another has it.
    func lock() throws(IndexFault) {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            if errno == EWOULDBLOCK { throw .busy(path: path) }
            throw .system(path: path, doing: "lock", code: errno)
        }
    }
}

/// Names in a folder, and their durability.
enum Folder {
    static func make(_ path: String) throws(IndexFault) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
            throw .system(path: path, doing: "make the folder", code: errno)
        }
    }

    /// Puts a finished file where readers look, in one step.
    static func rename(_ from: String, to: String) throws(IndexFault) {
        guard Glibc.rename(from, to) == 0 else {
            throw .system(path: to, doing: "replace", code: errno)
        }
    }

    static func remove(_ path: String) { unlink(path) }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes renames and new names in the folder last.
    static func sync(_ path: String) throws(IndexFault) {
        try SystemFile(path, O_RDONLY | O_DIRECTORY).sync()
    }

    static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
