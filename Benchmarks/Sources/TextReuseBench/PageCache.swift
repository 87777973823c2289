import Foundation
import Glibc

/// The system's copy of files in memory. Files that a process has mapped and looked at stay in it: it can be emptied
/// only while nobody has them open. What lies beneath, a disk's own memory or a host's, is out of reach.
enum PageCache {
    /// Drops the pages of all files in a folder; gives the share that is still in memory.
    static func evict(_ folder: String) throws -> Double {
        var (pages, resident) = (0, 0)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let file = open("\(folder)/\(name)", O_RDONLY)
            precondition(file >= 0, "cannot open \(name)")
            defer { close(file) }
            // Pages that were not written yet would stay.
            precondition(fsync(file) == 0 && posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0)
            let size = Int(lseek(file, 0, SEEK_END))
            guard size > 0 else { continue }
            let found = try residence(of: file, size: size)
            pages += found.count
            resident += found.count { $0 & 1 == 1 }
        }
        return Double(resident) / Double(max(1, pages))
    }

    /// One byte a page, whose lowest bit says that it is in memory. Mapping a file does not read it.
    private static func residence(of file: Int32, size: Int) throws -> [UInt8] {
        let page = sysconf(Int32(_SC_PAGESIZE))
        guard let start = mmap(nil, size, PROT_READ, MAP_SHARED, file, 0), start != MAP_FAILED else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        defer { munmap(start, size) }
        var residence = [UInt8](repeating: 0, count: (size + page - 1) / page)
        guard mincore(start, size, &residence) == 0 else {
            throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
        }
        return residence
    }
}
