/// The central directory of a ZIP archive (PKWARE APPNOTE 4.3), read without inflating anything.
///
/// What it says of sizes is the archive's own claim. It is believed only downwards: an archive that claims much
/// is refused, and nothing here or later inflates an entry without a bound of its own.
package struct ZipDirectory: Sendable {
    package struct Entry: Sendable {
        package let name: String
        let compressed: Int
        let uncompressed: Int
        /// How it is compressed: 0 not at all, 8 by DEFLATE.
        let method: Int
        /// Where its local header begins.
        let offset: Int
    }

    package let entries: [Entry]

    package enum Refused: Error, Hashable, Sendable {
        /// Not an archive, cut short, or of a kind an office program does not write (parts, ZIP64, encryption).
        case unreadable
        /// More entries than any document has, or entries that claim to inflate beyond measure.
        case bomb
        /// An entry's name leads out of the folder it would be unpacked to.
        case path
    }

    static let mostEntries = 2_000
    /// Bytes that all entries together may claim to inflate to.
    static let mostUncompressed = 200 << 20
    /// How many times larger than the archive its contents may claim to be, once they are over 10 MiB.
    static let mostRatio = 100

    package init(_ bytes: [UInt8]) throws(Refused) {
        let end = try Self.end(of: bytes)
        let count = Self.number16(bytes, end + 10)
        let size = Self.number32(bytes, end + 12)
        let start = Self.number32(bytes, end + 16)
        // All bits set means ZIP64: nobody needs 65,535 entries or 4 GiB here.
        guard Self.number16(bytes, end + 4) == 0, Self.number16(bytes, end + 6) == 0,
            Self.number16(bytes, end + 8) == count, count < 0xFFFF, start < 0xFFFF_FFFF,
            start + size <= end
        else { throw .unreadable }
        guard count <= Self.mostEntries else { throw .bomb }
        var found: [Entry] = []
        var position = start
        for _ in 0..<count {
            let (entry, next) = try Self.entry(bytes, at: position, end: start + size)
            found.append(entry)
            position = next
        }
        entries = found
        try refuseBombs(archive: bytes.count, directory: start)
    }

    /// Where the end-of-directory record begins; a comment of up to 65,535 bytes may follow it.
    private static func end(of bytes: [UInt8]) throws(Refused) -> Int {
        guard bytes.count >= 22, number32(bytes, 0) == 0x0403_4B50 else { throw .unreadable }
        var position = bytes.count - 22
        let last = max(0, bytes.count - 22 - 65_535)
        while position >= last {
            if number32(bytes, position) == 0x0605_4B50,
                position + 22 + number16(bytes, position + 20) == bytes.count
            {
                return position
            }
            position -= 1
        }
        throw .unreadable
    }

    private static func entry(
        _ bytes: [UInt8], at position: Int, end: Int
    ) throws(Refused) -> (Entry, next: Int) {
        guard position + 46 <= end, number32(bytes, position) == 0x0201_4B50 else { throw .unreadable }
        let flags = number16(bytes, position + 8)
        let compressed = number32(bytes, position + 20)
        let uncompressed = number32(bytes, position + 24)
        let nameEnd = position + 46 + number16(bytes, position + 28)
        let next = nameEnd + number16(bytes, position + 30) + number16(bytes, position + 32)
        let offset = number32(bytes, position + 42)
        guard next <= end, flags & 1 == 0, compressed < 0xFFFF_FFFF, uncompressed < 0xFFFF_FFFF
        else { throw .unreadable }
        let name = String(decoding: bytes[(position + 46)..<nameEnd], as: UTF8.self)
        guard !name.hasPrefix("/"), !name.contains("\\"), !name.split(separator: "/").contains("..")
        else { throw .path }
        return (
            Entry(
                name: name, compressed: compressed, uncompressed: uncompressed,
                method: number16(bytes, position + 10), offset: offset), next
        )
    }

    /// Entries that share bytes inflate the same data many times over; real documents never do.
    private func refuseBombs(archive: Int, directory: Int) throws(Refused) {
        var total = 0
        for entry in entries { total += entry.uncompressed }
        guard total <= Self.mostUncompressed else { throw .bomb }
        if total > 10 << 20, total > archive * Self.mostRatio { throw .bomb }
        var free = 0
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            guard entry.offset >= free else { throw .bomb }
            // A local header has at least 30 bytes before the name.
            free = entry.offset + 30 + entry.compressed
        }
        guard free <= directory else { throw .unreadable }
    }

    static func number16(_ bytes: [UInt8], _ at: Int) -> Int {
        Int(bytes[at]) | Int(bytes[at + 1]) << 8
    }

    static func number32(_ bytes: [UInt8], _ at: Int) -> Int {
        number16(bytes, at) | number16(bytes, at + 2) << 16
    }
}
