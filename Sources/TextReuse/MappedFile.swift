internal import Glibc

/// A file's bytes, mapped for reading.
///
/// Files of an index are only ever replaced by new ones under new names, and the log of texts only grows, so what
/// is mapped stays. (A file that someone else truncates under a reader ends the process; an index is private to
/// its owner for that reason too.)
final class MappedFile {
    let path: String
    /// Good as long as this object lives.
    let bytes: UnsafeRawBufferPointer

    /// Maps the first `size` bytes, or all.
    init(_ path: String, size wanted: Int? = nil) throws(IndexFault) {
        self.path = path
        let file = try SystemFile(path, O_RDONLY)
        let size = try file.size()
        if let wanted, wanted > size {
            throw .damaged(path: path, what: "\(size) bytes where \(wanted) were written")
        }
        let length = wanted ?? size
        guard length > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let start = mmap(nil, length, PROT_READ, MAP_SHARED, file.descriptor, 0), start != MAP_FAILED
        else {
            throw .system(path: path, doing: "map", code: errno)
        }
        bytes = UnsafeRawBufferPointer(start: start, count: length)
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }

    /// A copy of a file's bytes.
    static func contents(of path: String) throws(IndexFault) -> [UInt8] {
        let file = try MappedFile(path)
        // `bytes` does not keep the mapping alive.
        return withExtendedLifetime(file) { Array(file.bytes) }
    }

    static let pageSize = 4096

    /// Tells the system that these bytes are wanted soon, so that many pages are read at once.
    func prefetch(_ range: Range<Int>) { advise(MADV_WILLNEED, range) }

    /// Tells the system whether pages far from each other will be read here: then what lies around one is not worth
    /// reading, of which it would take up to megabytes.
    func expectScatteredReading(_ isScattered: Bool, in range: Range<Int>) {
        advise(isScattered ? MADV_RANDOM : MADV_NORMAL, range)
    }

    private func advise(_ advice: Int32, _ range: Range<Int>) {
        let range = range.clamped(to: bytes.indices)
        guard let start = bytes.baseAddress, !range.isEmpty else { return }
        let low = range.lowerBound / Self.pageSize * Self.pageSize
        madvise(UnsafeMutableRawPointer(mutating: start + low), range.upperBound - low, advice)
    }
}
