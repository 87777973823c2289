internal import Glibc

/// Reads a collection: one JSON object a line with the strings `id` and `text`; all else in it is passed over.
///
/// Written by hand, because a collection of texts may have ten gigabytes, and nothing is copied but what has
/// escapes.
package struct JSONLines {
    private let path: String
    private let bytes: UnsafeRawBufferPointer
    private var position = 0
    private var line = 0
    private var idScratch: [UInt8] = []
    private var textScratch: [UInt8] = []

    /// Reads `bytes`, which must outlive this value.
    package init(_ bytes: UnsafeRawBufferPointer, path: String) {
        self.bytes = bytes
        self.path = path
        // A byte order mark that some programs write.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// Gives the next record to `body`, whose pointers are good until it returns; false at the end.
    package mutating func next<Fault>(
        _ body: (_ id: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer) throws(Fault) -> Void
    ) throws -> Bool {
        while position < bytes.count {
            line += 1
            let start = position
            let end = lineEnd(from: start)
            position = end + 1
            guard let first = (start..<end).first(where: { !Self.isSpace(bytes[$0]) }) else { continue }
            var object = JSONObject(UnsafeRawBufferPointer(rebasing: bytes[first..<end]))
            do throws(JSONObject.Malformed) {
                try object.read()
            } catch {
                throw ExtractionRefused.line(
                    path: path, line: line, what: "\(error.what) at byte \(first - start + error.at)")
            }
            guard let id = object.id else {
                throw ExtractionRefused.line(path: path, line: line, what: "the string \"id\" is missing")
            }
            guard let text = object.text else {
                throw ExtractionRefused.line(path: path, line: line, what: "the string \"text\" is missing")
            }
            try id.withBytes(&idScratch) { id throws(Fault) in
                try text.withBytes(&textScratch) { text throws(Fault) in try body(id, text) }
            }
            return true
        }
        return false
    }

    private func lineEnd(from start: Int) -> Int {
        guard let base = bytes.baseAddress, let found = memchr(base + start, 0x0A, bytes.count - start) else {
            return bytes.count
        }
        return UnsafeRawPointer(found) - base
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
}
