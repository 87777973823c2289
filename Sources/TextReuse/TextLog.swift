internal import Glibc

/// The texts of an index, appended one after the other to one file: the source from which all else is rebuilt.
///
/// A record is a header of 32 bytes (magic, kind, lengths of id and text, their checksum), the id, the text, and
/// zeros up to eight bytes. The log is read up to the first record that is not whole: what a crash left there was
/// never promised to anyone.
enum TextLog {
    enum Kind: UInt32 {
        case document = 1
        /// A document that is gone: the record's text is its number in eight bytes.
        case removal = 2
        /// A text that everyone may share, such as the headings of a form.
        case template = 3
    }

    struct Record {
        let kind: Kind
        let id: UnsafeRawBufferPointer
        let text: UnsafeRawBufferPointer
        /// Where the next record begins.
        let end: Int
    }

    static let headerBytes = 32
    static let mostIdBytes = 4096
    static let mostTextBytes = 256 << 20
    private static let magic: UInt32 = 0x5458_5452  // "RTXT"

    /// The record at `offset`; nil where there is none, or only part of one.
    static func record(in log: UnsafeRawBufferPointer, at offset: Int) -> Record? {
        guard offset >= 0, offset <= log.count - headerBytes, offset % 8 == 0 else { return nil }
        func word(_ place: Int) -> UInt32 {
            UInt32(littleEndian: log.loadUnaligned(fromByteOffset: offset + place * 4, as: UInt32.self))
        }
        guard word(0) == magic, let kind = Kind(rawValue: word(1)), word(2) <= mostIdBytes,
            word(3) <= mostTextBytes
        else { return nil }
        let start = offset + headerBytes
        let middle = start + Int(word(2))
        let finish = middle + Int(word(3))
        let end = (finish + 7) & ~7
        guard end <= log.count else { return nil }
        let id = UnsafeRawBufferPointer(rebasing: log[start..<middle])
        let text = UnsafeRawBufferPointer(rebasing: log[middle..<finish])
        let sums = (
            UInt64(littleEndian: log.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self)),
            UInt64(littleEndian: log.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
        )
        guard sums.0 == sum(kind, id: id), sums.1 == checksum(text) else { return nil }
        return Record(kind: kind, id: id, text: text, end: end)
    }

    /// Where the first whole record behind `offset` begins, if there is one: records stand at multiples of eight.
    static func recordBehind(_ offset: Int, in log: UnsafeRawBufferPointer) -> Int? {
        var offset = (offset + 8) & ~7
        while offset <= log.count - headerBytes {
            if log.loadUnaligned(fromByteOffset: offset, as: UInt32.self) == magic.littleEndian,
                record(in: log, at: offset) != nil
            {
                return offset
            }
            offset += 8
        }
        return nil
    }

    /// Of the id, and of the kind, so that a record's bytes cannot be taken for another's.
    fileprivate static func sum(_ kind: Kind, id: UnsafeRawBufferPointer) -> UInt64 {
        mix64(checksum(id) ^ UInt64(kind.rawValue))
    }

    fileprivate static func header(_ kind: Kind, id: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer)
        -> [UInt8]
    {
        var bytes: [UInt8] = []
        for word in [magic, kind.rawValue, UInt32(id.count), UInt32(text.count)] {
            withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
        }
        for word in [sum(kind, id: id), checksum(text)] {
            withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes
    }
}

/// The writing end of the log.
struct TextLogWriter {
    private let file: SystemFile
    private var buffer: [UInt8] = []
    /// Where the buffer will be written.
    private var written: Int

    private static let bufferBytes = 4 << 20

    /// Goes on behind the last whole record, which ends at `end`; what lies beyond is cut off.
    init(_ path: String, end: Int) throws(IndexFault) {
        file = try SystemFile(path, O_RDWR | O_CREAT)
        try file.truncate(to: end)
        written = end
    }

    /// Where the next record begins.
    var end: Int { written + buffer.count }

    /// Appends a record and says where it begins.
    mutating func append(
        _ kind: TextLog.Kind, id: UnsafeRawBufferPointer, text: UnsafeRawBufferPointer
    ) throws(IndexFault) -> Int {
        let start = end
        buffer += TextLog.header(kind, id: id, text: text)
        buffer += id
        buffer += text
        while buffer.count % 8 != 0 { buffer.append(0) }
        if buffer.count >= Self.bufferBytes { try flush() }
        return start
    }

    /// Hands everything to the system, so that it can be mapped.
    mutating func flush() throws(IndexFault) {
        guard !buffer.isEmpty else { return }
        try file.write(buffer, at: written)
        written += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    mutating func sync() throws(IndexFault) {
        try flush()
        try file.sync()
    }
}
