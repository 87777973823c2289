import Glibc

/// A file's bytes, read whole, and its lines.
struct TextFile {
    let path: String
    let bytes: [UInt8]

    /// - Throws: ``FileRefused`` with the system's reason.
    init(path: String) throws(FileRefused) {
        self.path = path
        guard let file = fopen(path, "rb") else {
            throw FileRefused(path, "cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { fclose(file) }
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&part, 1, part.count, file)
            if count == 0 { break }
            all.append(contentsOf: part[..<count])
        }
        guard ferror(file) == 0 else { throw FileRefused(path, "cannot be read") }
        bytes = all
    }

    init(path: String, text: String) {
        self.path = path
        bytes = Array(text.utf8)
    }

    /// Calls `body` with each line: its number from one and its bytes without line end. A byte order mark and
    /// a last empty line are not seen; an empty line in between is refused.
    func forEachLine(_ body: (Int, UnsafeBufferPointer<UInt8>) throws(FileRefused) -> Void)
        throws(FileRefused)
    {
        let result: Result<Void, FileRefused> = bytes.withUnsafeBufferPointer { all in
            var number = 0
            var start = all.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            while start < all.count {
                number += 1
                var end = start
                while end < all.count, all[end] != UInt8(ascii: "\n") { end += 1 }
                var last = end
                if last > start, all[last - 1] == UInt8(ascii: "\r") { last -= 1 }
                do throws(FileRefused) {
                    if last == start {
                        let rest = all[end...].contains {
                            $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r")
                        }
                        guard rest else { return .success(()) }
                        throw FileRefused(path, line: number, "the line is empty; take it away")
                    }
                    try body(number, UnsafeBufferPointer(rebasing: all[start..<last]))
                } catch {
                    return .failure(error)
                }
                start = end + 1
            }
            return .success(())
        }
        try result.get()
    }
}
